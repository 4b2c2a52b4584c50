"""The two places of an official document that are set in two columns: the letterhead and the closing.

Left: the issuer and the number, or ``Nơi nhận``; right: Quốc hiệu with place and date, or the signer. Each is read
column by column, the left one first, and each physical line stays a paragraph of its own.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.ingest.layout.page import PlacedWord
from pipeline.ingest.layout.paragraphs import opens_item, paragraph
from pipeline.ingest.layout.rows import Row
from pipeline.model import Paragraph

_MOTTO = re.compile(r"CONG HOA XA HOI CHU|DANG CONG SAN VIET NAM|DANG CONG SAN\b")
_MOTTO_BEGINS = ("CONG", "DANG")
_DATE = re.compile(r"\bNGAY\b.*\bTHANG\b")
_STOP = re.compile(r"KINH GUI\b")
_RECIPIENTS = re.compile(r"NOI NHAN\b")
_NEVER_N = frozenset(string.ascii_letters + string.digits + string.punctuation) - {"n", "N"}
_SIGNER = re.compile(r"(?:T/?M|K/?T|T/?L|TUQ|T/UQ|Q)\b|(?:PHO )?(?:CHU TICH|BI THU|GIAM DOC|TRUONG|CHANH)")
_HEAD = 40  # characters in which those words stand, should each letter have its accents apart
_COLUMN_GAP = 1.3  # of the font size: a blank that wide may part two columns
_SURE = 0.6  # confidence of a word that was recognised
_REACH = 0.45  # of the page height: a letterhead does not go deeper


@dataclass(frozen=True, slots=True)
class Zone:
    """Rows ``[start, end)`` of a page that are set in two columns, already split."""

    start: int
    end: int
    left: tuple[Row, ...]
    right: tuple[Row, ...]

    def paragraphs(self) -> list[Paragraph]:
        """The left column, then the right one."""
        return [*_column(self.left), *_column(self.right)]


class _Plain(dict[int, str]):
    """Each letter without its accents, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code).replace("Đ", "D"))
        self[code] = "".join(part for part in parts if not unicodedata.combining(part))
        return self[code]


_PLAIN = _Plain()


def fold(text: str) -> str:
    """Upper case without accents, for comparing."""
    return text.upper().translate(_PLAIN)


def zones_of(rows: Sequence[Row], width: float, height: float) -> list[Zone]:
    """The letterhead and the closing of a page, where it has them."""
    found = []
    letterhead = _letterhead(rows, width, height)
    if letterhead is not None:
        found.append(letterhead)
    closing = _closing(rows, width, letterhead.end if letterhead is not None else 0)
    if closing is not None:
        found.append(closing)
    return found


