"""A page as plain data: characters or words with their places, ruling lines, pictures.

What every page is before it is read, whether PDFium told its characters or a picture was recognised. All is in points
(1/72 inch) from the top left corner of the page as a reader holds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Aside, Box


@dataclass(slots=True)
class Glyph:
    """A character on the page, several that touch, or a whole word where a picture was recognised.

    `index` is the place of its first character in the order of the file, blanks counted out. `spaced` tells that the
    file (or PDFium, which looks at the gap) has a blank in front of it. `raised`, for a superscript, is found out when
    rows are made. `confidence` is 0..1 for recognised words, None for characters that the file holds.
    """

    index: int
    text: str
    box: Box
    baseline: float
    size: float
    bold: bool
    italic: bool
    spaced: bool
    raised: bool
    confidence: float | None

    @property
    def count(self) -> int:
        """The characters that may be parted again; a recognised word counts for one."""
        return 1

    @property
    def first_right(self) -> float:
        """The right edge of the first character."""
        return self.box.right

    @property
    def last_left(self) -> float:
        """The left edge of the last character."""
        return self.box.left

    def characters(self) -> list[Glyph]:
        """Each character alone."""
        return [self]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line of a drawing; horizontal where top equals bottom nearly, else vertical."""

    start: float
    end: float
    at: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page: its size, characters, ruling lines, and the share of its area that pictures cover.

    `asides` is what was found on it beside its text before it was read: the words of a coloured stamp.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    horizontals: tuple[Ruling, ...]
    verticals: tuple[Ruling, ...]
    pictured: float
    asides: tuple[Aside, ...] = ()
