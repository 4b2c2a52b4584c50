"""The characters of a page, put together where they surely belong together.

To ask PDFium of one character costs more than what is done with the answer. So each question is put once a character,
all of a kind in a row, and what the characters of a text object share is asked once an object.
"""

from __future__ import annotations

import ctypes
import math
import operator
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from typing import Any

from pypdfium2 import raw

from pipeline.ingest.encodings import encoding_of
from pipeline.ingest.layout.page import Glyph
from pipeline.ingest.pdf.view import Side, View
from pipeline.model import Box

_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # font descriptor flags of the PDF standard
# Of the font size. Neighbours in a text object with no wider gap are in one word by any rule of `layout.rows`; a
# character that steps forward less may be drawn twice.
_GAP, _STEP = 0.1, 0.2
_BLANK, _NOTHING = " ", "\0"
_SAMPLE = 200  # characters of a page that tell how it is turned


def text_turns(text: Any, turned: int) -> int:
    """Quarter turns that make most of the text upright; of a page without text, those that it is shown with.

    An annex may lie sideways on an upright page: then it is read as it would be with the sheet turned.
    """
    count, page = raw.FPDFText_CountChars(text), _pointer(text)
    places = range(0, count, max(count // _SAMPLE, 1))
    generated = map(_is_generated, repeat(page), places)
    angles = Counter(
        -round(angle / (math.pi / 2)) % 4  # PDFium counts clockwise
        for angle, blank in zip(map(_angle_of, repeat(page), places), generated, strict=True)
        if not blank
    )
    return angles.most_common(1)[0][0] if angles else turned


def characters_of(text: Any, view: View, encoding: str | None) -> tuple[tuple[Glyph, ...], dict[int, tuple[int, str]]]:
    """The characters of a page in the order of the file, neighbours that touch as one `Glyph`.

    Those in an old font stand alone; their codes come with them, by `Glyph.index`, each with the encoding of its font.
    `encoding` is that of fonts whose names say nothing.
    """
    inks = _inks(text, view)
    codes: dict[int, tuple[int, str]] = {}
    glyphs = tuple(_glyphs(text, inks, encoding, codes)) if inks.places else ()
    return glyphs, codes


# ── what PDFium says ───────────────────────────────────────────────────────────────────────


def _bare(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same function of PDFium, told and answering in plain numbers: a typed pointer costs more than the call."""
    address: Any = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_angle_of = _bare(raw.FPDFText_GetCharAngle, ctypes.c_float, _POINTER, _INT)
_is_generated = _bare(raw.FPDFText_IsGenerated, _INT, _POINTER, _INT)
_box_of = _bare(raw.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_owner_of = _bare(raw.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_origin_of = _bare(raw.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)


def _pointer(text: Any) -> int | None:
    return ctypes.cast(text.raw, ctypes.c_void_p).value


@dataclass(frozen=True, slots=True)
class _Inks:
    """What is drawn of the text of a page; the lists have an entry a character.

    `shown` is the whole text, with blanks, and `places` says where the characters stand in it; `owners` are their text
    objects. The edges are on the axes of the page, see `View.sides`.
    """

    view: View
    shown: str
    marks: frozenset[str]
    places: Sequence[int]
    owners: Sequence[int | None]
    lefts: Side
    rights: Side
    uppers: Side
    lowers: Side

    def box(self, first: int, stop: int) -> Box:
        """The rectangle around neighbours, in points from the top left corner.

        To hundredths: ``round(x * 100) / 100`` is ``round(x, 2)`` for what was a 32-bit number, in a third of the time.
        """
        start, head = self.view.start, self.view.head
        return Box(
            round((self.lefts[first] - start) * 100) / 100,
            round((min(self.uppers[first:stop]) - head) * 100) / 100,
            round((self.rights[stop - 1] - start) * 100) / 100,
            round((max(self.lowers[first:stop]) - head) * 100) / 100,
        )

    def between(self, index: int) -> str:
        """What the text has in front of a character, behind the one before it."""
        stop = self.places[index] if index < len(self.places) else len(self.shown)
        return self.shown[self.places[index - 1] + 1 if index else 0 : stop]

    def marks_behind(self, index: int) -> str:
        """The tone marks that are drawn by themselves and belong to the character in front of `index`."""
        return "".join(char for char in self.between(index) if char in self.marks)

    def char(self, index: int) -> str:
        """What a character shows."""
        return self.shown[self.places[index]]


def _inks(text: Any, view: View) -> _Inks:
    shown, page = _characters(text), _pointer(text)
    marks = frozenset(char for char in set(shown) if unicodedata.combining(char))
    skipped = {_BLANK, _NOTHING, *marks}
    places = [place for place, char in enumerate(shown) if char not in skipped]
    rects = (raw.FS_RECTF * len(places))()
    start, size = ctypes.addressof(rects), ctypes.sizeof(raw.FS_RECTF)
    known = list(map(_box_of, repeat(page), places, range(start, start + size * len(places), size)))
    owners = list(map(_owner_of, repeat(page), places))
    edges = memoryview(rects).cast("B").cast("f").tolist()
    left, top, right, bottom = (edges[side::4] for side in range(4))
    sides: Sequence[Side] = view.sides(left, bottom, right, top)
    if not (all(known) and math.isfinite(sum(edges))):
        known = [*map(all, zip(known, *(map(math.isfinite, side) for side in sides), strict=True))]
        places, owners = list(compress(places, known)), list(compress(owners, known))
        sides = [list(compress(side, known)) for side in sides]
    across, down = _ordered(*sides[:2]), _ordered(*sides[2:])
    return _Inks(view, shown, marks, places, owners, *across, *down)


def _ordered(one: Side, two: Side) -> tuple[Side, Side]:
    """The smaller edges first: letters may be drawn as in a mirror."""
    if all(map(operator.le, one, two)):
        return one, two
    return list(map(min, one, two)), list(map(max, one, two))


def _characters(text: Any) -> str:
    """A character for each that PDFium counts: a blank for what parts words, NUL for what shows nothing."""
    count = max(raw.FPDFText_CountChars(text), 0)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, buffer) if count else 0
    whole = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(whole) != count:  # some are left out, or are in two parts: one by one then
        return "".join(_character(raw.FPDFText_GetUnicode(text, place)) for place in range(count))
    return whole.translate({ord(char): _character(ord(char)) for char in set(whole)})


def _character(code: int) -> str:
    """The character; PDFium gives a hyphen at the end of a line as U+FFFE or U+0002, for it expects hyphenation."""
    if code in (0xFFFE, 0x02, 0xAD) or 0xF000 <= code <= 0xF0FF:  # the latter: a bullet of Symbol or Wingdings
        return "-"
    if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0x7F, 0xFEFF, 0x200B, 0xFFFF) or code > 0x10FFFF:
        return _BLANK if code in (0x09, 0x0A, 0x0D) else _NOTHING
    return _BLANK if chr(code).isspace() else chr(code)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the characters of a text object share. `joins` tells that those that touch may be one glyph.

    So it is where they stand on one line across the page and are in no old font; of that, `encoding` is the encoding.
    """

    size: float
    bold: bool
    italic: bool
    encoding: str | None
    joins: bool


def _look(text: Any, place: int, view: View, assumed: str | None) -> _Look:
    """The look of a character, which is that of its text object."""
    matrix, flags, name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(128)
    scale, straight = 1.0, False
    if raw.FPDFText_GetMatrix(text, place, matrix):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        straight = not (matrix.a if view.turns % 2 else matrix.b)
    raw.FPDFText_GetFontInfo(text, place, name, 128, flags)
    font = name.value.decode("utf-8", "replace")
    encoding, font = encoding_of(font) or assumed, font.lower()
    size = raw.FPDFText_GetFontSize(text, place) * scale
    bold = "bold" in font or "black" in font or bool(flags.value & _FORCE_BOLD)
    italic = "italic" in font or "oblique" in font or bool(flags.value & _ITALIC)
    size = round(size, 1) if math.isfinite(size) and 0 < size < 1000 else 1.0
    return _Look(size, bold, italic, encoding, straight and encoding is None)


def _baselines(text: Any, places: Sequence[int], view: View) -> Iterator[float]:
    """The heights on which characters stand, NaN where PDFium does not tell."""
    origins = (ctypes.c_double * (2 * len(places)))()
    start, size = ctypes.addressof(origins), ctypes.sizeof(ctypes.c_double)
    xs = range(start, start + 2 * size * len(places), 2 * size)
    ys = range(start + size, start + 2 * size * len(places) + size, 2 * size)
    told = list(map(_origin_of, repeat(_pointer(text)), places, xs, ys))
    for known, x, y in zip(told, origins[::2], origins[1::2], strict=True):
        yield view.height(x, y) if known else math.nan


# ── what belongs together ──────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Several(Glyph):
    """The characters ``[first, stop)`` of a page as one glyph."""

    inks: _Inks
    first: int
    stop: int

    @property
    def count(self) -> int:
        return self.stop - self.first

    @property
    def first_right(self) -> float:
        return self.inks.rights[self.first] - self.inks.view.start

    @property
    def last_left(self) -> float:
        return self.inks.lefts[self.stop - 1] - self.inks.view.start

    def characters(self) -> list[Glyph]:
        look = self.baseline, self.size, self.bold, self.italic
        found = []
        for place in range(self.first, self.stop):
            index, box, char = self.index + place - self.first, self.inks.box(place, place + 1), self.inks.char(place)
            spaced = self.spaced and place == self.first
            found.append(Glyph(index, char, box, *look, spaced, self.raised, None))
        return found


def _glyphs(text: Any, inks: _Inks, assumed: str | None, codes: dict[int, tuple[int, str]]) -> Iterator[Glyph]:
    runs, index = list(_runs(text, inks, assumed)), 0
    baselines = _baselines(text, [inks.places[first] for first, *_ in runs], inks.view)
    for (first, stop, spaced, look), baseline in zip(runs, baselines, strict=True):
        if not math.isfinite(baseline):
            continue
        share = baseline, look.size, look.bold, look.italic
        if look.encoding is not None:
            codes[index] = raw.FPDFText_GetUnicode(text, inks.places[first]), look.encoding
        marks = inks.marks_behind(stop) if inks.marks else ""
        last = stop - 1 if marks else stop
        if last > first + 1:
            words = inks.shown[inks.places[first] : inks.places[last - 1] + 1]
            yield _Several(index, words, inks.box(first, last), *share, spaced, False, None, inks, first, last)
        elif last > first:
            yield Glyph(index, inks.char(first), inks.box(first, last), *share, spaced, False, None)
        if marks:  # a tone mark that is a character of its own belongs to its letter, wherever it is drawn
            letter, parted = inks.char(last) + marks, spaced and last == first
            yield Glyph(index + last - first, letter, inks.box(last, stop), *share, parted, False, None)
        index += stop - first


def _runs(text: Any, inks: _Inks, assumed: str | None) -> Iterator[tuple[int, int, bool, _Look]]:
    """Neighbours that touch, as first and stop; whether there is a blank in front of them; how they look."""
    first, owner, behind = 0, None, -1
    look, spaced, joins = _look(text, inks.places[0], inks.view, assumed), False, False
    step = gap = last_left = last_right = 0.0
    answers = zip(inks.places, inks.owners, inks.lefts, inks.rights, strict=True)
    for index, (place, its, left, right) in enumerate(answers):
        if not (
            its == owner
            and place == behind
            and joins
            and left - last_left > step
            and left - last_right < gap
            and right >= last_right
        ):
            if index:
                yield first, index, spaced, look
            first, spaced = index, _BLANK in inks.between(index)
            if its != owner or its is None:
                owner, look = its, _look(text, place, inks.view, assumed)
            joins, step, gap = look.joins, _STEP * look.size, _GAP * look.size
        behind, last_left, last_right = place + 1, left, right
    yield first, len(inks.places), spaced, look
