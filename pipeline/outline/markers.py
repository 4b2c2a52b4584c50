"""What opens an item: Phần, Chương, Điều, I. A. 1. 1.1. (1) a) đ) - + •, and how they rank."""

from __future__ import annotations

import re

from pipeline.letters import UPPER
from pipeline.model import Marker

# Smaller rank stands higher. Bullets share a rank: which of "-" and "+" is the outer one, each document decides.
RANK = {
    "part": 0,
    "chapter": 1,
    "division": 2,
    "letter": 3,
    "roman": 4,
    "article": 5,
    "arabic": 6,
    "decimal": 7,
    "paren": 10,
    "half-paren": 10,
    "alpha": 10,
    "dash": 20,
    "plus": 20,
    "bullet": 20,
}
BULLETS = frozenset({"dash", "plus", "bullet"})
ALPHABET = "abcdđeghiklmnopqrstuvxy"

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(r"Phần\s+(?:thứ\s+)?([IVXL]+|\d{1,2}|nhất|hai|ba|tư|năm|sáu)\b[.:)]?\s*", re.IGNORECASE)),
    ("chapter", re.compile(r"Chương\s+([IVXL]+|\d{1,2})\b[.:)]?\s*", re.IGNORECASE)),
    ("division", re.compile(r"Mục\s+([IVXL]+|\d{1,2})\b[.:)]?\s*", re.IGNORECASE)),
    ("article", re.compile(r"Điều\s+(\d{1,3})\b\s*[.:)]?\s*")),
    ("roman", re.compile(r"([IVX]{1,6})\s?[.)/\-–]\s*(?=\S)")),
    (
        "letter",
        re.compile(rf"([ABĐEFGHK]|[CD](?=[.)]\s)|[CD](?=\s?[-–]\s))(?:[.)]\s+(?=\S)|\s?[-–]\s+(?=[{UPPER}]{{2}}))"),
    ),
    (
        "decimal",
        re.compile(
            r"(\d{1,2}(?:\.\d{1,2}){1,4})"
            r"(?:[.)/]\s+(?=\S)|\s?[-–]\s+(?=[^\d\s])|\s+(?=[^\d\s])|[.-](?=[^\d\s]))"
        ),
    ),
    ("arabic", re.compile(r"(\d{1,2})(?:[.\-–]\s+(?=\S)|\s?[.\-–/]\s*(?=[^\d\s]))")),
    ("paren", re.compile(r"\((\d{1,2})\)\s*(?=\S)")),
    ("half-paren", re.compile(r"(\d{1,2})\)\s*(?=\S)")),
    ("alpha", re.compile(r"\(?([a-eđghiklm])(?:\)|[./](?=\s))\s*(?=\S)")),
    ("dash", re.compile(r"[-–—]\s*(?=[^\s\d])|[-–—]\s+(?=\d)")),
    ("plus", re.compile(r"\+\s*(?=\S)")),
    ("bullet", re.compile(rf"[*•·▪◦\uf0b7\uf0a7\uf02d]\s*(?=\S)|o\s(?=[{UPPER}])")),
)


# The characters that each kind may begin with; "0" for any decimal digit. Most blocks then ask one pattern or none.
_FIRST = {
    "part": "Pp", "chapter": "Cc", "division": "Mm", "article": "Đ", "roman": "IVX", "letter": "ABCDĐEFGHK",
    "decimal": "0", "arabic": "0", "paren": "(", "half-paren": "0", "alpha": "(abcdeđghiklm", "dash": "-–—",
    "plus": "+", "bullet": "*•·▪◦\uf0b7\uf0a7\uf02do",
}  # fmt: skip
_BY_FIRST: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _kind, _pattern in _PATTERNS:
    for _first in _FIRST[_kind]:
        _BY_FIRST.setdefault(_first, []).append((_kind, _pattern))


def parse_marker(text: str) -> tuple[Marker, int] | None:
    """The marker that opens a block and the offset of the words behind it, or None."""
    first = text[:1]
    for kind, pattern in _BY_FIRST.get("0" if first.isdecimal() else first, ()):
        match = pattern.match(text)
        if match is None:
            continue
        label = next((group for group in match.groups() if group), "")
        value = _value(kind, label)
        if value is None:
            continue
        return Marker(kind, label, value), match.end()
    return None


def _value(kind: str, label: str) -> int | None:
    if kind in BULLETS:
        return 0
    if kind == "decimal":
        return int(label.rsplit(".", 1)[1])
    if label.isdigit():
        return int(label)
    if kind == "alpha":
        return ALPHABET.index(label) + 1
    if kind == "letter":
        return ord(label) - ord("A") + 1
    if label.lower() in _ORDINALS:
        return _ORDINALS.index(label.lower()) + 1
    return _roman(label.upper())


def _roman(label: str) -> int | None:
    total = 0
    for here, after in zip(label, label[1:] + " ", strict=True):
        value = _ROMAN_DIGITS.get(here)
        if value is None:
            return None
        total += -value if _ROMAN_DIGITS.get(after, 0) > value else value
    return total if 0 < total < 40 else None
