"""The sheet `Cài đặt`: what the other sheets reckon with, each in a named cell that the officer may change.

Column C is the officer's: the program fills it once, from `dondoc.toml` (`pipeline.settings`), and formulas of other
sheets ask the names. What stands in the pages' headers and how the calendar was made is fixed when the workbook is
made; the remarks beside those cells say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.export.page import DATE, Value, cell, heading, lines, points, put, room, set_up
from pipeline.export.settings_words import (
    DAYS_OFF,
    LETTERHEAD,
    NAME,
    REMARKS,
    SUPERIOR,
    TEXTS,
    TODAY,
    WARNING_DAYS,
    YEAR,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pipeline.export.workbook import Book

__all__ = ["LETTERHEAD", "NAME", "SUPERIOR", "TEXTS", "TODAY", "WARNING_DAYS", "YEAR", "add", "letterheads"]

WIDTHS = (4, 34, 46, 84)
OWN = {"bg_color": "#E2EFDA"}
LEFT = {"align": "left"}


@dataclass(frozen=True, slots=True)
class _Line:
    """A setting: the name of its cell, a value or a formula, how it looks, and what may be entered."""

    name: str
    value: Value
    allowed: Mapping[str, object] | None = None
    look: Mapping[str, object] | None = None
    formula: str | None = None


def letterheads(lang: str) -> tuple[str, str]:
    """What the officer chooses between for the letterhead: that of the state, that of the Party."""
    return TEXTS[lang]["state"], TEXTS[lang]["party"]


def add(book: Book, year: int | None, lang: str) -> None:
    """Adds the sheet; `year` is that of the calendar, None where no task has a date."""
    texts = TEXTS[lang]
    sheet = book.add_sheet(texts["sheet"])
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width)
    put(book, sheet, 0, 1, texts["title"], book.format(bold=True, font_size=14))
    for index, name in enumerate(("what", "value", "remark"), start=1):
        put(book, sheet, 2, index, texts[name], heading(book))
    found = _lines(book, year, texts)
    for place, line in enumerate(found, start=3):
        _put(book, sheet, place, line, lang)
    set_up(book, sheet, "", len(found) + 2, len(WIDTHS), repeated=2)


def _lines(book: Book, year: int | None, texts: Mapping[str, str]) -> list[_Line]:
    settings = book.settings
    letterhead = {"validate": "list", "source": [texts["state"], texts["party"]], "error_message": texts["choose"]}
    days = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 365, "error_message": texts["days"]}
    date = {"validate": "custom", "value": f"=ISNUMBER({TODAY})", "error_message": texts["date"]}
    years = {"validate": "integer", "criteria": "between", "minimum": 1990, "maximum": 2100}
    return [
        _Line(NAME, settings.name),
        _Line(SUPERIOR, settings.superior),
        _Line(LETTERHEAD, texts[settings.letterhead], letterhead),
        _Line(WARNING_DAYS, settings.warning_days, days, LEFT),
        _Line(TODAY, None, date, {**DATE, **LEFT}, "=TODAY()"),
        _Line(YEAR, year, {**years, "error_message": texts["whole-year"]}, LEFT, None if year else f"=YEAR({TODAY})"),
        _Line(DAYS_OFF, texts[settings.days_off]),
    ]


def _put(book: Book, sheet: Worksheet, place: int, line: _Line, lang: str) -> None:
    look = cell(book, **OWN, **(line.look or {}))
    texts, remark = TEXTS[lang], REMARKS[lang][line.name]
    put(book, sheet, place, 1, texts[line.name], cell(book))
    if line.formula:
        sheet.write_formula(place, 2, line.formula, look, "")
    else:
        put(book, sheet, place, 2, line.value, look)
    put(book, sheet, place, 3, remark, cell(book))
    if line.allowed:
        sheet.data_validation(place, 2, place, 2, line.allowed)
    sheet.set_row(place, points(max(lines(remark, room(WIDTHS[3])), lines(str(line.value or ""), room(WIDTHS[2])))))
    book.workbook.define_name(line.name, f"='{texts['sheet']}'!$C${place + 1}")
