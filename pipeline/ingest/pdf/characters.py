"""The characters of a page, as PDFium tells them.

To ask of one character costs more than what is done with the answer. So each question is put once a character, all of
a kind in a row, and what the characters of a text object share is asked once an object.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, repeat
from operator import not_
from typing import Any

from pypdfium2 import raw

from pipeline.ingest.encodings import encoding_of
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.view import Side, View
from pipeline.model import Box

_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # font descriptor flags of the PDF standard
BLANK, NOTHING = " ", "\0"
_LEFTWARDS = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})  # Unicode's classes of what is read from right to left
_SAMPLE = 60  # characters of a page that tell how it is turned


def text_turns(text: Any, turned: int) -> int:
    """Quarter turns that make most of the text upright; of a page without text, those that it is shown with.

    An annex may lie sideways on an upright page: then it is read as it would be with the sheet turned.
    """
    count, page = raw.FPDFText_CountChars(text), calls.reference(text)
    places = range(0, count, max(count // _SAMPLE, 1))
    drawn = map(not_, map(calls.char_is_generated, repeat(page), places))
    angles = Counter(compress(map(calls.char_angle, repeat(page), places), drawn))
    turns: Counter[int] = Counter()
    for angle, times in angles.items():
        turns[-round(angle / (math.pi / 2)) % 4] += times  # PDFium counts clockwise
    return turns.most_common(1)[0][0] if turns else turned


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of characters on the axes of the page, see `View.sides`: 16 bytes each, kept as long as the words."""

    view: View
    lefts: Side
    rights: Side
    lows: Side
    highs: Side

    def box(self, first: int, stop: int) -> Box:
        """The rectangle around the characters ``[first, stop)``, in hundredths of a point from the top left corner.

        ``round(x * 100) / 100`` is ``round(x, 2)`` for what was a 32-bit number, in a third of the time.
        """
        start, head = self.view.start, self.view.head
        top, bottom = min(self.lows[first:stop]), max(self.highs[first:stop])
        if self.view.upwards:
            top, bottom = -bottom, -top
        return Box(
            round((self.lefts[first] - start) * 100) / 100,
            round((top - head) * 100) / 100,
            round((self.rights[stop - 1] - start) * 100) / 100,
            round((bottom - head) * 100) / 100,
        )


@dataclass(frozen=True, slots=True)
class Inks:
    """What is drawn of the text of a page; the lists have an entry a character.

    `shown` is the whole text, with blanks, and `places` says where the characters stand in it; `owners` are their text
    objects. The lists of numbers are quicker than the `edges` that they repeat, but nine times as large.
    """

    edges: Edges
    shown: str
    marks: frozenset[str]
    places: Sequence[int]
    owners: Sequence[int | None]
    lefts: list[float]
    rights: list[float]
    lows: list[float]
    highs: list[float]

    def beside(self, index: int) -> bool:
        """Whether a character of a text object stands on the height of the one before it.

        A form that is drawn twice has one object for both, and the second may be anywhere.
        """
        if self.owners[index] is None:
            return False
        return self.lows[index] < self.highs[index - 1] and self.highs[index] > self.lows[index - 1]

    def text(self, first: int, stop: int) -> str:
        """What neighbours show, with the blanks between them."""
        return self.shown[self.places[first] : self.places[stop - 1] + 1]

    def marks_behind(self, stop: int) -> str:
        """The tone marks that are drawn by themselves behind the character in front of `stop`."""
        following = self.places[stop] if stop < len(self.places) else len(self.shown)
        return "".join(char for char in self.shown[self.places[stop - 1] + 1 : following] if char in self.marks)


def inks_of(text: Any, view: View, *, formed: bool) -> Inks:
    """What is drawn of the text of a page, on which there may be forms; `text` is the text page of pypdfium2."""
    shown, page = _characters(text), calls.reference(text)
    different = set(shown)
    marks = frozenset(filter(unicodedata.combining, different))
    drawn = different - {BLANK, NOTHING, *marks}
    places = list(compress(range(len(shown)), map(drawn.__contains__, shown)))
    rects = (raw.FS_RECTF * len(places))()
    rooms = map(ctypes.byref, repeat(rects), range(0, ctypes.sizeof(rects), ctypes.sizeof(raw.FS_RECTF)))
    known = list(map(calls.char_box, repeat(page), places, rooms))
    apart = formed or not _LEFTWARDS.isdisjoint(map(unicodedata.bidirectional, different))
    owners = _asked(page, places) if apart else _owners(page, places)
    edges = memoryview(rects).cast("B").cast("f")
    left, top, right, bottom = (edges[side::4] for side in range(4))
    sides: Sequence[Side] = view.sides(left, bottom, right, top)
    lists = [list(side) for side in sides]
    if not (all(known) and all(math.isfinite(sum(side)) for side in lists)):
        known = [*map(all, zip(known, *(map(math.isfinite, side) for side in lists), strict=True))]
        places, owners = list(compress(places, known)), list(compress(owners, known))
        lists = [list(compress(side, known)) for side in lists]
        sides = [array("f", side) for side in lists]
    return Inks(Edges(view, *sides), shown, marks, places, owners, *lists)


