"""TCVN3 as Unicode, letter for letter; and what else old documents do with it."""

from __future__ import annotations

import re

from pipeline.ingest.encodings import tables
from pipeline.ingest.encodings.evidence import is_syllable

# Some programs write the signs at 0xB5, 0xB7 and 0xAD, which look alike, with other codes: μ, ∙ and −.
_ABC = tables.abc() | {0x3BC: "à", 0x2219: "ã", 0x2212: "ư"}
_VN1 = tables.vn1()
# Not str.upper: it makes two letters of a ligature, and places on a page are counted in characters.
_CAPITALS = {ord(small): small.upper() for small in f"abcdefghijklmnopqrstuvwxyz{tables.LETTERS}"}

_WORDS = re.compile(r"[^\W\d_]+")
_BULLET = re.compile(r"(?<!\S)[·∙−](?!\S)")  # neither ã nor ư is a word
# A hyphen; the second is what PDFium gives at the end of a line, whether a hyphen or an ư stands there.
_HYPHENED = re.compile(r"(?<![\w-])([^\W\d_]{0,3})([-\x02])([^\W\d_]{0,3})(?![\w-])")
# Consonants that begin a word and are none. A lone capital may be the name of something (B-52), save T (Tư pháp).
_ONSET = re.compile(r"[bcdđghklmnprstvxT]|[CKGNPTckgnpt]h|[Nn]gh?|[Tt]r")


def decode(text: str) -> str:
    """Text of an ABC font, seen as cp1252 or Latin-1, as Unicode: character for character, of the same length."""
    return _shouted(_letters(text))


def decode_capitals(text: str) -> str:
    """The same for a font that shows capitals for small letters (``.VnTimeH``)."""
    return _letters(text).translate(_CAPITALS)


def decode_vn1(data: bytes) -> str:
    """Bytes in VN1 as Unicode. Never fails: a byte that is no letter is its character of Latin-1."""
    return data.decode("latin-1").translate(_VN1)


def _letters(text: str) -> str:
    shown = _hyphens_mended(text, text.translate(_ABC))
    for found in _BULLET.finditer(text):
        shown = shown[: found.start()] + found.group() + shown[found.end() :]
    return shown


def _hyphens_mended(seen: str, text: str) -> str:
    """Puts ư back where only a hyphen is left: its code is the soft hyphen of Windows, a hyphen in many PDF files.

    A hyphen is mended where no other sense is left: ``t-`` after a lone consonant, ``ph-ơng`` inside a syllable.
    """
    doubtful = "\x02" if "\xad" in seen else "-\x02"
    if not any(sign in seen for sign in doubtful):
        return text
    mended = _HYPHENED.sub(lambda found: _with_horn(found) if found[2] in doubtful else found.group(), text)
    return mended.replace("\x02", "-")


def _with_horn(found: re.Match[str]) -> str:
    left, _, right = found.groups()
    whole = f"{left}ư{right}"
    if left and not _ONSET.fullmatch(left):
        return found.group()
    if not left and (len(right) < 2 or is_syllable(right)):
        return found.group()
    return whole if is_syllable(whole) else found.group()


def _shouted(text: str) -> str:
    """Letters with a tone in words of capitals, which an ABC font can show as small ones only: ``CộNG`` is CỘNG."""
    return "".join(_shouted_line(line) for line in text.splitlines(keepends=True))


def _shouted_line(line: str) -> str:
    if line.isascii() or line.islower():
        return line
    words = _WORDS.findall(line)
    if any(map(_has_small_latin, words)):
        return _WORDS.sub(lambda found: _raised(found.group()), line)
    mixed = any(_is_mixed(word) for word in words)
    named = sum(word[0].isupper() for word in words) == len(words) > 1
    return line.translate(_CAPITALS) if mixed or named else line


def _raised(word: str) -> str:
    return word.translate(_CAPITALS) if _is_mixed(word) and not _has_small_latin(word) else word


def _has_small_latin(word: str) -> bool:
    return any("a" <= letter <= "z" for letter in word)


def _is_mixed(word: str) -> bool:
    """A capital behind the first letter, next to small ones."""
    return not word.isupper() and not word[1:].islower() and any(letter.isupper() for letter in word[1:])
