"""Rows → paragraphs: which line breaks the writer meant, and which only the width of the paper made."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.ingest.layout.rows import Row, prevailing
from pipeline.model import Box, Paragraph, Style

# What opens an item: "I.", "2.1.", "a)", "đ)", "(1)", "-", "+", "•", "Điều 3", a bullet of a private font.
MARKER = re.compile(
    r"(?:[-–—+*•·▪◦○●■□]|[\uf000-\uf0ff]|(?:\d{1,3}\.)+\d{0,3}(?=\s|$)|\d{1,3}[)/.](?=\s|$)|[a-zđ][).](?=\s|$)"
    r"|\(\d{1,3}\)|\([a-zđ]\)|[IVXLC]{1,6}[.)-](?=\s|$)|(?:Điều|Khoản|Chương|Mục|Phần)\s+(?:\d{1,3}|[IVXLC]+)\b)"
)
ENDS = re.compile(r"[.;:!?…][”\"')\]]*$")
_INDENT = 6.0  # points: less is noise of the setting
_SAME_EDGE = 3.0  # points
_LEFT_MARGIN, _RIGHT_MARGIN = 85.0, 56.7  # points: 30 and 20 mm, as the format rules have it
_SAME_PITCH = 1.5  # points
_SAME_SIZE = 1.0  # points
_SPACING = 0.2  # of the font size: more than that beyond the distance between lines is space between paragraphs
_FAR = 1.4  # of the usual distance between lines: a gap that parts paragraphs


@dataclass(frozen=True, slots=True)
class Frame:
    """The column in which text is set: its edges, and the usual distance from baseline to baseline."""

    left: float
    right: float
    pitch: float

    def centred(self, row: Row) -> bool:
        """Whether a row stands in the middle of the column, clear of both edges."""
        before = row.left - self.left
        return before > (_INDENT if row.bold else 40.0) and self.balanced(row)

    def balanced(self, row: Row) -> bool:
        """Whether a row leaves as much room on its left as on its right; a full line does too."""
        before, behind = row.left - self.left, self.right - row.right
        return abs(before - behind) <= max(6.0, 0.06 * (before + behind))


def frame_of(rows: Sequence[Row], width: float, tables: Sequence[Box] = ()) -> Frame:
    """The frame of body text: the leftmost and rightmost edges that several rows share.

    Pages of `width` points with too few lines to show them have the edges of their tables, else the usual margins.
    """
    if not rows:
        return Frame(0.0, width, 0.0)
    least = max(2, len(rows) // 12)
    left, begun = _shared((row.left for row in rows), least)
    right, ended = _shared((-row.right for row in rows), least)
    if begun <= 2:
        usual = min((box.left for box in tables), default=_LEFT_MARGIN)
        left = min(usual, *(row.left for row in rows))
    if 2 < ended < len(rows) / 4:  # few lines end there: the text is ragged, its longest line shows the edge
        right = min(-row.right for row in rows)
    if ended <= 2:
        usual = max((box.right for box in tables), default=width - _RIGHT_MARGIN)
        right = -max(usual, *(row.right for row in rows))
    return Frame(left, -right, pitch_of(rows))


def _shared(edges: Iterable[float], least: int) -> tuple[float, int]:
    """The smallest edge that so many rows have within three points, else the smallest; and how many have it."""
    ordered = sorted(edges)
    for start, edge in enumerate(ordered):
        if start + least <= len(ordered) and ordered[start + least - 1] - edge <= _SAME_EDGE:
            return edge, bisect_right(ordered, edge + _SAME_EDGE) - start
    return ordered[0], 1


def pitch_of(rows: Sequence[Row]) -> float:
    """The distance between lines of one paragraph, in points: the smallest that is common. 0 where none is.

    Not the most common one: in a list of short items that is the distance between paragraphs. Lines in another size
    than most of the text (Nơi nhận, notes) have distances of their own and are left out.
    """
    if len(rows) < 3:
        return 0.0
    usual = prevailing([row.size for row in rows], [len(row.words) for row in rows])
    gaps = sorted(
        gap
        for above, below in pairwise([row for row in rows if abs(row.size - usual) < _SAME_SIZE])
        if 0.9 * above.size <= (gap := below.baseline - above.baseline) <= 2.2 * above.size and above.page == below.page
    )
    least = max(2, len(gaps) // 10)
    for start, gap in enumerate(gaps[: len(gaps) - least + 1]):
        if gaps[start + least - 1] - gap <= _SAME_PITCH:
            return gap
    return 0.0


def paragraphs_of(rows: Sequence[Row], frame: Frame) -> list[Paragraph]:
    """The paragraphs of body text, over page ends too."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _continues(groups[-1], row, frame):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [paragraph(group, frame) for group in groups]


