"""The command line: what its commands are, and how it ends. Each command is a module of `pipeline.commands`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.commands.audit import audit
from pipeline.commands.convert import convert
from pipeline.commands.doctor import doctor
from pipeline.commands.evaluate import evaluate
from pipeline.commands.list_tasks import list_tasks
from pipeline.commands.options import WRONG_USAGE, Help
from pipeline.commands.rules import rules
from pipeline.commands.show import show
from pipeline.commands.status import status

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    help="Đọc chỉ thị, kế hoạch, công văn … và lập sổ theo dõi nhiệm vụ. Không dùng mạng.",
    epilog="Mã thoát: 0 đọc được tất cả; 7 có văn bản lỗi hoặc không đọc được; 1 không đọc được văn bản nào; "
    "2 gọi lệnh sai.",
)
for command in (convert, show, status, audit, evaluate, doctor):
    app.command(add_help_option=False)(command)
app.command("list", add_help_option=False)(list_tasks)
app.add_typer(rules, name="rules")


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


def main() -> None:
    """Runs the command line and ends the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a bare container may have a code page without Vietnamese letters.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        ended = app(prog_name="dondoc", standalone_mode=False, windows_expand_args=False)
    except typer.TyperException as error:
        typer.echo(f"Lỗi: {_usage(error)}\nXem cách dùng: dondoc --help", err=True)
        ended = WRONG_USAGE
    except typer.Abort:
        typer.echo("Đã dừng theo yêu cầu.", err=True)
        ended = 130
    raise SystemExit(ended)


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
