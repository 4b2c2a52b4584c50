"""A document in canonical text with its outline: what the rules read."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from pipeline.model.canonical import Block, Grid, Piece
from pipeline.model.found import Aside, Box, PageSize, Warning
from pipeline.model.outline import Outline

__all__ = ["Document"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document in canonical text: NFC, one blank between words, one line a paragraph or cell paragraph.

    `outline` is None until the outline stage has read it; `pipeline.read` always fills it.
    """

    name: str
    sha256: str
    media_type: str
    pages: int
    text: str
    blocks: tuple[Block | Grid, ...]
    pieces: tuple[Piece, ...] = ()
    asides: tuple[Aside, ...] = ()
    warnings: tuple[Warning, ...] = ()
    errors: tuple[Warning, ...] = ()
    outline: Outline | None = None
    sizes: tuple[PageSize, ...] = ()

    def pieces_at(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that overlap ``[start, end)``, in order."""
        first = max(bisect_left(self.pieces, (start + 1,)) - 1, 0)
        found = []
        for index in range(first, len(self.pieces)):  # no slice: that would copy the rest of the document at each call
            piece = self.pieces[index]
            if piece.start >= end:
                break
            if piece.end > start:
                found.append(piece)
        return tuple(found)

    def place(self, start: int, end: int) -> tuple[int, Box | None]:
        """The page on which ``[start, end)`` begins, and the box of its words on that page."""
        pieces = self.pieces_at(start, end)
        if not pieces:
            return 1, None
        page = pieces[0].page
        found = [piece.box_in(self.text, start, end) for piece in pieces if piece.page == page]
        boxes = [box for box in found if box is not None]
        if len(boxes) < 2:
            return page, boxes[0] if boxes else None
        return page, Box(
            min([box.left for box in boxes]),
            min([box.top for box in boxes]),
            max([box.right for box in boxes]),
            max([box.bottom for box in boxes]),
        )
