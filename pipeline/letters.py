"""The Vietnamese alphabet for regular expressions, whose ranges would mix capitals and small letters."""

from __future__ import annotations

_VOWELS = "AĂÂEÊIOÔƠUƯY"
_MARKED = "ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"

UPPER = "A-ZĐ" + _VOWELS + _MARKED
"""All capital letters, for use inside a character class: ``[{UPPER}]``."""


def small(text: str) -> str:
    """The text in small letters, as many characters as before: the few foreign ones that grow by it (İ) stay."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one := char.lower()) == 1 else char for char in text)


def in_capitals(text: str) -> bool:
    """Whether a line is set in capitals: two of them at least, and no small letter."""
    return text.isupper() and sum(c.isupper() for c in text[:40]) >= 2
