"""Characters of a page → stretches of words that the file sets in one go, in the order of the file.

What is certain of neighbours in one text object needs not be found out by comparing places on the page: those that
touch are in one word, and a blank parts two words. `layout.rows` decides the rest, and takes apart what it has to.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import starmap
from typing import Any

from pypdfium2 import raw

from pipeline.ingest.layout.page import Glyph, PlacedWord, StretchWords
from pipeline.ingest.pdf.characters import BLANK, NOTHING, Edges, Inks, Look, Looks, inks_of
from pipeline.ingest.pdf.view import View
from pipeline.model import Box

# Of the font size. Neighbours with no wider gap are in one word by any rule of `layout.rows`; a character that steps
# forward less may be drawn twice.
_GAP, _STEP = 0.1, 0.2
_BLANK = 1.0  # of the font size: over a wider one another column may begin

Codes = dict[int, tuple[int, str]]
Span = tuple[int, int]  # the characters [first, stop) of a page, which touch


def stretches_of(text: Any, view: View, encoding: str | None, *, formed: bool) -> tuple[tuple[Glyph, ...], Codes]:
    """The glyphs of a page; and the codes of those in an old font, which are characters, by `Glyph.index`.

    A code comes with the encoding of its font. `text` is the text page of pypdfium2; `encoding` is that of fonts whose
    names say nothing; `formed` tells whether forms are drawn on the page.
    """
    inks = inks_of(text, view, formed=formed)
    if not inks.places:
        return (), {}
    sets = [found for found in _sets(inks, Looks(text, view, encoding)) if math.isfinite(found[2])]
    codes: Codes = {}
    for ((first, _), *_), _, _, look in sets:
        if look.encoding is not None:
            codes[first] = raw.FPDFText_GetUnicode(text, inks.places[first]), look.encoding
    return tuple(_marked(inks, sets) if inks.marks else starmap(partial(_glyph, inks), sets)), codes


Set = tuple[list[Span], bool, float, Look]  # words; is there a blank in front of them; their baseline; their look


def _sets(inks: Inks, looks: Looks) -> Iterator[Set]:
    """Words that look the same and stand on one line, each a blank behind the one before; characters that touch."""
    spans: list[Span] = []
    first, owner, behind, joins, shown = 0, inks.owners[0], 0, False, inks.shown
    last_left = last_right = step = gap = wide = 0.0
    look, baseline = looks.at(inks.places[0], owner)
    begun, its, height = False, look, baseline
    answers = zip(inks.places, inks.owners, inks.lefts, inks.rights, strict=True)
    for index, (place, own, left, right) in enumerate(answers):
        if not (
            place == behind
            and own == owner
            and joins
            and left - last_left > step
            and left - last_right < gap
            and right >= last_right
        ):
            if index:
                spans.append((first, index))
            if not (own == owner and joins and inks.beside(index)):
                owner = own
                look, baseline = looks.at(place, own)
                joins, step, gap = look.joins, _STEP * look.size, _GAP * look.size
                wide = 0.0 if inks.marks else _BLANK * look.size
            spaced = place > behind and BLANK in shown[behind:place]
            goes_on = spaced and joins and look is its and baseline == height and 0 <= left - last_right < wide
            if spans and not goes_on:
                yield spans, begun, height, its
                spans = []
            if not spans:
                begun, its, height = spaced, look, baseline
            first = index
        behind, last_left, last_right = place + 1, left, right
    yield [*spans, (first, len(inks.places))], begun, height, its


def _marked(inks: Inks, sets: list[Set]) -> Iterator[Glyph]:
    """The words of a page on which tone marks are characters: they belong to their letters, wherever they are drawn."""
    for ((first, stop),), spaced, baseline, look in sets:
        marks = inks.marks_behind(stop)
        last = stop - 1 if marks else stop
        if last > first:
            yield _glyph(inks, [(first, last)], spaced, baseline, look)
        if marks:
            letter = _glyph(inks, [(last, stop)], spaced and last == first, baseline, look)
            letter.text += marks
            yield letter


# ── glyphs that can be parted ──────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Stretch(Glyph):
    """Characters that touch, or several words: see `spans`."""

    inks: Inks = field(kw_only=True)
    spans: Sequence[Span] = field(kw_only=True)

    @property
    def has_words(self) -> bool:
        return len(self.spans) > 1

    def parts(self) -> list[Glyph]:
        (first, stop), words = self.spans[0], self.has_words
        spans = self.spans if words else [(place, place + 1) for place in range(first, stop)]
        found = [_glyph(self.inks, [span], words, self.baseline, self) for span in spans]
        found[0].spaced = self.spaced
        for part in found:
            part.index += self.index - first
            part.raised = self.raised
        return found

    def words(self) -> Sequence[PlacedWord]:
        if not self.has_words:
            return [PlacedWord(self.text, self.box, self.size, self.bold, self.italic, self.raised, False, None)]
        texts = self.text.split()
        if NOTHING in self.text:
            texts = [self.inks.text(first, stop) for first, stop in self.spans]
        look = self.size, self.bold, self.italic, self.raised
        return StretchWords(texts, look, partial(_around, self.inks.edges, self.spans))


def _around(edges: Edges, spans: Sequence[Span], first: int, stop: int) -> Box:
    """The rectangle around the words ``[first, stop)``."""
    return edges.box(spans[first][0], spans[stop - 1][1])


def _glyph(inks: Inks, spans: Sequence[Span], spaced: bool, baseline: float, look: Look | Glyph) -> Glyph:
    first, stop = spans[0][0], spans[-1][1]
    edge, text, count = inks.edges.view.start, inks.text(first, stop), stop - first
    right, left = inks.rights[first] - edge, inks.lefts[stop - 1] - edge
    if len(spans) == 1:
        box = inks.edges.box(first, stop)
    else:  # its words have a height; of itself only the ends are asked for
        ends = inks.lefts[first] - edge, inks.rights[stop - 1] - edge
        box = Box(round(ends[0] * 100) / 100, baseline, round(ends[1] * 100) / 100, baseline)
    size, bold, italic = look.size, look.bold, look.italic
    if count == 1:
        return Glyph(first, text, box, right, left, 1, baseline, size, bold, italic, spaced)
    return _Stretch(first, text, box, right, left, count, baseline, size, bold, italic, spaced, inks=inks, spans=spans)
