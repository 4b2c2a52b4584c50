"""Folds Vietnamese text into the spelling that the rules of time are written for, and maps offsets back.

The folded text is in small letters, writes "hằng" for "hàng" before an interval and "quý" for "quí", has the
letters that OCR read for digits put right (``15/1l/2022``), and lacks emphasis marks and numbers repeated in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.letters import small

# One character each, so that offsets stay: dashes, quotes, the Icelandic eth, line feeds as a sentence's end.
ALIKE = tuple(zip("–—‑−’‘`´ð\n\r\t\u00a0", "----''''đ;   ", strict=True))

MONTH_WORDS = {
    "giêng": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
    "chạp": 12,
}

_INTERVAL = re.compile(
    r"\bhàng (?<!ngân hàng )(?<!bán hàng )(?<!cửa hàng )(?<!khách hàng )(?<!mặt hàng )(?<!đơn hàng )"
    r"(?=(?:ngày|tuần|tháng|quý|năm)\b(?! \d))"
)
# A number as OCR may have read it: two groups of digits and look-alikes around a separator, or three.
_LOOSE = re.compile(r"(?<![\w/])[\dlio|]{1,2}(?:[/.\-][\dlio|]{1,2})?[/.\-][\dlio|]{1,4}(?![\w/])")
# Most clauses hold neither a digit, at which all that is mended below stands, nor a character of `ALIKE`.
_MAY_BE_UNLIKE = re.compile(rf"[\d{''.join(char for char, _ in ALIKE)}]")
# Where none of what these mend stands at a digit, which is quickly seen, the slower expressions are spared:
# a look-alike right beside, or across one separator; what may be taken out.
_MAY_BE_MISREAD = re.compile(r"\d(?:[/.\-]?[lio|]|(?<=[lio|]\d)|(?<=[lio|][/.\-]\d))")
_MAY_BE_REMOVED = re.compile(r"[\d*_](?:(?<=[*_])| ?\([^\W\d]| \d[/.]\d)")
_GROUP = re.compile(r"[\dlio|]+")
_DIGITS = str.maketrans("lio|", "1101")
_NUMBER_WORD = "(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|không|linh|lẻ)"
_WORDS = rf"{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,3}}\)"
_REMOVED = re.compile(  # each begins with a plain character, which makes the search fast
    rf" \((?<=\d \()(?!(?<!5 \()năm\)){_WORDS}|\((?<=\d\()(?!(?<!5\()năm\)){_WORDS}"  # 06 (sáu), not 10/12 (năm)
    r"|[*_]{1,3}(?=\d)|[*_](?:(?<=\d.)|(?<=\d..)|(?<=\d...))"  # *15/11/2022*
    r"| (?<=\d[/.]\d )(?=\d[/.]\d{4})"  # 20/1 1/2022
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text. `origin[i]` is the offset in the source of folded character i, and its last entry the source's
    length; None where all offsets are equal."""

    text: str
    origin: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open interval of the source that the folded interval stands for, with what was taken out of it."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end]


def fold(text: str) -> Folded:
    """The folded text. Takes any string; linear in its length."""
    folded = small(text)
    unlike = _MAY_BE_UNLIKE.search(folded) is not None
    if unlike:
        for char, plain in ALIKE:
            folded = folded.replace(char, plain)
    if "hàng" in folded:
        folded = _INTERVAL.sub("hằng ", folded)
    folded = folded.replace("quí", "quý").replace("qúy", "quý")
    if not unlike:
        return Folded(folded)
    if _MAY_BE_MISREAD.search(folded) is not None:
        folded = _LOOSE.sub(_digits, folded)
    return _without(folded) if _MAY_BE_REMOVED.search(folded) is not None else Folded(folded)


def number(text: str) -> int:
    """The value of digits or of a month's name in words. Raises KeyError for other words."""
    return int(text) if text.isdecimal() else MONTH_WORDS[text]


def _digits(match: re.Match[str]) -> str:
    """Reads l, I, O for digits: in a group that holds a digit, and in every group of a date of three parts."""
    text = match.group()
    groups = _GROUP.findall(text)
    if text.isdecimal() or not any(char.isdecimal() for char in text):
        return text
    full = len(groups) == 3 and len(groups[2]) == 4
    return _GROUP.sub(lambda m: m.group().translate(_DIGITS) if full or _holds_digit(m.group()) else m.group(), text)


def _holds_digit(text: str) -> bool:
    return any(char.isdecimal() for char in text)


def _without(folded: str) -> Folded:
    """Takes out what only repeats or adorns a number, and notes where each remaining character came from."""
    kept: list[str] = []
    origin: list[int] = []
    last = 0
    for match in _REMOVED.finditer(folded):
        kept.append(folded[last : match.start()])
        origin.extend(range(last, match.start()))
        last = match.end()
    if not kept:
        return Folded(folded)
    kept.append(folded[last:])
    origin.extend(range(last, len(folded) + 1))
    return Folded("".join(kept), tuple(origin))
