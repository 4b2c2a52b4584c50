"""The functions of PDFium that are asked of every character or object of a page, called with bare numbers.

Through pypdfium2 such a call costs several times what PDFium does in it, for each pointer is checked and wrapped. Here
pointers are addresses: of pages see `address`, of memory for an answer `ctypes.addressof`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw


def address(page: Any) -> int:
    """Where a page or a text page of pypdfium2 lies; it has to stay open as long as it is asked."""
    return ctypes.cast(page.raw, ctypes.c_void_p).value or 0


def reference(page: Any) -> Any:
    """A page or a text page of pypdfium2 as a pointer that need not be made anew for each call; see `address`."""
    return ctypes.byref(ctypes.c_char.from_address(address(page)))


def _bare(function: Any) -> Callable[..., Any]:
    result, *arguments = (_number(kind) for kind in (function.restype, *function.argtypes))
    place: Any = ctypes.cast(function, ctypes.c_void_p).value
    # The interpreter's lock is kept: to let it go and take it again lasts longer than the call.
    return ctypes.PYFUNCTYPE(result, *arguments)(place)


def _barest(function: Any) -> Callable[..., Any]:
    """The function without the kinds of its arguments: numbers are 32-bit integers, and pointers references.

    ctypes has nothing to convert then, and a call lasts half as long.
    """
    place: Any = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(_number(function.restype))(place)


def _number(kind: Any) -> Any:
    return ctypes.c_void_p if hasattr(kind, "contents") else kind


# of a text page and the index of a character
char_font = _bare(raw.FPDFText_GetFontInfo)

# the same, but asked so often that it is of the `reference` of a text page, and the `byref` of the room for an answer
char_box = _barest(raw.FPDFText_GetLooseCharBox)
char_object = _barest(raw.FPDFText_GetTextObject)
char_angle = _barest(raw.FPDFText_GetCharAngle)
char_is_generated = _barest(raw.FPDFText_IsGenerated)
char_origin = _barest(raw.FPDFText_GetCharOrigin)
char_matrix = _barest(raw.FPDFText_GetMatrix)
char_size = _barest(raw.FPDFText_GetFontSize)

font_of = _bare(raw.FPDFTextObj_GetFont)  # of a text object, which `char_object` tells

# of a page or a form, and the index of an object
page_count = _bare(raw.FPDFPage_CountObjects)
page_object = _bare(raw.FPDFPage_GetObject)
form_count = _bare(raw.FPDFFormObj_CountObjects)
form_object = _bare(raw.FPDFFormObj_GetObject)

# of an object
kind_of = _bare(raw.FPDFPageObj_GetType)
bounds_of = _bare(raw.FPDFPageObj_GetBounds)
matrix_of = _bare(raw.FPDFPageObj_GetMatrix)
draw_mode = _bare(raw.FPDFPath_GetDrawMode)
segment_count = _bare(raw.FPDFPath_CountSegments)
segment = _bare(raw.FPDFPath_GetPathSegment)
point_of = _bare(raw.FPDFPathSegment_GetPoint)
segment_kind = _bare(raw.FPDFPathSegment_GetType)
closes = _bare(raw.FPDFPathSegment_GetClose)
