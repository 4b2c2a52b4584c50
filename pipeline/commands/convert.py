"""``dondoc convert``: documents into outputs."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pipeline.commands.engine import Engine, EngineName, Scheduler, check
from pipeline.commands.options import (
    STOPPED,
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

if TYPE_CHECKING:
    from pipeline.terminal import Reporter

__all__ = ["carry_out", "convert"]

DEFAULT_OUTPUT = "outputs/tracker.xlsx"


def convert(
    sources: Sources,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "-o", "--output", metavar="PATH", show_default=DEFAULT_OUTPUT,
            help="Nơi ghi: tệp .xlsx, .csv, .ics, .jsonl, .parquet, .html; thư mục/ (JSON), ….parquet/; sqlite:///… "
            "Dùng được nhiều lần.",
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
    engine: EngineName = Engine.LOCAL,
    scheduler: Scheduler = None,
    lang: Language = Lang.VI,
    quiet: Quiet = False,
    log_json: LogJson = False,
    help_: Help = False,
) -> None:  # fmt: skip
    """Đọc các văn bản và ghi nhiệm vụ ra sổ theo dõi hoặc JSON."""
    from pipeline.errors import DondocError, UsageError
    from pipeline.terminal import reporter

    report = reporter(lang.value, quiet=quiet, log_json=log_json)
    try:
        if profile is not None and not outputs:
            raise UsageError("output-missing", f"Hãy nêu nơi ghi, ví dụ: --profile {profile} -o {profile}.xlsx")
        of_this_machine = {"--jobs": None if jobs == 1 else jobs, "--profile": profile, "--codes": codes}
        check(engine, scheduler, [*sources, *(outputs or ())], of_this_machine)
        date = date_of(reference_date)
    except DondocError as error:
        report.error(error)
        raise typer.Exit(status_of(error)) from error
    local: dict[str, Any] = {"jobs": jobs, "pages": report.page, "profile": profile, "codes": codes}
    carry_out(
        report,
        sources=sources,
        outputs=outputs or [DEFAULT_OUTPUT],
        reference_date=date,
        rules_dir=rules,
        ocr=ocr.value,
        allow_classified=allow_classified,
        lang=lang.value,
        **(local if scheduler is None else {"scheduler": scheduler}),
    )


def carry_out(report: Reporter, **arguments: Any) -> NoReturn:
    """Runs `pipeline.convert`, or where a scheduler is named `pipeline.cluster.convert`, and ends the command.

    The arguments are those of the function but what it tells the user with, which is `report`.
    """
    from pipeline.errors import DondocError

    run = import_module("pipeline.cluster" if "scheduler" in arguments else "pipeline.convert").convert
    when = dt.datetime.now().replace(microsecond=0)
    try:
        with report:
            result = run(**arguments, when=when, progress=report.step, watch=report.progress)
    except DondocError as error:
        report.error(error)
        raise typer.Exit(status_of(error)) from error
    except KeyboardInterrupt:
        report.stopped()
        raise typer.Exit(STOPPED) from None
    report.end(result)
    raise typer.Exit(result.exit_status)
