"""The command line. Only what the help text needs is imported here; each command imports the rest when it runs."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.errors import DondocError

__all__ = ["app", "main"]

DEFAULT_OUTPUT = "outputs/tracker.xlsx"
WRONG_USAGE = 2

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
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
        "--reference-date",
        metavar="YYYY-MM-DD",
        help="Ngày làm mốc cho thời hạn không ghi năm (mặc định: ngày văn bản).",
    ),
]
Rules = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Thư mục quy tắc bổ sung vào quy tắc có sẵn.")
]
Language = Annotated[Lang, typer.Option("--lang", help="Ngôn ngữ của kết quả.")]
OcrMode = Annotated[
    Ocr, typer.Option("--ocr", help="Nhận dạng chữ từ ảnh trang: khi cần (auto), không bao giờ, hoặc mọi trang PDF.")
]
Classified = Annotated[
    bool,
    typer.Option("--allow-classified", help="Xử lý cả văn bản đóng dấu MẬT; chỉ dùng trên máy được phép."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Chỉ in lỗi.")]
LogJson = Annotated[bool, typer.Option("--log-json", help="Ghi nhật ký ra stderr, mỗi sự kiện một dòng JSON.")]


def _help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        typer.echo(context.get_help())
        raise typer.Exit


# Ours in place of typer's, whose help text is English.
Help = Annotated[bool, typer.Option("--help", callback=_help, is_eager=True, help="In phần trợ giúp này rồi thoát.")]


def _version(wanted: bool) -> None:
    if wanted:
        from pipeline import __version__

        typer.echo(f"dondoc {__version__}")
        raise typer.Exit


@app.callback(add_help_option=False)
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="In số phiên bản rồi thoát.")
    ] = False,
    help_: Help = False,
) -> None:
    """Holds the options of the program itself; typer shows the help text given above."""


@app.command(add_help_option=False)
def convert(
    sources: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="Tệp, thư mục (tìm cả bên trong) hoặc mẫu như “kh/*.docx”.")
    ],
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
                reference_date=_date(reference_date),
                rules_dir=rules,
                ocr=ocr.value,
                allow_classified=allow_classified,
                lang=lang.value,
                progress=report.step,
                pages=report.page,
            )
    except DondocError as error:
        report.error(error)
        raise typer.Exit(_status(error)) from error
    report.end(result)
    raise typer.Exit(result.exit_status)


@app.command(add_help_option=False)
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Văn bản cần xem.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Nêu từng giá trị được đọc từ chữ nào, ở đâu, theo quy tắc nào.")
    ] = False,
    reference_date: ReferenceDate = None,
    ocr: OcrMode = Ocr.AUTO,
    allow_classified: Classified = False,
    rules: Rules = None,
    lang: Language = Lang.VI,
    log_json: LogJson = False,
    help_: Help = False,
) -> None:
    """In các nhiệm vụ của một văn bản thành bảng."""
    from pipeline.convert import convert as run
    from pipeline.errors import DondocError, UsageError
    from pipeline.explanation import print_explanation, print_table
    from pipeline.terminal import reporter

    report = reporter(lang.value, quiet=True, log_json=log_json)
    try:
        if file.is_dir():
            raise UsageError("folder", f"{file} là thư mục; show đọc từng tệp; với thư mục hãy dùng dondoc convert.")
        with report:
            result = run(
                [file],
                [],
                reference_date=_date(reference_date),
                rules_dir=rules,
                ocr=ocr.value,
                allow_classified=allow_classified,
                lang=lang.value,
                progress=report.step,
                pages=report.page,
            )
    except DondocError as error:
        report.error(error)
        raise typer.Exit(_status(error)) from error
    for directive in result.directives:
        if directive.status != "failed":
            print_table(directive, lang.value)
            if explain:
                print_explanation(directive, lang.value)
    report.end(result)
    raise typer.Exit(result.exit_status)


@app.command(add_help_option=False)
def doctor(lang: Language = Lang.VI, help_: Help = False) -> None:
    """Cho biết máy này đọc được định dạng nào, còn thiếu gì và cài bằng lệnh nào."""
    from pipeline.doctor import examine, print_report

    findings = examine()
    print_report(findings, lang.value)
    raise typer.Exit(0 if all(finding.works for finding in findings) else 1)


def _date(text: str | None) -> dt.date | None:
    import datetime as dt

    from pipeline.errors import UsageError

    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError as error:
        message = f"--reference-date “{text}” không phải ngày dạng YYYY-MM-DD, ví dụ 2026-01-31."
        raise UsageError("reference-date", message, str(error)) from error


def _status(error: DondocError) -> int:
    from pipeline.errors import OutputError

    return 1 if isinstance(error, OutputError) else WRONG_USAGE


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
    raise SystemExit(status)


def _usage(error: typer.TyperException) -> str:
    """What typer refuses, in Vietnamese. It exports the base class alone, so its kinds are told apart by name."""
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = getattr(param, "metavar", None) if getattr(param, "param_type_name", "") == "argument" else None
    name = name or ", ".join(getattr(param, "opts", ()))
    option = getattr(error, "option_name", "")
    if kind == "MissingParameter":
        return f"thiếu {name}."
    if kind == "NoSuchOption":
        return f"không có tùy chọn {option}."
    if kind == "BadOptionUsage":
        return f"tùy chọn {option} viết chưa đúng: thiếu hoặc thừa giá trị."
    if kind == "BadParameter":
        return f"giá trị không hợp lệ cho {name} ({error.message})"
    if error.message.startswith("Missing command"):
        return "thiếu lệnh."
    if error.message.startswith("No such command"):
        return f"không có lệnh {error.message.split(maxsplit=3)[-1].rstrip('.')}."
    return f"gọi lệnh chưa đúng ({error.message})"
