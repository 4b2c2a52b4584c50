"""Characters → words → rows, by geometry: the order of characters in the file is not to be trusted.

A program that lacks a Vietnamese letter in its font draws the letters of a line in two passes; what is read in file
order is then ``đ o, ch đ o … ạ ỉ ạ``. Sorted by baseline and place, it reads as it looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat

from pipeline.ingest.layout.page import Glyph, LineWords, PlacedWord, StretchWords
from pipeline.model import Box, Line, Word

_SAME_BASELINE = 0.25  # of the font size
_SAME_BASELINE_SEEN = 0.4  # of the letter height, where the baseline was found in a picture
_WORD_GAP = 0.15  # of the font size, between characters that the file does not have side by side
_SPREAD_GAP = 0.6  # of the font size, between neighbours in the file: wider than any letter spacing
_DOUBLE = 0.12  # of the font size: the same letter that near is drawn twice to look bold
_HIGHEST = 0.6  # of the size of the row: so far above its baseline a superscript may stand
_RAISED = 0.8  # of the size of the row: smaller and higher is a superscript


@dataclass(slots=True)
class Row:
    """Words on one baseline, left to right, and what all of them say together.

    `text` has one blank between two words, but for a glued one; `size` is the font size of most characters; a row is
    `bold` or `italic` where all of its words are.
    """

    words: Sequence[PlacedWord]
    baseline: float
    page: int
    text: str
    size: float
    bold: bool
    italic: bool
    left: float  # edge of the first word, 0 without words
    right: float  # edge of the last word

    @staticmethod
    def of(words: Sequence[PlacedWord], baseline: float, page: int) -> Row:
        """The row of these words."""
        text = "".join([word.text if word.glued else " " + word.text for word in words]).removeprefix(" ")
        size = prevailing([word.size for word in words], [len(word.text) for word in words])
        bold, italic = all(word.bold for word in words), all(word.italic for word in words)
        left, right = (words[0].box.left, words[-1].box.right) if words else (0.0, 0.0)
        return Row(words, baseline, page, text, size, bold, italic, left, right)

    @property
    def texts(self) -> Sequence[str]:
        """What the words say."""
        return self.words.texts if isinstance(self.words, StretchWords) else [word.text for word in self.words]

    @property
    def raised(self) -> list[PlacedWord]:
        """The superscripts. Words that are set in one go stand on one line and are none."""
        return [] if isinstance(self.words, StretchWords) else [word for word in self.words if word.raised]

    @property
    def recognised(self) -> bool:
        """Whether a word of it was recognised in a picture. Words that are set in one go are the file's own."""
        return not isinstance(self.words, StretchWords) and any(word.confidence is not None for word in self.words)

    @property
    def first_box(self) -> Box:
        """The rectangle of its first word; of words that are set in one go none need be made for it."""
        return self.words.box(0, 1) if isinstance(self.words, StretchWords) else self.words[0].box

    @property
    def top(self) -> float:
        """Upper edge of the tallest word."""
        if isinstance(self.words, StretchWords):
            return self.words.box(0, len(self.words)).top
        return min([word.box.top for word in self.words])

    @property
    def bottom(self) -> float:
        """Lower edge of the deepest word."""
        if isinstance(self.words, StretchWords):
            return self.words.box(0, len(self.words)).bottom
        return max([word.box.bottom for word in self.words])

    def line(self) -> Line:
        """The row as a `Line`, each word with its box."""
        if isinstance(self.words, StretchWords):
            return Line(self.text, self.page, LineWords(self.words))
        words, end = [], -1
        for word in self.words:
            start = end if word.glued and end > 0 else end + 1
            end = start + len(word.text)
            words.append(Word(start, end, word.box, word.confidence))
        return Line(self.text, self.page, tuple(words))


def prevailing(sizes: Sequence[float], counts: Sequence[int]) -> float:
    """The font size that most characters have, of so many in each place; the first such. 0 for none."""
    if sizes.count(sizes[0] if sizes else 0.0) == len(sizes):
        return sizes[0] if sizes else 0.0
    found: dict[float, int] = {}
    for size, count in zip(sizes, counts, strict=True):
        found[size] = found.get(size, 0) + count
    return max(found, key=found.__getitem__)


def rows_of(glyphs: Sequence[Glyph], page: int) -> list[Row]:
    """The rows of a page, or of a part of it, from top to bottom."""
    lines = _baselines(glyphs) if len(glyphs) != 1 else [list(glyphs)]
    return [_row(line, page) for line in lines]


