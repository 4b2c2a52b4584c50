"""What points at lines of the tasks when lines are added below them, as Excel itself does it.

A range over a whole column of the tasks, from their first line to their last, grows with it. What stands below the
tasks (a sum, a signature) moves down, and whatever points there with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

from pipeline.export.update.content import lines
from pipeline.export.update.layout import Layout
from pipeline.export.update.nouns import Area, Areas, Sheet, Workbook

__all__ = ["Growth", "grow_references", "move_down"]

_LINE = re.compile(r"(?<![\w.])\$?[A-Z]{1,3}\$?([1-9]\d*)(?![\w(.])")
_CORNER = re.compile(r"(\$?[A-Z]{1,3}\$?|\$?)([1-9]\d*)")
_SERIES = re.compile(rb"(?:(?<=<c:f>)|(?<=<f>))[^<]+")  # Excel and XlsxWriter name the namespace, openpyxl does not


@dataclass(frozen=True, slots=True)
class Growth:
    """`by` lines are added to the tasks of `sheet`, which reached from `first` to `last`; below them all moves down."""

    sheet: str
    first: int
    last: int
    by: int

    def line(self, number: int) -> int:
        """Where that line is now."""
        return number + self.by if number > self.last else number

    def lines(self, top: int, bottom: int) -> tuple[int, int]:
        """Where a range from `top` to `bottom` reaches now."""
        if top <= self.first and bottom == self.last:
            return top, bottom + self.by
        return self.line(top), self.line(bottom)

    def formula(self, words: str, own: str) -> str:
        """A formula of the sheet `own` (with its “=”), pointing at what it pointed at."""
        if not any(int(number) >= self.last for number in _LINE.findall(words)):
            return words
        from openpyxl.formula import Tokenizer
        from openpyxl.formula.tokenizer import Token

        tokens = Tokenizer(words)
        for token in tokens.items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                token.value = self._range(token.value, own)
        return str(tokens.render())  # type: ignore[no-untyped-call]

    def _range(self, words: str, own: str) -> str:
        title, mark, place = words.rpartition("!")
        named = title[1:-1].replace("''", "'") if title.startswith("'") else title
        corners = [_CORNER.fullmatch(one) for one in place.split(":")]
        if (named or own) != self.sheet or not all(corners) or len(corners) > 2:
            return words
        numbers = [int(corner[2]) for corner in corners if corner]
        moved = self.lines(*numbers) if len(numbers) == 2 else (self.line(numbers[0]),)
        ends = [f"{corner[1]}{number}" for corner, number in zip(corners, moved, strict=True) if corner]
        return f"{title}{mark}{':'.join(ends)}"

    def area(self, area: Area) -> None:
        """Moves a range of the sheet itself."""
        top, bottom = self.lines(area.min_row, area.max_row)
        area.max_row, area.min_row = bottom, top

    def areas(self, areas: Areas) -> None:
        """Moves ranges of the sheet itself."""
        ranges = list(areas.ranges)
        for area in ranges:
            self.area(area)
        areas.ranges = type(areas.ranges)(ranges)

    def chart(self, data: bytes) -> bytes:
        """The part of a chart, showing what it showed."""

        def moved(match: re.Match[bytes]) -> bytes:
            words = unescape(match[0].decode("utf-8"))
            return escape(self.formula(f"={words}", "")[1:], quote=False).encode("utf-8")

        return _SERIES.sub(moved, data)


def grow_references(book: Workbook, growth: Growth) -> None:
    """Formulas of cells, rules and names of the whole workbook."""
    for sheet in book.worksheets:
        for cells in lines(sheet):
            for cell in cells:
                if cell.data_type != "f":
                    continue
                if isinstance(cell.value, str):
                    cell._value = growth.formula(cell.value, sheet.title)
                elif hasattr(cell.value, "text"):
                    cell.value.text = growth.formula(cell.value.text, sheet.title)
        for rule in (rule for area in sheet.conditional_formatting for rule in area.rules):
            rule.formula = [growth.formula(f"={one}", sheet.title)[1:] for one in rule.formula]
        for check in sheet.data_validations.dataValidation:
            for name in ("formula1", "formula2"):
                if getattr(check, name):
                    setattr(check, name, growth.formula(f"={getattr(check, name)}", sheet.title)[1:])
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for defined in names.values():
            if defined.value:
                defined.value = growth.formula(f"={defined.value}", "")[1:]


def move_down(layout: Layout, growth: Growth) -> None:
    """Moves everything below the tasks: cells with their notes and links, merged ones, heights, pictures, breaks."""
    sheet = layout.sheet
    for line, column in sorted((place for place in sheet._cells if place[0] > growth.last), reverse=True):
        cell = sheet._cells.pop((line, column))
        cell.row = line + growth.by
        sheet._cells[cell.row, column] = cell
        if getattr(cell, "hyperlink", None) is not None:
            cell.hyperlink.ref = cell.coordinate
        if hasattr(cell.value, "ref"):  # an array formula
            cell.value.ref = growth.formula(f"={cell.value.ref}", sheet.title)[1:]
    growth.areas(sheet.merged_cells)
    for name in [name for name, table in sheet.tables.items() if table is not layout.table()]:
        sheet.tables[name].ref = growth.formula(f"={sheet.tables[name].ref}", sheet.title)[1:]
    _move_sizes(sheet, growth)
    for drawn in (*sheet._charts, *sheet._images):
        for corner in (getattr(drawn.anchor, name, None) for name in ("_from", "to")):
            if corner is not None:
                corner.row = growth.line(corner.row + 1) - 1
    for pause in sheet.row_breaks.brk:
        pause.id = growth.line(pause.id)


def _move_sizes(sheet: Sheet, growth: Growth) -> None:
    below = sorted((line for line in sheet.row_dimensions if line > growth.last), reverse=True)
    for line in below:
        size = sheet.row_dimensions.pop(line)
        size.index = line + growth.by
        sheet.row_dimensions[line + growth.by] = size
