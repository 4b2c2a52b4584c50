"""Vietnamese as the old encodings write it, and sentences to write: apart from the readers, so as to test them."""

from __future__ import annotations

import unicodedata

SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
LETTERS = SMALL + SMALL.upper()

# The ABC fonts as cp1252 shows them; of the capitals they have those without a tone.
_ABC = dict(
    zip(
        SMALL + "ĂÂĐÊÔƠƯ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        strict=True,
    )
)
_VNI_SMALL = (
    "aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä ñ eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò "
    "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î"
).split()
_VNI = dict(zip(LETTERS, [*_VNI_SMALL, *(signs.upper() for signs in _VNI_SMALL)], strict=True))
# The capitals of TCVN 5712:1993 VN1, as the C library of GNU has them (iconv -t TCVN5712-1).
_VN1_CAPITALS = bytes.fromhex(
    "8083818284 a1afc0babf85 a2c1c4c2c386 a7 878a88898b a3c5dacdd98c 8d908e8f91 9295939496 a4dbffe0f097 a5989b999a9c "
    "9d019e9f02 a60411050612 1316141517"
)
_VN1 = dict(zip(SMALL.upper(), _VN1_CAPITALS.decode("latin-1"), strict=True)) | {
    letter: sign for letter, sign in _ABC.items() if letter in SMALL
}
_VIQR = dict(zip("\u0302\u0306\u031b\u0301\u0300\u0309\u0303\u0323", "^(+'`?~.", strict=True))
_CP1258_TONES = "\u0300\u0301\u0303\u0309\u0323"

MARKS = "".join(sorted({signs[1] for signs in _VNI.values() if len(signs) == 2}))
"""What VNI writes behind a letter."""


def abc(text: str) -> str:
    """In an ABC font: capitals with a tone as small letters, for it has no others."""
    return "".join(_ABC.get(char) or _ABC.get(char.lower(), char) for char in text)


def abc_capitals(text: str) -> str:
    """In an ABC font that shows capitals (``.VnTimeH``)."""
    return abc(text.lower())


def vni(text: str) -> str:
    """In a VNI font."""
    return "".join(_VNI.get(char, char) for char in text)


def vn1(text: str) -> bytes:
    """A file in TCVN 5712:1993 VN1."""
    return "".join(_VN1.get(char, char) for char in text).encode("latin-1")


def viqr(text: str) -> str:
    """As RFC 1456 has it: with a backslash before a sign that would be read as a part of the letter before it."""
    written = ""
    for char in text:
        if char in "đĐ":
            written += "dd" if char == "đ" else "DD"
            continue
        base, marks = (parts := unicodedata.normalize("NFD", char))[0], parts[1:]
        signs = "".join(sorted((_VIQR[mark] for mark in marks if mark in _VIQR), key="'`?~.".find))
        if char in "'`?~.^(+" and written[-1:].lower() in tuple("aeiouy^(+"):
            base = "\\" + base
        written += base + signs
    return written


def cp1258(text: str) -> bytes:
    """A file in Windows-1258: letters with a tone are a letter and a tone behind it."""
    return "".join(_without_tone(char) for char in text).encode("cp1258")


def _without_tone(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    tones = [part for part in parts if part in _CP1258_TONES]
    shape = "".join(part for part in parts if part not in _CP1258_TONES)
    return unicodedata.normalize("NFC", shape) + "".join(tones)


# Words of the field; each sentence begins with one of the first row, whose capitals an ABC font has.
_FIRST = "Trước Kết Báo Đẩy Ưu Văn Chủ Phối Giao Rà Công Định Ôn".split()
_WORDS = (
    "và các cả xã hạn năm bằng nhắc khẳng sẵn đặt dân cầu cấp đẩy mẫu tập đúng bè bé trẻ sẽ hẹn lên về kế thể lễ việc "
    "trì chí chỉ nghĩa thị phòng có nhỏ rõ họp công đồng số tổ hỗ bộ cơ giờ với sở đỡ trợ cùng phú chủ lũ vụ tư từ thứ "
    "xử giữ dự kỳ lý tỷ quỹ kỵ UBND hoạch 15/6/2026 thực hiện nhiệm vụ 12/KH-UBND, tháng 9 trách nhiệm phường thôn"
).split()


def sentences() -> list[str]:
    """200 lines with all letters in both cases: each fourth in capitals, as titles are set."""
    found = []
    for number in range(200):
        words = (_WORDS[(number * 17 + place * 7) % len(_WORDS)] for place in range(11))
        line = " ".join((_FIRST[number % len(_FIRST)], *words)) + (" theo quy định." if number % 2 else " trong năm")
        found.append(line.upper() if number % 4 == 3 else line)
    return found
