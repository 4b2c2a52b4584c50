"""The Vietnamese alphabet for regular expressions, whose ranges would mix capitals and small letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_VOWELS = "AĂÂEÊIOÔƠUƯY"
_MARKED = "ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"

UPPER = "A-ZĐ" + _VOWELS + _MARKED
"""All capital letters, for use inside a character class: ``[{UPPER}]``."""

_LONGEST_SYLLABLE = 12  # characters: “nghiêng” taken apart, with a full stop and quotation marks

# To sort the marks on one letter takes the square of their number. Unicode (UAX 15, stream-safe text) parts them by a
# joiner that shows nothing after thirty, more than any writing has.
_MOST_MARKS, _JOINER = 30, "\u034f"
_LEAST_HEAP = 100  # characters
_HEAP = re.compile(rf"[^\w\s]{{{_LEAST_HEAP},}}")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook above, dot below


def composed(text: str) -> str:
    """The text in NFC, in a time that grows with its length whatever is in it."""
    # A heap has no blank in it: most long texts have no word that might hold one, which is seen sooner.
    heaped = len(text) > 1000 and max(map(len, text.split()), default=0) >= _LEAST_HEAP
    return unicodedata.normalize("NFC", _HEAP.sub(_parted, text) if heaped else text)


def _parted(heap: re.Match[str]) -> str:
    found, marks = [], 0
    for char in heap.group():
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > _MOST_MARKS:
            found.append(_JOINER)
            marks = 1
        found.append(char)
    return "".join(found)


def small(text: str) -> str:
    """The text in small letters, as many characters as before: the few foreign ones that grow by it (İ) stay."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one := char.lower()) == 1 else char for char in text)


def spelled(text: str) -> str:
    """For looking up: small letters, one blank between words, the tone behind its word (“hòa” and “hoà” are one)."""
    return " ".join([_word(word)[0] for word in composed(text).casefold().split()])


def bare(text: str) -> str:
    """The same without any mark: what is typed on a keyboard that has no Vietnamese."""
    return " ".join([_word(word)[1] for word in composed(text).casefold().split()])


def _word(word: str) -> tuple[str, str]:
    """A word in small letters as it is spelled, and without marks."""
    return _kept_word(word) if len(word) <= _LONGEST_SYLLABLE else _unmarked(word)


def _unmarked(word: str) -> tuple[str, str]:
    apart = unicodedata.normalize("NFD", word)
    tones = "".join([char for char in apart if char in _TONES])
    plain = "".join([char for char in apart if not unicodedata.combining(char)])
    return "".join([char for char in apart if char not in _TONES]) + tones, plain.replace("đ", "d")


_kept_word = lru_cache(maxsize=1 << 14)(_unmarked)  # Vietnamese has some 7,000 syllables, and writes few others


def in_capitals(text: str) -> bool:
    """Whether a line is set in capitals: two of them at least, and no small letter."""
    return text.isupper() and sum(c.isupper() for c in text[:40]) >= 2
