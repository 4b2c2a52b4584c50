"""What the sheets share: how cells and headings look, how high a line is, and the set-up of screen and paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.export.wording import Wording

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pipeline.export.workbook import Book

__all__ = ["HEADING", "Value", "cell", "heading", "height", "put", "set_up"]

Value = str | int | float | dt.date | None

HEAD, RULE = "#D9E1F2", "#7F7F7F"  # paper of a heading, border of a cell
HEADING = 50  # points: the height of a line of headings
LINE, HIGHEST = 15.75, 409.0  # points: a line of 12 point type, and the highest row that Excel has
LETTERS = 1.15  # letters of Vietnamese prose that a unit of column width holds; LibreOffice draws 1.25
EARLIEST = dt.date(1900, 1, 1)  # Excel knows no date before
A4 = 9


def cell(book: Book, **more: object) -> Format:
    """The look of a cell, with what it has of its own."""
    return book.format(**{"text_wrap": True, "valign": "top", "border": 1, "border_color": RULE, **more})


def heading(book: Book, **more: object) -> Format:
    """The look of a heading, with what it has of its own."""
    return cell(book, **{"bold": True, "align": "center", "valign": "vcenter", "bg_color": HEAD, **more})


def put(book: Book, sheet: Worksheet, line: int, column: int, value: Value, look: Format) -> None:
    """Writes a value as what it is; words are never anything but words."""
    if value is None or value == "":
        sheet.write_blank(line, column, None, look)
    elif isinstance(value, str):
        sheet.write_string(line, column, book.text(value), look)
    elif not isinstance(value, dt.date):
        sheet.write_number(line, column, value, look)
    elif value >= EARLIEST:
        sheet.write_datetime(line, column, dt.datetime.combine(value, dt.time()), look)
    else:
        sheet.write_string(line, column, f"{value:%d/%m/%Y}", look)


def height(cells: Iterable[tuple[Value, float]]) -> float:
    """The height of a line in points, of its values and the widths of their columns: of its longest cell, wrapped.

    Excel finds it by itself when it opens a file, LibreOffice and other programs do not.
    """
    lines = max(_lines(value, width) for value, width in cells)
    return min(lines * LINE + 2, HIGHEST)


def _lines(value: Value, width: float) -> int:
    """How many lines the words take in a column, broken between words."""
    if not isinstance(value, str):
        return 1
    room = int(width * LETTERS)
    lines, used = 1, 0
    for word in value.split():
        fresh = not used  # a word longer than a line begins on the line that is there
        used += len(word) + 1
        if used > room + 1:
            lines += max(-(-len(word) // room), 1) - fresh
            used = len(word) % room + 1
    return lines


def set_up(sheet: Worksheet, words: Wording, title: str, last: int, columns: int, repeated: int = 0) -> None:
    """The screen, and A4 landscape one page wide: lines up to `last`, the line `repeated` again on each page."""
    sheet.set_zoom(85)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.7, bottom=0.55)  # inches
    sheet.repeat_rows(repeated)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last, columns - 1)
    sheet.set_header(f'&C&"Times New Roman,Bold"&14{title}')
    sheet.set_footer(f'&C&"Times New Roman,Regular"&11{words.footer}')
