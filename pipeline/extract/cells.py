"""The cells of a table, asked for by place."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Document, Grid, GridCell


class Cells:
    """The cells of a grid by row and column, so that a merged cell counts wherever it spans."""

    def __init__(self, document: Document, grid: Grid) -> None:
        self.document = document
        self.grid = grid
        self._places = {
            (row, column): cell
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def at(self, row: int, column: int | None) -> GridCell | None:
        """The cell that covers a place, None where there is none."""
        return self._places.get((row, column)) if column is not None else None

    def text(self, cell: GridCell | None) -> str:
        """All words of a cell."""
        if cell is None:
            return ""
        return " ".join(self.document.text[block.start : block.end] for block in cell.blocks)

    def said(self, row: int, column: int | None) -> str:
        """The words at a place."""
        return self.text(self.at(row, column)).strip()

    def span(self, cell: GridCell | None) -> tuple[int, int] | None:
        """The stretch of the document that a cell fills, None for an empty one."""
        return (cell.blocks[0].start, cell.blocks[-1].end) if cell is not None and cell.blocks else None

    def filled(self, column: int, first_row: int) -> Iterator[GridCell]:
        """The cells of a column with words, from a row on, each once; those that go over several columns are titles."""
        last = None
        for row in range(first_row, self.grid.rows):
            cell = self.at(row, column)
            if cell is not None and cell is not last and cell.blocks and cell.column_span == 1:
                yield cell
            last = cell
