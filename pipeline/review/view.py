"""A document as it is looked at: paragraphs and tables with their look, pages with the places of their words.

A view is made in the process that reads the document, kept as bytes, and shown beside the rows. It holds what the
canonical text does not say; the words themselves stand in the text alone. All offsets are those of that text.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cache

import msgspec

from pipeline.codec import LARGEST, Damaged
from pipeline.model import Block, Document, Grid, PageSize

__all__ = ["Paragraph", "Place", "Table", "TableCell", "View", "decode", "encode", "of_text", "view_of"]

_LEVEL = 1  # of zlib, as in `pipeline.codec`
_DEEPEST = 6  # headings of HTML
_PICTURED = ("application/pdf", "image/")  # media types whose pages can be shown as pictures


class Paragraph(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A paragraph ``text[start:end]``. `level` is 1 to 6 for a heading, 0 for any other; `alignment` as in `Style`."""

    start: int
    end: int
    page: int
    level: int = 0
    bold: bool = False
    italic: bool = False
    alignment: str | None = None


class TableCell(msgspec.Struct, frozen=True, array_like=True):
    """A cell at its top left place. Rows and columns count from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    paragraphs: tuple[Paragraph, ...]


class Table(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A table; a place that holds nothing has no cell."""

    rows: int
    columns: int
    page: int
    cells: tuple[TableCell, ...]


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where ``text[start:end]``, one word, stands on its page: points from the top left corner, to a tenth."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


class View(msgspec.Struct, frozen=True, array_like=True):
    """What is shown of a document. `sizes` and `places` are by page in order, none where no page can be pictured."""

    media_type: str
    pages: int
    blocks: tuple[Paragraph | Table, ...] = ()
    sizes: tuple[PageSize, ...] = ()
    places: tuple[tuple[Place, ...], ...] = ()

    @property
    def pictured(self) -> bool:
        """Whether its pages can be shown as pictures with the words at their places."""
        return bool(self.sizes)


def view_of(document: Document) -> View:
    """What is shown of a document that `pipeline.read` returned."""
    levels = _levels(document)
    blocks = tuple(_table(block) if isinstance(block, Grid) else _paragraph(block, levels) for block in document.blocks)
    if not document.sizes or not document.media_type.startswith(_PICTURED):
        return View(document.media_type, document.pages, blocks)
    places: list[list[Place]] = [[] for _ in document.sizes]
    for page, place in _places(document):
        if 1 <= page <= len(places):
            places[page - 1].append(place)
    return View(document.media_type, document.pages, blocks, document.sizes, tuple(map(tuple, places)))


def of_text(text: str, media_type: str = "text/plain", pages: int = 1) -> View:
    """What can be shown where nothing but the canonical text is known: its paragraphs, without any look."""
    blocks, start = [], 0
    for line in text.split("\n") if text else ():
        blocks.append(Paragraph(start, start + len(line), 1))
        start += len(line) + 1
    return View(media_type, pages, tuple(blocks))


def _levels(document: Document) -> dict[int, int]:
    """The level of each heading by the offset where it begins: how many headings it stands under, and one."""
    nodes = document.outline.nodes if document.outline is not None else ()
    depth: dict[int, int] = {}
    levels = {}
    for node in nodes:
        above = depth.get(node.parent, 0) if node.parent is not None else 0
        depth[node.index] = above + (node.kind == "heading")
        if node.kind == "heading":
            levels[node.start] = min(depth[node.index], _DEEPEST)
    return levels


def _paragraph(block: Block, levels: dict[int, int]) -> Paragraph:
    style = block.style
    level = levels.get(block.start, min(style.heading or 0, _DEEPEST))
    return Paragraph(block.start, block.end, block.page, level, style.bold, style.italic, style.alignment)


def _table(grid: Grid) -> Table:
    found = []
    for cell in grid.cells:
        paragraphs = tuple(_paragraph(block, {}) for block in cell.blocks)
        found.append(TableCell(cell.row, cell.column, cell.row_span, cell.column_span, paragraphs))
    return Table(grid.rows, grid.columns, grid.page, tuple(found))


def _places(document: Document) -> Iterator[tuple[int, Place]]:
    """The page and the place of each word that has one."""
    text = document.text
    for piece in document.pieces:
        if piece.box is not None:
            yield piece.page, _place(piece.start, piece.end, piece.box.left, piece.box.top, piece.box.right,
                                     piece.box.bottom)  # fmt: skip
        elif piece.words is not None:
            start = piece.start
            for number, word in enumerate(text[piece.start : piece.end].split(" ")):
                if number < len(piece.words):
                    box = piece.words.box(number, number + 1)
                    yield piece.page, _place(start, start + len(word), box.left, box.top, box.right, box.bottom)
                start += len(word) + 1


def _place(start: int, end: int, left: float, top: float, right: float, bottom: float) -> Place:
    return Place(start, end, round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))


# ── as bytes ───────────────────────────────────────────────────────────────────────────────


def encode(view: View) -> bytes:
    """The view as MessagePack, compressed; equal views give equal bytes."""
    return zlib.compress(_coders()[0].encode(view), _LEVEL)


def decode(data: bytes) -> View:
    """The view that `encode` was given. Raises `pipeline.codec.Damaged`."""
    try:
        unpacking = zlib.decompressobj()
        unpacked = unpacking.decompress(data, LARGEST)
        if not unpacking.eof or unpacking.unused_data:
            raise Damaged("a view that is cut off, or longer than it says")
        return _coders()[1].decode(unpacked)
    except (zlib.error, msgspec.MsgspecError, RecursionError) as error:
        raise Damaged(f"{type(error).__name__}: {error}") from error


@cache
def _coders() -> tuple[msgspec.msgpack.Encoder, msgspec.msgpack.Decoder[View]]:
    return msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(View)