def _asked(page: Any, places: Sequence[int]) -> list[int | None]:
    """The text object of each character, where those of one may lie apart.

    A form that is drawn twice has one object for both, and words from right to left are turned around.
    """
    return list(map(calls.char_object, repeat(page), places))


def _owners(page: Any, places: Sequence[int]) -> list[int | None]:
    """The same where the characters of an object follow each other: it is asked of one in five.

    Where the first and the last of a stretch have one object, those between have it; else the stretch is halved.
    """
    found: list[int | None] = [None] * len(places)
    stretches: list[tuple[int, int]] = []
    if places:
        stretches.append((0, len(places) - 1))
        found[0], found[-1] = calls.char_object(page, places[0]), calls.char_object(page, places[-1])
    while stretches:
        first, last = stretches.pop()
        if found[first] == found[last] is not None:
            found[first:last] = [found[first]] * (last - first)
        elif last - first > 1:
            middle = (first + last) // 2
            found[middle] = calls.char_object(page, places[middle])
            stretches += ((first, middle), (middle, last))
    return found


def _characters(text: Any) -> str:
    """A character for each that PDFium counts: a blank for what parts words, NUL for what shows nothing."""
    count = max(raw.FPDFText_CountChars(text), 0)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, buffer) if count else 0
    whole = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(whole) != count:  # some are left out, or are in two parts: one by one then
        return "".join(_character(raw.FPDFText_GetUnicode(text, place)) for place in range(count))
    for char in set(whole):
        shown = _character(ord(char))
        if shown != char:
            whole = whole.replace(char, shown)
    return whole


@lru_cache(maxsize=4096)
def _character(code: int) -> str:
    """The character; PDFium gives a hyphen at the end of a line as U+FFFE or U+0002, for it expects hyphenation."""
    if code in (0xFFFE, 0x02, 0xAD) or 0xF000 <= code <= 0xF0FF:  # the latter: a bullet of Symbol or Wingdings
        return "-"
    if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0x7F, 0xFEFF, 0x200B, 0xFFFF) or code > 0x10FFFF:
        return BLANK if code in (0x09, 0x0A, 0x0D) else NOTHING
    return BLANK if chr(code).isspace() else chr(code)


@dataclass(frozen=True, slots=True)
class Look:
    """What the characters of a text object share. `joins` tells that those that touch may be one glyph.

    So it is where they stand on one line across the page and are in no old font; of that, `encoding` is the encoding.
    """

    size: float
    bold: bool
    italic: bool
    encoding: str | None
    joins: bool


class Looks:
    """Tells how a character looks and where it stands; its neighbours in a text object do the same."""

    def __init__(self, text: Any, view: View, assumed: str | None) -> None:
        self._page, self._view, self._assumed = calls.reference(text), view, assumed
        self._address = calls.address(text)
        self._matrix, self._flags, self._name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(128)
        self._shape = ctypes.byref(self._matrix)
        self._font = ctypes.addressof(self._name), len(self._name), ctypes.addressof(self._flags)
        self._origin = (ctypes.c_double * 2)()
        self._x = ctypes.byref(self._origin)
        self._y = ctypes.byref(self._origin, ctypes.sizeof(ctypes.c_double))
        self._found: dict[tuple[object, ...], Look] = {}

    def at(self, place: int, owner: int | None) -> tuple[Look, float]:
        """The look of the character at a place, the same object for the same look, and its baseline or NaN.

        `owner` is its text object.
        """
        known, size = calls.char_matrix(self._page, place, self._shape), calls.char_size(self._page, place)
        found = self._matrix
        shape = (found.c, found.d, found.a if self._view.turns % 2 else found.b) if known else None
        key = None if owner is None else calls.font_of(owner), size, shape
        look = self._found.get(key)
        if look is None:
            calls.char_font(self._address, place, *self._font)
            look = self._found[key] = _look(self._name.value, self._flags.value, size, shape, self._assumed)
        told = calls.char_origin(self._page, place, self._x, self._y)
        return look, self._view.height(*self._origin) if told else math.nan


def _look(name: bytes, flags: int, size: float, shape: tuple[float, float, float] | None, assumed: str | None) -> Look:
    """The look of characters in a font; `shape` is two scales and the slope of their line, None where not known."""
    size *= 1.0 if shape is None else math.hypot(*shape[:2]) or 1.0
    size = round(size, 1) if math.isfinite(size) and 0 < size < 1000 else 1.0
    font = name.decode("utf-8", "replace")
    encoding, lower = encoding_of(font) or assumed, font.lower()
    bold = "bold" in lower or "black" in lower or bool(flags & _FORCE_BOLD)
    italic = "italic" in lower or "oblique" in lower or bool(flags & _ITALIC)
    return Look(size, bold, italic, encoding, shape is not None and not shape[2] and encoding is None)
