"""PDF documents: the text layer where it says what the page shows, else the page as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.errors import DocumentError
from pipeline.ingest.encodings import recognise
from pipeline.ingest.layout import PageContent, Sheet, arrange, sheet_of, sheets_of
from pipeline.ingest.pdf.pdfium import PdfFile
from pipeline.ingest.reading import Reading, Settings, no_text
from pipeline.ingest.syllables import lies, shares
from pipeline.model import Warning

_FEW = 25  # characters a page: less is a page number or a stamp on a picture
_SCAN = 0.5  # of the page, covered by pictures


def read(data: bytes, settings: Settings) -> Reading:
    """Read a PDF.

    Raises DocumentError ``truncated``, ``password``, ``too-large``, and where no page can be read ``no-text`` (only
    pictures of pages), ``lying-text-layer`` (the text layer does not say what the pages show) or ``program-missing``.
    A document of which some pages can be read has errors that name the others.
    """
    with PdfFile(data) as file:
        sheets = sheets_of(file.content(index) for index in range(len(file)))
        encoding = recognise("\n".join(text for sheet in sheets for text in sheet.texts))
        if encoding is not None:  # of fonts whose names did not tell
            sheets = sheets_of(file.content(index, encoding) for index in range(len(file)))
        unread = _unread(sheets, settings)
        errors, warnings = _recognise(file, sheets, unread, settings) if unread else ([], [])
    if not any(sheet.texts for sheet in sheets):
        if unread:
            raise no_text("Tệp PDF là ảnh mà nhận dạng (OCR)", "Hãy quét lại rõ hơn, hoặc xin bản .docx.")
        raise no_text("Tệp PDF này", "Hãy kiểm tra lại tệp gốc.")
    blocks, asides = arrange(sheets)
    return Reading(tuple(blocks), len(sheets), tuple(asides), (*file.old.warnings, *warnings), tuple(errors))


# ── is there text, and is it to be believed ────────────────────────────────────────────────


def _unread(sheets: Sequence[Sheet], settings: Settings) -> dict[int, str]:
    """The pages whose words must come from their picture, by index, and why: no-text, lying-text-layer, wanted."""
    texts = [sheet.texts for sheet in sheets]
    scanned = sum(sheet.content.pictured for sheet in sheets) > _SCAN * len(sheets)
    lying = lies((text for page in texts for text in page), scanned)
    empty = not any(any(page) for page in texts)
    found = {}
    for index, (sheet, page) in enumerate(zip(sheets, texts, strict=True)):
        pictured = sheet.content.pictured > _SCAN
        few = sum(map(len, page)) < _FEW
        if few and (pictured or empty):
            found[index] = "no-text"
        elif (page and lying) or lies(page, pictured):
            found[index] = "lying-text-layer"
        elif settings.ocr == "always":
            found[index] = "wanted"
    return found


def _recognise(
    file: PdfFile, sheets: list[Sheet], unread: dict[int, str], settings: Settings
) -> tuple[list[Warning], list[Warning]]:
    """Put recognised pages in the place of those that hold no words. Returns errors and warnings."""
    from pipeline.ingest.scan.pages import Shown, recognise_pages, remarks
    from pipeline.ingest.scan.picture import DPI, MAX_PIXELS

    def pictures() -> Iterator[Shown]:
        for index in unread:
            pixels, dpi = file.picture(index, DPI, MAX_PIXELS)
            yield Shown(index + 1, pixels, dpi)

    try:
        if settings.ocr == "never":
            raise _not_wanted(sheets, unread)
        found = list(recognise_pages(pictures(), len(unread), settings))
    except DocumentError as error:
        if len(unread) == len(sheets):
            raise
        return _refused(sheets, unread, error), []
    errors = []
    for index, page in zip(unread, found, strict=True):
        if isinstance(page, PageContent):
            sheets[index] = sheet_of(page, sheets[index - 1] if index else None)
        else:
            errors.append(page)
            _empty(sheets[index])
    if len(errors) == len(sheets):
        raise DocumentError(errors[0].code, errors[0].message, errors[0].detail)
    return errors, remarks([page for page in found if isinstance(page, PageContent)])


def _refused(sheets: Sequence[Sheet], unread: dict[int, str], error: DocumentError) -> list[Warning]:
    """An error for each page that stays unread; what its text layer pretends is not believed."""
    found = []
    for index, reason in unread.items():
        if reason != "wanted":
            _empty(sheets[index])
            message = f"Trang {index + 1} chỉ là ảnh, chưa đọc được. {error.message}"
            found.append(Warning("page-not-read", message, index + 1, error.detail))
    return found


def _empty(sheet: Sheet) -> None:
    sheet.rows, sheet.tables = [], []


def _not_wanted(sheets: Sequence[Sheet], unread: dict[int, str]) -> DocumentError:
    """The error for pages that only their picture could tell, where that was forbidden."""
    if "lying-text-layer" in unread.values():
        texts = [text for sheet in sheets for text in sheet.texts]
        count, possible, accented = shares(texts)
        detail = f"{count} words, {possible:.2f} possible Vietnamese syllables, {accented:.2f} accented"
        message = (
            "Lớp chữ của tệp PDF này không khớp với hình trang hoặc không phải tiếng Việt. "
            "Hãy bỏ --ocr never để nhận dạng chữ từ hình, hoặc xin bản .docx."
        )
        return DocumentError("lying-text-layer", message, detail)
    advice = "Hãy bỏ --ocr never để nhận dạng chữ từ hình, hoặc xin bản .docx."
    return no_text("Tệp PDF chỉ gồm ảnh của các trang,", advice)
