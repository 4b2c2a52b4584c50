"""How figures stand on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from pipeline.terminal import clean

__all__ = ["short", "shown", "table"]

FIGURE = 6  # characters: the widest figure, 0.000, and the longest word of most headings
LONGEST = 160  # characters of a text or a value in a line


def table(title: str, heads: Iterable[str], rows: Iterable[tuple[str, ...]], left: int = 1) -> Table:
    """A table whose first columns are words and the others figures."""
    made = Table(title=Text(title), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for index, head in enumerate(heads):
        if index < left:
            made.add_column(head, overflow="fold")
        else:  # as narrow as the words of its heading allow
            made.add_column(head, overflow="fold", justify="right", max_width=FIGURE)
    for row in rows:
        made.add_row(*(Text(clean(cell)) for cell in row))
    return made


def shown(figure: float | None) -> str:
    """A share with three digits, a count as it is, a dash where there is nothing to measure."""
    if figure is None:
        return "–"
    return f"{figure:.3f}" if isinstance(figure, float) else str(figure)


def short(text: str) -> str:
    """The words on one line that a reader takes in at once."""
    plain = clean(text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
