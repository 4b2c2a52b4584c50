"""The cells of an HTML table, each put at its place while the rows come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.ingest import grid
from pipeline.model import Cell, Paragraph, Table

_MAX_COLUMN_SPAN = 1000  # as in the HTML standard, which browsers follow
_MAX_ROW_SPAN = 65534
_WHAT = "Bảng trong trang web"
_FEWEST_COLUMNS = 3  # a letterhead has two


class Cells:
    """The cells of a table that is still open.

    A cell goes to the first free place of its row; where it would reach into one that hangs down from above, it ends
    before it. Raises DocumentError ``too-large`` past `grid.MAX_PLACES`.
    """

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._row = -1
        self._column = 0
        self._hanging: dict[int, int] = {}  # column → the row behind the last one that a cell above covers there
        self._places = 0

    def next_row(self) -> None:
        """Begins a row."""
        self._row += 1
        self._column = 0
        self._hanging = {column: end for column, end in self._hanging.items() if end > self._row}
        self._count(len(self._hanging))

    def add(self, node: etree._Element, paragraphs: Sequence[Paragraph]) -> None:
        """Puts a ``td`` or ``th`` with what it holds at its place; one outside any row begins one.

        A line is a paragraph here: a list of units has ``<br>`` between them, which is all that Excel knows.
        """
        if self._row < 0:
            self.next_row()
        while self._column in self._hanging:
            self._column += 1
        row_span = _span(node, "rowspan", _MAX_ROW_SPAN) or _MAX_ROW_SPAN  # 0: down to the last row
        wanted = max(_span(node, "colspan", _MAX_COLUMN_SPAN), 1)
        span = next((step for step in range(1, wanted) if self._column + step in self._hanging), wanted)
        self._count(span)
        lines = tuple(Paragraph((line,), whole.style) for whole in paragraphs for line in whole.lines)
        self._cells.append(Cell(self._row, self._column, lines, row_span, span))
        if row_span > 1:
            self._hanging.update(dict.fromkeys(range(self._column, self._column + span), self._row + row_span))
        self._column += span

    def blocks(self, page: int) -> list[Paragraph | Table]:
        """The table when all rows are in, below its title: rows of one cell, with which a sheet saved as a page begins.

        Nothing where it is blank.
        """
        rows = self._row + 1
        ended = [
            Cell(cell.row, cell.column, cell.paragraphs, min(cell.row_span, rows - cell.row), cell.column_span)
            for cell in self._cells
        ]
        table = grid.table(ended, page)
        if table is None:
            return []
        title = list(_title(table))
        below = grid.table([cell for cell in table.cells if cell.row >= len(title)], page)
        return [table] if below is None else [*(paragraph for cell in title for paragraph in cell.paragraphs), below]

    def _count(self, places: int) -> None:
        self._places += places
        if self._places > grid.MAX_PLACES:
            raise grid.too_large(_WHAT, f"more than {grid.MAX_PLACES} places")


def _title(table: Table) -> Iterator[Cell]:
    """The cells of the first rows that hold one cell each, where the table has the columns of one with a header."""
    starts = Counter(cell.row for cell in table.cells)
    for cell in table.cells:
        if table.columns < _FEWEST_COLUMNS or starts[cell.row] > 1 or cell.row_span > 1:
            return
        yield cell


def _span(node: etree._Element, name: str, most: int) -> int:
    """The attribute as a number, 1 where it says none."""
    value = (node.get(name) or "").strip()
    return min(int(value), most) if value.isascii() and value.isdecimal() and len(value) < 10 else 1
