"""What a reader found in a file: words with their places, paragraphs and tables as they stand there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = [
    "Aside", "Box", "Cell", "Line", "PageSize", "Paragraph", "Source", "Style", "Table", "Warning", "Word", "Words",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch), measured from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def union(self, other: Box) -> Box:
        """The smallest rectangle that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class Word(NamedTuple):  # a tuple: of all nouns the one that a document has most of, and a tuple is made fastest
    """A word of a line with its place: ``line.text[start:end]``. `confidence` is 0..1, None outside OCR."""

    start: int
    end: int
    box: Box
    confidence: float | None = None


class Words(Sequence[Word]):
    """The words of a line as the file holds them, each made when it is asked for: of most no place is ever asked."""

    @abstractmethod
    def box(self, first: int, stop: int) -> Box:
        """The rectangle around the words ``[first, stop)``, which are not none."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line of a page, or a whole paragraph where the format keeps none. Pages count from 1."""

    text: str
    page: int = 1
    words: Sequence[Word] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks. None stands for what the format does not say."""

    bold: bool = False
    italic: bool = False
    size: float | None = None
    alignment: str | None = None  # left, center, right, justify
    heading: int | None = None  # level of a heading style: 1, 2, …


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that the file holds together. An automatic number that Word shows is part of the text."""

    lines: tuple[Line, ...]
    style: Style = Style()

    @property
    def text(self) -> str:
        """The lines joined by a line feed."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell once, however many rows and columns it spans. Rows and columns count from 0."""

    row: int
    column: int
    paragraphs: tuple[Paragraph, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of `rows` by `columns`; cells in reading order, none for a place that holds nothing."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    page: int = 1


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that is not part of the body and is kept apart: a page number, a running head, a footnote."""

    kind: str  # page-number, running-head, footnote, comment, …
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """Something a person should know. `code` is for programs, `message` is Vietnamese for the officer.

    `detail` is for the developer; it may name paths of this machine, so it is shown and never written to a result.
    """

    code: str
    message: str
    page: int | None = None
    detail: str = ""


class PageSize(NamedTuple):
    """A page as its words were read, in points.

    For that its picture was turned clockwise so many `quarters` of a turn, and then, to make its lines level, by `tilt`
    degrees the other way around its middle: places on it are those of the picture so turned.
    """

    width: float
    height: float
    quarters: int = 0
    tilt: float = 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader found: paragraphs and tables in order, as they stand in the file.

    `sizes` are those of its pages in order, none where the format has no places.
    """

    name: str
    sha256: str
    media_type: str
    pages: int
    blocks: tuple[Paragraph | Table, ...]
    asides: tuple[Aside, ...] = ()
    warnings: tuple[Warning, ...] = ()
    errors: tuple[Warning, ...] = ()  # what could not be read of it
    sizes: tuple[PageSize, ...] = ()
