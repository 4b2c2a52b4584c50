"""PDF documents with a text layer: pages → rows → zones, tables and paragraphs, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.errors import DocumentError
from pipeline.ingest.pdf_asides import split_edges, split_footnotes, split_stamps
from pipeline.ingest.pdf_join import Placed, join_tables
from pipeline.ingest.pdf_layout import Frame, frame_of, paragraphs_of
from pipeline.ingest.pdf_page import PageContent, read_pages
from pipeline.ingest.pdf_rows import Row, rows_of
from pipeline.ingest.pdf_table import Lattice, lattices_of, table_of
from pipeline.ingest.pdf_trust import lies, shares
from pipeline.ingest.pdf_zones import Zone, zones_of
from pipeline.ingest.reading import Reading, no_text
from pipeline.model import Aside, Box, Table, Warning

_FEW = 25  # characters a page: less is a page number or a stamp on a picture
_SCAN = 0.5  # of the page, covered by pictures


@dataclass(slots=True)
class _Sheet:
    """A page while it is put together: its free rows, and its tables with the lattice that each was found in."""

    content: PageContent
    rows: list[Row]
    tables: list[tuple[Lattice, Table]] = field(default_factory=list)


def read(data: bytes) -> Reading:
    """Read a PDF with a text layer.

    Raises DocumentError ``truncated``, ``password``, ``too-large``, ``no-text`` (only pictures of pages) or
    ``lying-text-layer`` (a scan with a text layer that does not say what the page shows).
    """
    asides: list[Aside] = []
    sheets = []
    for content in read_pages(data):
        sheet = _sheet(content)
        sheet.rows, stamps = split_stamps(sheet.rows)
        asides.extend(stamps)
        sheets.append(sheet)
    bodies, edges = split_edges([sheet.rows for sheet in sheets], [sheet.content.height for sheet in sheets])
    asides.extend(edges)
    for sheet, body in zip(sheets, bodies, strict=True):
        sheet.rows, notes = split_footnotes(body)
        asides.extend(notes)
    warnings = _check(sheets)
    blocks, repeated = join_tables(list(_blocks(sheets)))
    asides.extend(repeated)
    asides.sort(key=lambda aside: aside.page or 0)
    return Reading(tuple(blocks), len(sheets), tuple(asides), tuple(warnings))


def _sheet(content: PageContent) -> _Sheet:
    lattices = lattices_of(content)
    free = [glyph for glyph in content.glyphs if all(lattice.place(glyph) is None for lattice in lattices)]
    found = [(lattice, table_of(lattice, content.glyphs, content.number)) for lattice in lattices]
    tables = [(lattice, table) for lattice, table in found if table is not None]
    return _Sheet(content, rows_of(free, content.number), tables)


# ── is there text, and is it to be believed ────────────────────────────────────────────────


def _texts(sheet: _Sheet) -> list[str]:
    cells = (cell for _, table in sheet.tables for cell in table.cells)
    return [row.text for row in sheet.rows] + [p.text for cell in cells for p in cell.paragraphs]


def _check(sheets: Sequence[_Sheet]) -> list[Warning]:
    """Warnings for single pages that hold no text. Raises DocumentError where that is so for the whole document."""
    texts = [_texts(sheet) for sheet in sheets]
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


# ── reading order ──────────────────────────────────────────────────────────────────────────


def _blocks(sheets: Sequence[_Sheet]) -> Iterator[Placed]:
    """Blocks in reading order, a table with its lattice; running text goes on over the page end."""
    waiting: list[Row] = []
    frames = _frames(sheets)
    frame = frames[0]
    for sheet, own in zip(sheets, frames, strict=True):
        if own != frame:
            yield from ((p, None) for p in paragraphs_of(waiting, frame))
            waiting, frame = [], own
        for piece in _pieces(sheet):
            if isinstance(piece, Row):
                waiting.append(piece)
                continue
            yield from ((p, None) for p in paragraphs_of(waiting, frame))
            waiting = []
            yield piece
    yield from ((p, None) for p in paragraphs_of(waiting, frame))


def _frames(sheets: Sequence[_Sheet]) -> list[Frame]:
    """The frame of each page: pages of one size share it, for one page may hold too few lines to tell."""
    rows: dict[tuple[int, int], list[Row]] = {}
    tables: dict[tuple[int, int], list[Box]] = {}
    keys = [(round(sheet.content.width / 10), round(sheet.content.height / 10)) for sheet in sheets]
    for key, sheet in zip(keys, sheets, strict=True):
        taken = {i for zone in _zones(sheet) for i in range(zone.start, zone.end)}
        rows.setdefault(key, []).extend(row for i, row in enumerate(sheet.rows) if i not in taken)
        tables.setdefault(key, []).extend(lattice.box for lattice, _ in sheet.tables)
    frames = {key: frame_of(found, key[0] * 10.0, tables[key]) for key, found in rows.items()}
    return [frames[key] for key in keys]


def _zones(sheet: _Sheet) -> list[Zone]:
    return zones_of(sheet.rows, sheet.content.width, sheet.content.height)


def _pieces(sheet: _Sheet) -> Iterator[Row | Placed]:
    """Free rows, and the blocks of zones and tables, from top to bottom."""
    starts = {zone.start: zone for zone in _zones(sheet)}
    tables = list(sheet.tables)
    index = 0
    while index < len(sheet.rows):
        row = sheet.rows[index]
        while tables and tables[0][0].box.top < row.baseline:
            lattice, table = tables.pop(0)
            yield table, lattice
        zone = starts.get(index)
        if zone is not None:
            yield from ((p, None) for p in zone.paragraphs())
            index = zone.end
        else:
            yield row
            index += 1
    yield from ((table, lattice) for lattice, table in tables)
