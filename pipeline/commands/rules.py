"""``dondoc rules list`` and ``dondoc rules test``: the rules, and whether they do what they say."""

from __future__ import annotations

import typer

from pipeline.commands.options import Help, Lang, Language, Rules, status_of

__all__ = ["rules"]

rules = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    help="Xem và kiểm tra các quy tắc đọc văn bản.",
    epilog="Mã thoát của rules test: 0 mọi ví dụ đều đúng; 1 có ví dụ sai; 2 gọi lệnh sai hoặc tệp quy tắc sai.",
)


@rules.callback(add_help_option=False)
def common(help_: Help = False) -> None:
    """Xem và kiểm tra các quy tắc đọc văn bản."""


@rules.command("list", add_help_option=False)
def show(rules_dir: Rules = None, lang: Language = Lang.VI, help_: Help = False) -> None:
    """Liệt kê quy tắc theo tệp.

    Mỗi quy tắc có mã, trường mà nó điền và một ví dụ.
    """
    from pipeline import steps
    from pipeline.errors import DondocError
    from pipeline.rulecheck.report import print_rules
    from pipeline.terminal import reporter

    try:
        print_rules(steps.load_rules(rules_dir), lang.value)
    except DondocError as error:
        reporter(lang.value, quiet=False, log_json=False).error(error)
        raise typer.Exit(status_of(error)) from error


@rules.command("test", add_help_option=False)
def test(rules_dir: Rules = None, lang: Language = Lang.VI, help_: Help = False) -> None:
    """Chạy mọi ví dụ và phản ví dụ.

    Nêu tệp và mã của từng quy tắc không đọc đúng ví dụ của mình hoặc đọc cả phản ví dụ.
    """
    from pipeline import steps
    from pipeline.errors import DondocError
    from pipeline.rulecheck.report import print_check
    from pipeline.terminal import reporter

    try:
        holds = print_check(steps.load_rules(rules_dir), lang.value)
    except DondocError as error:
        reporter(lang.value, quiet=False, log_json=False).error(error)
        raise typer.Exit(status_of(error)) from error
    raise typer.Exit(0 if holds else 1)
