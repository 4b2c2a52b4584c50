"""How TCVN3 and VNI write the Vietnamese letters: one byte each, and a letter with a mark behind it.

TCVN3 is the 8-bit set of the ABC fonts (``.VnTime`` …), a part of TCVN 5712:1993. These fonts have no capitals with
a tone: those are small letters in a font whose name ends in H. The whole set of the standard, VN1, has them at codes
where Windows has quotation marks and controls; text files of Unix hold it, fonts do not. The combining tones of VN1
(0xB0-0xB4) are not read: every letter has a code of its own, and text has ° ² ³ in that place.

VNI: the Windows fonts of that name (``VNI-Times`` …).
"""

from __future__ import annotations

import unicodedata

# In rows: the first code, then the letters one after another; a dot leaves a code out.
_ABC_ROWS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ.ằẳẵắ"),
    (0xC6, "ặầẩẫấậè.ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"),
)
_VN1_ROWS = (
    *_ABC_ROWS,
    (0x01, "ÚỤ.ỪỬỮ"),
    (0x11, "ỨỰỲỶỸÝỴ"),
    (0x80, "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"),
    (0xAF, "Ằ"),
    (0xBA, "Ẳ"),
    (0xBF, "ẴẮẦẨẪẤỀ"),
    (0xCD, "Ể"),
    (0xD9, "ỄẾỒ"),
    (0xE0, "Ổ"),
    (0xF0, "Ỗ"),
    (0xFF, "Ố"),
)

# Marks of VNI behind a letter, in the order: acute, grave, hook, tilde, dot; a letter alone, with â, with ă.
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_VNI_TONES = dict(zip(_TONES, "ùøûõï", strict=True))
_VNI_CIRCUMFLEX = dict(zip(_TONES, "áàåãä", strict=True), **{"": "â"})
_VNI_BREVE = dict(zip(_TONES, "éèúüë", strict=True), **{"": "ê"})
# Letters that VNI writes as one sign; ơ and ư take their tones as plain letters do.
_VNI_SINGLE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}

_SMALL_MARKS = "".join((*_VNI_TONES.values(), *_VNI_CIRCUMFLEX.values(), *_VNI_BREVE.values()))
VNI_MARKS = _SMALL_MARKS + _SMALL_MARKS.upper()
"""What VNI puts behind a letter. None of these stands alone, and none of its letters of one sign is among them."""


def _letters() -> str:
    """All 134: the 67 marked small letters and their capitals."""
    marked = [unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in ("", *_TONES)]
    small = [letter for letter in marked if not letter.isascii()] + ["đ"]
    return "".join(small) + "".join(small).upper()


LETTERS = _letters()


def abc() -> dict[int, str]:
    """Code of the ABC fonts → letter: the small ones, and the seven capitals without a tone."""
    return _codes(_ABC_ROWS)


def vn1() -> dict[int, str]:
    """Code of TCVN 5712 VN1 → letter: all 134."""
    return _codes(_VN1_ROWS)


def _codes(rows: tuple[tuple[int, str], ...]) -> dict[int, str]:
    return {first + offset: letter for first, letters in rows for offset, letter in enumerate(letters) if letter != "."}


def vni() -> dict[str, str]:
    """The signs of VNI, seen as Windows-1252 → the letter. A mark may be of the other case than its letter."""
    table: dict[str, str] = {}
    for letter in LETTERS[: len(LETTERS) // 2]:
        signs = _vni_signs(letter)
        for mark in {signs[1:], signs[1:].upper()}:
            table[signs[0] + mark] = letter
            table[signs[0].upper() + mark] = letter.upper()
    return table


def _vni_signs(letter: str) -> str:
    if letter in _VNI_SINGLE:
        return _VNI_SINGLE[letter]
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    tone = next((mark for mark in marks if mark in _VNI_TONES), "")
    if "\u0302" in marks:
        return base + _VNI_CIRCUMFLEX[tone]
    if "\u0306" in marks:
        return base + _VNI_BREVE[tone]
    if "\u031b" in marks:
        base = _VNI_SINGLE["ơ" if base == "o" else "ư"]
    return base + _VNI_TONES[tone]
