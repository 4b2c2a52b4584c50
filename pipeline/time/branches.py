"""Spreads a regular expression out into branches that begin with plain characters, and puts like beginnings together.

Python's engine skips a branch at once when its first character is plain and differs. ``(?:hằng|mỗi) năm`` and
``(?:định kỳ )?hằng năm`` begin with a group, and would be tried at every word; spread out, they are skipped. Some
hundreds of branches are still that many comparisons a word; gathered by their first letters, they are a dozen.
The order in which branches that can match at the same place are tried, and so what matches, stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

K = TypeVar("K")

_NAMED = re.compile(r"\(\?P<\w+>")
_LOOK_AROUND = re.compile(r"\(\?<?[=!]")
_DIGIT = r"(?:\\d|\[(?:\d(?:-\d)?)+\])"  # ``\d``, ``[1-9]``
_DIGITS = re.compile(rf"(?:{_DIGIT}\?)*{_DIGIT}(?![?*]|\{{[0,])")  # one at least: ``[01]?\d``
_SPECIAL = frozenset("\\.^$*+?{}[]|()")
_STEP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]")  # an escape, a class, or a character that nests


def branches(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, with groups at their beginning multiplied out. Named groups lose their names."""
    yield from _spread(_NAMED.sub("(?:", pattern))


def _spread(pattern: str) -> Iterator[str]:
    for branch in alternatives(pattern):
        around, rest = _look_around(branch)
        if around:
            yield from (_after_letters(around, spread) for spread in _spread(rest))
            continue
        if branch[1:2] == "?" and branch[0] not in _SPECIAL and branch[2:3] != "?":
            branch = f"(?:{branch[0]}){branch[1:]}"
        inner, rest = _leading_group(branch)
        if inner is None or rest[:1] in ("*", "+", "{") or rest[:2] == "??":
            yield branch
            continue
        optional = rest.startswith("?")
        rest = rest[1:] if optional else rest
        for alternative in alternatives(inner):
            yield from _spread(alternative + rest)
        if optional:
            yield from _spread(rest)


def _after_letters(around: str, branch: str) -> str:
    """The branch with what must stand before it looked up behind its first letters: ``hai(?<!thứ hai)`` is as good."""
    length = next((i for i in range(len(branch)) if not _letter(branch[i:])), len(branch))
    letters, rest = branch[:length], branch[length:]
    opening, before = around[:4], around[4:-1]
    if not letters or opening not in ("(?<!", "(?<="):
        return around + branch
    before = f"(?:{before})" if "|" in before else before
    return f"{letters}{opening}{before}{letters}){rest}"


def alternatives(pattern: str) -> list[str]:
    """The pattern cut at the bars that stand in no group."""
    depth, last, found = 0, 0, []
    for match in _STEP.finditer(pattern):
        mark = match.group()
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and depth == 0:
            found.append(pattern[last : match.start()])
            last = match.end()
    return [*found, pattern[last:]]


def _leading_group(pattern: str) -> tuple[str | None, str]:
    """What stands in the group that opens the pattern, and what follows it; None where no plain group opens it."""
    end = _closing(pattern) if pattern.startswith("(?:") else None
    return (None, pattern) if end is None else (pattern[3 : end - 1], pattern[end:])


def _look_around(pattern: str) -> tuple[str, str]:
    """The assertion that opens the pattern (``(?<!định )``, ``(?=\\d)``), empty where none does, and the rest."""
    end = _closing(pattern) if _LOOK_AROUND.match(pattern) else None
    return ("", pattern) if end is None else (pattern[:end], pattern[end:])


def _closing(pattern: str) -> int | None:
    """Where the group that opens the pattern ends."""
    depth = 0
    for match in _STEP.finditer(pattern):
        depth += (match.group() == "(") - (match.group() == ")")
        if depth == 0:
            return match.end()
    return None


def gathered(ordered: Sequence[str]) -> str:
    """The branches as one expression, with their common beginnings written once.

    Branches that may begin with the same character keep their order among each other; where that character cannot be
    told, the branch keeps its place among all of them.
    """
    parts: list[str] = []
    for known, run in _runs(ordered, lambda branch: bool(_first(branch))):
        parts.extend(_by_first(run) if known else run)
    return "|".join(parts)


def _by_first(run: Sequence[str]) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for branch in run:
        groups.setdefault(_first(branch), []).append(branch)
    for first, same in groups.items():
        parts = [part for letter, alike in _runs(same, _letter) for part in _after(letter, alike)]
        if first == "0" and len(parts) > 1:  # the many ways to write a number are one question for all other words
            yield rf"(?=\d)(?:{'|'.join(parts)})"
        else:
            yield from parts


def _after(letter: str, alike: list[str]) -> list[str]:
    """Branches that begin with the same plain character (with none where it is empty) as one, where there are more."""
    if not letter or len(alike) < 2:
        return alike
    return [f"{letter}(?:{gathered([branch[1:] for branch in alike])})"]


def _runs(branches: Sequence[str], key: Callable[[str], K]) -> list[tuple[K, list[str]]]:
    """Neighbours with the same key, in order."""
    return [(value, list(run)) for value, run in groupby(branches, key)]


def _letter(branch: str) -> str:
    """The plain character that every match of the branch begins with, empty where there is none."""
    letter, following = branch[:1], branch[1:2]
    return "" if letter in _SPECIAL or following in ("?", "*", "+", "{") else letter


def _first(branch: str) -> str:
    """The plain character that a match begins with, ``0`` for any digit, empty where it cannot be told."""
    around, rest = _look_around(branch)
    if around:
        return _first(rest)
    digits = _DIGITS.match(branch)
    letter = _letter(branch)
    return "0" if digits or letter.isdecimal() else letter
