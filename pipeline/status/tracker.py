"""A tracker workbook read back: its tasks, and what officers typed, found by the headings of the columns.

The officer may have added columns, moved and sorted them, deleted lines and added lines of their own.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.export.settings_sheet import TODAY, WARNING_DAYS
from pipeline.export.task_sheet import COLUMNS
from pipeline.export.wording import WORDINGS
from pipeline.model import Warning
from pipeline.settings import Settings
from pipeline.situation import STATES

__all__ = ["OWN", "Line", "Tracker", "read"]

TEXT, STATE = "Nội dung nhiệm vụ", "Trạng thái"  # the columns without which a sheet is no tracker
# The officer's columns → the field of a state.
OWN = {
    STATE: "status",
    "% hoàn thành": "percent",
    "Ngày hoàn thành": "done_on",
    "Kết quả": "outcome",
    "Ghi chú": "notes",
}
SEARCHED = 40  # lines at the top of a sheet among which the headings are
FIRST = dt.date(1899, 12, 30)  # day 0 of Excel; right from March 1900 on
LAST_SERIAL = 2_958_465  # 31/12/9999
_PANIC = "PanicException"  # what calamine raises where it has a fault; pyo3 gives no way to import the class

PROBLEMS = {
    "vi": {
        "state": "Dòng {line}: trạng thái “{value}” không có trong danh sách, được tính là đang thực hiện.",
        "date": "Dòng {line}, cột {column}: “{value}” không phải ngày mà Excel hiểu, nên được tính như để trống.",
        "percent": "Dòng {line}, cột {column}: “{value}” không phải số, nên được tính như để trống.",
        "twice": "Dòng {line} có cùng mã nhiệm vụ với dòng {first}.",
        "error": "Dòng {line}, cột {column}: ô báo lỗi {value}.",
    },
    "en": {
        "state": "Line {line}: the state “{value}” is not in the list and counts as under way.",
        "date": "Line {line}, column {column}: “{value}” is no date that Excel knows and counts as blank.",
        "percent": "Line {line}, column {column}: “{value}” is no number and counts as blank.",
        "twice": "Line {line} has the task id of line {first}.",
        "error": "Line {line}, column {column}: the cell shows the error {value}.",
    },
}


@dataclass(frozen=True, slots=True)
class Line:
    """A task of the tracker. `number` is that of the line in the sheet; `id` is None for one that the officer added.

    `state` is a code of `pipeline.situation`, the words typed where they are in no list, or None. `vanished`: an update
    marked it as one that its document no longer says.
    """

    number: int
    id: str | None
    text: str
    lead: str
    source: str
    due: dt.date | None
    due_text: str
    state: str | None
    percent: float | None
    done_on: dt.date | None
    outcome: str | None
    notes: str | None
    vanished: bool


@dataclass(frozen=True, slots=True)
class Tracker:
    """What a workbook says. `own` are the officer's fields that it has a column for.

    `today` is set where the officer fixed the day on the settings sheet.
    """

    name: str
    lang: str
    lines: tuple[Line, ...]
    own: frozenset[str]
    warning_days: int
    today: dt.date | None
    problems: tuple[Warning, ...]


def read(path: Path, lang: str) -> Tracker:
    """Reads a tracker; `lang` is the language in which problems are told, not that of the workbook.

    Raises `UsageError` where there is no such file or it is no tracker, `DocumentError` where it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"Không mở được {path}. Hãy kiểm tra tên tệp và quyền đọc."
        raise UsageError("no-tracker", message, f"{type(error).__name__}: {error}") from error
    if path.suffix.lower() != ".xlsx":
        message = f"{path.name} không phải sổ .xlsx: dondoc status chỉ đọc sổ theo dõi mà dondoc convert đã lập."
        raise UsageError("not-a-tracker", message)
    book = _Book(data)
    headers = ((name, header) for name in book.sheets if (header := _header(book.grid(name, SEARCHED))) is not None)
    # Other sheets of the workbook repeat some columns: the one with most of them holds the tasks.
    name, header = max(headers, key=lambda found: len(found[1][2]), default=("", None))
    if header is None:
        message = f"{path.name} không phải sổ theo dõi: không trang nào có cột “{TEXT}” và “{STATE}” (Task, State)."
        raise UsageError("not-a-tracker", message)
    return _tracker(path.name, book, name, header, PROBLEMS[lang])


class _Book:
    """The cells of a workbook, read once it is known to be harmless."""

    def __init__(self, data: bytes) -> None:
        from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

        from pipeline.ingest.reading import truncated
        from pipeline.ingest.sheet.names import named_cells
        from pipeline.ingest.sheet.package import WHAT, inspect

        self.marks = inspect(data)
        self.names = named_cells(data, (TODAY, WARNING_DAYS))
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except CalamineError as error:
            raise truncated(WHAT, error) from error
        except BaseException as error:
            if type(error).__name__ != _PANIC:
                raise
            raise truncated(WHAT, f"{_PANIC}: {error}") from error
        kinds = {about.name: about.typ for about in self._book.sheets_metadata}
        self.sheets = [name for name in self._book.sheet_names if kinds[name] == SheetTypeEnum.WorkSheet]

    def grid(self, name: str, rows: int | None = None) -> dict[tuple[int, int], Any]:
        """The filled cells by row and column, counted from 0; of that many rows where it is said."""
        sheet = self._book.get_sheet_by_name(name)
        top, left = sheet.start or (0, 0)
        return {
            (row, column): value
            for row, values in enumerate(sheet.to_python(nrows=rows), top)
            for column, value in enumerate(values, left)
            if value != ""
        }

    def named(self, name: str) -> Any:
        """The value of a named cell; None where there is none, or a formula gives it."""
        place = self.names.get(name)
        if place is None or place.formula:
            return None
        return self.grid(place.sheet).get((place.row, place.column))


