"""Tables that run over page ends: one table again, a row that the page end cut in two is one row again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.layout.lattice import Lattice
from pipeline.ingest.layout.paragraphs import ENDS, MARKER
from pipeline.model import Aside, Cell, Line, Paragraph, Table

Block = Paragraph | Table
Placed = tuple[Block, Lattice | None]  # a table comes with the lattice that it was found in

_SAME_EDGE = 3.0  # points
_BLANK = 3.0  # points: the width of a blank, for want of a font


def join_tables(blocks: Sequence[Placed]) -> tuple[list[Block], list[Aside]]:
    """The blocks, with tables joined to their continuation on the next page; repeated header rows become asides."""
    found: list[Placed] = []
    asides: list[Aside] = []
    reached = 0  # the page on which the last block ends, where it is a table
    for block, lattice in blocks:
        above, edges = found[-1] if found else (None, None)
        if isinstance(block, Table) and isinstance(above, Table) and lattice is not None and edges is not None:
            columns = _common_columns(edges.xs, lattice.xs)
            if columns is not None and block.page == reached + 1:
                below, repeated = _without_header(_on(block, lattice.xs, columns), _on(above, edges.xs, columns))
                asides.extend(repeated)
                joined = _appended(_on(above, edges.xs, columns), below, columns)
                found[-1] = joined, replace(lattice, xs=columns)
                reached = block.page
                continue
        found.append((block, lattice))
        reached = block.page if isinstance(block, Table) else 0
    return [block for block, _ in found], asides


def _common_columns(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...] | None:
    """The finer of two sets of column edges, if the coarser one is part of it: a page of merged cells shows less."""
    fine, coarse = (one, other) if len(one) >= len(other) else (other, one)
    matched = all(any(abs(edge - candidate) <= _SAME_EDGE for candidate in fine) for edge in coarse)
    outer = abs(fine[0] - coarse[0]) <= _SAME_EDGE and abs(fine[-1] - coarse[-1]) <= _SAME_EDGE
    return fine if matched and outer and len(coarse) > 2 else None


def _on(table: Table, edges: tuple[float, ...], columns: tuple[float, ...]) -> Table:
    """The table on a finer set of column edges."""
    if len(edges) == len(columns):
        return table
    at = [min(range(len(columns)), key=lambda i: abs(columns[i] - edge)) for edge in edges]
    cells = (
        replace(cell, column=at[cell.column], column_span=at[cell.column + cell.column_span] - at[cell.column])
        for cell in table.cells
    )
    return replace(table, columns=len(columns) - 1, cells=tuple(cells))


def _row_texts(table: Table, row: int) -> list[tuple[int, str]]:
    return [
        (cell.column, " ".join(" ".join(p.text.split()) for p in cell.paragraphs))
        for cell in table.cells
        if cell.row == row
    ]


def _without_header(below: Table, above: Table) -> tuple[Table, list[Aside]]:
    """The continuation without the header rows that are repeated on its page; those, as asides."""
    count, asides = 0, []
    while count < below.rows - 1:
        texts = _row_texts(below, count)
        if not texts or texts != _row_texts(above, count):
            break
        asides.append(Aside("table-head", " | ".join(text for _, text in texts), below.page))
        count += 1
    if not count:
        return below, []
    cells = tuple([_moved(cell, -count) for cell in below.cells if cell.row >= count])
    return replace(below, rows=below.rows - count, cells=cells), asides


def _moved(cell: Cell, rows: int) -> Cell:
    return Cell(cell.row + rows, cell.column, cell.paragraphs, cell.row_span, cell.column_span)


# ── the row at the page end ────────────────────────────────────────────────────────────────


def _appended(above: Table, below: Table, columns: tuple[float, ...]) -> Table:
    ends = {cell.column: cell for cell in above.cells if cell.row + cell.row_span == above.rows}
    begins = {cell.column: cell for cell in below.cells if cell.row == 0}
    cut = _is_cut(ends, begins, columns)
    shift = above.rows - 1 if cut else above.rows
    cells = []
    for cell in above.cells:
        more = begins.get(cell.column) if cut and ends.get(cell.column) is cell else None
        cells.append(cell if more is None else _grown(cell, more, columns))
    cells.extend([_moved(cell, shift) for cell in below.cells if not (cut and cell.row == 0)])
    return replace(above, rows=shift + below.rows, cells=tuple(cells))


def _is_cut(ends: dict[int, Cell], begins: dict[int, Cell], columns: tuple[float, ...]) -> bool:
    """Whether the first row below is the rest of the last row above.

    Every cell with text must have text above it to go on from. Then either all of them go on behind a full line, or
    some do, the number in the first column is not set again, and what the others begin is at least a new item.
    """
    if not begins or any(column not in ends for column in begins):
        return False
    if any(cell.column_span != ends[column].column_span for column, cell in begins.items()):
        return False
    others = [column for column, cell in begins.items() if not _runs_on(ends[column], cell, columns)]
    if not others:
        return True
    items = all(_new_item(ends[column], begins[column]) for column in others)
    return items and len(others) < len(begins) and min(ends) not in begins


def _new_item(above: Cell, below: Cell) -> bool:
    """Whether the text below may be the next item or sentence of the cell above."""
    last, first = above.paragraphs[-1].lines[-1].text, below.paragraphs[0].lines[0].text
    return ENDS.search(last) is not None or MARKER.match(first) is not None


def _runs_on(above: Cell, below: Cell, columns: tuple[float, ...]) -> bool:
    """Whether the first word below would not have fitted into the last line above."""
    last, first = above.paragraphs[-1].lines[-1], below.paragraphs[0].lines[0]
    left, right = columns[above.column], columns[above.column + above.column_span]
    lines = [line for paragraph in above.paragraphs for line in paragraph.lines]
    pad = min(max(min(line.words[0].box.left for line in lines) - left, 2.0), 8.0)
    room = right - pad - last.words[-1].box.right
    if _centred(lines, left, right):
        room += last.words[0].box.left - left - pad
    word = first.words[0].box
    return room < word.right - word.left + _BLANK


def _centred(lines: Sequence[Line], left: float, right: float) -> bool:
    middles = [line.words[0].box.left + line.words[-1].box.right for line in lines]
    starts = {round(line.words[0].box.left / 3) for line in lines}
    return all(abs(middle - left - right) < 6 for middle in middles) and (len(lines) == 1 or len(starts) > 1)


def _grown(above: Cell, below: Cell, columns: tuple[float, ...]) -> Cell:
    paragraphs = list(above.paragraphs)
    rest = list(below.paragraphs)
    if _runs_on(above, below, columns):
        paragraphs[-1] = replace(paragraphs[-1], lines=paragraphs[-1].lines + rest.pop(0).lines)
    return replace(above, paragraphs=(*paragraphs, *rest), row_span=above.row_span + below.row_span - 1)
