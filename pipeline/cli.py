"""The command line. Only what the help text needs is imported here; each command imports the rest when it runs."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.convert import Result
    from pipeline.errors import DondocError

__all__ = ["app", "main"]

DEFAULT_OUTPUT = "outputs/tracker.xlsx"
WRONG_USAGE = 2  # also `pipeline.convert.WRONG_USAGE`, which this module does not load for the help text

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Đọc chỉ thị, kế hoạch, công văn … và lập sổ theo dõi nhiệm vụ. Không dùng mạng.",
    epilog="Mã thoát: 0 đọc được tất cả; 7 có văn bản lỗi hoặc không đọc được; 1 không đọc được văn bản nào; "
    "2 gọi lệnh sai.",
)


class Lang(StrEnum):
    """The language of what is written."""

    VI = "vi"
    EN = "en"


class Ocr(StrEnum):
    """Whether the words of scanned pages are recognised."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


Jobs = Annotated[int, typer.Option("--jobs", min=1, metavar="N", help="Số tiến trình đọc văn bản cùng lúc.")]
ReferenceDate = Annotated[
    str | None,
    typer.Option(
        "--reference-date", metavar="YYYY-MM-DD", help="Ngày làm mốc cho thời hạn không ghi năm (mặc định: ngày văn bản)."
    ),
]
Rules = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Thư mục quy tắc bổ sung vào quy tắc có sẵn.")
]
Language = Annotated[Lang, typer.Option("--lang", help="Ngôn ngữ của kết quả.")]
OcrMode = Annotated[
    Ocr, typer.Option("--ocr", help="Nhận dạng chữ trên trang quét (chưa có trong bản này: trang quét được báo lỗi rõ).")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Chỉ in lỗi.")]
LogJson = Annotated[bool, typer.Option("--log-json", help="Ghi nhật ký ra stderr, mỗi sự kiện một dòng JSON.")]


def _version(wanted: bool) -> None:
    if wanted:
        from pipeline import __version__

        typer.echo(f"dondoc {__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="In số phiên bản rồi thoát.")
    ] = False,
) -> None:
    """Holds the options of the program itself; typer shows the help text given above."""


@app.command()
def convert(
    sources: Annotated[
        list[str], typer.Argument(metavar="INPUT…", help="Tệp, thư mục (tìm cả bên trong) hoặc mẫu như “kh/*.docx”.")
    ],
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "-o", "--output", metavar="PATH", help="Nơi ghi: tệp .xlsx, hoặc thư mục/ để ghi JSON. Dùng được nhiều lần.",
            show_default=DEFAULT_OUTPUT,
        ),
    ] = None,
    jobs: Jobs = 1,
    reference_date: ReferenceDate = None,
    ocr: OcrMode = Ocr.AUTO,
    rules: Rules = None,
    lang: Language = Lang.VI,
    quiet: Quiet = False,
    log_json: LogJson = False,
) -> None:  # fmt: skip
    """Đọc các văn bản và ghi nhiệm vụ ra sổ theo dõi hoặc JSON."""
    from pipeline.convert import convert as run
    from pipeline.errors import DondocError
    from pipeline.terminal import Log, Report

    day = _date(reference_date)
    report = Log() if log_json else Report(lang.value, quiet)
    _announce_ocr(ocr, report)
    try:
        with report:
            result = run(
                sources,
                outputs or [DEFAULT_OUTPUT],
                jobs=jobs,
                reference_date=day,
                rules_dir=rules,
                lang=lang.value,
                progress=report.step,
            )
    except DondocError as error:
        report.error(error)
        raise typer.Exit(_status(error)) from error
    report.end(result)
    raise typer.Exit(result.exit_status)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Văn bản cần xem.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Nêu từng giá trị được đọc từ chữ nào, ở đâu, theo quy tắc nào.")
    ] = False,
    reference_date: ReferenceDate = None,
    ocr: OcrMode = Ocr.AUTO,
    rules: Rules = None,
    lang: Language = Lang.VI,
    log_json: LogJson = False,
) -> None:
    """In các nhiệm vụ của một văn bản thành bảng."""
    from pipeline.convert import convert as run
    from pipeline.errors import DondocError
    from pipeline.terminal import Log, Report, show_tasks

    day = _date(reference_date)
    report = Log() if log_json else Report(lang.value, quiet=True)
    _announce_ocr(ocr, report)
    if file.is_dir():
        raise typer.BadParameter(f"{file} là thư mục; lệnh show đọc từng tệp.", param_hint="FILE")
    try:
        result = run([file], [], reference_date=day, rules_dir=rules, lang=lang.value)
    except DondocError as error:
        report.error(error)
        raise typer.Exit(_status(error)) from error
    for directive in result.directives:
        if directive.status != "failed":
            show_tasks(directive, lang.value, explain)
    report.end(result)
    raise typer.Exit(result.exit_status)


def main() -> None:
    """Runs the command line and ends the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a bare container may have a code page without Vietnamese letters.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = app(prog_name="dondoc", standalone_mode=False, windows_expand_args=False)
    except typer.TyperException as error:
        typer.echo(f"Lỗi: {_usage(error)}\nXem cách dùng: dondoc --help", err=True)
        status = WRONG_USAGE
    except typer.Abort:
        typer.echo("Đã dừng theo yêu cầu.", err=True)
        status = 130
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; what is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    raise SystemExit(status)
