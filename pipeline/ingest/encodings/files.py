"""The bytes of a text file as text: Unicode in its forms, Windows-1258, TCVN3, VNI, VIQR."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.errors import DocumentError
from pipeline.ingest.encodings import tcvn3, texts, viqr, vni
from pipeline.ingest.encodings.evidence import shift
from pipeline.letters import composed

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROBE = 1 << 16  # bytes that are looked at: as much as 20 pages
# High bytes of what Vietnamese text in UTF-16 has: Latin, combining marks, Vietnamese letters, punctuation, symbols.
_BLOCKS = bytes((0x00, 0x01, 0x03, 0x1E, 0x20, 0x21, 0x22, 0x25, 0xF0))
_WIDE = 0.98  # share of them in a text; of random bytes, 9 in 256
_PLAIN = 0.4  # share of signs that are ASCII: Vietnamese has 0.7
LOST = 0.25  # share of what is no UTF-8 among all that is no ASCII; in an old encoding nearly all is
_KINDS = 3  # different words: bytes that are no UTF-8 must be something else, so fewer tell

_CP1252 = {code: codecs.decode(bytes([code]), "cp1252", "ignore") or chr(code) for code in range(128, 160)}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text in NFC, the encoding that it was in, and whether that is an old one, concluded from what the text says.

    `encoding` is Python's name of the Unicode, or cp1258, tcvn3, vn1, vni or viqr; an old one goes before the Unicode
    in which a program saved its codes. `lost` counts the signs of Unicode that are broken, and U+FFFD in the text.
    """

    text: str
    encoding: str
    guessed: bool = False
    lost: int = 0


def decode(data: bytes) -> Decoded:
    """The text of a file. Raises DocumentError ``encoding`` where it makes sense in none of the known encodings."""
    mark = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    encoding = mark or wide(data) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        lost = text.count("\ufffd")
        if lost <= LOST * (len(text) - len(text.encode("ascii", "ignore"))):
            return Decoded(composed(text), encoding, lost=lost)
        if mark:
            raise _unknown(error) from error
        return _legacy(data, error)
    text = composed(text)
    old = texts.recognise(text)
    return Decoded(text, encoding) if old is None else Decoded(texts.repair(text), old, guessed=True)


def narrow(data: bytes) -> bytes:
    """UTF-16 as UTF-8, other bytes as they are: for a look at how a file begins."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if marked else wide(data)
    return data.decode(encoding, "replace").encode() if encoding else data


def wide(data: bytes) -> str | None:
    """UTF-16 without a mark, as utf-16-le or utf-16-be; None for any other bytes."""
    probe = data[: min(_PROBE, len(data) & ~1)]
    for name, low, high in (("utf-16-le", probe[::2], probe[1::2]), ("utf-16-be", probe[1::2], probe[::2])):
        units = len(high)
        if units < 2 or len(high.translate(None, _BLOCKS)) > (1 - _WIDE) * units:
            continue
        plain = sum(above == 0 and 32 <= below < 127 for above, below in zip(high, low, strict=True))
        if plain >= _PLAIN * units:
            return name
    return None


def _legacy(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """The encoding of one byte a sign that makes most words Vietnamese."""
    probe = data[:_PROBE]
    seen = _seen(probe)
    found = {name: shift(seen, read(probe)) for name, read in BYTES.items()}
    best = max(found, key=lambda name: found[name].gained - found[name].lost)
    if not texts.proves(found[best], _KINDS) or not texts.makes_sense(found[best]):
        raise _unknown(error) from error
    return Decoded(BYTES[best](data), best, guessed=True)


def _seen(data: bytes) -> str:
    """Bytes as Windows shows them in the West."""
    return data.decode("latin-1").translate(_CP1252)


def _cp1258(data: bytes) -> str:
    return composed(data.decode("cp1258", "replace"))


# The first of equals is taken: text without capitals that have a tone is the same in the ABC set and in VN1.
BYTES: Mapping[str, Callable[[bytes], str]] = {
    "cp1258": _cp1258,
    "tcvn3": lambda data: tcvn3.decode(_seen(data)),
    "vn1": tcvn3.decode_vn1,
    "vni": lambda data: vni.decode(_seen(data)),
    "viqr": lambda data: viqr.decode(_seen(data)),
}
"""Encodings of one byte a sign, and how a file of each is read; none of them fails."""


def _unknown(error: Exception) -> DocumentError:
    message = (
        "Không nhận ra bảng mã của tệp văn bản này (không phải Unicode, TCVN3, VNI, VIQR hay Windows-1258). "
        "Hãy mở bằng Notepad hoặc Word và lưu lại với mã UTF-8."
    )
    return DocumentError("encoding", message, str(error))
