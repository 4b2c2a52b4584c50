"""The cells of a sheet as blocks: titles, tables and notes, which Excel keeps in one grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median_high

from pipeline.ingest import grid
from pipeline.model import Cell, Paragraph, Table

Blocks = list[Paragraph | Table]

# What stands in the first cell of a row of tasks or of a group of them, and never in that of a header.
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,6}|[A-H])[.)]?")


@dataclass(slots=True)
class _Row:
    """The cells that begin in a row, and how many cover it: a cell merged from above counts in each of its rows."""

    index: int
    cells: list[Cell] = field(default_factory=list)
    covered: int = 0


def blocks_of(cells: Iterable[Cell], page: int) -> Blocks:
    """The blocks of a sheet from its filled cells, in order of rows; empty rows part them.

    Rows of one cell above and below a table are paragraphs: title, basis, notes. Narrow rows above the header (the
    letterhead) make a table of their own.
    """
    found: Blocks = []
    for region in _joined(_regions(_rows(cells))):
        found.extend(_region_blocks(region, page))
    return found


def _rows(cells: Iterable[Cell]) -> list[_Row]:
    rows: dict[int, _Row] = {}
    for cell in cells:
        rows.setdefault(cell.row, _Row(cell.row)).cells.append(cell)
    ordered = sorted(rows.values(), key=lambda row: row.index)
    for row in ordered:
        row.cells.sort(key=lambda cell: cell.column)
        row.covered += len(row.cells)
        for cell in row.cells:
            if cell.row_span > 1:
                for below in range(cell.row + 1, cell.row + cell.row_span):
                    if below in rows:
                        rows[below].covered += 1
    return ordered


def _end(row: _Row) -> int:
    """The row behind the last one that a cell of `row` reaches."""
    return max(cell.row + cell.row_span for cell in row.cells)


def _regions(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Runs of rows without an empty one between them."""
    region: list[_Row] = []
    reach = 0
    for row in rows:
        if region and row.index > reach:
            yield region
            region = []
        region.append(row)
        reach = max(reach, _end(row))
    if region:
        yield region


def _joined(regions: Iterable[list[_Row]]) -> Iterator[list[_Row]]:
    """The regions, with those that go on below an empty row in the middle of a table put back to it."""
    last: list[_Row] = []
    header: _Row | None = None  # of the table in `last`
    for region in regions:
        if header is not None and _goes_on(header, region):
            last.extend(region)
            continue
        if last:
            yield last
        start, end = _table_of(region)
        last, header = region, region[start] if start < end else None
    if last:
        yield last


def _goes_on(header: _Row, lower: Sequence[_Row]) -> bool:
    """Whether the rows of a region begin with a number, right below `header`, and not with a header of their own."""
    row = next((row for row in lower if row.covered > 1), None)
    if row is None or header.covered < 3:
        return False
    first = row.cells[0]
    return first.column == header.cells[0].column and _NUMBER.fullmatch(first.paragraphs[0].text) is not None


def _table_of(region: Sequence[_Row]) -> tuple[int, int]:
    """Where the table of a region begins and ends; at the same place where it has none."""
    several = [row.covered for row in region if row.covered > 1]
    if not several:
        return 0, 0
    # The header is as wide as most rows: those of the letterhead have two cells, a task has three and more.
    wide = min(median_high(several), 3)
    start = next(at for at, row in enumerate(region) if row.covered >= wide)
    while start > 0 and _end(region[start - 1]) > region[start].index:
        start -= 1  # the upper part of a header, merged into this row
    end = max(at for at, row in enumerate(region) if row.covered > 1) + 1
    return start, end


def _region_blocks(region: Sequence[_Row], page: int) -> Blocks:
    start, end = _table_of(region)
    found: Blocks = []
    narrow: list[Cell] = []
    for row in region[:start]:
        if row.covered > 1:
            narrow.extend(row.cells)
        else:
            found.extend(_as_table(narrow, page))
            narrow = []
            found.extend(row.cells[0].paragraphs)
    found.extend(_as_table(narrow, page))
    found.extend(_as_table([cell for row in region[start:end] for cell in row.cells], page))
    found.extend(paragraph for row in region[end:] for cell in row.cells for paragraph in cell.paragraphs)
    return found


def _as_table(cells: Sequence[Cell], page: int) -> Blocks:
    table = grid.table(cells, page)
    return [] if table is None else [table]
