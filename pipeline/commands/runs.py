"""``dondoc runs list|show|resume|retry-failed``: what large runs came to, and how they go on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import Help, Lang, Language, LogJson, Quiet, status_of

if TYPE_CHECKING:
    from pipeline.errors import DondocError
    from pipeline.runs.history import Record

__all__ = ["runs"]

runs = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    help="Xem, chạy tiếp và đọc lại những lượt chạy nhiều văn bản.",
    epilog="Mã thoát của resume và retry-failed như của dondoc convert; của list và show: 0, hoặc 2 khi không có lượt "
    "chạy nào được ghi lại.",
)
Place = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Thư mục có kết quả, hoặc chính kết quả đó (mặc định: thư mục này).")
]
HERE = Path()


@runs.callback(add_help_option=False)
def common(help_: Help = False) -> None:
    """Xem, chạy tiếp và đọc lại những lượt chạy nhiều văn bản."""


@runs.command("list", add_help_option=False)
def show_all(folder: Place = HERE, lang: Language = Lang.VI, help_: Help = False) -> None:
    """Liệt kê các lượt chạy: tình trạng, số văn bản, thời gian."""
    from pipeline.errors import DondocError
    from pipeline.runs import history
    from pipeline.runs_report import print_runs

    try:
        print_runs(history.read_all(folder), lang.value)
    except DondocError as error:
        raise _refused(error, lang.value) from error


@runs.command("show", add_help_option=False)
def show(folder: Place = HERE, lang: Language = Lang.VI, help_: Help = False) -> None:
    """Xem lượt chạy gần nhất: đọc gì, ghi ra đâu, văn bản nào lỗi và vì sao."""
    from pipeline.errors import DondocError
    from pipeline.runs import history
    from pipeline.runs_report import print_run

    try:
        record = history.last(folder)
        print_run(record, history.documents(record), lang.value)
    except DondocError as error:
        raise _refused(error, lang.value) from error


@runs.command("resume", add_help_option=False)
def resume(
    folder: Place = HERE, lang: Language = Lang.VI, quiet: Quiet = False, log_json: LogJson = False, help_: Help = False
) -> None:
    """Chạy lại lệnh của lượt gần nhất.

    Văn bản đã đọc xong không phải đọc lại.
    """
    from pipeline.errors import DondocError
    from pipeline.runs import history

    try:
        record = history.last(folder)
    except DondocError as error:
        raise _refused(error, lang.value) from error
    _run_again(record, quiet=quiet, log_json=log_json)


@runs.command("retry-failed", add_help_option=False)
def retry_failed(
    folder: Place = HERE, lang: Language = Lang.VI, quiet: Quiet = False, log_json: LogJson = False, help_: Help = False
) -> None:
    """Đọc lại những văn bản lỗi của lượt gần nhất.

    Gồm văn bản không đọc được và văn bản đọc chưa hết; kết quả được ghi lại như cả lượt chạy.
    """
    from pipeline.errors import DondocError
    from pipeline.runs import history

    try:
        record = history.last(folder)
        history.retry(record)
    except DondocError as error:
        raise _refused(error, lang.value) from error
    _run_again(record, quiet=quiet, log_json=log_json)


def _run_again(record: Record, *, quiet: bool, log_json: bool) -> None:
    from pipeline.commands.convert import carry_out
    from pipeline.terminal import reporter

    report = reporter(record.command.lang, quiet=quiet, log_json=log_json)
    carry_out(report, pages=report.page, **record.command.arguments())


def _refused(error: DondocError, lang: str) -> typer.Exit:
    from pipeline.terminal import reporter

    reporter(lang, quiet=False, log_json=False).error(error)
    return typer.Exit(status_of(error))
