"""``dondoc convert``: documents into outputs."""

from __future__ import annotations

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
            help="Nơi ghi: tệp .xlsx, hoặc thư mục/ để ghi JSON. Dùng được nhiều lần.",
        ),
    ] = None,
    jobs: Jobs = 1,
    reference_date: ReferenceDate = None,
    ocr: OcrMode = Ocr.AUTO,
    allow_classified: Classified = False,
    rules: Rules = None,
    lang: Language = Lang.VI,
    quiet: Quiet = False,
    log_json: LogJson = False,
    help_: Help = False,
) -> None:  # fmt: skip
    """Đọc các văn bản và ghi nhiệm vụ ra sổ theo dõi hoặc JSON."""
    from pipeline.convert import convert as run
    from pipeline.errors import DondocError
    from pipeline.terminal import reporter

    report = reporter(lang.value, quiet=quiet, log_json=log_json)
    try:
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
                progress=report.step,
                pages=report.page,
            )
    except DondocError as error:
        report.error(error)
        raise typer.Exit(status_of(error)) from error
    report.end(result)
    raise typer.Exit(result.exit_status)
