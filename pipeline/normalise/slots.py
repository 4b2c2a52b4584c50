"""The places of a letterhead that are filled in by hand: number, day. What cannot be read there is left blank.

Handwriting is read as anything. A wrong number would give a document another identity, so a reading that is not plainly
a number is put down as ``…``, as if nobody had filled it in; the reading goes into a warning.
"""

from __future__ import annotations

import re

from pipeline.model import Warning
from pipeline.normalise.drafts import Token

BLANK = "…"
_LONGEST = 90  # characters: no line of number or date is longer
_SURE = 0.6  # confidence of digits that are believed
_NUMBER = re.compile(
    r"S[oóòỏõọôốồổỗộơ]\s?[:;.,]?\s*(?P<hand>[^/]{0,14}?)\s*(?P<code>[-–—/]\s?[A-ZĐÐ][^\s]*[-/][^\s].*)"
)
_DATE = re.compile(
    r"(?P<place>[^\d]{2,40}?[,.]\s*)?ng[àa]y(?P<day>.{0,8}?)th[áa]ng(?P<month>.{0,8}?)n\W?[ăa]m\s*(?P<year>20\d\d)\W*",
    re.IGNORECASE,
)


def blank_slots(tokens: list[Token]) -> tuple[list[Token], list[Warning]]:
    """The words of a line of number or date, unreadable parts as ``…``; any other line as it is."""
    text = " ".join(token.text for token in tokens)
    if len(text) > _LONGEST or any(token.confidence is None for token in tokens):
        return tokens, []
    number, date = _NUMBER.fullmatch(text), _DATE.fullmatch(text)
    if number is not None:
        wanted = f"Số: {_digits(number, 'hand', 5, tokens)} {number['code']}"
    elif date is not None:
        day, month = (_digits(date, part, 2, tokens) for part in ("day", "month"))
        wanted = f"{(date['place'] or '').strip()} ngày {day} tháng {month} năm {date['year']}".strip()
    else:
        return tokens, []
    if BLANK not in wanted:
        return _relaid(tokens, wanted), []
    message = f"Phần viết tay “{text}” không đọc chắc được nên để trống. Hãy ghi số, ngày theo bản gốc."
    return _relaid(tokens, wanted), [Warning("handwriting", message, tokens[0].page)]


def _digits(match: re.Match[str], part: str, most: int, tokens: list[Token]) -> str:
    """The digits of a slot where they are believable, else a blank."""
    bare = match[part].strip(" .:;,-–")
    sure = min((token.confidence or 0.0 for token in _at(tokens, *match.span(part))), default=0.0)
    return bare if bare.isdecimal() and len(bare) <= most and sure >= _SURE else BLANK


def _at(tokens: list[Token], start: int, end: int) -> list[Token]:
    """The words that lie in a stretch of the line."""
    found, at = [], 0
    for token in tokens:
        if at < end and at + len(token.text) > start:
            found.append(token)
        at += len(token.text) + 1
    return found


def _relaid(tokens: list[Token], wanted: str) -> list[Token]:
    """The wanted words at the places of the words that were read, in order."""
    words = wanted.split()
    last = len(tokens) - 1
    return [
        Token(word, tokens[0].page, tokens[min(i, last)].box, 0.0 if word == BLANK else tokens[min(i, last)].confidence)
        for i, word in enumerate(words)
    ]
