"""Whether words are Vietnamese, and whether a reading makes more of them than another."""

from __future__ import annotations

import re
import string
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pipeline.ingest.syllables import shares

UNICODE_ONLY = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0303\u0306\u0309\u031b\u0323]"
)
"""Vietnamese letters of Unicode and its tone marks, which no old encoding has when it is seen as cp1252 or Latin-1."""

_AROUND = string.punctuation + string.digits + "“”‘’–—…•\u00a0\u2026"
_WITHIN = frozenset("-/.,:;()'’")  # what may stand between the letters of Vietnamese words without a blank
_LATIN = re.compile("[A-Za-z]")


@lru_cache(maxsize=1 << 14)
def is_syllable(word: str) -> bool:
    """Whether a word without anything around it can be a Vietnamese syllable."""
    count, possible, _ = shares((word,))
    return count == 1 and possible == 1


@lru_cache(maxsize=1 << 15)
def _reads(token: str) -> bool:
    """Whether all words of what stands between two blanks can be Vietnamese, with no odd sign in between."""
    core = token.strip(_AROUND)
    if any(not char.isalnum() and char not in _WITHIN for char in core):
        return False
    count, possible, _ = shares((core,))
    return count > 0 and possible == 1


@dataclass(frozen=True, slots=True)
class Shift:
    """What another reading does to a text, in words; `gained` and `lost` are of those that it changes.

    `gained` can be Vietnamese in the new reading only (`kinds` of them are different), `lost` can not in the new one.
    `words` are all that have a Latin letter, `possible` those of them that can be Vietnamese in the new reading.
    """

    words: int
    possible: int
    gained: int
    kinds: int
    lost: int
    worse: int  # of the lost, those that could be Vietnamese before


def shift(before: str, after: str) -> Shift:
    """Compares two readings of a text, blank by blank: no reading adds or removes one."""
    words = possible = gained = lost = worse = 0
    kinds = set()
    for (old, new), count in Counter(zip(before.split(), after.split(), strict=True)).items():
        if not _LATIN.search(old):
            continue
        words += count
        good = _reads(new)
        possible += count * good
        if old == new:
            continue
        if not good:
            lost += count
            worse += count * _reads(old)
        elif not _reads(old):
            gained += count
            kinds.add(new.strip(_AROUND).lower())
    return Shift(words, possible, gained, len(kinds), lost, worse)
