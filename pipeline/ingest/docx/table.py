"""A Word table as a true grid: each cell once, with the rows and columns that it spans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from pipeline.ingest.docx.package import W, attribute, by_tag, number
from pipeline.ingest.docx.text import Pages
from pipeline.ingest.docx.wrappers import unwrapped
from pipeline.model import Cell, Paragraph, Table

Blocks = list[Paragraph | Table]
_CELL, _PROPERTIES, _REMOVED = W + "tc", W + "tcPr", W + "cellDel"
_SPAN, _DOWN, _ACROSS = W + "gridSpan", W + "vMerge", W + "hMerge"
_MAX_SPAN = 63  # columns that a table of Word can have


@dataclass(slots=True)
class _Spot:
    """A cell while the rows below it may still lengthen it."""

    row: int
    column: int
    column_span: int
    blocks: Blocks = field(default_factory=list)
    row_span: int = 1


# Reads the blocks of a cell and moves the pages on; told whether another cell is merged over it.
ReadCell = Callable[[etree._Element, bool], Blocks]


def read_table(node: etree._Element, pages: Pages, cell_blocks: ReadCell) -> Blocks:
    """The table as one block, the content of its only cell (a frame), or nothing where it is blank."""
    first_page = pages.current
    rows = [row for row in unwrapped(node) if row.tag == W + "tr" and not _deleted(row)]
    grid = _Grid(pages, cell_blocks)
    for row in rows:
        grid.add(row)
    spots = grid.spots
    if len(spots) == 1:
        return spots[0].blocks
    cells = tuple(
        Cell(spot.row, spot.column, paragraphs, spot.row_span, spot.column_span)
        for spot in spots
        if (paragraphs := tuple(flattened(spot.blocks)))
    )
    if not cells:
        return []
    columns = max(spot.column + spot.column_span for spot in spots)
    page = min((line.page for cell in cells for p in cell.paragraphs for line in p.lines), default=first_page)
    return [Table(len(rows), columns, cells, page)]


def flattened(blocks: Blocks) -> list[Paragraph]:
    """The paragraphs of blocks in order; a table inside a cell gives those of its cells."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Table):
            found.extend(paragraph for cell in block.cells for paragraph in cell.paragraphs)
        else:
            found.append(block)
    return found


def _deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


class _Grid:
    """The cells of a table while its rows come in."""

    def __init__(self, pages: Pages, cell_blocks: ReadCell) -> None:
        self.spots: list[_Spot] = []
        self._pages = pages
        self._cell_blocks = cell_blocks
        self._index = 0
        self._open: dict[int, _Spot] = {}  # vertical merges that the row above left open, by column

    def add(self, row: etree._Element) -> None:
        """Add the cells of the next row."""
        column = min(max(number(row.find(f"{W}trPr/{W}gridBefore")) or 0, 0), _MAX_SPAN)
        below: dict[int, _Spot] = {}
        row_pages = _RowPages(self._pages)
        last: _Spot | None = None
        for node in unwrapped(row):
            if node.tag != _CELL:
                continue
            said = by_tag(node.find(_PROPERTIES))
            if _REMOVED in said:
                continue
            wide = number(said.get(_SPAN))
            span = min(max(1 if wide is None else wide, 1), _MAX_SPAN)
            merge = _merge(said.get(_DOWN))
            across = last is not None and _merge(said.get(_ACROSS)) == "continue"
            row_pages.enter()
            blocks = self._cell_blocks(node, across or (merge == "continue" and column in self._open))
            row_pages.leave(bool(blocks))
            if last is not None and across:  # a row below counts no column twice
                last.column_span = min(max(last.column_span, column + span - last.column), _MAX_SPAN)
                last.blocks.extend(blocks)
            else:
                last = self._spot(column, span, goes_on=merge == "continue")
                last.blocks.extend(blocks)
                if merge is not None:
                    below[column] = last
            column += span
        row_pages.close()
        self._open = below
        self._index += 1

    def _spot(self, column: int, span: int, goes_on: bool) -> _Spot:
        """The cell from above that goes on here, one row longer, or a new one."""
        spot = self._open.get(column) if goes_on else None
        if spot is None:
            spot = _Spot(self._index, column, span)
            self.spots.append(spot)
        spot.column_span = min(spot.column_span, span)  # a row that has it narrower has a neighbour there
        spot.row_span = self._index - spot.row + 1
        return spot


def _merge(node: etree._Element | None) -> str | None:
    """restart, continue (what Word means by no value), or None for a cell that is not merged."""
    return None if node is None else "restart" if attribute(node) == "restart" else "continue"


class _RowPages:
    """The cells of a row stand side by side: each begins on the row's page, and the row ends on the furthest one.

    Word notes a break wherever a run lies on another page than the run before it: also where it goes back to the top
    of the row for the next cell, and where the next row begins on the page that this one has reached already.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._start = self._end = self._noted = pages.current
        self._fresh = pages.fresh
        self._written = False

    def enter(self) -> None:
        self._pages.current = self._start
        self._pages.fresh = self._noted > self._start or (self._fresh and not self._written)

    def leave(self, written: bool) -> None:
        page = self._pages.current
        self._end = max(self._end, page)
        if written:
            self._noted, self._written = page, True
        elif not self._written and page > self._start:  # the break in front of a row, noted in an empty first cell
            self._start, self._fresh = page, True

    def close(self) -> None:
        self._pages.current = self._end
        self._pages.fresh = self._noted < self._end or (self._fresh and not self._written)
