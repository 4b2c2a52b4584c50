"""How characters look and where their line is, asked of one for all that share it."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from pipeline.ingest.encodings import encoding_of
from pipeline.ingest.pdf import calls
from pipeline.ingest.pdf.view import View

_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # font descriptor flags of the PDF standard


@dataclass(frozen=True, slots=True)
class Look:
    """What the characters of a text object share. `joins` tells that those that touch may be one glyph.

    So it is where they stand on one line across the page and are in no old font; of that, `encoding` is the encoding.
    """

    size: float
    bold: bool
    italic: bool
    encoding: str | None
    joins: bool


class Looks:
    """Tells how a character looks and where it stands; its neighbours in a text object do the same."""

    def __init__(self, text: Any, view: View, assumed: str | None) -> None:
        self._page, self._view, self._assumed = calls.reference(text), view, assumed
        self._address = calls.address(text)
        self._matrix, self._flags, self._name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(128)
        self._shape = ctypes.byref(self._matrix)
        self._font = ctypes.addressof(self._name), len(self._name), ctypes.addressof(self._flags)
        self._origin = (ctypes.c_double * 2)()
        self._x = ctypes.byref(self._origin)
        self._y = ctypes.byref(self._origin, ctypes.sizeof(ctypes.c_double))
        self._found: dict[tuple[object, ...], Look] = {}

    def at(self, place: int, owner: int) -> tuple[Look, float]:
        """The look of the character at a place, the same object for the same look, and its baseline or NaN.

        `owner` is its text object, 0 where it has none.
        """
        known, size = calls.char_matrix(self._page, place, self._shape), calls.char_size(self._page, place)
        found = self._matrix
        shape = (found.c, found.d, found.a if self._view.turns % 2 else found.b) if known else None
        key = calls.font_of(owner) if owner else None, size, shape
        look = self._found.get(key)
        if look is None:
            calls.char_font(self._address, place, *self._font)
            look = self._found[key] = _look(self._name.value, self._flags.value, size, shape, self._assumed)
        told = calls.char_origin(self._page, place, self._x, self._y)
        return look, self._view.height(*self._origin) if told else math.nan


def _look(name: bytes, flags: int, size: float, shape: tuple[float, float, float] | None, assumed: str | None) -> Look:
    """The look of characters in a font; `shape` is two scales and the slope of their line, None where not known."""
    size *= 1.0 if shape is None else math.hypot(*shape[:2]) or 1.0
    size = round(size, 1) if math.isfinite(size) and 0 < size < 1000 else 1.0
    font = name.decode("utf-8", "replace")
    encoding, lower = encoding_of(font) or assumed, font.lower()
    bold = "bold" in lower or "black" in lower or bool(flags & _FORCE_BOLD)
    italic = "italic" in lower or "oblique" in lower or bool(flags & _ITALIC)
    return Look(size, bold, italic, encoding, shape is not None and not shape[2] and encoding is None)
