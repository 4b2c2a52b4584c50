"""Which letters are capitals: a range such as ``À-Ỹ`` holds small ones too, so the class is spelt out."""

from __future__ import annotations

_LATIN = (0x41, 0x1EFA)  # Basic Latin to Latin Extended Additional, where Vietnamese ends

CAPITAL = "".join(c for c in map(chr, range(*_LATIN)) if c.isupper() and c.isalpha() and (c < "ʰ" or c >= "Ḁ"))
"""Every Latin capital, for use inside a character class."""


def in_capitals(text: str) -> bool:
    """Whether a line is set in capitals: two of them at least, and no small letter."""
    return text.isupper() and sum(c.isupper() for c in text[:40]) >= 2
