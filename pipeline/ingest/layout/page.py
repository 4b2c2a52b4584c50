"""A page as plain data: characters or words with their places, ruling lines, pictures.

What every page is before it is read, whether PDFium told its characters or a picture was recognised. All is in points
(1/72 inch) from the top left corner of the page as a reader holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from pipeline.model import Aside, Box, PageSize, Word, Words


@dataclass(slots=True)
class Glyph:
    """What is set as one: a stretch of words, a word, or a character. Where a picture was recognised, always a word.

    `index` is the place of its first character in the order of the file, blanks counted out, and `count` is how many
    it has; a recognised word counts for one. `first_right` is the right edge of the first of them, `last_left` the left
    edge of the last. `spaced` tells that the file (or PDFium, which looks at the gap) has a blank in front of it.
    `raised`, for a superscript, is found out when rows are made. `confidence` is 0..1 for recognised words, None for
    characters that the file holds.
    """

    index: int
    text: str
    box: Box
    first_right: float
    last_left: float
    count: int
    baseline: float
    size: float
    bold: bool
    italic: bool
    spaced: bool
    raised: bool = False
    confidence: float | None = None

    @property
    def has_words(self) -> bool:
        """Whether it is a stretch of several words."""
        return False

    def parts(self) -> list[Glyph]:
        """The words of a stretch, the characters of a word; itself, where it can not be parted."""
        return [self]

    def words(self) -> Sequence[PlacedWord]:
        """The words of a stretch, or the word that it is."""
        look = self.size, self.bold, self.italic, self.raised
        return [PlacedWord(self.text, self.box, *look, glued=False, confidence=self.confidence)]


@dataclass(slots=True)
class PlacedWord:
    """A word with its look. A `raised` one is a superscript; a `glued` one has no blank in front of it.

    `confidence` is 0..1 where the word was recognised in a picture, None where the file holds its characters.
    """

    text: str
    box: Box
    size: float
    bold: bool
    italic: bool
    raised: bool = False
    glued: bool = False
    confidence: float | None = None


class StretchWords(Sequence[PlacedWord]):
    """Words that the file sets in one go. Each is made when it is asked for: most never are."""

    __slots__ = ("_box", "_look", "_whole", "texts")

    def __init__(
        self, texts: Sequence[str], look: tuple[float, bool, bool, bool], box: Callable[[int, int], Box]
    ) -> None:
        """Words of one look: size, bold, italic, raised, as in `PlacedWord`.

        `box` tells the rectangle around the words ``[first, stop)``, which are not none.
        """
        self.texts, self._look, self._box = texts, look, box
        self._whole: Box | None = None

    def box(self, first: int, stop: int) -> Box:
        """The rectangle around the words ``[first, stop)``. That of all of them is asked for again and again: kept."""
        if stop - first < len(self.texts):
            return self._box(first, stop)
        if self._whole is None:
            self._whole = self._box(first, stop)
        return self._whole

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[PlacedWord]:
        return map(self._word, range(len(self.texts)))

    @overload
    def __getitem__(self, place: int) -> PlacedWord: ...
    @overload
    def __getitem__(self, place: slice) -> list[PlacedWord]: ...
    def __getitem__(self, place: int | slice) -> PlacedWord | list[PlacedWord]:
        asked = range(len(self.texts))[place]
        return self._word(asked) if isinstance(asked, int) else list(map(self._word, asked))

    def _word(self, place: int) -> PlacedWord:
        return PlacedWord(self.texts[place], self.box(place, place + 1), *self._look)


class LineWords(Words):
    """The words of a row that is one stretch, as those of a `Line`."""

    def __init__(self, words: StretchWords) -> None:
        self._words = words

    def box(self, first: int, stop: int) -> Box:
        """As `Words.box`; the words in between are not made."""
        return self._words.box(first, stop)

    def __len__(self) -> int:
        return len(self._words.texts)

    def __iter__(self) -> Iterator[Word]:
        start = 0
        for word in self._words:
            end = start + len(word.text)
            yield Word(start, end, word.box)
            start = end + 1

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, place: int | slice) -> Word | tuple[Word, ...]:
        if isinstance(place, slice):
            return tuple(self)[place]
        word, before = self._words[place], self._words.texts[: range(len(self))[place]]
        start = sum(map(len, before)) + len(before)
        return Word(start, start + len(word.text), word.box)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line of a drawing; horizontal where top equals bottom nearly, else vertical."""

    start: float
    end: float
    at: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page: its size, characters, ruling lines, and the share of its area that pictures cover.

    `asides` is what was found on it beside its text before it was read: the words of a coloured stamp. `quarters`
    and `tilt` are how it was turned before that, as in `PageSize`.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    horizontals: tuple[Ruling, ...]
    verticals: tuple[Ruling, ...]
    pictured: float
    asides: tuple[Aside, ...] = ()
    quarters: int = 0
    tilt: float = 0.0

    @property
    def size(self) -> PageSize:
        """Its size as its words were read."""
        return PageSize(self.width, self.height, self.quarters, self.tilt)
