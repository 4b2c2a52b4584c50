"""Characters of a page → stretches of words that the file sets in one go, in the order of the file.

What is certain of neighbours in one text object needs not be found out by comparing places on the page: those that
touch are in one word, and a blank parts two words. `layout.rows` decides the rest, and takes apart what it has to.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from pipeline.ingest.layout.page import Glyph, StretchWords
from pipeline.ingest.pdf.characters import BLANK, NOTHING, Edges, Inks, Places, Room, inks_of
from pipeline.ingest.pdf.looks import Look, Looks
from pipeline.ingest.pdf.view import View
from pipeline.model import Box

# Of the font size. Neighbours with no wider gap are in one word by any rule of `layout.rows`; a character that steps
# forward less may be drawn twice.
_GAP, _STEP = 0.1, 0.2
_BLANK = 1.0  # of the font size: over a wider one another column may begin

Codes = dict[int, tuple[int, str]]


def stretches_of(
    text: Any, view: View, room: Room, encoding: str | None, *, formed: bool
) -> tuple[tuple[Glyph, ...], Codes]:
    """The glyphs of a page; and the codes of those in an old font, which are characters, by `Glyph.index`.

    A code comes with the encoding of its font. `text` is the text page of pypdfium2; `encoding` is that of fonts whose
    names say nothing; `formed` tells whether forms are drawn on the page.
    """
    inks = inks_of(text, view, room, formed=formed)
    if inks is None:
        return (), {}
    runs = _runs_of(inks, Looks(text, view, encoding))
    sets = _sets_of(_words_of(inks, runs), runs)
    codes: Codes = {}
    for each in sets:
        if each.look.encoding is not None:
            first = each.words.firsts[each.first]
            codes[first] = raw.FPDFText_GetUnicode(text, inks.places.item(first)), each.look.encoding
    return tuple(_marked(inks, sets) if inks.marks else map(_glyph, sets)), codes


class _Runs:
    """Neighbours of one text object that stand beside each other: the look and baseline of each run of them.

    `of` is the run of each character, `joins` and `sizes` are what the looks say.
    """

    def __init__(self, firsts: Sequence[int], count: int, looks: Sequence[Look], baselines: Sequence[float]) -> None:
        """Runs that begin with these of so many characters."""
        self.looks, self.baselines = looks, baselines
        self.joins = np.array([look.joins for look in looks])
        self.sizes = np.array([look.size for look in looks])
        starts = np.zeros(count, np.int64)
        starts[firsts[1:]] = 1
        self.of = starts.cumsum()


def _runs_of(inks: Inks, looks: Looks) -> _Runs:
    """One character of a run is asked how all of them look; where they don't join, each.

    A form that is drawn twice has one object for both, and the second may be anywhere.
    """
    beside = (inks.lows[1:] < inks.highs[:-1]) & (inks.highs[1:] > inks.lows[:-1])
    parted = (inks.owners[1:] != inks.owners[:-1]) | (inks.owners[1:] == 0) | ~beside
    count = len(inks.places)
    firsts, found, baselines = [], [], []
    for start, stop in pairwise([0, *(np.flatnonzero(parted) + 1).tolist(), count]):
        for first in range(start, stop):
            look, baseline = looks.at(inks.places.item(first), inks.owners.item(first))
            firsts.append(first)
            found.append(look)
            baselines.append(baseline)
            if look.joins:
                break
    return _Runs(firsts, count, found, baselines)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a page, which are characters that touch.

    `starts` has the place of the first character of each among the characters of the page; so has `firsts`, and behind
    the last word how many characters there are.
    """

    inks: Inks
    starts: Places
    firsts: list[int]
    edges: Edges


def _words_of(inks: Inks, runs: _Runs) -> _Words:
    run = runs.of[1:]
    joined = (
        (run == runs.of[:-1])
        & (inks.places[1:] - inks.places[:-1] == 1)
        & (inks.lefts[1:] - inks.lefts[:-1] > (_STEP * runs.sizes)[run])
        & (inks.lefts[1:] - inks.rights[:-1] < (_GAP * runs.sizes)[run])
        & (inks.rights[1:] >= inks.rights[:-1])
    )
    firsts = _firsts(~joined)
    stops = np.append(firsts[1:], len(inks.places))
    heights = np.minimum.reduceat(inks.lows, firsts), np.maximum.reduceat(inks.highs, firsts)
    edges = Edges.of(inks.view, inks.lefts[firsts], inks.rights[stops - 1], *heights)
    return _Words(inks, firsts, [0, *stops.tolist()], edges)


def _firsts(parted: NDArray[np.bool_]) -> Places:
    """The places of the first, and of those that are parted from the one before; the first has no entry."""
    return np.flatnonzero(np.concatenate(([True], parted)))


@dataclass(slots=True)
class _Set:
    """Words ``[first, stop)`` that look the same and stand on one line, each a blank behind the one before."""

    words: _Words
    first: int
    stop: int
    spaced: bool  # is there a blank in front of it
    baseline: float
    look: Look


