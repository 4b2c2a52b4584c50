"""The characters of a page, as PDFium tells them.

To ask of one character costs more than what is done with the answer. So each question is put once a character, all of
a kind in a row, and what the characters of a text object share is asked once an object.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise, repeat
from operator import not_
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.view import Floats, View
from pipeline.model import Box

BLANK, NOTHING = " ", "\0"
_LEFTWARDS = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})  # Unicode's classes of what is read from right to left
_SAMPLE = 60  # characters of a page that tell how it is turned
_MOST = 36  # of them are asked first

Side = Sequence[float]
Places = NDArray[np.int64]
Codes = NDArray[np.unsignedinteger[Any]]


def text_turns(text: Any, turned: int) -> int:
    """Quarter turns that make most of the text upright; of a page without text, those that it is shown with.

    An annex may lie sideways on an upright page: then it is read as it would be with the sheet turned.
    """
    count, page = raw.FPDFText_CountChars(text), calls.reference(text)
    places = range(0, count, max(count // _SAMPLE, 1))
    turns: Counter[int] = Counter()
    for asked in (places[:_MOST], places[_MOST:]):
        angles = list(map(calls.char_angle, repeat(page), asked))
        if len(set(angles)) > 1:  # what PDFium has put in has no angle of its own
            angles = list(compress(angles, map(not_, map(calls.char_is_generated, repeat(page), asked))))
        for angle, times in Counter(angles).items():
            turns[-round(angle / (math.pi / 2)) % 4] += times  # PDFium counts clockwise
        if len(turns) == 1 and turns.total() > len(places) - _MOST:
            break  # the others can't outnumber them
    return turns.most_common(1)[0][0] if turns else turned


class Room:
    """Where PDFium puts the boxes of characters: made once a document, for that takes as long as to ask for them."""

    _SIZE = 2048  # boxes: a page of running text

    def __init__(self) -> None:
        rects = (raw.FS_RECTF * self._SIZE)()
        steps = range(0, ctypes.sizeof(rects), ctypes.sizeof(raw.FS_RECTF))
        self._places = list(map(ctypes.byref, repeat(rects), steps))
        self._boxes = np.frombuffer(rects, np.float32).reshape(-1, 4)

    def boxes(self, page: Any, places: Sequence[int]) -> tuple[Floats, bool]:
        """Left, top, right and bottom edge of characters in PDF space, a row each; NaN where PDFium knows none.

        And whether all are known. `page` is the `calls.reference` of a text page.
        """
        found, whole = [self._boxes[:0].astype(np.float64)], True
        for first in range(0, len(places), self._SIZE):
            asked = places[first : first + self._SIZE]
            known = list(map(calls.char_box, repeat(page), asked, self._places))
            boxes = self._boxes[: len(asked)].astype(np.float64)
            if not all(known):
                whole, boxes[np.array(known) == 0] = False, np.nan
            found.append(boxes)
        every = np.concatenate(found)
        return every, whole and math.isfinite(every.sum())


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of words or characters, in hundredths of a point from the top left corner of the page.

    An entry each, in the order of the file; 32 bytes each are kept as long as the words.
    """

    lefts: Side
    tops: Side
    rights: Side
    bottoms: Side

    @staticmethod
    def of(view: View, lefts: Floats, rights: Floats, lows: Floats, highs: Floats) -> Edges:
        """Those of rectangles on the axes of the page, see `View.sides`."""
        tops, bottoms = (-highs, -lows) if view.upwards else (lows, highs)
        sides = lefts - view.start, tops - view.head, rights - view.start, bottoms - view.head
        return Edges(*[(np.rint(side * 100) / 100 + 0.0).data for side in sides])  # + 0.0 makes it of -0.0

    def box(self, before: int, first: int, stop: int) -> Box:
        """The rectangle around ``[first, stop)`` of what stands behind so many others."""
        first, stop = before + first, before + stop
        top, bottom = min(self.tops[first:stop]), max(self.bottoms[first:stop])
        return Box(self.lefts[first], top, self.rights[stop - 1], bottom)


