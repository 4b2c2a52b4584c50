"""The command line: what its commands are, and how it ends. Each command is a module of `pipeline.commands`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.commands.audit import audit
from pipeline.commands.compare import compare
from pipeline.commands.convert import convert
from pipeline.commands.corrections import corrections
from pipeline.commands.doctor import doctor
from pipeline.commands.evaluate import evaluate
from pipeline.commands.list_tasks import list_tasks
from pipeline.commands.options import STOPPED, WRONG_USAGE, Help
from pipeline.commands.rules import rules
from pipeline.commands.runs import runs
from pipeline.commands.serve import serve
from pipeline.commands.show import show
from pipeline.commands.status import status
from pipeline.commands.users import users
from pipeline.commands.wrong_usage import command_of, language_of, refusal
from pipeline.english import told

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    help="Đọc chỉ thị, kế hoạch, công văn … và lập sổ theo dõi nhiệm vụ. Không dùng mạng.",
    epilog="Mã thoát: 0 đọc được tất cả; 7 có văn bản lỗi hoặc không đọc được; 1 không đọc được văn bản nào; "
    "2 gọi lệnh sai.",
)
for command in (convert, show, serve, compare, status, audit, evaluate, doctor):
    app.command(add_help_option=False)(command)
app.command("list", add_help_option=False)(list_tasks)
app.add_typer(rules, name="rules")
app.add_typer(runs, name="runs")
app.add_typer(users, name="users")
app.add_typer(corrections, name="corrections")


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
        _say(f"Lỗi: {refusal(error)}\nXem cách dùng: {command_of(error)} --help")
        ended = WRONG_USAGE
    except typer.Abort:
        _say("Đã dừng theo yêu cầu.")
        ended = STOPPED
    raise SystemExit(ended)


def _say(message: str) -> None:
    """Words on standard error in the language that the call asks for, without what a terminal would obey."""
    from pipeline.terminal import lines

    typer.echo(lines(told(message, language_of(sys.argv))), err=True)
