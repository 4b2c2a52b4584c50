"""A filled profile as a workbook: one sheet, the header where the target looks for it, every cell of its type."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from pipeline.export.page import EARLIEST, HEADING, Value, cell, heading, lines, points, put, room
from pipeline.export.profiles.arrange import roman
from pipeline.export.profiles.fill import Filled, Sheet, shown_date
from pipeline.export.profiles.shape import Column, Profile
from pipeline.export.wording import WORDINGS
from pipeline.export.workbook import CREATED, Book, options

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["encode"]

A4 = 9

# The letters of a profile → those of Excel, where a minute is told from a month by the hour before it.
_EXCEL = str.maketrans({"H": "h", "M": "m"})


def encode(profile: Profile, sheet: Sheet, source: str) -> bytes:
    """The workbook; equal rows give equal bytes. `source` stands for ``{source}`` above the header."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options()) as workbook:
        workbook.set_properties({"title": profile.title, "created": CREATED})
        book = Book(workbook, WORDINGS["vi"])
        page = workbook.add_worksheet(profile.sheet)
        for index, column in enumerate(profile.columns):
            page.set_column(index, index, column.width)
        _head(book, page, profile, source)
        last = _rows(book, page, profile, sheet)
        _choices(page, profile, last)
        _set_up(page, profile, last)
    return stream.getvalue()


def _set_up(page: Worksheet, profile: Profile, last: int) -> None:
    """The screen, and A4 landscape one page wide with the header again on each page."""
    page.freeze_panes(profile.header, 0)
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.3, right=0.3, top=0.55, bottom=0.55)  # inches
    page.repeat_rows(profile.header - 1)
    page.fit_to_pages(1, 0)
    page.print_area(0, 0, last, len(profile.columns) - 1)


def _head(book: Book, page: Worksheet, profile: Profile, source: str) -> None:
    look = book.format(bold=True, align="center", valign="vcenter", text_wrap=True)
    for line, text in enumerate(profile.above):
        words = book.text(text.replace("{source}", source))
        if len(profile.columns) > 1:
            page.merge_range(line, 0, line, len(profile.columns) - 1, "", look)
        page.write_string(line, 0, words, look)
        page.set_row(line, points(_lines(words, sum(column.width for column in profile.columns))))
    for index, column in enumerate(profile.columns):
        put(book, page, profile.header - 1, index, column.title, heading(book))
    page.set_row(profile.header - 1, HEADING)


def _rows(book: Book, page: Worksheet, profile: Profile, sheet: Sheet) -> int:
    """Writes the rows and the Roman rows of their groups; returns the last line."""
    line = profile.header - 1
    for number, (title, rows) in enumerate(sheet.groups, start=1):
        if title is not None:
            line += 1
            _group(book, page, profile, line, roman(number), title)
        for row in rows:
            line += 1
            _row(book, page, profile, line, row)
    return max(line, profile.header)


def _group(book: Book, page: Worksheet, profile: Profile, line: int, number: str, title: str) -> None:
    look = cell(book, bold=True)
    values: list[Value] = [number, title, *[None] * (len(profile.columns) - 2)]
    for index, value in enumerate(values[: len(profile.columns)]):
        put(book, page, line, index, value, cell(book, bold=True, align="center") if index == 0 else look)
    page.set_row(line, points(_lines(title, profile.columns[1].width)))


def _row(book: Book, page: Worksheet, profile: Profile, line: int, row: Filled) -> None:
    for index, (column, value) in enumerate(zip(profile.columns, row.values, strict=True)):
        _cell(book, page, line, index, column, value)
    cells = zip(row.values, profile.columns, strict=True)
    page.set_row(line, points(max(_lines(value, column.width) for value, column in cells)))


def _lines(value: Value, width: float) -> int:
    """How many lines a cell takes; what stands on lines of its own takes one at least."""
    return sum(lines(part, room(width)) for part in value.split("\n")) if isinstance(value, str) else 1


def _cell(book: Book, page: Worksheet, line: int, index: int, column: Column, value: Value) -> None:
    if not isinstance(value, dt.date):
        look = cell(book, align="center") if column.type != "text" and not isinstance(value, str) else cell(book)
        put(book, page, line, index, value, look)
        return
    day = value.date() if isinstance(value, dt.datetime) else value
    if day < EARLIEST:
        put(book, page, line, index, shown_date(value, column.format), cell(book))
        return
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    look = cell(book, align="center", num_format=column.format.translate(_EXCEL))
    page.write_datetime(line, index, moment, look)


def _choices(page: Worksheet, profile: Profile, last: int) -> None:
    for index, column in enumerate(profile.columns):
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices)}
            page.data_validation(profile.header, index, last, index, rule)
