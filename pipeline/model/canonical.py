"""The one canonical text that every later stage reads, and the map from it back to the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.model.found import Box, Style, Words

__all__ = ["Block", "Grid", "GridCell", "Piece"]


class Piece(NamedTuple):  # a tuple, as the words that it comes from
    """A stretch of the canonical text that came from one place of one page: the map back.

    It is a word with its `box`, or several of a line, of which `words` knows the places; or neither is known.
    """

    start: int
    end: int
    page: int
    box: Box | None = None
    confidence: float | None = None
    words: Words | None = None

    def box_in(self, text: str, start: int, end: int) -> Box | None:
        """The box of its words in ``[start, end)`` of the canonical text; None where they have none."""
        if self.words is None:
            return self.box
        begin = self.start
        if start <= begin and self.end <= end:
            return self.words.box(0, len(self.words))
        first = text.count(" ", begin, start + 1)
        stop = text.count(" ", begin, min(end, self.end) - 1) + 1
        return self.words.box(first, stop) if first < stop else None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the canonical text. It never holds a line feed."""

    start: int
    end: int
    page: int
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A table cell of the canonical text; `blocks` is empty where the cell is."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the canonical text. A cell stands once, at its top left place."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    page: int

    @property
    def start(self) -> int:
        """Offset of the first word in the table, 0 in an empty one."""
        return min((b.start for c in self.cells for b in c.blocks), default=0)

    @property
    def end(self) -> int:
        """Offset behind the last word in the table, 0 in an empty one."""
        return max((b.end for c in self.cells for b in c.blocks), default=0)