def _column(rows: Sequence[Row]) -> list[Paragraph]:
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _runs_on(groups[-1][-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [paragraph(group) for group in groups]


def _runs_on(last: Row, row: Row) -> bool:
    """Whether a line of a column plainly goes on with the one above: ``V/v hướng dẫn … / giá, chấm điểm …``."""
    if _MOTTO.match(fold(last.text)) and fold(row.text) in ("NAM", "VIET NAM"):
        return True  # the column was too narrow for Quốc hiệu
    if opens_item(row) or row.baseline - last.baseline > 2 * last.size or abs(row.size - last.size) > 1.5:
        return False
    if not any(char.isalnum() for char in last.text):
        return False  # the star under the name of a Party committee, a rule of dashes
    if opens_item(last):
        return re.search(r"[;.:]$", last.text) is None
    return row.text[:1].islower() or last.text.endswith(",")


def _part(row: Row, words: Sequence[PlacedWord]) -> list[Row]:
    """The row of some of its words, none without words; most often they are all of them, and it is the row itself."""
    if not words:
        return []
    return [row if len(words) == len(row.words) else Row.of(tuple(words), row.baseline, row.page)]


# ── letterhead ─────────────────────────────────────────────────────────────────────────────


def _letterhead(rows: Sequence[Row], width: float, height: float) -> Zone | None:
    place = next((i for i, row in enumerate(rows[:14]) if _motto(row) is not None and row.top < _REACH * height), None)
    if place is None:
        return None
    first = _motto(rows[place]) or 0
    words = rows[place].words
    gutter = words[first].box.left - 3 if not first else (words[first - 1].box.right + words[first].box.left) / 2
    middle = (words[first].box.left + words[-1].box.right) / 2
    left: list[Row] = []
    right: list[Row] = []
    dated, end = False, 0
    for index, row in enumerate(rows):
        before, behind = _sides(row, gutter, middle)
        if row.top > _REACH * height or _STOP.match(fold(row.text)) or (not before and not behind):
            break
        if index > place and not before and _in_middle(row, width) and abs(middle - width / 2) > 24:
            break  # the title has begun
        if dated and (behind or row.baseline - rows[index - 1].baseline > 2.2 * row.size):
            break
        left.extend(_part(row, before))
        right.extend(_part(row, behind))
        dated = dated or bool(_DATE.search(fold(" ".join(word.text for word in behind))))
        end = index + 1
    return Zone(0, end, tuple(left), tuple(right)) if end > place else None


def _motto(row: Row) -> int | None:
    """The word at which Quốc hiệu (or the name of the Party) begins, in capitals."""
    texts = row.texts
    if not any(map(str.isupper, texts)):
        return None
    for index, text in enumerate(texts):
        # Asked first for it is cheap, and few words of running text are in capitals.
        if not (text.isupper() and fold(text).startswith(_MOTTO_BEGINS)):
            continue
        capitals = " ".join(texts[index : index + 3]).isupper()
        if capitals and _MOTTO.match(fold(" ".join(texts[index:]))):  # the last words may lie under a stamp
            return index if any(text in ("HÒA", "HOÀ") or fold(text) == "CONG" for text in texts) else None
    return None


def _in_middle(row: Row, width: float) -> bool:
    return abs((row.left + row.right) / 2 - width / 2) < 12


def _sides(row: Row, gutter: float, middle: float) -> tuple[Sequence[PlacedWord], Sequence[PlacedWord]]:
    """The words of a row left and right of the gutter; nothing on either side where it runs across."""
    words = row.words
    gaps = [
        (abs((one.box.right + two.box.left) / 2 - gutter), index + 1)
        for index, (one, two) in enumerate(pairwise(words))
        if two.box.left - one.box.right > _COLUMN_GAP * row.size
    ]
    if gaps and min(gaps)[0] < 70:
        cut = min(gaps)[1]
        return words[:cut], words[cut:]
    centre = (row.left + row.right) / 2
    if row.left < gutter - 30 and row.right > gutter + 30 and abs(centre - middle) > 25:
        return (words, ()) if row.right < middle and centre < gutter - 20 else ((), ())
    return (words, ()) if centre < gutter else ((), words)


# ── closing ────────────────────────────────────────────────────────────────────────────────


def _closing(rows: Sequence[Row], width: float, after: int) -> Zone | None:
    places = range(after, len(rows))
    place = next((i for i in places if _begins_recipients(rows[i].text)), None)
    if place is None:
        return None
    start = place
    while start > after and place - start < 4 and _signs(rows[start - 1], rows[start], width):
        start -= 1
    zone = rows[start:]
    # What is left of a stamp or a signature may lie anywhere; only sure words tell where the columns are.
    gutter = _gutter(
        [word for row in zone for word in row.words if word.confidence is None or word.confidence > _SURE], width
    )
    left: list[Row] = []
    right: list[Row] = []
    for row in zone:
        left.extend(_part(row, [word for word in row.words if _centre(word) < gutter]))
        right.extend(_part(row, [word for word in row.words if _centre(word) >= gutter]))
    return Zone(start, len(rows), tuple(left), tuple(right))


def _begins_recipients(text: str) -> bool:
    """Whether ``Nơi nhận`` opens a row; the first letter, which tells of nearly all rows, is asked by itself."""
    if text[:1] in _NEVER_N:
        return False
    return fold(text[:1]) in ("N", "") and _RECIPIENTS.match(fold(text[:_HEAD])) is not None


def _signs(row: Row, below: Row, width: float) -> bool:
    """Whether a row above ``Nơi nhận`` already belongs to the signer, whose column may begin higher."""
    near = below.baseline - row.baseline < 3 * row.size
    return near and row.left > 0.42 * width and row.text.isupper() and _SIGNER.match(fold(row.text)) is not None


def _centre(word: PlacedWord) -> float:
    return (word.box.left + word.box.right) / 2


def _gutter(words: Sequence[PlacedWord], width: float) -> float:
    """The middle of the widest strip without words in the middle half of the page, else the edge of the page."""
    reach, best, gutter = 0.0, 3.0, width
    for word in sorted(words, key=lambda word: word.box.left):
        gap = word.box.left - reach
        middle = (word.box.left + reach) / 2
        if gap > best and 0.25 * width < middle < 0.75 * width:
            best, gutter = gap, middle
        reach = max(reach, word.box.right)
    return gutter
