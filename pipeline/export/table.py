"""Tables of a workbook: columns that know their heading, width and value, and one fast way to write them all.

A tracker of a hundred thousand tasks is written here cell by cell, so the looks are made once a column and words are
measured only where they may not fit on one line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pipeline.export.page import EARLIEST, HEADING, Value, cell, heading, lines, points, room

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pipeline.export.sheet import Sheet
    from pipeline.export.workbook import Book

__all__ = ["OWN_HEAD", "Column", "Formula", "link", "looked_up", "write_table"]

R = TypeVar("R")
OWN_HEAD = "#E2EFDA"  # paper of the headings of the officer's columns
TOGETHER = 4096  # lines that are held in memory
TASKS, ID, NUMBER = "NhiemVu", ("Mã nhiệm vụ", "Task id"), ("STT", "No.")  # the table of the tasks, how it names them


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its equals sign, and what it comes to as far as that is known without a clock."""

    words: str
    result: Value = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """A column: its heading by language, its width in characters, how its cells look, and what they hold."""

    vi: str
    en: str
    width: float
    look: Mapping[str, object]
    value: Callable[[R], Any]  # a Value or a Formula
    own: bool = False  # it belongs to the officer: filled once and never again

    def heading(self, lang: str) -> str:
        """The heading in that language."""
        return self.vi if lang == "vi" else self.en


def write_table(
    book: Book, sheet: Sheet, name: str, columns: Sequence[Column[R]], rows: Sequence[R], lang: str
) -> int:
    """Writes a table from the sheet's first line on, each line as high as its words; returns its last line.

    The lines are put away as they grow: what is added to the sheet afterwards may be anything but cells.
    """
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    writers = [
        partial(_write, book, sheet, index, cell(book, **column.look), room(column.width))
        for index, column in enumerate(columns)
    ]
    pairs = list(zip([column.value for column in columns], writers, strict=True))
    last = max(len(rows), 1)  # a table has one line at least
    _head(book, sheet, name, columns, last, lang)
    for line, row in enumerate(rows, start=1):
        most = 1
        for value, write in pairs:
            most = max(most, write(line, value(row)))
        sheet.set_row(line, points(most))
        if line % TOGETHER == 0:
            book.put_away(sheet)
    book.put_away(sheet)
    return last


def _head(book: Book, sheet: Worksheet, name: str, columns: Sequence[Column[R]], last: int, lang: str) -> None:
    own = heading(book, bg_color=OWN_HEAD)
    headings = [
        {"header": column.heading(lang), "header_format": own if column.own else heading(book)} for column in columns
    ]
    # No table style: its bands are not drawn by every program, and a printed sheet wants its own lines.
    sheet.add_table(0, 0, last, len(columns) - 1, {"name": name, "style": None, "columns": headings})
    sheet.set_row(0, HEADING)


def _write(book: Book, sheet: Worksheet, index: int, look: Format, letters: int, line: int, value: Any) -> int:
    """Writes one value as what it is, and returns how many lines its words take."""
    if value is None or value == "":
        sheet.write_blank(line, index, None, look)
    elif isinstance(value, str):
        words = book.text(value)
        sheet.write_string(line, index, words, look)
        if len(words) > letters or "\n" in words:
            return lines(words, letters)
    elif isinstance(value, Formula):
        sheet.write_formula(line, index, value.words, look, value.result)
    elif not isinstance(value, dt.date):
        sheet.write_number(line, index, value, look)
    elif value >= EARLIEST:
        sheet.write_datetime(line, index, value, look)
    else:
        sheet.write_string(line, index, f"{value:%d/%m/%Y}", look)
    return 1


def link(table: str, sheet: str, lang: str, number: int) -> Formula:
    """The number of a task, leading to its row in the sheet of the tasks.

    The row is looked up by its id, for the officer sorts that sheet and adds rows.
    """
    key = ID[lang != "vi"]
    above = f"ROW({TASKS}[[#Headers],[{key}]])"
    place = f"MATCH({table}[[#This Row],[{key}]],{TASKS}[{key}],0)+{above}"
    return Formula(f"IFERROR(HYPERLINK(\"#'{sheet}'!A\"&({place}),{number}),{number})", number)


def looked_up(table: str, name: str, lang: str) -> str:
    """The formula that shows what the column of the tasks holds for the task of the same id; empty where it is gone."""
    key = ID[lang != "vi"]
    found = f"INDEX({TASKS}[{name}],MATCH({table}[[#This Row],[{key}]],{TASKS}[{key}],0))"
    return f'IFERROR(IF({found}="","",{found}),"")'
