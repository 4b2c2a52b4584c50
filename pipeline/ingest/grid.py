"""Cells that a file places by row and column, as a `Table` without empty rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from pipeline.errors import DocumentError
from pipeline.model import Cell, Table

MAX_PLACES = 2_000_000  # rows times columns that cells may cover: a list of all communes has 30,000
MAX_CELLS = 300_000  # of a document that says of each cell what is in it: they take a kilobyte each


def table(cells: Sequence[Cell], page: int) -> Table | None:
    """The table of `cells` that do not overlap, in reading order; None where none of them holds a word.

    A row or column in which no filled cell begins shows nothing of its own: it goes, and the cells that span it get
    shorter.
    """
    filled = sorted((cell for cell in cells if cell.paragraphs), key=lambda cell: (cell.row, cell.column))
    if not filled:
        return None
    rows = _kept((cell.row for cell in filled), max(cell.row + cell.row_span for cell in filled))
    columns = _kept((cell.column for cell in filled), max(cell.column + cell.column_span for cell in filled))
    moved = tuple(
        Cell(
            rows[cell.row],
            columns[cell.column],
            cell.paragraphs,
            rows[cell.row + cell.row_span] - rows[cell.row],
            columns[cell.column + cell.column_span] - columns[cell.column],
        )
        for cell in filled
    )
    return Table(rows[-1], columns[-1], moved, page)


def _kept(starts: Iterable[int], size: int) -> list[int]:
    """For each of `size` places and the one behind them: how many places before it are kept."""
    begun = bytearray(size)
    for start in starts:
        begun[start] = 1
    return [0, *accumulate(begun)]


def too_large(what: str, detail: str) -> DocumentError:
    """The error for a table past `MAX_PLACES` or another limit of its reader."""
    message = f"{what} quá lớn để đọc. Hãy chỉ giữ phần giao nhiệm vụ, hoặc tách thành nhiều tệp nhỏ."
    return DocumentError("too-large", message, detail)
