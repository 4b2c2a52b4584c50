"""What PDFium sees on a page, as plain data: characters with their places, ruling lines, pictures.

The only module that speaks to PDFium; it is imported when the first PDF is read. PDFium's origin is the lower left
corner and its pages may be turned; here all is in points from the top left corner of the page as a reader holds it.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from pipeline.errors import DocumentError
from pipeline.ingest.layout.page import Glyph, PageContent, Ruling
from pipeline.ingest.reading import truncated
from pipeline.model import Box

MAX_PAGES = 3000
_MAX_OBJECTS = 50_000  # page objects looked at for ruling lines; a map drawn with millions of strokes is no table
_MAX_SEGMENTS = 2_000  # segments of one path
_MAX_ANNOTATIONS = 1_000
_POINTS = 72.0  # an inch
_THIN = 3.0  # points: a filled rectangle thinner than this is a ruling line
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # font descriptor flags of the PDF standard
_WHAT = "tệp PDF"

Point = Callable[[float, float], tuple[float, float]]


class PdfFile:
    """An open PDF. Close it, or use it in a ``with`` statement."""

    def __init__(self, data: bytes) -> None:
        """Open the file. Raises DocumentError ``truncated``, ``password`` or ``too-large``."""
        try:
            self._document = pypdfium2.PdfDocument(data)
            count = len(self._document)
        except pypdfium2.PdfiumError as error:
            raise _not_opened(error) from error
        if count > MAX_PAGES:
            self.close()
            message = f"Tệp PDF có hơn {MAX_PAGES} trang. Hãy tách thành nhiều tệp."
            raise DocumentError("too-large", message, f"{count} pages")
        if count == 0:
            self.close()
            raise truncated(_WHAT, "no pages")
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back."""
        self._document.close()

    def content(self, index: int) -> PageContent:
        """What stands on a page; pages count from 0 here. Raises DocumentError ``truncated``."""
        try:
            page = _stamped(self._document, index)
            text = page.get_textpage()
            content = _content(page, text, index + 1)
        except pypdfium2.PdfiumError as error:
            raise truncated(_WHAT, f"page {index + 1}: {error}") from error
        text.close()
        page.close()
        return content

    def picture(self, index: int, dpi: int, most: int) -> tuple[Any, float]:
        """A page as it is shown (rows by columns by blue, green, red), and its dots per inch.

        That is `dpi`, or less where the page would have more than `most` pixels.

        Text that is there only to be searched for, as scanners lay it under a picture, is not shown.
        """
        try:
            page = _stamped(self._document, index)
            width, height = page.get_size()
            scale = min(dpi / _POINTS, math.sqrt(most / max(width * height, 1.0)))
            pixels = page.render(scale=scale, rev_byteorder=False).to_numpy()
        except pypdfium2.PdfiumError as error:
            raise truncated(_WHAT, f"page {index + 1}: {error}") from error
        found = pixels[:, :, :3].copy()
        page.close()
        return found, scale * _POINTS


def _not_opened(error: Exception) -> DocumentError:
    if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
        message = "Tệp PDF được đặt mật khẩu. Hãy mở tệp, bỏ mật khẩu (in lại ra PDF), rồi thử lại."
        return DocumentError("password", message, str(error))
    return truncated(_WHAT, error)


def _stamped(document: Any, index: int) -> Any:
    """The page with its annotations drawn into it: an office that signs stamps number and date on as annotations."""
    page = document[index]
    if _has_stamps(page) and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page.close()
        page = document[index]  # the text of the page is read anew
    return page


def _has_stamps(page: Any) -> bool:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MAX_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_FREETEXT):
            return True
    return False


