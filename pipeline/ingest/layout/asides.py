"""What stands on a page beside its text: page numbers, running heads, signature stamps, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.ingest.layout.rows import PdfWord, Row
from pipeline.ingest.layout.zones import fold
from pipeline.model import Aside

_NUMBER = re.compile(r"(?:TRANG\s*)?[-–—\s]*\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s.]*")
_STAMP = re.compile(
    r"Ký bởi\s*:|Người ký\s*:|Được ký bởi\b|Ký số bởi\b|Signature (?:Not Verified|valid)|Digitally signed by"
)
_STAMP_MORE = re.compile(r"(?:Email|Cơ quan|Tổ chức|Đơn vị|Chức vụ|Thời gian ký|Ngày ký|Date|DN|Ký bởi)\s*:|Signed by")
_FOOTNOTE = 0.92  # of the size of the text
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


def split_footnotes(rows: Sequence[Row]) -> tuple[list[Row], list[Aside]]:
    """Take the footnotes off the foot of a page, and their marks out of the text.

    A footnote is set smaller than the text and begins with a number that stands raised somewhere above it.
    """
    marks = {word.text for row in rows for word in row.words if word.raised and word.text.isdecimal()}
    sizes = sorted(row.size for row in rows)
    if not marks:
        return list(rows), []
    start = len(rows)
    while start and rows[start - 1].size <= _FOOTNOTE * sizes[len(sizes) // 2]:
        start -= 1
    while start < len(rows) and rows[start].words[0].text not in marks:
        start += 1
    notes: list[list[Row]] = []
    for row in rows[start:]:
        if row.words[0].text in marks:
            notes.append([])
        notes[-1].append(row)
    used = {note[0].words[0].text for note in notes}
    body = [_without_marks(row, used) for row in rows[:start]]
    asides = [Aside("footnote", " ".join(row.text for row in note), note[0].page) for note in notes]
    return [row for row in body if row.words], asides


def _without_marks(row: Row, used: set[str]) -> Row:
    words = tuple(word for word in row.words if not (word.raised and word.text in used))
    return row if len(words) == len(row.words) else Row(words, row.baseline, row.page)


def split_stamps(rows: Sequence[Row]) -> tuple[list[Row], list[Aside]]:
    """Take the boxes of electronic signatures out: a block of lines that begins with who signed.

    The box may lie beside the letterhead, so its words are parted from the rest of a row by their left edge. One line
    alone is no box: a directive may speak of who signs.
    """
    asides: list[Aside] = []
    kept = list(rows)
    for index, row in enumerate(rows):
        start = next((i for i in _chunks(row) if _STAMP.match(_text(row.words[i:]))), None)
        if start is None or kept[index] is not row:
            continue
        box = _stamp_box(kept, index, row.words[start])
        lines = [_text(words) for words in box.values()]
        if not any(_STAMP_MORE.match(line) for line in lines[1:]):
            continue
        for place, words in box.items():
            rest = tuple(word for word in kept[place].words if word not in words)
            kept[place] = Row(rest, kept[place].baseline, kept[place].page)
        asides.append(Aside("signature", "\n".join(lines), row.page))
    return [row for row in kept if row.words], asides


def _chunks(row: Row) -> list[int]:
    """The words of a row that stand at its beginning or behind a wide gap."""
    words = row.words
    return [i for i in range(len(words)) if not i or words[i].box.left - words[i - 1].box.right > words[i].size]


def _stamp_box(rows: Sequence[Row], index: int, first: PdfWord) -> dict[int, list[PdfWord]]:
    """The words of the box by row: lines that begin below `first` and follow each other closely."""
    found: dict[int, list[PdfWord]] = {}
    baseline = rows[index].baseline
    for place in range(index, len(rows)):
        row = rows[place]
        if row.baseline - baseline > 2 * first.size:
            break
        words = [word for word in row.words if word.box.left >= first.box.left - 3 and word.size <= first.size + 1]
        if words and abs(words[0].box.left - first.box.left) <= 3:
            found[place], baseline = words, row.baseline
    return found


def _text(words: Sequence[PdfWord]) -> str:
    return " ".join(word.text for word in words)
