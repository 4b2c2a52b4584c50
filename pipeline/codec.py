"""A directive as bytes and back, exactly: what a journal keeps, and what a process that has read a document sends.

Behind it may stand the view of its document, as `pipeline.review.view` encodes it.

Not pickled: a journal that was tampered with must start nothing, and pickle takes three times as long.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from typing import TYPE_CHECKING

from pipeline.errors import OutputError
from pipeline.model import Directive

if TYPE_CHECKING:
    import msgspec

__all__ = ["Damaged", "decode", "encode", "view_in"]

LARGEST = 1 << 30  # bytes of one directive, unpacked: evidence of the longest text that is read stays far below
_PACKED, _ESCAPED, _VIEWED = b"m", b"j", b"v"
_LENGTH = 8  # bytes behind the sign of a directive with a view: how long the directive is
_LEVEL = 1  # of zlib: 6 takes three times as long for a tenth less


class Damaged(OutputError):
    """The bytes are not what `encode` makes."""

    def __init__(self, detail: str) -> None:
        message = "Một kết quả trong nhật ký bị hỏng. Hãy xóa tệp nhật ký (.dondoc-….sqlite) rồi chạy lại."
        super().__init__("journal-damaged", message, detail)


def encode(directive: Directive, view: bytes | None = None) -> bytes:
    """The directive as MessagePack, compressed; with half surrogate pairs in it as JSON that escapes them."""
    packed = _encoded(directive)
    return packed if view is None else _VIEWED + len(packed).to_bytes(_LENGTH, "big") + packed + view


def _encoded(directive: Directive) -> bytes:
    try:
        return _PACKED + zlib.compress(_encoder().encode(directive), _LEVEL)
    except UnicodeEncodeError:  # the name of a file may hold bytes that are no UTF-8
        import msgspec

        return _ESCAPED + zlib.compress(json.dumps(msgspec.to_builtins(directive)).encode("ascii"), _LEVEL)


def decode(data: object) -> Directive:
    """The directive that `encode` was given. Raises `Damaged`."""
    import msgspec

    if not isinstance(data, bytes):  # a column of SQLite holds whatever somebody wrote there
        raise Damaged(type(data).__name__)
    data, _ = _apart(data)
    try:
        unpacked = _unpacked(data[1:])
        if data[:1] == _PACKED:
            return _decoder().decode(unpacked)
        return msgspec.convert(json.loads(unpacked), Directive)
    except (zlib.error, msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Damaged(f"{type(error).__name__}: {error}") from error


def view_in(data: bytes) -> bytes | None:
    """The view that `encode` was given with the directive."""
    return _apart(data)[1]


def _apart(data: bytes) -> tuple[bytes, bytes | None]:
    if data[:1] != _VIEWED:
        return data, None
    begin = 1 + _LENGTH
    end = begin + int.from_bytes(data[1:begin], "big")
    return data[begin:end], data[end:]


def _unpacked(data: bytes) -> bytes:
    """What was compressed. A few bytes that unpack to more than `LARGEST` are refused before they are unpacked."""
    unpacking = zlib.decompressobj()
    found = unpacking.decompress(data, LARGEST)
    if not unpacking.eof or unpacking.unused_data:
        raise Damaged("cut off, or longer than it says")
    return found


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    import msgspec

    return msgspec.msgpack.Encoder()


@cache
def _decoder() -> msgspec.msgpack.Decoder[Directive]:
    import msgspec

    return msgspec.msgpack.Decoder(Directive)
