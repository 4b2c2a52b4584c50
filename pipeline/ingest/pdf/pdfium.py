"""What PDFium sees on a page, as plain data: characters with their places, ruling lines, pictures.

This package alone speaks to PDFium, which is loaded when the first PDF is read. PDFium's origin is the lower left
corner and its pages may be turned; what is handed out is in points from the top left corner of the page as a reader
holds it.
"""

from __future__ import annotations

import math
from typing import Any

import pypdfium2
from pypdfium2 import raw

from pipeline.errors import DocumentError
from pipeline.ingest.encodings import OldText
from pipeline.ingest.layout.page import PageContent
from pipeline.ingest.pdf import forms, oldfonts
from pipeline.ingest.pdf.characters import Room, text_turns
from pipeline.ingest.pdf.drawing import drawing_of
from pipeline.ingest.pdf.stretches import stretches_of
from pipeline.ingest.pdf.view import View
from pipeline.ingest.reading import too_long, truncated

MAX_PAGES = 3000
_MAX_ANNOTATIONS = 1_000
_MAX_CHARACTERS = 300_000  # of a page: the closest print on A3 has 30,000, and PDFium and we take a kilobyte for each
_POINTS = 72.0  # an inch
_A4 = (595.0, 842.0)  # points
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_WHAT = "tệp PDF"


class PdfFile:
    """An open PDF. Close it, or use it in a ``with`` statement."""

    def __init__(self, data: bytes) -> None:
        """Open the file. Raises DocumentError ``truncated``, ``password`` or ``too-large``."""
        drawn = forms.most_drawn(data)
        if drawn > forms.MOST:
            message = (
                "Tệp PDF có hình lồng trong hình quá nhiều lần, có thể là tệp độc hại. Hãy in lại ra PDF, hoặc xin lại "
                "tệp từ nơi gửi."
            )
            raise DocumentError("too-large", message, f"a form draws {drawn} forms")
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
        self.broken: dict[int, str] = {}  # pages that could not be opened, by index, and what PDFium said
        self.old = OldText()
        self._room = Room()

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
        """What stands on a page; pages count from 0 here. One that cannot be opened is empty and noted in `broken`.

        `encoding` is the old one of fonts whose names say nothing. Raises DocumentError ``too-large``.
        """
        try:
            page = _stamped(self._document, index)
            text = page.get_textpage()
            if text.count_chars() > _MAX_CHARACTERS:
                raise too_long(f"page {index + 1}: {text.count_chars()} characters")
            content = _content(page, text, index + 1, encoding, self.old, self._room)
        except pypdfium2.PdfiumError as error:
            self.broken[index] = str(error)
            return PageContent(index + 1, *_A4, (), (), (), 0.0)
        text.close()
        page.close()
        return content

    def picture(self, index: int, dpi: int, most: int) -> tuple[Any, float]:
        """A page as it is shown (rows by columns by blue, green, red), and its dots per inch.

        That is `dpi`, or less where the page would have more than `most` pixels.

        Text that is there only to be searched for, as scanners lay it under a picture, is not shown. Raises
        DocumentError ``truncated``.
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


def _content(page: Any, text: Any, number: int, encoding: str | None, old: OldText, room: Room) -> PageContent:
    shown = page.get_rotation() // 90
    turns = text_turns(text, shown)
    view = View(turns, page.get_bbox())
    width, height = view.size
    horizontals, verticals, pictured, formed = drawing_of(page, view)
    area = max(width * height, 1.0)
    glyphs, codes = stretches_of(text, view, room, encoding, formed=formed)
    if codes:
        glyphs = oldfonts.shown(glyphs, codes, old)
    covered = min(pictured / area, 1.0)
    quarters = (turns - shown) % 4  # of the page as it is shown, which lies as its text does but for some annexes
    return PageContent(number, width, height, glyphs, horizontals, verticals, covered, quarters=quarters)
