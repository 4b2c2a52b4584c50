"""VIQR, Vietnamese in plain ASCII: ``Ha` No^.i``, ``ddo^'c ddo^'n``; a backslash takes a sign as it is (RFC 1456)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.ingest.encodings.tables import LETTERS

_SIGN_OF = {
    "\u0302": "^",
    "\u0306": "(",
    "\u031b": "+",
    "\u0301": "'",
    "\u0300": "`",
    "\u0309": "?",
    "\u0303": "~",
    "\u0323": ".",
}
_TONES = frozenset("'`?~.")
_SIGNS = re.compile(r"\\[\\^(+'`?~.dD]|[dD][dD]|[AEIOUYaeiouy](?:[\^(+]['`?~.]?|['`?~.])")
_WORD_BEFORE = re.compile(r"[A-Za-z^(+'`?~.]*\Z")
_VOWELS = frozenset("aeiouy^(+")  # with the signs that shape them
# Open syllables that bear the tone on their last vowel: hoà, khoẻ, thuỷ, thuở, tuế; and qu, gi, which are consonants.
_TONE_ON_LAST = re.compile(r"(?:o[ae]|u(?:y|e\^|o\+)|qu\+?[aeiouy][\^(+]?|gi[aeou][\^(+]?)\Z", re.IGNORECASE)


def _spelling(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    return base + "".join(sorted((_SIGN_OF[mark] for mark in marks), key=_TONES.__contains__))


_LETTERS = {_spelling(letter): letter for letter in LETTERS if letter not in "đĐ"} | {"dd": "đ", "DD": "Đ", "Dd": "Đ"}


def decode(text: str) -> str:
    """The text with its signs as the letters that they make, in NFC.

    A sign at the end of a word where no tone can stand ends the sentence, though no backslash says so: ``nghi~a.``,
    ``ba'o ca'o.``; ``ta.`` is tạ all the same.
    """
    return _SIGNS.sub(_letter, text)


def signs(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what `decode` puts there) for each place of the text that it looks at."""
    return ((*found.span(), _letter(found)) for found in _SIGNS.finditer(text))


def _letter(found: re.Match[str]) -> str:
    signs = found.group()
    if signs[0] == "\\":
        return signs[1]
    tone = signs[-1]
    if tone in ".?'" and _ends_sentence(found):
        return _LETTERS.get(signs[:-1], signs[:-1]) + tone
    return _LETTERS.get(signs, signs)


def _ends_sentence(found: re.Match[str]) -> bool:
    """Whether the tone mark of a match is punctuation: the word ends here and has its tone elsewhere."""
    text, start, end = found.string, found.start(), found.end()
    if text[end : end + 1].isalpha():
        return False
    before = _WORD_BEFORE.search(text[max(0, start - 8) : start])
    word = before.group() if before else ""
    if not word:
        return False
    if not _TONES.isdisjoint(word):
        return True
    return word[-1].lower() in _VOWELS and not _TONE_ON_LAST.search(word + found.group()[:-1])
