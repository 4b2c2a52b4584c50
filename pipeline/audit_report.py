"""The "6 rõ" report on a terminal: shares by document, and for each document the tasks that lack something."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SQUARE
from rich.table import Table
from rich.text import Text

from pipeline.audit import CRITERIA, Audit, Tally, tally
from pipeline.audit.wording import SHORT, TEXTS, short_of
from pipeline.terminal import clean, console

__all__ = ["print_audit"]

FIGURE = 6  # width of a column of shares, in characters: the longest word of the headings


def print_audit(audits: Sequence[Audit], lang: str) -> None:
    """Prints the shares of all documents, and then what each task lacks."""
    console().print(_shares(audits, lang))
    for one in audits:
        _print_rows(one, lang)


def _shares(audits: Sequence[Audit], lang: str) -> Table:
    texts = TEXTS[lang]
    table = Table(title=Text(texts["shares"]), box=SQUARE, expand=True)
    table.add_column(texts["document"], ratio=1, overflow="fold")
    for heading in (texts["tasks"], *SHORT[lang].values(), texts["all-six"], texts["several"]):
        table.add_column(heading, justify="right", max_width=FIGURE)
    for one in audits:
        table.add_row(clean(one.directive.document), *_figures(tally([one])))
    if len(audits) > 1:
        table.add_section()
        table.add_row(texts["total"], *_figures(tally(audits)))
    return table


def _figures(found: Tally) -> list[str]:
    shares = [*(found.share(criterion) for criterion in CRITERIA), found.share_of_all_six]
    shown = ["–" if share is None else f"{share:.0%}" for share in shares]
    return [str(found.tasks), *shown, str(found.several_leads)]


def _print_rows(one: Audit, lang: str) -> None:
    texts, out = TEXTS[lang], console()
    lacking = [(number, row) for number, row in enumerate(one.rows, start=1) if row.lacks]
    clear = len(one.rows) - len(lacking)
    if not lacking:
        told = texts["all-clear"].format(count=clear) if one.rows else texts["no-tasks"]
        out.print(Text(f"\n{clean(one.directive.document)}: {told}"))
        return
    table = Table(title=Text(f"\n{clean(one.directive.document)}"), box=SQUARE, show_lines=True, expand=True)
    for heading, ratio in (("number", None), ("section", None), ("text", 5), ("lacks", 4)):
        table.add_column(texts[heading], ratio=ratio, overflow="fold")
    for number, row in lacking:
        cells = (str(number), row.task.section, row.task.text, short_of(row, lang))
        table.add_row(*(Text(clean(cell)) for cell in cells))
    out.print(table)
    if clear:
        out.print(Text(texts["some-clear"].format(count=clear, total=len(one.rows))))
