"""PDF documents with a text layer."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import DocumentError
from pipeline.ingest.layout import Sheet, arrange, sheet_of
from pipeline.ingest.pdf.pdfium import PdfFile
from pipeline.ingest.pdf.trust import lies, shares
from pipeline.ingest.reading import Reading, Settings, no_text
from pipeline.model import Warning

_FEW = 25  # characters a page: less is a page number or a stamp on a picture
_SCAN = 0.5  # of the page, covered by pictures


def read(data: bytes, settings: Settings) -> Reading:
    """Read a PDF with a text layer.

    Raises DocumentError ``truncated``, ``password``, ``too-large``, ``no-text`` (only pictures of pages) or
    ``lying-text-layer`` (a scan with a text layer that does not say what the page shows).
    """
    with PdfFile(data) as file:
        sheets = [sheet_of(file.content(index)) for index in range(len(file))]
    warnings = _check(sheets)
    blocks, asides = arrange(sheets)
    return Reading(tuple(blocks), len(sheets), tuple(asides), tuple(warnings))


# ── is there text, and is it to be believed ────────────────────────────────────────────────


def _check(sheets: Sequence[Sheet]) -> list[Warning]:
    """Warnings for single pages that hold no text. Raises DocumentError where that is so for the whole document."""
    texts = [sheet.texts for sheet in sheets]
    sizes = [sum(map(len, page)) for page in texts]
    scanned = sum(sheet.content.pictured for sheet in sheets) > _SCAN * len(sheets)
    if sum(sizes) < (_FEW * len(sheets) if scanned else 1):
        raise no_text(
            "Tệp PDF chỉ gồm ảnh hoặc nét vẽ của các trang,",
            "Cần nhận dạng chữ (OCR), chương trình chưa làm được; hãy xin bản .docx hoặc bản PDF có chữ.",
        )
    if lies((text for page in texts for text in page), scanned):
        raise _lying(texts, scanned)
    warnings = []
    for sheet, size in zip(sheets, sizes, strict=True):
        if size < _FEW and sheet.content.pictured > _SCAN:
            message = f"Trang {sheet.content.number} chỉ là ảnh quét, chưa đọc được chữ trên trang này."
            warnings.append(Warning("page-without-text", message, sheet.content.number))
    return warnings


def _lying(texts: Sequence[Sequence[str]], scanned: bool) -> DocumentError:
    if scanned:
        message = (
            "Lớp chữ của tệp PDF này không khớp với hình trang (bản quét được nhận dạng bằng tiếng Anh), không dùng "
            "được. Trang cần nhận dạng lại (OCR), chương trình chưa làm được; hãy xin bản .docx."
        )
    else:
        message = (
            "Chữ trong tệp PDF này không đọc được thành tiếng Việt (phông chữ đời cũ, phông bị mã hóa, hoặc văn bản "
            "tiếng nước ngoài). Hãy xin bản .docx dùng phông Unicode."
        )
    count, possible, accented = shares(text for page in texts for text in page)
    detail = f"{count} words, {possible:.2f} possible Vietnamese syllables, {accented:.2f} accented"
    return DocumentError("lying-text-layer", message, detail)
