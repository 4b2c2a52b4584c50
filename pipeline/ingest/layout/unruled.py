"""Tables without drawn lines: several columns that stay clear of each other over some lines make a lattice.

pdfplumber's strategy for such tables was tried first and cuts through words wherever a page also has running text, for
it looks for columns in the whole page. Here the columns are looked for below a line of three and more pieces, and only
as far down as they stay clear. It serves recognised pictures as well, in which pdfplumber sees nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.layout.lattice import Lattice
from pipeline.ingest.layout.page import PlacedWord
from pipeline.ingest.layout.rows import Row

_GAP = 1.0  # of the font size: a blank that wide parts the heads of two columns; a blank of a line has 0.25
_CLEAR = 0.45  # of the font size: what stays clear between two columns at least, where cells are filled to their edge
_FEWEST_COLUMNS = 3  # a letterhead, the closing, a list of names with dates have two
_FEWEST_LINES = 4  # so many lines of running text never leave two gaps at the same places
_COUNTER = re.compile(r"\d{1,3}[.)]?|[IVXLC]{1,6}[.)]?|[a-zđ][.)]")
_DATED = re.compile(r"\d{1,2}\s?[/.h:]\s?\d")  # a day, an hour: what counts the rows of an agenda
_OPEN = ("-", "–", "/", "đến", "ngày")  # on these no cell ends
_BLANK = 0.6  # of the font size: a blank, and the edge of a cell
_FURTHEST = 3.0  # of the font size: a wider space between two lines ends a table

Span = tuple[float, float]


def unruled_lattices(rows: Sequence[Row], above: Sequence[float] = ()) -> list[Lattice]:
    """The tables without lines in rows of text, from top to bottom. Rows of the letterhead and closing are left out.

    A table begins with its heads, in bold; one with the column edges `above` has begun on the page before and may go on
    at the top of this one without them. A second row of heads under parts of the first is not understood: then there is
    no table, and its words stay text.
    """
    found: list[Lattice] = []
    start = 0
    while start < len(rows):
        begins = heads_columns(rows[start]) or (above and start == 0)
        gutters, end = _stretch(rows, start) if begins else ([], start)
        if end - start < _FEWEST_LINES or not _used(rows[start:end], gutters):
            start += 1
            continue
        found.append(_lattice(rows[start:end], gutters, above if start == 0 else ()))
        start = end
    return found


def heads_columns(row: Row) -> bool:
    """Whether a row may hold the heads of columns: where no row of a page does, no table begins there."""
    return row.bold and len(_gutters(row)) >= _FEWEST_COLUMNS - 1


def _gutters(row: Row) -> list[Span]:
    """The gaps of a row that are wide enough to part two columns."""
    gap = _GAP * row.size
    return [(a.box.right, b.box.left) for a, b in pairwise(row.words) if b.box.left - a.box.right > gap]


def _stretch(rows: Sequence[Row], start: int) -> tuple[list[Span], int]:
    """The gaps that stay clear from a line of several pieces downwards, and where the lines end that respect them."""
    row = rows[start]
    gutters = _gutters(row)
    end = start + 1
    if len(gutters) < _FEWEST_COLUMNS - 1:
        return [], end
    while end < len(rows) and rows[end].baseline - rows[end - 1].baseline <= _FURTHEST * row.size:
        narrowed = [_narrowed(gutter, rows[end].words) for gutter in gutters]
        if any(right - left < _CLEAR * row.size for left, right in narrowed):
            break
        gutters = narrowed
        end += 1
    return gutters, end


def _narrowed(gutter: Span, words: Sequence[PlacedWord]) -> Span:
    """What a line leaves of a gap; an empty span where a word stands across it."""
    left, right = gutter
    for word in words:
        if word.box.right > left and word.box.left < right:
            if (word.box.left + word.box.right) / 2 < (left + right) / 2:
                left = word.box.right
            else:
                right = word.box.left
    return left, right


def _used(rows: Sequence[Row], gutters: Sequence[Span]) -> bool:
    """Whether each column holds words on two lines at least: one word with wide blanks around it is no column."""
    counts = [0] * (len(gutters) + 1)
    for row in rows:
        for column in _filled(row, gutters):
            counts[column] += 1
    return min(counts) > 1


def _filled(row: Row, gutters: Sequence[Span]) -> dict[int, list[PlacedWord]]:
    """The words of a row by column."""
    found: dict[int, list[PlacedWord]] = {}
    for word in row.words:
        middle = (word.box.left + word.box.right) / 2
        found.setdefault(sum(middle > (left + right) / 2 for left, right in gutters), []).append(word)
    return found


def _lattice(rows: Sequence[Row], gutters: Sequence[Span], above: Sequence[float]) -> Lattice:
    size = rows[0].size
    left, right = min(row.left for row in rows) - size / 4, max(row.right for row in rows) + size / 4
    xs = (left, *((a + b) / 2 for a, b in gutters), right)
    if len(above) == len(xs) and all(a < edge < b for (a, b), edge in zip(gutters, above[1:-1], strict=True)):
        xs = tuple(above)  # the same columns: both pages are one table
    first = [place for place in range(len(rows)) if place == 0 or _opens(rows, place, gutters, xs)]
    ys = (*(rows[place].top - 0.1 for place in first), rows[-1].bottom + size / 4)
    places = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}
    return Lattice(xs, ys, places)


def _opens(rows: Sequence[Row], place: int, gutters: Sequence[Span], xs: Sequence[float]) -> bool:
    """Whether a line opens a row of the table.

    Cells begin at the top of their row: a column that has words here and had none on the line above begins one, and so
    does a counter in the first column, and what is plain below what is bold. Else it is a new row where no cell had to
    break its last line.
    """
    above, here = _filled(rows[place - 1], gutters), _filled(rows[place], gutters)
    if not here.keys() <= above.keys() or (rows[place - 1].bold and not rows[place].bold):
        return True
    if 0 in here and _counts(_text(here[0]), _text(above[0])):
        return True
    return not any(_runs_on(above[column], here[column], xs[column + 1]) for column in here)


def _counts(here: str, above: str) -> bool:
    """Whether the first cell of a line says that another row begins."""
    if _COUNTER.fullmatch(here):
        return True
    return bool(_DATED.match(here) and _DATED.match(above)) and not above.endswith(_OPEN)


def _text(words: Sequence[PlacedWord]) -> str:
    return " ".join(word.text for word in words)


def _runs_on(above: Sequence[PlacedWord], here: Sequence[PlacedWord], edge: float) -> bool:
    """Whether the first word here would not have fitted into the line above."""
    first = here[0].box
    return edge - above[-1].box.right < first.right - first.left + _BLANK * here[0].size
