"""What stands on a page beside its text: page numbers, running heads, signature stamps, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.layout.page import PlacedWord, Ruling
from pipeline.ingest.layout.rows import Row
from pipeline.ingest.layout.zones import fold
from pipeline.model import Aside, Table

_NUMBER = re.compile(r"(?:TRANG\s*)?[-–—\s]*\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s.]*")
_STAMP = re.compile(
    r"Ký bởi\s*:|Người ký\s*:|Được ký bởi\b|Ký số bởi\b|Signature (?:Not Verified|valid)|Digitally signed by"
)
_STAMP_MORE = re.compile(r"(?:Email|Cơ quan|Tổ chức|Đơn vị|Chức vụ|Thời gian ký|Ngày ký|Date|DN|Ký bởi)\s*:|Signed by")
# What the stamp says that a registry puts on a letter which came in: ĐẾN, Số, Ngày, Chuyển, Số và ký hiệu hồ sơ.
_RECEIVED = re.compile(
    r"\W*(?:(?:CONG VAN )?DEN\b|CHUYEN\s*[:;.]|SO VA KY HIEU|(?:DEN )?(?:SO|NGAY)\s*[:;]?\s*[.…_]{2})"
)
_RECEIVED_SURE = re.compile(r"\W*(?:CHUYEN\s*[:;.]|SO VA KY HIEU|(?:CONG VAN )?DEN\W*$)")
_RECEIVED_HEIGHT = 70.0  # points above and below the line that is surely part of the stamp
_RECEIVED_WIDTH = 200.0  # points
_RECEIVED_CELLS = 12  # of the frame of such a stamp at most
_SEPARATOR = (90.0, 230.0)  # points: the length of the line that parts footnotes from the text; Word draws 144
_FOOTNOTE = 0.92  # of the size of the text
_LOW = 0.5  # confidence of a line of handwriting, or between the frame and the handwriting of a stamp
_SURE = 0.8  # confidence of a word that is printed
_WORD = re.compile(r"[^\W\d_]{2}|\d")  # what dust is never read as: two letters, or a digit
_FILLED_IN = re.compile(r"^\W*SO\b|NGAY|THANG")
_MARGIN = 0.1  # of the page height, at the top and at the bottom
_FEWEST = 3  # pages on which a running head must stand to be known as one


def split_edges(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> tuple[list[list[Row]], list[Aside]]:
    """Take page numbers and running heads off the first and last rows of the pages."""
    heads = _repeated(pages, heights)
    bodies, asides = [], []
    for rows, height in zip(pages, heights, strict=True):
        kept = list(rows)
        for place in (0, -1):
            while kept and _in_margin(kept[place], height):
                row = kept[place]
                if _NUMBER.fullmatch(fold(row.text)):
                    kind = "page-number"
                elif _key(row) in heads:
                    kind = "running-head"
                else:
                    break
                asides.append(Aside(kind, row.text, row.page))
                del kept[place]
        bodies.append(kept)
    return bodies, asides


def _in_margin(row: Row, height: float) -> bool:
    return row.bottom < _MARGIN * height or row.top > (1 - _MARGIN) * height


def _key(row: Row) -> tuple[str, int]:
    return re.sub(r"\d+", "#", fold(row.text)), round(row.baseline / 6)


def _repeated(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> set[tuple[str, int]]:
    seen: Counter[tuple[str, int]] = Counter()
    for rows, height in zip(pages, heights, strict=True):
        seen.update({_key(row) for row in (*rows[:3], *rows[-3:]) if _in_margin(row, height)})
    return {key for key, count in seen.items() if count >= max(_FEWEST, len(pages) // 4)}


def split_footnotes(
    rows: Sequence[Row], rulings: Sequence[Ruling] = (), height: float = 0.0
) -> tuple[list[Row], list[Aside]]:
    """Take the footnotes off the foot of a page, and their marks out of the text.

    A footnote is set smaller than the text and begins with a number that stands raised somewhere above it; on a page
    that was recognised from a picture it stands below a short line that begins at the left edge of the text.
    """
    if rows and rows[0].recognised:
        return _below_separator(rows, rulings, height)
    marks = {word.text for row in rows for word in row.raised if word.text.isdecimal()}
    if not marks:
        return list(rows), []
    sizes = sorted(row.size for row in rows)
    start = len(rows)
    while start and rows[start - 1].size <= _FOOTNOTE * sizes[len(sizes) // 2]:
        start -= 1
    while start < len(rows) and rows[start].texts[0] not in marks:
        start += 1
    notes: list[list[Row]] = []
    for row in rows[start:]:
        if row.texts[0] in marks:
            notes.append([])
        notes[-1].append(row)
    used = {note[0].words[0].text for note in notes}
    body = [_without_marks(row, used) for row in rows[:start]]
    asides = [Aside("footnote", " ".join(row.text for row in note), note[0].page) for note in notes]
    return [row for row in body if row.words], asides


def _below_separator(rows: Sequence[Row], rulings: Sequence[Ruling], height: float) -> tuple[list[Row], list[Aside]]:
    left = min(row.left for row in rows)
    for ruling in rulings:
        above = [row for row in rows if row.baseline < ruling.at]
        below = [row for row in rows if row.baseline >= ruling.at]
        at_edge = abs(ruling.start - left) < 12 and _SEPARATOR[0] <= ruling.end - ruling.start <= _SEPARATOR[1]
        if at_edge and ruling.at > height / 2 and above and below and below[0].left < left + 30:
            return above, [Aside("footnote", " ".join(row.text for row in below), below[0].page)]
    return list(rows), []


def _without_marks(row: Row, used: set[str]) -> Row:
    if not any(word.text in used for word in row.raised):
        return row
    words = tuple(word for word in row.words if not (word.raised and word.text in used))
    return Row.of(words, row.baseline, row.page)


def split_stamps(rows: Sequence[Row]) -> tuple[list[Row], list[Aside]]:
    """Take the boxes of electronic signatures out: a block of lines that begins with who signed.

    The box may lie beside the letterhead, so its words are parted from the rest of a row by their left edge. One line
    alone is no box: a directive may speak of who signs.
    """
    asides: list[Aside] = []
    kept = list(rows)
    for index, row in enumerate(rows):
        if not _may_be_stamp(row):
            continue
        start = next((i for i in _chunks(row) if _STAMP.match(_text(row.words[i:]))), None)
        if start is None or kept[index] is not row:
            continue
        box = _stamp_box(kept, index, row.words[start])
        lines = [_text(words) for words in box.values()]
        if not any(_STAMP_MORE.match(line) for line in lines[1:]):
            continue
        for place, words in box.items():
            rest = tuple(word for word in kept[place].words if word not in words)
            kept[place] = Row.of(rest, kept[place].baseline, kept[place].page)
        asides.append(Aside("signature", "\n".join(lines), row.page))
    return [row for row in kept if row.words] if asides else kept, asides


def _may_be_stamp(row: Row) -> bool:
    """Whether a row tells who signed, wherever in it: few do, and the others need not be parted."""
    text = row.text
    if "ký" in text or "Ký" in text or "Sign" in text or "Digit" in text:
        return _STAMP.search(" ".join(row.texts)) is not None
    return False


def split_received(rows: Sequence[Row]) -> tuple[list[Row], list[Aside]]:
    """Take the stamp of the registry that received a letter out of a recognised page: it is no part of the letter.

    One line must be surely of such a stamp (``ĐẾN``, ``Chuyển:``); those near it go with it.
    """
    parts = [
        (index, row.words[start:end])
        for index, row in enumerate(rows)
        if row.words[0].confidence is not None
        for start, end in pairwise([*_chunks(row), len(row.words)])
    ]
    sure = next((part for part in parts if _RECEIVED_SURE.match(fold(_text(part[1])))), None)
    if sure is None:
        return list(rows), []
    baseline, left = rows[sure[0]].baseline, sure[1][0].box.left
    taken = [
        (index, words)
        for index, words in parts
        if abs(rows[index].baseline - baseline) < _RECEIVED_HEIGHT
        and abs(words[0].box.left - left) < _RECEIVED_WIDTH / 2
        and words[-1].box.right - left < _RECEIVED_WIDTH
        and (words is sure[1] or _RECEIVED.match(fold(_text(words))) or _confidence(words) < _LOW)
    ]
    if len(taken) < 2:
        return list(rows), []
    gone = {id(word) for _, words in taken for word in words}
    kept = (Row.of(tuple(word for word in row.words if id(word) not in gone), row.baseline, row.page) for row in rows)
    aside = Aside("received-stamp", "\n".join(_text(words) for _, words in taken), rows[0].page)
    return [row for row in kept if row.words], [aside]


def split_unreadable(rows: Sequence[Row]) -> tuple[list[Row], list[Aside]]:
    """Take signatures and rubbed stamps off a recognised page: stretches of a row in which no word is sure.

    The lines of number and date stay, for part of them is printed.
    """
    kept, asides = [], []
    for row in rows:
        if all(word.confidence is None for word in row.words):
            kept.append(row)
            continue
        words: list[PlacedWord] = []
        for start, end in pairwise([*_chunks(row), len(row.words)]):
            chunk = row.words[start:end]
            text = _text(chunk)
            if chunk[0].confidence is None or _FILLED_IN.search(fold(text)) or not _unreadable(chunk):
                words.extend(chunk)
            else:
                asides.append(Aside("unreadable", text, row.page))
        if words:
            kept.append(row if len(words) == len(row.words) else Row.of(tuple(words), row.baseline, row.page))
    return kept, asides


def _unreadable(words: Sequence[PlacedWord]) -> bool:
    if not any(_WORD.search(word.text) for word in words):
        return True
    length = sum(len(word.text) for word in words)
    sure = max(word.confidence or 0.0 for word in words)
    return sum((word.confidence or 0.0) * len(word.text) for word in words) < _LOW * length and sure < _SURE


def is_received(table: Table) -> bool:
    """Whether a small table is the frame of the stamp of the registry that received a letter."""
    if len(table.cells) > _RECEIVED_CELLS:
        return False
    texts = [fold(paragraph.text) for cell in table.cells for paragraph in cell.paragraphs]
    lines = [line for text in texts for line in text.split("\n")]
    return any(map(_RECEIVED_SURE.match, lines)) and sum(bool(_RECEIVED.match(line)) for line in lines) > 1


def _confidence(words: Sequence[PlacedWord]) -> float:
    return sum(word.confidence or 0.0 for word in words) / len(words)


def _chunks(row: Row) -> list[int]:
    """The words of a row that stand at its beginning or behind a wide gap."""
    words = row.words
    behind = enumerate(pairwise(words), start=1)
    return [0, *(place for place, (one, two) in behind if two.box.left - one.box.right > two.size)] if words else []


def _stamp_box(rows: Sequence[Row], index: int, first: PlacedWord) -> dict[int, list[PlacedWord]]:
    """The words of the box by row: lines that begin below `first` and follow each other closely."""
    found: dict[int, list[PlacedWord]] = {}
    baseline = rows[index].baseline
    for place in range(index, len(rows)):
        row = rows[place]
        if row.baseline - baseline > 2 * first.size:
            break
        words = [word for word in row.words if word.box.left >= first.box.left - 3 and word.size <= first.size + 1]
        if words and abs(words[0].box.left - first.box.left) <= 3:
            found[place], baseline = words, row.baseline
    return found


def _text(words: Sequence[PlacedWord]) -> str:
    return " ".join(word.text for word in words)
