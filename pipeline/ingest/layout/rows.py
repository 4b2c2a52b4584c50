"""Characters → words → rows, by geometry: the order of characters in the file is not to be trusted.

A program that lacks a Vietnamese letter in its font draws the letters of a line in two passes; what is read in file
order is then ``đ o, ch đ o … ạ ỉ ạ``. Sorted by baseline and place, it reads as it looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.layout.page import Glyph
from pipeline.model import Box, Line, Word

_SAME_BASELINE = 0.25  # of the font size
_SAME_BASELINE_SEEN = 0.4  # of the letter height, where the baseline was found in a picture
_WORD_GAP = 0.15  # of the font size, between characters that the file does not have side by side
_SPREAD_GAP = 0.6  # of the font size, between neighbours in the file: wider than any letter spacing
_DOUBLE = 0.12  # of the font size: the same letter that near is drawn twice to look bold
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


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one baseline, left to right."""

    words: tuple[PlacedWord, ...]
    baseline: float
    page: int

    @property
    def text(self) -> str:
        """The words with one blank between them."""
        return self.line().text

    @property
    def left(self) -> float:
        """Left edge of the first word."""
        return self.words[0].box.left

    @property
    def right(self) -> float:
        """Right edge of the last word."""
        return self.words[-1].box.right

    @property
    def top(self) -> float:
        """Upper edge of the tallest word."""
        return min(word.box.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Lower edge of the deepest word."""
        return max(word.box.bottom for word in self.words)

    @property
    def size(self) -> float:
        """The font size of most characters."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all words are bold."""
        return all(word.bold for word in self.words)

    @property
    def italic(self) -> bool:
        """Whether all words are italic."""
        return all(word.italic for word in self.words)

    def line(self) -> Line:
        """The row as a `Line`, each word with its box."""
        words, text = [], ""
        for word in self.words:
            text += "" if word.glued or not text else " "
            words.append(Word(len(text), len(text) + len(word.text), word.box, word.confidence))
            text += word.text
        return Line(text, self.page, tuple(words))


def rows_of(glyphs: Sequence[Glyph], page: int) -> list[Row]:
    """The rows of a page, or of a part of it, from top to bottom."""
    rows = []
    for line in _baselines(glyphs):
        words = _words(sorted(line, key=lambda glyph: (glyph.box.left, glyph.index)))
        rows.append(Row(tuple(words), _baseline(line), page))
    return rows


def _baseline(line: list[Glyph]) -> float:
    return sorted(glyph.baseline for glyph in line)[len(line) // 2]


def _baselines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.baseline, glyph.box.left)):
        first = lines[-1][0] if lines else None
        near = _SAME_BASELINE if glyph.confidence is None else _SAME_BASELINE_SEEN
        if first is not None and glyph.baseline - first.baseline <= near * min(first.size, glyph.size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return _with_raised(lines)


def _with_raised(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Superscripts (m², a footnote mark) put into the row that they stand on, when they touch a letter of it."""
    kept: list[list[Glyph]] = []
    for place, line in enumerate(lines):
        below = lines[place + 1] if place + 1 < len(lines) else []
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
    if not line or glyph.size > _RAISED * line[0].size or line[0].baseline - glyph.baseline > 0.6 * line[0].size:
        return False
    return any(abs(glyph.box.left - other.box.right) <= 0.6 * glyph.size for other in line)


def _words(glyphs: list[Glyph]) -> list[PlacedWord]:
    groups: list[list[Glyph]] = []
    glued: list[bool] = []
    for glyph in glyphs:
        last = groups[-1][-1] if groups else None
        if last is not None and _drawn_twice(last, glyph):
            continue
        parted = last is None or _parted(last, glyph)
        if last is None or parted or last.raised != glyph.raised:
            groups.append([glyph])
            glued.append(not parted)
        else:
            groups[-1].append(glyph)
    return [_word(group, joined) for group, joined in zip(groups, glued, strict=True)]


def _drawn_twice(last: Glyph, glyph: Glyph) -> bool:
    return last.text == glyph.text and abs(glyph.box.left - last.box.left) < _DOUBLE * glyph.size


def _parted(last: Glyph, glyph: Glyph) -> bool:
    """Whether a blank stands between two neighbours of a row."""
    gap = glyph.box.left - last.box.right
    size = max(last.size, glyph.size)
    if last.raised != glyph.raised:  # PDFium sees a blank at each change of the baseline
        return gap > _WORD_GAP * size
    if glyph.index == last.index + 1:
        return glyph.spaced or gap > _SPREAD_GAP * size
    return gap > _WORD_GAP * size


def _word(group: list[Glyph], glued: bool) -> PlacedWord:
    box = Box(
        group[0].box.left,
        min(glyph.box.top for glyph in group),
        max(glyph.box.right for glyph in group),
        max(glyph.box.bottom for glyph in group),
    )
    size = Counter(glyph.size for glyph in group).most_common(1)[0][0]
    bold, italic = all(glyph.bold for glyph in group), all(glyph.italic for glyph in group)
    text, doubts = "".join(glyph.text for glyph in group), [g.confidence for g in group if g.confidence is not None]
    return PlacedWord(text, box, size, bold, italic, group[0].raised, glued, min(doubts, default=None))