def _content(page: Any, text: Any, number: int) -> PageContent:
    turns = _text_turns(text, page.get_rotation() // 90)
    left, bottom, right, top = page.get_bbox()
    width, height = abs(right - left), abs(top - bottom)
    point = _mapping(turns, (min(left, right), min(bottom, top), max(left, right), max(bottom, top)))
    if turns % 2:
        width, height = height, width
    horizontals, verticals, pictured = _drawing(page, point)
    area = max(width * height, 1.0)
    glyphs = tuple(_glyphs(text, point))
    return PageContent(number, width, height, glyphs, horizontals, verticals, min(pictured / area, 1.0))


def _mapping(turns: int, box: tuple[float, float, float, float]) -> Point:
    """From PDF space to the page as held: `turns` quarter turns clockwise, origin at the top left."""
    left, bottom, right, top = box
    if turns == 1:
        return lambda x, y: (y - bottom, x - left)
    if turns == 2:
        return lambda x, y: (right - x, y - bottom)
    if turns == 3:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


# ── characters ─────────────────────────────────────────────────────────────────────────────


def _text_turns(text: Any, turned: int) -> int:
    """Quarter turns that make most of the text upright; of a page without text, those that it is shown with.

    An annex may lie sideways on an upright page: then it is read as it would be with the sheet turned.
    """
    count = raw.FPDFText_CountChars(text)
    step = max(count // 200, 1)
    angles = Counter(
        -round(raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4  # PDFium counts clockwise
        for index in range(0, count, step)
        if not raw.FPDFText_IsGenerated(text, index)
    )
    return angles.most_common(1)[0][0] if angles else turned


def _glyphs(text: Any, point: Point) -> Iterator[Glyph]:
    rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    fonts = _Fonts(text)
    spaced, index, last = False, 0, None
    for place in range(raw.FPDFText_CountChars(text)):
        char = _character(raw.FPDFText_GetUnicode(text, place))
        if char.isspace() or not char:
            spaced = spaced or bool(char)
            continue
        if unicodedata.combining(char) and last is not None:
            last.text += char  # a tone mark set as a character of its own belongs to its letter, wherever it is drawn
            continue
        if not raw.FPDFText_GetLooseCharBox(text, place, rect) or not raw.FPDFText_GetCharOrigin(text, place, x, y):
            continue
        if not all(map(math.isfinite, (rect.left, rect.bottom, rect.right, rect.top, x.value, y.value))):
            continue
        box = _box(point, rect.left, rect.bottom, rect.right, rect.top)
        size, bold, italic = fonts.at(place)
        if last is not None:
            yield last
        last = Glyph(index, char, box, point(x.value, y.value)[1], size, bold, italic, spaced)
        index, spaced = index + 1, False
    if last is not None:
        yield last


def _character(code: int) -> str:
    """The character; PDFium gives a hyphen at the end of a line as U+FFFE or U+0002, for it expects hyphenation."""
    if code in (0xFFFE, 0x02, 0xAD) or 0xF000 <= code <= 0xF0FF:  # the latter: a bullet of Symbol or Wingdings
        return "-"
    if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0x7F, 0xFEFF, 0x200B, 0xFFFF) or code > 0x10FFFF:
        return " " if code in (0x09, 0x0A, 0x0D) else ""
    return chr(code)


def _box(point: Point, left: float, bottom: float, right: float, top: float) -> Box:
    (x0, y0), (x1, y1) = point(left, bottom), point(right, top)
    x0, y0, x1, y1 = round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


class _Fonts:
    """Size and look of characters, asked for once a text object."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._key: int | None = None
        self._look = (0.0, False, False)

    def at(self, place: int) -> tuple[float, bool, bool]:
        owner = raw.FPDFText_GetTextObject(self._text, place)
        key = ctypes.cast(owner, ctypes.c_void_p).value
        if key is None or key != self._key:
            self._key, self._look = key, self._ask(place)
        return self._look

    def _ask(self, place: int) -> tuple[float, bool, bool]:
        matrix, flags, name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(128)
        scale = 1.0
        if raw.FPDFText_GetMatrix(self._text, place, matrix):
            scale = math.hypot(matrix.c, matrix.d) or 1.0
        raw.FPDFText_GetFontInfo(self._text, place, name, 128, flags)
        font = name.value.decode("utf-8", "replace").lower()
        size = raw.FPDFText_GetFontSize(self._text, place) * scale
        bold = "bold" in font or "black" in font or bool(flags.value & _FORCE_BOLD)
        italic = "italic" in font or "oblique" in font or bool(flags.value & _ITALIC)
        return (round(size, 1) if math.isfinite(size) and 0 < size < 1000 else 1.0), bold, italic


# ── drawing ────────────────────────────────────────────────────────────────────────────────


def _drawing(page: Any, point: Point) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...], float]:
    """Horizontal and vertical ruling lines, and the area of the pictures in square points."""
    horizontals: list[Ruling] = []
    verticals: list[Ruling] = []
    pictured = 0.0
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for seen, item in enumerate(page.get_objects(filter=kinds, max_depth=4)):
        if seen >= _MAX_OBJECTS:
            break
        try:
            box = _box(point, *item.get_bounds())
        except pypdfium2.PdfiumError:  # an object without extent draws nothing
            continue
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictured += (box.right - box.left) * (box.bottom - box.top)
            continue
        for start, end in _edges(item, box, point):
            _add_ruling(start, end, horizontals, verticals)
    return tuple(horizontals), tuple(verticals), pictured


def _add_ruling(
    start: tuple[float, float], end: tuple[float, float], horizontals: list[Ruling], verticals: list[Ruling]
) -> None:
    wide, high = abs(start[0] - end[0]), abs(start[1] - end[1])
    if not math.isfinite(wide + high):
        return
    if high <= 1.0 < wide:
        horizontals.append(Ruling(min(start[0], end[0]), max(start[0], end[0]), (start[1] + end[1]) / 2))
    elif wide <= 1.0 < high:
        verticals.append(Ruling(min(start[1], end[1]), max(start[1], end[1]), (start[0] + end[0]) / 2))


def _edges(item: Any, box: Box, point: Point) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight edges of a path; a thin filled rectangle counts as the line that it is."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroked)
    wide, high = box.right - box.left, box.bottom - box.top
    if min(wide, high) <= _THIN:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        yield ((box.left, y), (box.right, y)) if wide >= high else ((x, box.top), (x, box.bottom))
    elif stroked.value:
        yield from _segments(item, point)


def _segments(item: Any, point: Point) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = None
    for index in range(min(raw.FPDFPath_CountSegments(item), _MAX_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        here = point(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield last, here
        if raw.FPDFPathSegment_GetClose(segment) and first is not None and first != here:
            yield here, first
        last = here
