"""Nơi nhận: who receives the document, one entry a line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.letters import UPPER, in_capitals
from pipeline.model import Block, Document, Piece
from pipeline.outline.signature import BEHIND, LAST_ENTRY, MARK, POSTS, STAMP, Line, is_name, starts_signature, unranked

# A scan often loses the accents of these two words.
_RECIPIENTS = re.compile(r"N[ơo]i\s+nh[ậâạa]n\s*(?:[:;.]|$)", re.IGNORECASE)
_BULLET = re.compile(r"[-–—+*•·▪◦\uf02d\uf0b7]+\s*")
_NEXT_ENTRY = re.compile(r"(?<=[;,.])\s+(?=[-–—+•]\s+\S)")
# "(để báo cáo)", “để b/c”, } (để thực hiện): why somebody receives it, not who. A scan loses the hook of "để".
_PURPOSE = re.compile(
    r"[}{\]\[]|[(“\"]\s*(?:đ[ểềê]\s[^()“”\"]{1,40}|(?:b/c|t/h|p/h|báo cáo|thực hiện|phối hợp|theo dõi|chỉ đạo|b/cáo)"
    r"(?:\s*[,;]\s*[^()“”\"]{1,30})?)\s*[)”\"]|\s[-–]\s*để\s(?:báo cáo|b/c|thực hiện|t/h|phối hợp|biết)\s*$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"(?:Như|Lưu)\b", re.IGNORECASE)
_DOUBTFUL = 0.6  # confidence of a recognised word
_REACH = 60  # lines; the longest Nơi nhận met has 30
_LONGEST_ENTRY = 260  # characters; what is longer is no line of Nơi nhận
_CLOSED = (";", ",", ".", ":")
_NEXT_MARK = re.compile(rf"\s+(?={MARK}\s?[{UPPER}]{{2}})")  # not "Lưu: VT, KT."
# Right of an entry the signature may stand on the same line: what follows a semicolon, or posts in capitals.
_NEXT_COLUMN = re.compile(
    rf"(?:;|(?<=Lưu)[^;]{{0,60}}?\.)\s+(?=[{UPPER}][\w’']*(?:\s[{UPPER}][\w’']*)+$)"
    rf"|(?<!KT)(?<!TM)(?<!TL)(?<!UQ)(?<!\sQ)[;,.:)]\s+(?=(?:{POSTS})[\s{UPPER}-]*$)"
)


@dataclass(frozen=True, slots=True)
class Recipients:
    """The entries, where they stand, and the index of the first line behind them.

    `certain` is False for a lone value on the line itself, which may be a labelled line of the body.
    """

    entries: tuple[str, ...]
    span: tuple[int, int]
    behind: int
    certain: bool


def closing_lines(document: Document, first: int) -> Iterator[Line]:
    """The blocks as lines; entries and marks that a reader put on one line stand apart. A table is an empty line."""
    doubted = any(_is_doubted(piece) for piece in document.pieces)
    for index in range(first, len(document.blocks)):
        block = document.blocks[index]
        if not isinstance(block, Block):
            yield Line(index, block.start, "")
            continue
        text = document.text[block.start : block.end]
        edges = [0, *sorted(_cuts(text)), len(text)]
        for left, right in itertools.pairwise(edges):
            start, words = block.start + left, text[left:right].rstrip()
            doubtful = doubted and any(map(_is_doubted, document.pieces_at(start, start + len(words))))
            yield Line(index, start, words, doubtful)


def _cuts(text: str) -> set[int]:
    """Where in a line another one begins, that a reader put behind it."""
    listed = len(text) <= _LONGEST_ENTRY and (_BULLET.match(text) or in_capitals(text))
    if not (listed or opens_recipients(text)):
        return set()
    patterns = [_NEXT_ENTRY, _NEXT_MARK]
    if not (text.endswith(_CLOSED) or in_capitals(text)):  # the second column ends in a name or a post
        patterns.append(_NEXT_COLUMN)
    return {match.end() for pattern in patterns for match in pattern.finditer(text)}


def _is_doubted(piece: Piece) -> bool:
    """Whether a word was recognised so badly that it may be anything."""
    return piece.confidence is not None and piece.confidence < _DOUBTFUL


def opens_recipients(text: str) -> bool:
    """Whether a line begins Nơi nhận."""
    return _RECIPIENTS.match(text) is not None


def read_recipients(lines: Sequence[Line], at: int) -> Recipients:
    """The entries under the line of Nơi nhận at `at`."""
    head = _RECIPIENTS.match(lines[at].text)
    opening = lines[at].text[head.end() :].strip() if head else ""
    block = [opening] if opening and not starts_signature(opening) else []
    behind = at + 1
    while behind < len(lines) and _is_entry(lines[behind].text, block):
        block.append(lines[behind].text)
        behind += 1
    entries = tuple(entry for entry in map(_clean, _joined(block)) if entry)
    certain = not opening or not block or _BULLET.match(block[0]) is not None or any(map(_ADDRESSED.match, entries))
    return Recipients(entries, (lines[at].start, lines[behind - 1].end), behind, certain)


def untangled(lines: Sequence[Line]) -> list[Line]:
    """The lines from Nơi nhận on, with the signature behind the entries where the two columns were read row by row."""
    left: list[Line] = list(lines[:1])
    right: list[Line] = []
    stop = 1
    for at, line in enumerate(lines[1:_REACH], start=1):
        text = line.text
        if _BULLET.match(text):
            left.append(line)
        elif (
            starts_signature(text)
            or (right and (in_capitals(text) and not BEHIND.match(text)))
            or is_name(unranked(text))
        ):
            right.append(line)
        elif text and left[1:] and _is_open(left[-1].text) and len(text) <= _LONGEST_ENTRY and not in_capitals(text):
            left.append(line)
        else:
            break
        stop = at + 1
    tangled = any(line.start < left[-1].start for line in right)
    return [*left, *right, *lines[stop:]] if tangled else list(lines)


def _is_entry(text: str, before: Sequence[str]) -> bool:
    """Whether a line goes on with Nơi nhận; `before` holds the lines that were taken."""
    if not text or len(text) > _LONGEST_ENTRY or (BEHIND.match(text) and text.isupper()):
        return False
    if _BULLET.match(text) or text.startswith(("}", "{", "(", "]")):
        return True
    if starts_signature(text) or STAMP.match(text) or opens_recipients(text):
        return False
    if not before:
        return not in_capitals(text) and len(text) <= 120
    if LAST_ENTRY.match(before[-1]):
        # Behind "Lưu: …" nothing but the rest of that line may come.
        rest = text[:1].islower() or (text.endswith((".", ";")) and not is_name(text))
        return rest and not before[-1].endswith(".")
    bulleted = any(_BULLET.match(entry) for entry in before)
    closed = text.endswith((";", ",", ".")) or LAST_ENTRY.match(text) is not None
    return _is_open(before[-1]) or (not bulleted and closed)


def _is_open(entry: str) -> bool:
    """Whether an entry goes on in the next line: no mark closes it, or a bracket is open."""
    return not entry.rstrip().endswith((";", ".", ",")) or entry.count("(") > entry.count(")")


def _joined(block: Sequence[str]) -> list[str]:
    """The lines as entries: a line without a bullet goes on with the entry above where that is open."""
    bulleted = any(_BULLET.match(line) for line in block)
    entries: list[str] = []
    for line in block:
        own = _BULLET.match(line) is not None
        goes_on = (
            entries and not own and (bulleted or line[:1].islower() or line.startswith("(")) and _is_open(entries[-1])
        )
        if goes_on:
            entries[-1] = f"{entries[-1]} {line}"
        else:
            entries.append(line)
    return entries


def _clean(entry: str) -> str:
    entry = _PURPOSE.sub(" ", _BULLET.sub("", entry, count=1))
    return " ".join(entry.split()).strip(' ;,.:/-–}{“”"').replace(" ,", ",")