def _row(line: list[Glyph], page: int) -> Row:
    if len(line) > 1:
        return Row.of(_words(_in_order(line)), _baseline(line), page)
    (glyph,) = line
    words, box = glyph.words(), glyph.box
    text = " ".join(words.texts) if isinstance(words, StretchWords) else words[0].text
    return Row(words, glyph.baseline, page, text, glyph.size, glyph.bold, glyph.italic, box.left, box.right)


def _in_order(line: list[Glyph]) -> list[Glyph]:
    """From left to right; taken apart where something begins before the last character of what is left of it."""
    found = sorted(line, key=_place)
    while any(two.box.left < one.box.right and _overlap(one, two) for one, two in pairwise(found)):
        found = sorted((part for glyph in found for part in glyph.parts()), key=_place)
    return found


def _place(glyph: Glyph) -> tuple[float, int]:
    return glyph.box.left, glyph.index


def _overlap(one: Glyph, two: Glyph) -> bool:
    return (one.count > 1 or two.count > 1) and two.box.left < one.last_left + 2 * _DOUBLE * max(one.size, two.size)


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
        row = sorted(same[baseline], key=_left)
        for place, glyph in enumerate(row):
            if not lines or not _near(lines[-1][0], glyph):
                lines.append(row[place:])
                break
            lines[-1].append(glyph)
    return _with_raised(lines)


def _left(glyph: Glyph) -> float:
    return glyph.box.left


def _near(first: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph stands on the line that `first` began."""
    near = _SAME_BASELINE if glyph.confidence is None else _SAME_BASELINE_SEEN
    return glyph.baseline - first.baseline <= near * min(first.size, glyph.size)


def _with_raised(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Superscripts (m², a footnote mark) put into the row that they stand on, when they touch a letter of it."""
    if len(lines) == 1:
        return lines
    kept: list[list[Glyph]] = []
    lowest = [line[-1].baseline for line in lines]
    for place, line in enumerate(lines):
        below = lines[place + 1] if place + 1 < len(lines) else []
        if below and below[0].baseline - lowest[place] <= _HIGHEST * below[0].size:
            line = _without_raised(line, below)
        if line:
            kept.append(line)
    return kept


def _without_raised(line: list[Glyph], below: list[Glyph]) -> list[Glyph]:
    """What stays of a line when the superscripts are put into the one below."""
    size, baseline = below[0].size, below[0].baseline
    rights: list[float] | None = None
    staying = []
    for glyph in line:
        if glyph.raised or glyph.size > _RAISED * size or baseline - glyph.baseline > _HIGHEST * size:
            staying.append(glyph)
            continue
        if rights is None:
            rights = [char.box.right for other in below for char in _characters(other)]
        for char in _characters(glyph):
            if any(abs(char.box.left - right) <= 0.6 * char.size for right in rights):
                char.raised = True
                below.append(char)
                rights.append(char.box.right)
            else:
                staying.append(char)
    return staying


def _characters(glyph: Glyph) -> list[Glyph]:
    return [glyph] if glyph.count == 1 else [char for part in glyph.parts() for char in _characters(part)]


def _by_word(glyph: Glyph) -> list[Glyph]:
    return glyph.parts() if glyph.has_words else [glyph]


def _words(glyphs: list[Glyph]) -> list[PlacedWord]:
    words: list[PlacedWord] = []
    group: list[Glyph] = []  # the open word; empty behind a stretch, whose last word may yet go on
    glued = False
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and _drawn_twice(last, glyph):
            continue
        parted = last is None or _parted(last, glyph)
        if last is None or parted or last.raised != glyph.raised:
            words.extend([_word(group, glued)] if group else [])
            group, glued = [glyph], not parted
        else:
            if last.has_words:
                words.pop()
                group = last.parts()[-1:]
            group.append(glyph)
        if glyph.has_words:
            words.extend(_opened(group, glued))
            group, glued = [], False
        last = glyph
    return [*words, _word(group, glued)] if group else words


def _opened(group: list[Glyph], glued: bool) -> Sequence[PlacedWord]:
    """The words of a stretch, which is the last of `group`; the first of them goes on with the others."""
    stretch = group[-1]
    if len(group) == 1 and not glued:
        return stretch.words()
    return [_word([*group[:-1], stretch.parts()[0]], glued), *stretch.words()[1:]]


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
    size = prevailing([glyph.size for glyph in group], [glyph.count for glyph in group])
    bold, italic = all(glyph.bold for glyph in group), all(glyph.italic for glyph in group)
    text, doubts = "".join(glyph.text for glyph in group), [g.confidence for g in group if g.confidence is not None]
    return PlacedWord(text, box, size, bold, italic, first.raised, glued, min(doubts, default=None))
