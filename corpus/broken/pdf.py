"""The structure of a PDF broken: numbers, references, places, keywords, the tree of pages, what streams hold."""

from __future__ import annotations

import random
import re
import zlib

from broken.general import BYTES, DEEP, NUMBERS, Change, replaced

_COUNTED = re.compile(
    rb"/(?:Length1?|Count|Size|Prev|W|First|N|Width|Height|BitsPerComponent|Predictor|Columns|Rotate|Index|FirstChar"
    rb"|LastChar|Colors|MediaBox|FontBBox|Matrix|ItalicAngle|Flags)\s*\[?\s*(-?\d+)"
)
_REFERENCE = re.compile(rb"\b\d+ 0 R\b")
_OFFSET = re.compile(rb"\b\d{10} \d{5} [nf]|startxref\s+\d+|\b\d+ 0 obj")
_WORD = re.compile(rb"\b(?:endobj|obj|endstream|stream|xref|trailer|startxref)\b|/[A-Z][A-Za-z0-9-]+|<<|>>|\[|\]")
_KIDS = re.compile(rb"/Kids\s*\[[^\]]*\]")
_STREAM = re.compile(rb"/Filter\s*/FlateDecode(.{0,200}?)stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_WORDS = (
    b"", b"endobj", b"stream", b"endstream", b">>", b"<<", b"/Type/Pages", b"/Filter/LZWDecode", b"/JBIG2Decode", b"[",
    b"/JPXDecode", b"/DCTDecode", b"/Type3", b"/Type1", b"/CIDFontType0", b"/TrueType", b"/Identity-V",
    b"/Encrypt 1 0 R",
)  # fmt: skip


def numbers(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Sizes, counts and corners that are not so."""
    return replaced(data, [match.span(1) for match in _COUNTED.finditer(data)], chance, NUMBERS)


def references(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """References to objects of another kind, to themselves or to none."""
    found = list(_REFERENCE.finditer(data))
    by = [match.group() for match in found] + [b"0 0 R", b"99999 0 R"]
    return replaced(data, [match.span() for match in found], chance, by)


def offsets(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A cross-reference table that leads elsewhere."""
    by = (b"startxref\n9", b"0000000009 00000 n", b"9999999999 65535 f", b"1 0 obj", b"-1 0 obj", b"")
    return replaced(data, [match.span() for match in _OFFSET.finditer(data)], chance, by)


def words(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Keywords and names in each other's place."""
    return replaced(data, [match.span() for match in _WORD.finditer(data)], chance, _WORDS)


def loop(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A tree of pages that holds itself, or brackets in brackets."""
    references = [match.group() for match in _REFERENCE.finditer(data)] or [b"1 0 R"]
    kids = b"/Kids[" + b" ".join(chance.choices(references, k=chance.choice((1, 5, 500)))) + b"]"
    deep = b"/Kids" + b"[" * DEEP
    return _KIDS.sub(lambda _: chance.choice((kids, kids, deep)), data)


def streams(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Streams unpacked and broken inside: what pages draw, fonts, maps of letters, the table of objects."""

    def broken(match: re.Match[bytes]) -> bytes:
        try:
            plain = zlib.decompress(match[2])
        except zlib.error:
            return match.group()
        if chance.random() < 0.5:
            plain = chance.choice(BYTES)(plain or b" ", other, chance)
        else:
            plain = replaced(plain, [m.span() for m in re.finditer(rb"-?\d+(?:\.\d+)?", plain)], chance, NUMBERS)
        return match[1] + b"stream\n" + plain + b"\nendstream"

    return _STREAM.sub(lambda match: broken(match) if chance.random() < 0.3 else match.group(), data)


STRUCTURE: tuple[Change, ...] = (numbers, references, offsets, words, loop)
