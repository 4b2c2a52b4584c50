"""The sheets that tell what was done: `Nhật ký`, a line a conversion and a line a change, and `Gia hạn`, a line a
deadline that was put off. Both only grow; what an officer writes on them stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from copy import copy
from typing import Any

from pipeline.export.update import content
from pipeline.export.update.content import text_of
from pipeline.export.update.findings import Entry, Extension
from pipeline.export.update.memory import SHEET, Memory
from pipeline.export.update.nouns import Cell, Sheet, Workbook
from pipeline.export.update.transplant import free_title
from pipeline.export.update.wording import Wording
from pipeline.export.words import for_cell

__all__ = ["put_extensions", "put_log"]

LOG_WIDTHS = (6, 17, 30, 40, 15, 20, 45, 45)
EXTENSION_WIDTHS = (15, 60, 12, 12, 9, 14)


def put_log(
    book: Workbook, memory: Memory, words: Wording, entries: Sequence[Entry], summary: str, when: dt.datetime | None
) -> Sheet:
    """Adds the conversion and all that it did. `when` is the caller's: the program looks at no clock."""
    sheet, new = _sheet(book, memory, words.log_sheet, words.log_headings, LOG_WIDTHS)
    memory.conversions = max(memory.conversions, 1) + 1
    told: list[tuple[object, ...]] = [(memory.conversions, when, f"{words.log['conversion']}: {summary}")]
    if new:  # the first conversion made the workbook, and had nothing else to tell
        told.insert(0, (1, None, words.log["created"]))
    for one in entries:
        told.append((memory.conversions, when, words.log[one.what], one.document, one.id, one.column, one.old, one.new))
    looks = _Looks()
    for line, values in enumerate(told, start=_last(sheet) + 1):
        _put(sheet, line, values, looks)
    return sheet


def put_extensions(book: Workbook, memory: Memory, words: Wording, found: Sequence[Extension]) -> Sheet | None:
    """Adds the deadlines that became later ones; the sheet is there from the first on."""
    if not found:
        return None
    sheet, _ = _sheet(book, memory, words.extensions_sheet, words.extensions_headings, EXTENSION_WIDTHS)
    looks = _Looks()
    for line, one in enumerate(found, start=_last(sheet) + 1):
        _put(sheet, line, (one.id, one.text, one.old, one.new, one.number, one.document_date), looks)
    return sheet


def _sheet(
    book: Workbook, memory: Memory, name: str, headings: Sequence[str], widths: Sequence[float]
) -> tuple[Sheet, bool]:
    """The sheet and whether it is new. One of that name that the program did not make is the officer's."""
    title = memory.sheets.get(name, [""])[0]
    if title in book.sheetnames:
        return book[title], False
    title = free_title(book.sheetnames, name)
    sheet = book.create_sheet(title, len(book.sheetnames) - (SHEET in book.sheetnames))
    memory.sheets[name] = [title, ""]
    _head(sheet, headings, widths)
    return sheet, True


def _head(sheet: Sheet, headings: Sequence[str], widths: Sequence[float]) -> None:
    from openpyxl.styles import PatternFill
    from openpyxl.utils.cell import get_column_letter

    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        cell = sheet.cell(1, column, heading)
        _look(cell, bold=True)
        cell.fill = PatternFill("solid", fgColor="FFD9E1F2")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


def _put(sheet: Sheet, line: int, values: Sequence[object], looks: _Looks) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(line, column)
        moment = isinstance(value, dt.datetime) and value.time() != dt.time()
        looks(cell, "dd/mm/yyyy hh:mm" if moment else "dd/mm/yyyy" if isinstance(value, dt.date) else "General")
        if isinstance(value, dt.date | int | float) or value is None:
            content.put(cell, value)
        else:
            content.put(cell, for_cell(text_of(value), "…"))


def _last(sheet: Sheet) -> int:
    """The last line that holds anything."""
    return max((int(line) for (line, _), cell in sheet._cells.items() if cell.value is not None), default=1)


class _Looks:
    """How lines look: made once for each format, for openpyxl compares each look with all that it has."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __call__(self, cell: Cell, form: str) -> None:
        if form not in self._made:
            _look(cell)
            cell.number_format = form
            self._made[form] = copy(cell._style)
        cell._style = copy(self._made[form])


def _look(cell: Cell, *, bold: bool = False) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    side = Side("thin", color="FF7F7F7F")
    cell.font = Font("Times New Roman", 12, bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = Border(side, side, side, side)
