"""The rules on a terminal: listed by file, or checked."""

from __future__ import annotations

from typing import Any

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from pipeline import ruleset
from pipeline.rulecheck import check_all, fills
from pipeline.ruleset import Ruleset
from pipeline.terminal import clean, console

__all__ = ["print_check", "print_rules"]

TEXTS: dict[str, dict[str, Any]] = {
    "vi": {
        "heads": ("Mã", "Đọc ra", "Ví dụ"),
        "file": "{name}.yaml ({count} quy tắc)",
        "added": "{id} (bổ sung)",
        "fine": "{count} quy tắc trong {files} tệp: mọi ví dụ và phản ví dụ đều đúng.",
        "wrong": "{failed} chỗ sai trong {count} quy tắc. Hãy sửa mẫu, ví dụ hoặc phản ví dụ của quy tắc đó.",
    },
    "en": {
        "heads": ("Id", "Fills", "Example"),
        "file": "{name}.yaml ({count} rules)",
        "added": "{id} (added)",
        "fine": "{count} rules in {files} files: every example and counter-example holds.",
        "wrong": "{failed} failures in {count} rules. Mend the pattern, the example or the counter-example.",
    },
}


def print_rules(rules: Ruleset, lang: str) -> None:
    """Prints each file's rules: id, what it fills, example. Rules that a folder added or replaced are marked."""
    texts, out, shipped = TEXTS[lang], console(), ruleset.load()
    for name in rules:
        known = {rule.id: rule.keys for rule in shipped[name]}
        title = texts["file"].format(name=name, count=len(rules[name]))
        table = Table(title=Text(title), title_justify="left", box=SIMPLE_HEAD, pad_edge=False, expand=True)
        for head, ratio in zip(texts["heads"], (3, 2, 5), strict=True):
            table.add_column(head, ratio=ratio, overflow="fold")
        for rule in rules[name]:
            shown = rule.id if known.get(rule.id) == rule.keys else texts["added"].format(id=rule.id)
            table.add_row(*(Text(clean(cell)) for cell in (shown, fills(name, rule), rule.example)))
        out.print(table)


def print_check(rules: Ruleset, lang: str) -> bool:
    """Prints the file and the id of every rule that fails, and the outcome. True where all hold."""
    texts = TEXTS[lang]
    failures = check_all(rules)
    for failure in failures:
        typer.echo(clean(failure.told(lang)), err=True)
    count = sum(len(rules[name]) for name in rules)
    if failures:
        typer.echo(texts["wrong"].format(failed=len(failures), count=count), err=True)
    else:
        typer.echo(texts["fine"].format(count=count, files=len(list(rules))))
    return not failures