def _header(grid: Mapping[tuple[int, int], Any]) -> tuple[str, int, dict[str, int]] | None:
    """The language of the headings, their line, and the place of each column by its Vietnamese heading."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), value in sorted(grid.items()):
        if row < SEARCHED and isinstance(value, str):
            rows.setdefault(row, {}).setdefault(_heading(value), column)
    for row, found in rows.items():
        for lang in WORDINGS:
            places = {
                column.vi: found[heading] for column in COLUMNS if (heading := _heading(column.heading(lang))) in found
            }
            if TEXT in places and STATE in places:
                return lang, row, places
    return None


def _heading(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _tracker(
    name: str, book: _Book, sheet: str, header: tuple[str, int, dict[str, int]], told: Mapping[str, str]
) -> Tracker:
    lang, above, places = header
    grid = book.grid(sheet)
    marks = book.marks.get(sheet)
    reader = _Lines(grid, lang, places, told, marks.shown if marks else {}, marks.errors if marks else {})
    last = max((row for row, _ in grid), default=above)
    lines = tuple(reader.lines(range(above + 1, last + 1)))
    days, today = book.named(WARNING_DAYS), _date(book.named(TODAY))
    return Tracker(
        name=name,
        lang=lang,
        lines=lines,
        own=frozenset(field for heading, field in OWN.items() if heading in places),
        warning_days=int(days) if isinstance(days, int | float) and days >= 0 else Settings().warning_days,
        today=today,
        problems=tuple(reader.problems),
    )


class _Lines:
    """The lines of a sheet, and what in them is not what it should be."""

    def __init__(
        self,
        grid: Mapping[tuple[int, int], Any],
        lang: str,
        places: Mapping[str, int],
        told: Mapping[str, str],
        shown: Mapping[tuple[int, int], str],
        errors: Mapping[tuple[int, int], str],
    ) -> None:
        self._grid, self._places, self._told = grid, places, told
        self._shown, self._errors = shown, errors
        # Excel compares words without regard to case.
        self._states = dict(zip(map(str.casefold, WORDINGS[lang].states), STATES, strict=True))
        self._vanished = WORDINGS[lang].situations[-1].casefold()
        self._headings = {column.vi: column.heading(lang) for column in COLUMNS}
        self.problems: list[Warning] = []

    def lines(self, rows: Sequence[int]) -> Iterator[Line]:
        """The lines that hold a task: what has no words is none, as for the formulas."""
        ids: dict[str, int] = {}
        for row in rows:
            text = self._text(row, TEXT)
            if not text:
                continue
            name = self._text(row, "Mã nhiệm vụ") or None
            if name is not None and ids.setdefault(name, row) != row:
                self._problem("twice", row, first=ids[name] + 1)
            yield Line(
                number=row + 1,
                id=name,
                text=text,
                lead=self._text(row, "Đơn vị chủ trì"),
                source=self._text(row, "Văn bản giao"),
                due=self._day(row, "Thời hạn"),
                due_text=self._text(row, "Hạn theo văn bản"),
                state=self._state(row),
                percent=self._percent(row, "% hoàn thành"),
                done_on=self._day(row, "Ngày hoàn thành"),
                outcome=self._text(row, "Kết quả") or None,
                notes=self._text(row, "Ghi chú") or None,
                vanished=self._vanished in self._text(row, "Cần rà soát").casefold(),
            )

    def _value(self, row: int, column: str) -> Any:
        place = (row, self._places.get(column, -1))
        if place in self._errors:
            self._problem("error", row, column, self._errors[place])
            return None
        return self._grid.get(place)

    def _text(self, row: int, column: str) -> str:
        value = self._value(row, column)
        if isinstance(value, dt.datetime | dt.date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def _state(self, row: int) -> str | None:
        words = self._text(row, STATE)
        if not words:
            return None
        code = self._states.get(words.casefold())
        if code is None:
            self._problem("state", row, STATE, words)
        return code or words

    def _day(self, row: int, column: str) -> dt.date | None:
        value = self._value(row, column)
        day = _date(value)
        if day is None and value is not None and str(value).strip():
            self._problem("date", row, column, value)
        return day

    def _percent(self, row: int, column: str) -> float | None:
        value = self._value(row, column)
        if isinstance(value, str):
            written = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*%?\s*", value)
            if written is not None:
                return float(written[1].replace(",", "."))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            share = self._shown.get((row, self._places[column])) == "percent"
            return round(value * 100, 10) if share else float(value)
        if value is not None and str(value).strip():
            self._problem("percent", row, column, value)
        return None

    def _problem(self, code: str, row: int, column: str = "", value: object = "", **more: object) -> None:
        heading = self._headings.get(column, column)
        words = str(value)
        words = words if len(words) <= 60 else words[:59] + "…"
        self.problems.append(
            Warning(f"tracker-{code}", self._told[code].format(line=row + 1, column=heading, value=words, **more))
        )


def _date(value: Any) -> dt.date | None:
    """The day of a cell that Excel takes for a date, or a number; words are none, as for the formulas."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= LAST_SERIAL:
        return FIRST + dt.timedelta(days=int(value))
    return None
