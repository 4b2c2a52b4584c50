"""What PDFium sees on a page, as plain data: characters with their places, ruling lines, pictures.

The only module that speaks to PDFium; it is imported when the first PDF is read. PDFium's origin is the lower left
corner and its pages may be turned; here all is in points from the top left corner of the page as a reader holds it.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from pipeline.errors import DocumentError
from pipeline.ingest.encodings import OldText
from pipeline.ingest.layout.page import PageContent, Ruling
from pipeline.ingest.pdf import oldfonts
from pipeline.ingest.pdf.characters import characters_of, text_turns
from pipeline.ingest.pdf.view import View
from pipeline.ingest.reading import truncated
from pipeline.model import Box

MAX_PAGES = 3000
_MAX_OBJECTS = 50_000  # page objects looked at for ruling lines; a map drawn with millions of strokes is no table
_MAX_SEGMENTS = 2_000  # segments of one path
_MAX_ANNOTATIONS = 1_000
_POINTS = 72.0  # an inch
_THIN = 3.0  # points: a filled rectangle thinner than this is a ruling line
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_WHAT = "tệp PDF"


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
        self.old = OldText()

    def __len__(self) -> int:
        return self._count

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back."""
        self._document.close()

    def content(self, index: int, encoding: str | None = None) -> PageContent:
        """What stands on a page; pages count from 0 here. Raises DocumentError ``truncated``.

        `encoding` is the old one of fonts whose names say nothing.
        """
        try:
            page = _stamped(self._document, index)
            text = page.get_textpage()
            content = _content(page, text, index + 1, encoding, self.old)
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


def _content(page: Any, text: Any, number: int, encoding: str | None, old: OldText) -> PageContent:
    turns = text_turns(text, page.get_rotation() // 90)
    view = View(turns, page.get_bbox())
    width, height = view.size
    horizontals, verticals, pictured = _drawing(page, view)
    area = max(width * height, 1.0)
    glyphs, codes = characters_of(text, view, encoding)
    if codes:
        glyphs = oldfonts.shown(glyphs, codes, old)
    return PageContent(number, width, height, glyphs, horizontals, verticals, min(pictured / area, 1.0))


# ── drawing ────────────────────────────────────────────────────────────────────────────────


def _drawing(page: Any, view: View) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...], float]:
    """Horizontal and vertical ruling lines, and the area of the pictures in square points."""
    horizontals: list[Ruling] = []
    verticals: list[Ruling] = []
    pictured = 0.0
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for seen, item in enumerate(page.get_objects(filter=kinds, max_depth=4)):
        if seen >= _MAX_OBJECTS:
            break
        try:
            box = view.box(*item.get_bounds())
        except pypdfium2.PdfiumError:  # an object without extent draws nothing
            continue
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictured += (box.right - box.left) * (box.bottom - box.top)
            continue
        for start, end in _edges(item, box, view):
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


def _edges(item: Any, box: Box, view: View) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight edges of a path; a thin filled rectangle counts as the line that it is."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroked)
    wide, high = box.right - box.left, box.bottom - box.top
    if min(wide, high) <= _THIN:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        yield ((box.left, y), (box.right, y)) if wide >= high else ((x, box.top), (x, box.bottom))
    elif stroked.value:
        yield from _segments(item, view)


def _segments(item: Any, view: View) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = None
    for index in range(min(raw.FPDFPath_CountSegments(item), _MAX_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        here = view.point(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield last, here
        if raw.FPDFPathSegment_GetClose(segment) and first is not None and first != here:
            yield here, first
        last = here
