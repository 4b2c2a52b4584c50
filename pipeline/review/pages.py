"""A view joined with its words: what the templates of the document pane are given, and the words of one page.

A template gets nothing but text and numbers. Every paragraph has as many characters as its stretch of the text, so
that the offsets of evidence can be found again on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.review.view import Paragraph, Table, View

__all__ = ["Cell", "Grid", "Line", "Sheet", "blocks_of", "sheets_of", "shown", "words_of"]

# What HTML cannot hold or a browser would change. One for one, for the offsets behind it count on.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ALIGNED = frozenset(("center", "right", "justify"))


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its words, their place in the text, its look as names of classes.

    `page` is the number of the page that begins with it, 0 for none; `level` 0 for what is no heading.
    """

    text: str
    start: int
    end: int
    classes: str
    level: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, with the rows and columns that it spans."""

    row_span: int
    column_span: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, row by row. `page` as in `Line`."""

    rows: tuple[tuple[Cell, ...], ...]
    page: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that can be shown as a picture: its number from 1 and its size in points."""

    number: int
    width: float
    height: float


def blocks_of(view: View, text: str) -> Iterator[Line | Grid]:
    """The paragraphs and tables of a document in order, the first of each page with its number where there are many."""
    page = 0
    for block in view.blocks:
        begun = block.page if view.pages > 1 and block.page > page else 0
        page = max(page, block.page)
        yield _grid(block, text, begun) if isinstance(block, Table) else _line(block, text, begun)


def _line(paragraph: Paragraph, text: str, page: int = 0) -> Line:
    looks = [name for name in ("bold", "italic") if getattr(paragraph, name)]
    looks += [paragraph.alignment] if paragraph.alignment in _ALIGNED else []
    words = shown(text[paragraph.start : paragraph.end])
    return Line(words, paragraph.start, paragraph.end, " ".join(looks), paragraph.level, page)


def _grid(table: Table, text: str, page: int) -> Grid:
    """The cells by rows. A place that holds nothing gets an empty cell, unless another cell spans it."""
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    covered: set[tuple[int, int]] = set()
    rows = []
    for row in range(table.rows):
        found = []
        for column in range(table.columns):
            if (row, column) in covered:
                continue
            cell = cells.get((row, column))
            if cell is None:
                found.append(Cell(1, 1, ()))
                continue
            down, across = min(cell.row_span, table.rows - row), min(cell.column_span, table.columns - column)
            covered.update((row + i, column + j) for i in range(down) for j in range(across))
            found.append(Cell(down, across, tuple(_line(one, text) for one in cell.paragraphs)))
        rows.append(tuple(found))
    return Grid(tuple(rows), page)


def shown(words: str) -> str:
    """The words with a mark in place of each character that a page cannot show."""
    return _UNSHOWN.sub("\ufffd", words)


def sheets_of(view: View) -> list[Sheet]:
    """The pages that can be shown as pictures."""
    return [Sheet(number, size.width, size.height) for number, size in enumerate(view.sizes, start=1)]


def words_of(view: View, text: str, number: int) -> list[tuple[int, int, float, float, float, float, str]]:
    """The words of a page with their places: start, end, left, top, right, bottom in points, and the word.

    None for a page that is not there.
    """
    if not 1 <= number <= len(view.places):
        return []
    return [
        (one.start, one.end, one.left, one.top, one.right, one.bottom, shown(text[one.start : one.end]))
        for one in view.places[number - 1]
    ]