@dataclass(slots=True)
class Inks:
    """What is drawn of the text of a page; the arrays have an entry a character.

    `shown` is the whole text, with blanks, and `places` says where the characters stand in it; `owners` are their text
    objects, 0 where there is none. The edges are those on the axes of the page, see `View.sides`.
    """

    view: View
    shown: str
    codes: Codes  # of `shown`
    marks: frozenset[str]
    places: Places
    owners: NDArray[np.int64]
    lefts: Floats
    rights: Floats
    lows: Floats
    highs: Floats
    _edges: Edges | None = None

    @property
    def edges(self) -> Edges:
        """The edges of each character: made when they are asked for, which most are not."""
        if self._edges is None:
            self._edges = Edges.of(self.view, self.lefts, self.rights, self.lows, self.highs)
        return self._edges

    def ends(self, first: int, stop: int) -> tuple[float, float]:
        """Of neighbours the right edge of the first and the left edge of the last, in points from the left."""
        return self.rights.item(first) - self.view.start, self.lefts.item(stop - 1) - self.view.start

    def text(self, first: int, stop: int) -> str:
        """What neighbours show, with the blanks between them."""
        return self.shown[self.places.item(first) : self.places.item(stop - 1) + 1]

    def marks_behind(self, stop: int) -> str:
        """The tone marks that are drawn by themselves behind the character in front of `stop`."""
        following = self.places.item(stop) if stop < len(self.places) else len(self.shown)
        return "".join(char for char in self.shown[self.places.item(stop - 1) + 1 : following] if char in self.marks)


def inks_of(text: Any, view: View, room: Room, *, formed: bool) -> Inks | None:
    """What is drawn of the text of a page, on which there may be forms; None where that is nothing.

    `text` is the text page of pypdfium2.
    """
    codes, different = _characters(text)
    page, marks = calls.reference(text), frozenset(filter(unicodedata.combining, different))
    drawn = (codes != ord(BLANK)) & (codes != ord(NOTHING))
    for mark in marks:
        drawn &= codes != ord(mark)
    places = np.flatnonzero(drawn)
    boxes, whole = room.boxes(page, places.tolist())
    if not whole:
        known = np.isfinite(boxes).all(axis=1)
        places, boxes = places[known], boxes[known]
    if not len(places):
        return None
    left, top, right, bottom = boxes.T
    sides = view.sides(left, bottom, right, top)
    if formed or not _LEFTWARDS.isdisjoint(map(unicodedata.bidirectional, different)):
        owners = _asked(page, places.tolist())
    else:
        owners = _owners(page, places.tolist(), (np.flatnonzero(sides[0][1:] < sides[0][:-1]) + 1).tolist())
    shown = codes.astype(np.uint32).tobytes().decode("utf-32-le")
    return Inks(view, shown, codes, marks, places, owners, *sides)


def _asked(page: Any, places: Sequence[int]) -> NDArray[np.int64]:
    """The text object of each character, where those of one may lie apart.

    A form that is drawn twice has one object for both, and words from right to left are turned around.
    """
    return np.array([owner or 0 for owner in map(calls.char_object, repeat(page), places)], np.int64)


def _owners(page: Any, places: Sequence[int], backwards: Sequence[int]) -> NDArray[np.int64]:
    """The same where the characters of an object follow each other: it is asked of the ends of each line.

    `backwards` are the characters that stand to the left of the one before. Where the first and the last of a stretch
    have one object, those between have it; else the stretch is halved.
    """
    found, owner = np.zeros(len(places), np.int64), calls.char_object
    stretches = [
        (first, stop - 1, owner(page, places[first]) or 0, owner(page, places[stop - 1]) or 0)
        for first, stop in pairwise([0, *backwards, len(places)])
    ]
    while stretches:
        first, last, one, other = stretches.pop()
        if one == other != 0:
            found[first : last + 1] = one
        elif last - first > 1:
            middle = (first + last) // 2
            its = owner(page, places[middle]) or 0
            stretches += ((first, middle, one, its), (middle, last, its, other))
        else:
            found[first], found[last] = one, other
    return found


def _characters(text: Any) -> tuple[Codes, set[str]]:
    """A code for each character that PDFium counts: a blank for what parts words, NUL for what shows nothing.

    And the characters that there are.
    """
    count = max(raw.FPDFText_CountChars(text), 0)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, buffer) if count else 1
    codes: Codes = np.frombuffer(buffer, np.uint16)[:-1]
    different = np.flatnonzero(np.bincount(codes)).tolist()
    if written - 1 != count or any(0xD800 <= code < 0xE000 for code in different):
        # Some are left out, or are in two parts: one by one then.
        codes = np.array([raw.FPDFText_GetUnicode(text, place) for place in range(count)], np.uint32)
        different = np.unique(codes).tolist()
    shown = {code: _character(code) for code in different}
    for code, char in shown.items():
        if code != ord(char):
            codes[codes == code] = ord(char)
    return codes, set(shown.values())


@lru_cache(maxsize=4096)
def _character(code: int) -> str:
    """The character; PDFium gives a hyphen at the end of a line as U+FFFE or U+0002, for it expects hyphenation."""
    if code in (0xFFFE, 0x02, 0xAD) or 0xF000 <= code <= 0xF0FF:  # the latter: a bullet of Symbol or Wingdings
        return "-"
    if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0x7F, 0xFEFF, 0x200B, 0xFFFF) or code > 0x10FFFF:
        return BLANK if code in (0x09, 0x0A, 0x0D) else NOTHING
    return BLANK if chr(code).isspace() else chr(code)
