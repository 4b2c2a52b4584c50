"""Characters → words → rows, by geometry: the order of characters in the file is not to be trusted.

A program that lacks a Vietnamese letter in its font draws the letters of a line in two passes; what is read in file
order is then ``đ o, ch đ o … ạ ỉ ạ``. Sorted by baseline and place, it reads as it looks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, repeat

from pipeline.ingest.layout.page import Glyph
from pipeline.model import Box, Line, Word

_SAME_BASELINE = 0.25  # of the font size
_SAME_BASELINE_SEEN = 0.4  # of the letter height, where the baseline was found in a picture
_WORD_GAP = 0.15  # of the font size, between characters that the file does not have side by side
_SPREAD_GAP = 0.6  # of the font size, between neighbours in the file: wider than any letter spacing
_DOUBLE = 0.12  # of the font size: the same letter that near is drawn twice to look bold
_HIGHEST = 0.6  # of the size of the row: so far above its baseline a superscript may stand
_RAISED = 0.8  # of the size of the row: smaller and higher is a superscript


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True)
class Row:
    """Words on one baseline, left to right. What is asked of a row often is found out once."""

    words: tuple[PlacedWord, ...]
    baseline: float
    page: int

    @cached_property
    def text(self) -> str:
        """The words with one blank between them, but for a glued one."""
        return "".join([word.text if word.glued else f" {word.text}" for word in self.words]).removeprefix(" ")

    @property
    def left(self) -> float:
        """Left edge of the first word."""
        return self.words[0].box.left

    @property
    def right(self) -> float:
        """Right edge of the last word."""
        return self.words[-1].box.right

    @cached_property
    def top(self) -> float:
        """Upper edge of the tallest word."""
        return min(word.box.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Lower edge of the deepest word."""
        return max(word.box.bottom for word in self.words)

    @cached_property
    def size(self) -> float:
        """The font size of most characters."""
        return prevailing([(word.size, len(word.text)) for word in self.words])

    @cached_property
    def bold(self) -> bool:
        """Whether all words are bold."""
        return all(word.bold for word in self.words)

    @cached_property
    def italic(self) -> bool:
        """Whether all words are italic."""
        return all(word.italic for word in self.words)

    def line(self) -> Line:
        """The row as a `Line`, each word with its box."""
        words, end = [], 0
        for word in self.words:
            start = end if word.glued or not end else end + 1
            end = start + len(word.text)
            words.append(Word(start, end, word.box, word.confidence))
        return Line(self.text, self.page, tuple(words))


def prevailing(sizes: Sequence[tuple[float, int]]) -> float:
    """The font size of most characters, of so many of each size; the first of several."""
    if len({size for size, _ in sizes}) == 1:
        return sizes[0][0]
    counts: Counter[float] = Counter()
    for size, count in sizes:
        counts[size] += count
    return counts.most_common(1)[0][0]


def rows_of(glyphs: Sequence[Glyph], page: int) -> list[Row]:
    """The rows of a page, or of a part of it, from top to bottom."""
    return [Row(tuple(_words(_in_order(line))), _baseline(line), page) for line in _baselines(glyphs)]


def _in_order(line: list[Glyph]) -> list[Glyph]:
    """From left to right; where something begins before the last character of what is left of it, by character."""
    found = sorted(line, key=_place)
    if any(two.box.left < one.box.right and _overlap(one, two) for one, two in pairwise(found)):
        return sorted((char for glyph in found for char in glyph.characters()), key=_place)
    return found


def _place(glyph: Glyph) -> tuple[float, int]:
    return glyph.box.left, glyph.index


def _overlap(one: Glyph, two: Glyph) -> bool:
    return one.count > 1 and two.box.left < one.last_left + 2 * _DOUBLE * max(one.size, two.size)


