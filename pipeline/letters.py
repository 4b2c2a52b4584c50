"""The Vietnamese alphabet for regular expressions, whose ranges would mix capitals and small letters."""

from __future__ import annotations

_VOWELS = "AĂÂEÊIOÔƠUƯY"
_MARKED = "ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"

UPPER = "A-ZĐ" + _VOWELS + _MARKED
"""All capital letters, for use inside a character class: ``[{UPPER}]``."""
