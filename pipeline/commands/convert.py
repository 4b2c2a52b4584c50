"""``dondoc convert``: documents into outputs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import (
    Classified,
    Help,
    Jobs,
    Lang,
    Language,
    LogJson,
    Ocr,
    OcrMode,
    Quiet,
    ReferenceDate,
    Rules,
    Sources,
    date_of,
    status_of,
)

__all__ = ["convert"]

DEFAULT_OUTPUT = "outputs/tracker.xlsx"


def convert(
    sources: Sources,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "-o", "--output", metavar="PATH", show_default=DEFAULT_OUTPUT,
            help="Nơi ghi: tệp .xlsx, .csv, .ics, .jsonl, .parquet; thư mục/ (JSON); sqlite:///… Dùng được nhiều lần.",
        ),
    ] = None,
    jobs: Jobs = 1,
    reference_date: ReferenceDate = None,
    ocr: OcrMode = Ocr.AUTO,
    allow_classified: Classified = False,
    rules: Rules = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME", help="Ghi theo mẫu của hệ thống khác, ví dụ vigov, nq57, phu-luc."),
    ] = None,
    codes: Annotated[
        Path | None,
        typer.Option("--codes", metavar="FILE.csv", help="Bảng mã đơn vị, cán bộ của cơ quan: cột ma, ten, loai."),
    ] = None,
    lang: Language = Lang.VI,
    quiet: Quiet = False,
    log_json: LogJson = False,
    help_: Help = False,
) -> None:  # fmt: skip
    """Đọc các văn bản và ghi nhiệm vụ ra sổ theo dõi hoặc JSON."""
    from pipeline.convert import convert as run
    from pipeline.errors import DondocError, UsageError
    from pipeline.terminal import reporter

    report = reporter(lang.value, quiet=quiet, log_json=log_json)
    try:
        if profile is not None and not outputs:
            raise UsageError("output-missing", f"Hãy nêu nơi ghi, ví dụ: --profile {profile} -o {profile}.xlsx")
        with report:
            result = run(
                sources,
                outputs or [DEFAULT_OUTPUT],
                jobs=jobs,
                reference_date=date_of(reference_date),
                rules_dir=rules,
                ocr=ocr.value,
                allow_classified=allow_classified,
                lang=lang.value,
                when=dt.datetime.now().replace(microsecond=0),
                progress=report.step,
                pages=report.page,
                profile=profile,
                codes=codes,
            )
    except DondocError as error:
        report.error(error)
        raise typer.Exit(status_of(error)) from error
    report.end(result)
    raise typer.Exit(result.exit_status)
