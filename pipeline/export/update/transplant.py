"""The program's own sheets from a workbook made anew into the one that people work in.

openpyxl copies no sheet from one workbook to another: cells, looks, sizes, rules, tables, charts and the set-up of the
page are taken over one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from pipeline.export.update.content import lines
from pipeline.export.update.nouns import Cell, Sheet, Workbook

__all__ = ["Looks", "copy_names", "free_title", "put_sheet"]

_PAGE = (
    "row_breaks",
    "col_breaks",
    "page_margins",
    "page_setup",
    "print_options",
    "HeaderFooter",
    "views",
    "sheet_format",
    "sheet_properties",
)


class Looks:
    """The looks of cells of one workbook, each made once in another."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, ...], Any] = {}

    def copy(self, old: Cell, new: Cell) -> None:
        """Gives `new` the look of `old`, which stands in the other workbook."""
        key = tuple(old._style)
        if key not in self._made:
            for name in ("font", "fill", "border", "alignment", "protection"):
                setattr(new, name, copy(getattr(old, name)))
            new.number_format = old.number_format
            self._made[key] = copy(new._style)
        new._style = copy(self._made[key])


def put_sheet(book: Workbook, sheet: Sheet, looks: Looks, title: str, place: int) -> Sheet:
    """Puts a copy of a sheet of another workbook at that place. A sheet of that title must not be there."""
    new = book.create_sheet(title, place)
    for cells in lines(sheet):
        for cell in cells:
            if cell.value is None and not cell.has_style:
                continue
            fresh = new.cell(cell.row, cell.column)
            fresh._value, fresh.data_type = cell._value, cell.data_type
            looks.copy(cell, fresh)
            if cell.comment is not None:
                fresh.comment = copy(cell.comment)
            if cell.hyperlink is not None:
                fresh.hyperlink = copy(cell.hyperlink)
    _copy_sizes(sheet, new)
    _copy_rules(sheet, new)
    _copy_page(sheet, new)
    for chart in list(sheet._charts):
        new.add_chart(chart)
    for image in list(sheet._images):
        new.add_image(image)
    return new


def _copy_sizes(sheet: Sheet, new: Sheet) -> None:
    for name, column in sheet.column_dimensions.items():
        size = new.column_dimensions[name]
        size.min, size.max, size.width, size.hidden = column.min, column.max, column.width, column.hidden
    for line, row in sheet.row_dimensions.items():
        new.row_dimensions[line].height, new.row_dimensions[line].hidden = row.height, row.hidden
    for merged in sheet.merged_cells.ranges:
        new.merge_cells(merged.coord)


def _copy_rules(sheet: Sheet, new: Sheet) -> None:
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            new.conditional_formatting.add(str(area.sqref), rule)
    for validation in sheet.data_validations.dataValidation:
        new.add_data_validation(copy(validation))
    for table in sheet.tables.values():
        taken = table  # the other workbook is not used again
        for column in taken.tableColumns:  # numbers of looks in the other workbook
            column.dataDxfId = column.headerRowDxfId = column.totalsRowDxfId = None
        taken.dataDxfId = taken.headerRowDxfId = None
        new.add_table(taken)
    if sheet.auto_filter.ref:
        new.auto_filter = copy(sheet.auto_filter)


def _copy_page(sheet: Sheet, new: Sheet) -> None:
    for name in _PAGE:
        setattr(new, name, copy(getattr(sheet, name)))
    for view in new.views.sheetView:
        view.tabSelected = False
    new.print_title_rows, new.print_title_cols = sheet.print_title_rows, sheet.print_title_cols
    if sheet.print_area:
        new.print_area = sheet.print_area
    new.sheet_state = sheet.sheet_state


def copy_names(old: Workbook, new: Workbook) -> None:
    """Names of cells that `new` does not know yet."""
    for name, defined in old.defined_names.items():
        if name not in new.defined_names:
            new.defined_names[name] = copy(defined)


def free_title(sheets: Sequence[str], wanted: str) -> str:
    """That title, or the next free one behind it: “Lịch (2)”."""
    taken = {title.casefold() for title in sheets}
    if wanted.casefold() not in taken:
        return wanted
    number = 2
    while f"{wanted} ({number})".casefold() in taken:
        number += 1
    return f"{wanted} ({number})"
