"""The sheet `Lịch`: every date of a year on which something is due, recurring work expanded, in order of time.

The table is named `Lich`; every cell is the program's. The year is the office's (`dondoc.toml`), else the one in which
most tasks are due; it stands in the title. Work without a day has no line here: `Tổng hợp` counts it apart; nor has
what a document no longer says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.export.page import CENTRE, DATE, LINK, SMALL, TEXT, column_letter, set_up
from pipeline.export.settings_sheet import TODAY, WARNING_DAYS
from pipeline.export.table import Column, link, write_table
from pipeline.export.task_sheet import Row, is_gone, source
from pipeline.occurrences import DUE, Occurrence, occurrences

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pipeline.export.workbook import Book

__all__ = ["TABLE", "add", "sheet_name", "year_of"]

TABLE = "Lich"
TEXTS: Mapping[str, Mapping[str, str]] = {
    "vi": {"sheet": "Lịch", "title": "LỊCH THỰC HIỆN NHIỆM VỤ NĂM {year}", "no-year": "LỊCH THỰC HIỆN NHIỆM VỤ",
           "due": "Thời hạn", "milestone": "Mốc: {text}", "recurring": "Định kỳ"},
    "en": {"sheet": "Calendar", "title": "CALENDAR OF {year}", "no-year": "CALENDAR",
           "due": "Deadline", "milestone": "Step: {text}", "recurring": "Recurring"},
}  # fmt: skip
WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
PAST, SOON = {"font_color": "#7F7F7F"}, {"font_color": "#7F6000", "bg_color": "#FFF2CC"}


@dataclass(frozen=True, slots=True)
class _Row:
    """A date and the row of its task."""

    row: Row
    day: Occurrence


def year_of(rows: Sequence[Row], chosen: int | None) -> int | None:
    """The year that was chosen, else that of most deadlines and milestones (of two alike the later one).

    Where no task has one, the year that most tasks' documents are of; None where none is known.
    """
    if chosen is not None:
        return chosen
    named = [day.year for row in rows for day in (row.task.due, *(step.due for step in row.task.milestones)) if day]
    if not named:
        metas = (row.directive.meta for row in rows)
        named = [year for meta in metas if (year := meta.year or (meta.date and meta.date.year))]
    counts = Counter(named)
    return max(counts, key=lambda year: (counts[year], year), default=None)


def sheet_name(lang: str) -> str:
    """The name of the sheet in that language."""
    return TEXTS[lang]["sheet"]


def add(book: Book, rows: Sequence[Row], year: int | None, lang: str) -> None:
    """Adds the sheet."""
    texts = TEXTS[lang]
    sheet = book.add_sheet(texts["sheet"])
    dated = [] if year is None else sorted(_dates(book, rows, year), key=lambda one: (one.day.date, one.row.number))
    columns = _columns(book, lang)
    last = write_table(book, sheet, TABLE, columns, dated, lang)
    _colour(book, sheet, last)
    sheet.freeze_panes(1, 2)
    set_up(book, sheet, texts["no-year" if year is None else "title"].format(year=year), last, len(columns))


def _dates(book: Book, rows: Sequence[Row], year: int) -> Iterator[_Row]:
    shift, later = book.settings.shift, book.settings.later
    for row in rows:
        if is_gone(row):
            continue
        since = row.directive.meta.date
        for day in occurrences(row.task, year, shift=shift, later=later, since=since):
            yield _Row(row, day)


def _columns(book: Book, lang: str) -> tuple[Column[_Row], ...]:
    texts, weekdays = TEXTS[lang], WEEKDAYS[lang]

    def what(one: _Row) -> str:
        said = texts[one.day.kind].format(text=one.day.text)
        cadence = "; ".join(book.wording.cadence.get(code, code) for code in one.row.task.cadence if code != "once")
        return said if one.day.kind == DUE or not cadence else f"{said} ({cadence})"

    columns: list[Column[_Row]] = [
        Column("Ngày", "Day", 12, DATE, lambda one: one.day.date),
        Column("Thứ", "Weekday", 11, CENTRE, lambda one: weekdays[one.day.date.weekday()]),
        Column("Việc đến hạn", "What is due", 20, TEXT, what),
        Column("Nội dung nhiệm vụ", "Task", 58, TEXT, lambda one: one.row.task.text),
        Column("Đơn vị chủ trì", "Lead", 22, TEXT, lambda one: "; ".join(one.row.task.lead)),
        Column("Sản phẩm", "Deliverable", 18, TEXT, lambda one: one.row.task.deliverable),
        Column("Văn bản giao", "Source", 26, TEXT, lambda one: source(one.row.directive, book.wording)),
        Column("STT", "No.", 6, LINK, lambda one: link(TABLE, book.wording.sheet, lang, one.row.number)),
        Column("Mã nhiệm vụ", "Task id", 9, SMALL, lambda one: one.row.task.id),
    ]
    if book.settings.shift:
        columns.insert(2, Column("Ngày theo văn bản", "Day as written", 12, DATE, lambda one: one.day.original))
    return tuple(columns)


def _colour(book: Book, sheet: Worksheet, last: int) -> None:
    """Days that are over are grey, those that come within the days of warning stand out."""
    end = column_letter(1)
    for condition, look in (
        (f"AND(ISNUMBER($A2),$A2<{TODAY})", PAST),
        (f"AND(ISNUMBER($A2),$A2-{TODAY}<={WARNING_DAYS})", SOON),
    ):
        rule = {"type": "formula", "criteria": f"={condition}", "format": book.workbook.add_format(look)}
        rule["stop_if_true"] = True
        sheet.conditional_format(f"A2:{end}{last + 1}", rule)
