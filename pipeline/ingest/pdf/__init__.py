"""PDF documents: the text layer where it says what the page shows, else the page as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.errors import DocumentError
from pipeline.ingest.encodings import recognise
from pipeline.ingest.layout import PageContent, Sheet, arrange, sheet_of, sheets_of
from pipeline.ingest.pdf.pdfium import PdfFile
from pipeline.ingest.reading import Reading, Settings, no_text, truncated
from pipeline.ingest.syllables import Words, counted, shares
from pipeline.model import Warning

_FEW = 25  # characters a page: less is a page number or a stamp on a picture
_SCAN = 0.5  # of the page, covered by pictures
_NAMED = 20  # broken pages that a message names


def read(data: bytes, settings: Settings) -> Reading:
    """Read a PDF.

    Raises DocumentError ``truncated``, ``password``, ``too-large``, and where no page can be read ``no-text`` (only
    pictures of pages), ``lying-text-layer`` (the text layer does not say what the pages show) or ``program-missing``.
    A document of which some pages can be read has errors that name the others.
    """
    broken: list[Warning] = []
    with PdfFile(data) as file:
        sheets = sheets_of(file.content(index) for index in range(len(file)))
        texts = [sheet.text for sheet in sheets]
        encoding = recognise("\n".join(texts))
        if encoding is not None:  # of fonts whose names did not tell
            sheets = sheets_of(file.content(index, encoding) for index in range(len(file)))
            texts = [sheet.text for sheet in sheets]
        broken = _broken(file)
        unread = {index: why for index, why in _unread(sheets, texts, settings).items() if index not in file.broken}
        errors, warnings = _recognise(file, sheets, unread, settings) if unread else ([], [])
    if not any(sheet.text for sheet in sheets):
        if unread:
            raise no_text("Tệp PDF là ảnh mà nhận dạng (OCR)", "Hãy quét lại rõ hơn, hoặc xin bản .docx.")
        raise no_text("Tệp PDF này", "Hãy kiểm tra lại tệp gốc.")
    blocks, asides = arrange(sheets)
    said = (*file.old.warnings, *warnings)
    sizes = tuple(sheet.content.size for sheet in sheets)
    return Reading(tuple(blocks), len(sheets), tuple(asides), said, (*broken, *errors), sizes)


def _broken(file: PdfFile) -> list[Warning]:
    """An error that names the pages that could not be opened. Raises DocumentError ``truncated`` where none could."""
    if not file.broken:
        return []
    detail = "; ".join(f"page {index + 1}: {said}" for index, said in list(file.broken.items())[:_NAMED])
    if len(file.broken) == len(file):
        raise truncated("tệp PDF", detail)
    pages = ", ".join(str(index + 1) for index in list(file.broken)[:_NAMED])
    more = ", …" if len(file.broken) > _NAMED else ""
    message = f"Tệp hỏng ở {len(file.broken)} trang ({pages}{more}), các trang đó chưa đọc được. Hãy xin lại tệp gốc."
    return [Warning("page-not-read", message, min(file.broken) + 1, detail)]


# ── is there text, and is it to be believed ────────────────────────────────────────────────


def _unread(sheets: Sequence[Sheet], texts: Sequence[str], settings: Settings) -> dict[int, str]:
    """The pages whose words must come from their picture, by index, and why: no-text, lying-text-layer, wanted."""
    scanned = sum(sheet.content.pictured for sheet in sheets) > _SCAN * len(sheets)
    words = [counted((text,)) for text in texts]
    lying = sum(words, Words(0, 0, 0)).lie(scanned)
    empty = not any(texts)
    found = {}
    for index, (sheet, text) in enumerate(zip(sheets, texts, strict=True)):
        pictured = sheet.content.pictured > _SCAN
        few = len(text) < _FEW
        if few and (pictured or empty):
            found[index] = "no-text"
        elif (text and lying) or words[index].lie(pictured):
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

    def pictures() -> Iterator[Shown | Warning]:
        for index in unread:
            try:
                yield Shown(index + 1, *file.picture(index, DPI, MAX_PIXELS))
            except DocumentError as error:
                yield Warning(error.code, error.message, index + 1, error.detail)

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
        texts = [sheet.text for sheet in sheets]
        count, possible, accented = shares(texts)
        detail = f"{count} words, {possible:.2f} possible Vietnamese syllables, {accented:.2f} accented"
        message = (
            "Lớp chữ của tệp PDF này không khớp với hình trang hoặc không phải tiếng Việt. "
            "Hãy bỏ --ocr never để nhận dạng chữ từ hình, hoặc xin bản .docx."
        )
        return DocumentError("lying-text-layer", message, detail)
    advice = "Hãy bỏ --ocr never để nhận dạng chữ từ hình, hoặc xin bản .docx."
    return no_text("Tệp PDF chỉ gồm ảnh của các trang,", advice)