def _baseline(line: list[Glyph]) -> float:
    """The median of the characters."""
    found = {glyph.baseline for glyph in line}
    if len(found) == 1:
        return found.pop()
    every = sorted(baseline for glyph in line for baseline in repeat(glyph.baseline, glyph.count))
    return every[len(every) // 2]


def _baselines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    same: dict[float, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        same[glyph.baseline].append(glyph)
    lines: list[list[Glyph]] = []
    for baseline in sorted(same):
        for glyph in sorted(same[baseline], key=_left):
            if lines and _near(lines[-1][0], glyph):
                lines[-1].append(glyph)
            else:
                lines.append([glyph])
    return _with_raised(lines)


def _left(glyph: Glyph) -> float:
    return glyph.box.left


def _near(first: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph stands on the line that `first` began."""
    if glyph.baseline == first.baseline:
        return True
    near = _SAME_BASELINE if glyph.confidence is None else _SAME_BASELINE_SEEN
    return glyph.baseline - first.baseline <= near * min(first.size, glyph.size)


def _with_raised(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Superscripts (m², a footnote mark) put into the row that they stand on, when they touch a letter of it."""
    kept: list[list[Glyph]] = []
    lowest = [line[-1].baseline for line in lines]
    for place, line in enumerate(lines):
        below = lines[place + 1] if place + 1 < len(lines) else []
        if not below or below[0].baseline - lowest[place] > _HIGHEST * below[0].size:
            kept.append(line)
            continue
        staying = []
        for glyph in line:
            if not glyph.raised and _stands_on(glyph, below):
                glyph.raised = True
                below.append(glyph)
            else:
                staying.append(glyph)
        if staying:
            kept.append(staying)
    return kept


def _stands_on(glyph: Glyph, line: list[Glyph]) -> bool:
    if glyph.size > _RAISED * line[0].size or line[0].baseline - glyph.baseline > _HIGHEST * line[0].size:
        return False
    return any(abs(glyph.box.left - other.box.right) <= 0.6 * glyph.size for other in line)


def _words(glyphs: list[Glyph]) -> list[PlacedWord]:
    words: list[PlacedWord] = []
    group: list[Glyph] = []
    glued = False
    for glyph in glyphs:
        last = group[-1] if group else None
        if last is None:
            group = [glyph]
        elif not _drawn_twice(last, glyph):
            parted = _parted(last, glyph)
            if parted or last.raised != glyph.raised:
                words.append(_word(group, glued))
                group, glued = [glyph], not parted
            else:
                group.append(glyph)
    return [*words, _word(group, glued)]


def _drawn_twice(last: Glyph, glyph: Glyph) -> bool:
    return last.text == glyph.text and abs(glyph.box.left - last.box.left) < _DOUBLE * glyph.size


def _parted(last: Glyph, glyph: Glyph) -> bool:
    """Whether a blank stands between two neighbours of a row."""
    gap = glyph.box.left - last.box.right
    size = max(last.size, glyph.size)
    if last.raised != glyph.raised:  # PDFium sees a blank at each change of the baseline
        return gap > _WORD_GAP * size
    if glyph.index == last.index + last.count:
        return glyph.spaced or gap > _SPREAD_GAP * size
    return gap > _WORD_GAP * size


def _word(group: list[Glyph], glued: bool) -> PlacedWord:
    first = group[0]
    if len(group) == 1:
        look = first.size, first.bold, first.italic
        return PlacedWord(first.text, first.box, *look, first.raised, glued, first.confidence)
    box = Box(
        first.box.left,
        min(glyph.box.top for glyph in group),
        max(glyph.box.right for glyph in group),
        max(glyph.box.bottom for glyph in group),
    )
    size = prevailing([(glyph.size, glyph.count) for glyph in group])
    bold, italic = all(glyph.bold for glyph in group), all(glyph.italic for glyph in group)
    text, doubts = "".join(glyph.text for glyph in group), [g.confidence for g in group if g.confidence is not None]
    return PlacedWord(text, box, size, bold, italic, first.raised, glued, min(doubts, default=None))