def paragraph(rows: Sequence[Row], frame: Frame | None = None) -> Paragraph:
    """One paragraph of these rows, with the look that all of them share."""
    alignment = None
    if frame is not None:
        if all(frame.centred(row) for row in rows):
            alignment = "center"
        elif len(rows) > 1 and all(frame.right - row.right <= _SAME_EDGE for row in rows[:-1]):
            alignment = "justify"
    if len(rows) == 1:
        return Paragraph((rows[0].line(),), _style(rows[0].bold, rows[0].italic, rows[0].size, alignment))
    size = prevailing([row.size for row in rows], [len(row.text) for row in rows])
    style = _style(all(row.bold for row in rows), all(row.italic for row in rows), size, alignment)
    return Paragraph(tuple([row.line() for row in rows]), style)


@lru_cache(maxsize=256)
def _style(bold: bool, italic: bool, size: float, alignment: str | None) -> Style:
    """One object for each look: a document has few."""
    return Style(bold, italic, size, alignment)


def opens_item(row: Row) -> bool:
    """Whether a row begins with a number, a letter or a bullet."""
    return MARKER.match(row.text) is not None


def ends(row: Row) -> bool:
    """Whether a row ends like a sentence or an item."""
    return ENDS.search(row.text) is not None


def _continues(group: list[Row], row: Row, frame: Frame) -> bool:
    """Whether `row` goes on with the paragraph `group`; the reasons against come first."""
    last = group[-1]
    gap = row.baseline - last.baseline if row.page == last.page else 0.0
    if gap > _FAR * max(frame.pitch, 1.2 * last.size):
        return False
    if frame.pitch and gap > frame.pitch + _SPACING * last.size and (ends(last) or not row.text[:1].islower()):
        return False
    if abs(row.size - last.size) > 1.5:
        return False
    centred = frame.centred(row)
    if (centred or frame.centred(last)) and frame.balanced(last) and frame.balanced(row):
        return _title_goes_on(last, row, frame)
    if centred or not _full(last, row, frame):
        return False
    opens = opens_item(row)
    return not (opens and ends(last)) and _edges_fit(group, row, frame, opens)


def _title_goes_on(last: Row, row: Row, frame: Frame) -> bool:
    """A centred title is broken by hand too: it goes on in lower case, or when no room was left on the line."""
    if (last.bold, last.italic, last.text.isupper()) != (row.bold, row.italic, row.text.isupper()):
        return False
    first = row.text.lstrip("“\"'(")[:1]
    return first.islower() or (_full(last, row, frame) and not last.text.isupper())


def _full(last: Row, row: Row, frame: Frame) -> bool:
    """Whether the first word of `row` would not have fitted behind `last`: then the margin broke the line."""
    room = frame.right - last.right
    if last.bold and frame.centred(last):
        room += last.left - frame.left
    blank = 0.3 * last.size
    if room < blank:  # so it is with most lines, whatever their first word
        return True
    first = row.first_box
    return room < (first.right - first.left) + blank


def _edges_fit(group: list[Row], row: Row, frame: Frame, opens: bool) -> bool:
    """Whether the left edge of a full line's follower is the one that this paragraph goes on with.

    `opens` tells that it opens an item.
    """
    last = group[-1]
    if last.bold and row.bold and frame.balanced(last) and frame.balanced(row):
        return not opens  # a centred title whose lines fill the column nearly
    if len(group) > 1:
        return abs(row.left - last.left) <= _SAME_EDGE and not (opens and row.left > frame.left + _INDENT)
    if row.left < last.left - _SAME_EDGE:  # behind a first line that is set in
        return not (opens and ends(last))
    if row.left > last.left + _SAME_EDGE:  # a hanging item: its text is set in behind the bullet
        return not opens and (opens_item(last) or not ends(last))
    if opens:
        return False if last.left > frame.left + _INDENT else not ends(last)
    return not ends(last) or (last.left <= frame.left + _INDENT and last.bold == row.bold)