def _sets_of(words: _Words, runs: _Runs) -> list[_Set]:
    inks, firsts = words.inks, words.starts
    run, before = runs.of[firsts], runs.of[firsts[:-1]]
    blanks = np.cumsum(inks.codes == ord(BLANK))[inks.places]  # up to each character
    spaced = np.concatenate((blanks[:1] > 0, blanks[firsts[1:]] > blanks[firsts[1:] - 1]))
    gaps = inks.lefts[firsts[1:]] - inks.rights[firsts[1:] - 1]
    wide = 0.0 if inks.marks else (_BLANK * runs.sizes)[run[1:]]
    looks, baselines = np.array(list(map(id, runs.looks))), np.array(runs.baselines)
    goes_on = (
        spaced[1:]
        & runs.joins[run[1:]]
        & (looks[run[1:]] == looks[before])
        & (baselines[run[1:]] == baselines[before])
        & (gaps >= 0)
        & (gaps < wide)
    )
    starts = _firsts(~goes_on)
    answers = zip(starts.tolist(), [*starts[1:].tolist(), len(firsts)], spaced[starts].tolist(), run[starts].tolist(),
                  strict=True)  # fmt: skip
    found = [_Set(words, first, stop, own, runs.baselines[at], runs.looks[at]) for first, stop, own, at in answers]
    return [each for each in found if math.isfinite(each.baseline)]


def _marked(inks: Inks, sets: list[_Set]) -> Iterator[Glyph]:
    """The words of a page on which tone marks are characters: they belong to their letters, wherever they are drawn."""
    for each in sets:
        first, stop = each.words.firsts[each.first], each.words.firsts[each.first + 1]
        marks = inks.marks_behind(stop)
        last = stop - 1 if marks else stop
        if last > first:
            yield _word(inks, first, last, each.spaced, each.baseline, each.look)
        if marks:
            letter = _word(inks, last, stop, each.spaced and last == first, each.baseline, each.look)
            letter.text += marks
            yield letter


# ── glyphs that can be parted ──────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Word(Glyph):
    """Characters of a page that touch, from its `first` one on."""

    inks: Inks = field(kw_only=True)
    first: int = field(kw_only=True)

    def parts(self) -> list[Glyph]:
        places = range(self.first, self.first + self.count)
        found = [_word(self.inks, place, place + 1, False, self.baseline, self) for place in places]
        return _as_parts(self, self.first, found)


@dataclass(slots=True)
class _Stretch(Glyph):
    """Several words of a page that are set in one go."""

    set: _Set = field(kw_only=True)

    @property
    def has_words(self) -> bool:
        return True

    def parts(self) -> list[Glyph]:
        words, firsts = self.set.words, self.set.words.firsts
        found = [
            _word(words.inks, firsts[place], firsts[place + 1], True, self.baseline, self)
            for place in range(self.set.first, self.set.stop)
        ]
        return _as_parts(self, firsts[self.set.first], found)

    def words(self) -> StretchWords:
        texts = self.text.split()
        if NOTHING in self.text:
            inks, firsts = self.set.words.inks, self.set.words.firsts[self.set.first : self.set.stop + 1]
            texts = [inks.text(first, stop) for first, stop in pairwise(firsts)]
        look = self.size, self.bold, self.italic, self.raised
        return StretchWords(texts, look, partial(self.set.words.edges.box, self.set.first))


def _as_parts(whole: Glyph, first: int, parts: list[Glyph]) -> list[Glyph]:
    parts[0].spaced = whole.spaced
    for part in parts:
        part.index += whole.index - first
        part.raised = whole.raised
    return parts


def _glyph(each: _Set) -> Glyph:
    """The words as they are set."""
    inks, firsts, edges = each.words.inks, each.words.firsts, each.words.edges
    first, stop, look = firsts[each.first], firsts[each.stop], each.look
    if each.stop - each.first == 1:
        return _word(inks, first, stop, each.spaced, each.baseline, look, edges.box(0, each.first, each.stop))
    # its words have a height; of itself only the ends are asked for
    box = Box(edges.lefts[each.first], each.baseline, edges.rights[each.stop - 1], each.baseline)
    text, (right, left), count = inks.text(first, stop), inks.ends(first, stop), stop - first
    style = look.size, look.bold, look.italic
    return _Stretch(first, text, box, right, left, count, each.baseline, *style, each.spaced, set=each)


def _word(
    inks: Inks, first: int, stop: int, spaced: bool, baseline: float, look: Look | Glyph, box: Box | None = None
) -> Glyph:
    """The characters ``[first, stop)``, which touch, in their `box`."""
    text, (right, left), count = inks.text(first, stop), inks.ends(first, stop), stop - first
    box, style = box or inks.edges.box(0, first, stop), (look.size, look.bold, look.italic)
    if count == 1:
        return Glyph(first, text, box, right, left, count, baseline, *style, spaced)
    return _Word(first, text, box, right, left, count, baseline, *style, spaced, inks=inks, first=first)
