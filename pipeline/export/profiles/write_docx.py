"""A filled profile as a Word document: A4 landscape, one table whose header stands on every page, Times New Roman."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

from pipeline.export.page import Value
from pipeline.export.profiles.arrange import roman
from pipeline.export.profiles.fill import Sheet, shown_date
from pipeline.export.profiles.shape import Column, Profile
from pipeline.export.words import for_line
from pipeline.export.workbook import CREATED, FONT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row

__all__ = ["encode"]

WIDTH, HEIGHT = 29.7, 21.0  # cm, A4 landscape
SIDE, ENDS = 2.0, 2.0  # cm, margins
SIZE = 13  # points, as Nghị định 30/2020/NĐ-CP has it for text
SMALL = 12  # points, in the table
_ENTRY_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP archive knows: the clock would make equal runs differ


def encode(profile: Profile, sheet: Sheet, source: str) -> bytes:
    """The document; equal rows give equal bytes. `source` stands for ``{source}`` above the table."""
    import docx

    document = docx.Document()
    _set_up(document, profile)
    for line in profile.above:
        _write(document.add_paragraph(), line.replace("{source}", source), bold=True, centred=True, size=SIZE)
    table = document.add_table(rows=1, cols=len(profile.columns))
    table.style = "Table Grid"
    table.autofit = False
    _head(table, profile)
    for number, (title, rows) in enumerate(sheet.groups, start=1):
        if title is not None:
            _group(_add_row(table), roman(number), title)
        for row in rows:
            for cell, column, value in zip(_add_row(table).cells, profile.columns, row.values, strict=True):
                _fill(cell, _shown(column, value), centred=column.type != "text")
    _set_widths(table, profile)
    stream = io.BytesIO()
    document.save(stream)
    return _without_clock(stream.getvalue())


def _set_up(document: Document, profile: Profile) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT["font_name"], Pt(SMALL)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT["font_name"])
    style.paragraph_format.space_after = Pt(0)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(WIDTH), Cm(HEIGHT)
    page.left_margin = page.right_margin = Cm(SIDE)
    page.top_margin = page.bottom_margin = Cm(ENDS)
    page.different_first_page_header_footer = True  # the first page has no number
    _add_page_number(page.header.paragraphs[0])
    about = document.core_properties
    about.title, about.author, about.comments = profile.title, "", ""
    about.created = about.modified = CREATED


def _add_page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _head(table: Table, profile: Profile) -> None:
    from docx.oxml import OxmlElement

    row = table.rows[0]
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, column in zip(row.cells, profile.columns, strict=True):
        _fill(cell, column.title, bold=True, centred=True)


def _add_row(table: Any) -> Any:
    """A row that no page break parts: readers of a PDF made of it would take the halves for two tasks."""
    from docx.oxml import OxmlElement

    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


def _group(row: _Row, number: str, title: str) -> None:
    """A bold row with a Roman number; its title runs over the other columns."""
    first, *others = row.cells
    _fill(first, number, bold=True, centred=True)
    if others:
        _fill(others[0].merge(others[-1]), title, bold=True)


def _shown(column: Column, value: Value) -> str:
    if isinstance(value, dt.date):
        return shown_date(value, column.format)
    return "" if value is None else str(value)


def _fill(cell: _Cell, text: str, *, bold: bool = False, centred: bool = False) -> None:
    first, *others = text.split("\n")
    _write(cell.paragraphs[0], first, bold=bold, centred=centred)
    for line in others:
        _write(cell.add_paragraph(), line, bold=bold, centred=centred)


def _write(paragraph: Any, text: str, *, bold: bool, centred: bool, size: int | None = None) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    run = paragraph.add_run(for_line(text))
    run.bold = bold or None
    if size is not None:
        run.font.size = Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set_widths(table: Table, profile: Profile) -> None:
    """The widths of the columns, as parts of the page: in the grid for LibreOffice, in every cell for Word."""
    from docx.shared import Cm

    whole = sum(column.width for column in profile.columns)
    widths = [Cm((WIDTH - 2 * SIDE) * column.width / whole) for column in profile.columns]
    for grid, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        grid.w = width
    for row in table._tbl.tr_lst:
        place = 0
        for cell in row.tc_lst:
            cell.width = Cm(sum(width.cm for width in widths[place : place + cell.grid_span]))
            place += cell.grid_span


def _without_clock(data: bytes) -> bytes:
    """The same archive with one date on every entry."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ENTRY_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()
