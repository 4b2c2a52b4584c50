"""E-mails, RTF, pictures and plain text broken in their own ways."""

from __future__ import annotations

import random
import re
import struct
import zlib

from broken.general import DEEP, NUMBERS, replaced

_CONTROL_WORD = re.compile(rb"\\[a-z]+(-?\d+)")
_FIELD = re.compile(rb"(?:boundary|charset|filename|name)=\"?([^\s\";]*)|^Content-[A-Za-z-]+: ([^\s;]*)", re.MULTILINE)
_FIELDS = (
    b"", b"base64", b"quoted-printable", b"x-uuencode", b"utf-7", b"idna", b"undefined", b"multipart/mixed",
    b"text/html", b"message/rfc822", b"=?utf-8?b?!!?=", b"../../outside.docx", b"\xff\xfe", b"a*0*=%ff",
)  # fmt: skip


def fields(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Headers of a mail with other boundaries, encodings, kinds and names."""
    places = [match.span(match.lastindex or 0) for match in _FIELD.finditer(data)]
    return replaced(data, places, chance, _FIELDS)


def control_words(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """RTF with other numbers, or groups in groups."""
    if chance.random() < 0.2:
        place = chance.randrange(len(data))
        return data[:place] + chance.choice((b"{" * DEEP, b"}", b"\\bin99999999 ")) + data[place:]
    return replaced(data, [match.span(1) for match in _CONTROL_WORD.finditer(data)], chance, NUMBERS)


def picture_words(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A number in the head of a picture changed; the check sum of a PNG put right again."""
    found = bytearray(data)
    place = chance.randrange(8, 200)
    size = chance.choice((2, 4))
    value = chance.choice((0, 1, 30_000, 0x7FFFFFFF, chance.getrandbits(32)))
    found[place : place + size] = struct.pack(">I", value)[-size:]
    if data.startswith(b"\x89PNG"):
        found[29:33] = struct.pack(">I", zlib.crc32(found[12:29]))
    return bytes(found)


def lines(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Lines in another order, marks of tables and emphasis among them."""
    found = data.split(b"\n")
    for _ in range(chance.choice((1, 10, 100))):
        mark = chance.choice((b"|---|---|", b"| ^ | < | ^ |", b"**", b"\f", b"- ", b"\x00", b"&#1114111;", b"|" * 3000))
        found.insert(chance.randrange(len(found)), chance.choice((mark, chance.choice(found))))
    return b"\n".join(found)
