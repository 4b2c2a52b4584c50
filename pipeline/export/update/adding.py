"""New tasks below the last line of the tracker, in its own columns, with looks, formulas and rules like the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy

from pipeline.export.task_sheet import COLUMNS
from pipeline.export.update.content import text_of
from pipeline.export.update.layout import DAYS, ID, NUMBER, SITUATION, Layout
from pipeline.export.update.nouns import Cell, Sheet, Workbook
from pipeline.export.update.references import Growth, grow_references, move_down
from pipeline.export.update.transplant import Looks

__all__ = ["add_lines", "grey", "make_room", "name_columns"]

_RANGE_END = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)$")


def add_lines(layout: Layout, fresh: Layout, ids: Mapping[str, str], looks: Looks) -> list[tuple[int, str]]:
    """Adds the line of each task that is new (`ids`: key → id) as `fresh` has it; returns line and key of each."""
    where = {text_of(fresh.value(line, ID)): line for line in range(fresh.last, fresh.head, -1)}
    highest = max((_number(layout.value(line, NUMBER)) for line in range(layout.head + 1, layout.last + 1)), default=0)
    above = layout.last if layout.last > layout.head else None
    found = []
    for place, (key, name) in enumerate(ids.items(), start=1):
        line = layout.last + place
        _copy_line(layout, fresh, where[name], line, looks)
        number = layout.cell(line, NUMBER)
        if number is not None:
            number.value = highest + place
        if above is not None:
            _continue_formulas(layout, above, line)
        found.append((line, key))
    return found


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _copy_line(layout: Layout, fresh: Layout, old: int, new: int, looks: Looks) -> None:
    from openpyxl.comments import Comment

    for column in COLUMNS:
        there, here = fresh.cell(old, column.vi), layout.cell(new, column.vi)
        if there is None or here is None:
            continue
        looks.copy(there, here)
        if there.data_type == "f" and layout.table() is None:
            continue  # its words ask for the table
        here._value, here.data_type = _with_headings(layout, fresh, there), there.data_type
        note = there.comment
        if note is not None:
            here.comment = Comment(note.text, note.author, note.height, note.width)
    size = fresh.sheet.row_dimensions[old].height
    if size is not None:
        layout.sheet.row_dimensions[new].height = size


def _with_headings(layout: Layout, fresh: Layout, cell: Cell) -> object:
    """A formula with the headings that the officer gave the columns."""
    if cell.data_type != "f":
        return cell._value
    words = str(cell.value)
    for name, column in layout.columns.items():
        heading = text_of(layout.sheet.cell(layout.head, column).value)
        words = words.replace(f"[{fresh.sheet.cell(fresh.head, fresh.columns[name]).value}]", f"[{heading}]")
    return words


def _continue_formulas(layout: Layout, above: int, line: int) -> None:
    """What is a formula in the line above goes on, in the columns that the program does not fill with values."""
    from openpyxl.formula.translate import Translator

    filled = {number for name, number in layout.columns.items() if name not in {SITUATION, DAYS}}
    for cell in layout.sheet[above]:
        if cell.data_type == "f" and isinstance(cell.value, str) and cell.column not in filled:
            here = layout.sheet.cell(line, cell.column)
            here.value = Translator(cell.value, cell.coordinate).translate_formula(here.coordinate)
            if not here.has_style:
                here._style = copy(cell._style)


def make_room(book: Workbook, layout: Layout, by: int) -> Growth:
    """Makes room for so many lines below the tasks, in the table, its rules, and what is printed."""
    sheet = layout.sheet
    growth = Growth(sheet.title, layout.head + 1, max(layout.last, layout.head + 1), by - (layout.last == layout.head))
    if growth.by <= 0:
        return growth
    move_down(layout, growth)
    grow_references(book, growth)
    table = layout.table()
    if table is not None:
        bottom = growth.last + growth.by
        table.ref = _longer(table.ref, bottom + (table.totalsRowCount or 0))
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = _longer(table.autoFilter.ref, bottom)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = growth.formula(f"={sheet.auto_filter.ref}", sheet.title)[1:]
    for validation in sheet.data_validations.dataValidation:
        growth.areas(validation.sqref)
    _grow_formats(sheet, growth)
    if sheet.print_area:
        areas = (one.rsplit("!", 1)[-1] for one in str(sheet.print_area).split(","))
        sheet.print_area = ",".join(growth.formula(f"={area}", sheet.title)[1:] for area in areas)
    return growth


def _longer(area: str, last: int) -> str:
    return _RANGE_END.sub(lambda match: f"{match[1]}{last}", area)


def _grow_formats(sheet: Sheet, growth: Growth) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    grown = ConditionalFormattingList()
    for one in sheet.conditional_formatting:
        growth.areas(one.sqref)
        for rule in one.rules:
            grown.add(str(one.sqref), rule)
    sheet.conditional_formatting = grown


def grey(layout: Layout, last: int, mark: str, review: str) -> None:
    """A rule that shows lines in grey while `Cần rà soát` has that mark: the cells keep the looks that they have."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font
    from openpyxl.utils.cell import get_column_letter

    column = layout.columns.get(review)
    if column is None or last <= layout.head:
        return
    first = layout.head + 1
    formula = f'ISNUMBER(SEARCH("{mark}",${get_column_letter(column)}{first}))'
    if any(formula in rule.formula for area in layout.sheet.conditional_formatting for rule in area.rules):
        return
    left, right = (get_column_letter(pick(layout.columns.values())) for pick in (min, max))
    look = Font(color="FF808080", italic=True)
    rule = FormulaRule(formula=[formula], font=look)  # type: ignore[no-untyped-call]
    layout.sheet.conditional_formatting.add(f"{left}{first}:{right}{last}", rule)


def name_columns(layout: Layout) -> None:
    """Gives the table's columns the words of their headings: Excel calls a file broken in which the two differ."""
    table = layout.table()
    if table is None:
        return
    from openpyxl.utils.cell import range_boundaries

    left = range_boundaries(table.ref)[0]
    for place, column in enumerate(table.tableColumns):
        heading = text_of(layout.sheet.cell(layout.head, (left or 1) + place).value)
        if heading:
            column.name = heading
