"""Cuts a block into sentences and their parts at ";", where brackets and quotations are closed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.letters import UPPER

_OPENS = {"(": ")", "“": "”", "[": "]", "«": "»"}
# The marks come first, for the places of one class of characters are found fast; then what each of them needs: a run of
# stops in front of a capital, a semicolon in front of a blank or a capital, a bracket or a quotation mark nothing.
_CUT = re.compile(
    r"[.!?…;()“”\[\]«»](?:"
    rf"(?<=[.!?…])(?<![.!?…]{{2}})[.!?…]*+(?=\s+[\"“(]?[{UPPER}0-9])|(?<=;)(?=\s|[{UPPER}])|(?<=[()“”\[\]«»]))"
)
# A full stop behind these closes no sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(/])(?:TP|P|Q|TX|TT|Tp|tp|đ/c|Đ/c|ThS|TS|PGS|GS|BS|KS|v\.v|vv|St|Mr|No|tr|KT|TM|TL|TUQ|PCT|CT|[A-ZĐ])$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence, or a part of one up to ";": ``text[start:end]`` with its closing mark, without the ";"."""

    start: int
    end: int


def clauses_of(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of ``text[start:end]`` in order; blanks between them belong to none."""
    cuts: list[tuple[int, int]] = []  # where a clause ends, where the next one begins
    closing: list[str] = []
    for match in _CUT.finditer(text, start, end):
        mark = match.group()
        if mark in _OPENS:
            closing.append(_OPENS[mark])
        elif closing and mark == closing[-1]:
            closing.pop()
        elif closing or mark in ")”]»":
            continue
        elif mark == ";":
            cuts.append((match.start(), match.end()))
        elif not (mark == "." and _ABBREVIATION.search(text[max(start, match.start() - 12) : match.start()])):
            cuts.append((match.end(), match.end()))
    if closing and not cuts:  # a bracket that never closes hides nothing
        return _plain(text, start, end)
    return _between(text, start, end, cuts)


def _plain(text: str, start: int, end: int) -> list[Clause]:
    cuts = [
        (m.start() if m.group() == ";" else m.end(), m.end())
        for m in _CUT.finditer(text, start, end)
        if m.group()[0] in ".;!?…"
    ]
    return _between(text, start, end, cuts)


def _between(text: str, start: int, end: int, cuts: list[tuple[int, int]]) -> list[Clause]:
    found = []
    for stop, following in [*cuts, (end, end)]:
        first, last = start, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            found.append(Clause(first, last))
        start = following
    return found
