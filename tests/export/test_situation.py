"""The two formulas, computed by LibreOffice: what an officer sees for each state and deadline, on a day that is fixed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from export.office import computed, enter, needs_office

from pipeline import export
from pipeline.model import Directive, Task

TODAY = dt.date(2026, 3, 2)
NOT_BEGUN, UNDER_WAY, DONE, PAUSED, CANCELLED = "Chưa thực hiện", "Đang thực hiện", "Hoàn thành", "Tạm dừng", "Hủy"
WAITING, IN_TIME, SOON = "Chưa thực hiện", "Đang thực hiện (trong hạn)", "Sắp đến hạn"
LATE, DONE_IN_TIME, DONE_LATE = "Quá hạn chưa hoàn thành", "Hoàn thành đúng hạn", "Hoàn thành quá hạn"
OPEN = "Không có thời hạn"

# (deadline, state, finished on, situation, days left); a whole number is a day counted from TODAY, anything else is typed
CASES: list[tuple[Any, str | None, Any, str, int | None]] = [
    (30, NOT_BEGUN, None, WAITING, 30),
    (30, UNDER_WAY, None, IN_TIME, 30),
    (365, NOT_BEGUN, None, WAITING, 365),
    # seven days before counts as soon, eight not
    (8, NOT_BEGUN, None, WAITING, 8),
    (8, UNDER_WAY, None, IN_TIME, 8),
    (7, NOT_BEGUN, None, SOON, 7),
    (7, UNDER_WAY, None, SOON, 7),
    (1, UNDER_WAY, None, SOON, 1),
    # the deadline is the last day on which the task may be finished
    (0, NOT_BEGUN, None, SOON, 0),
    (0, UNDER_WAY, None, SOON, 0),
    (-1, NOT_BEGUN, None, LATE, -1),
    (-1, UNDER_WAY, None, LATE, -1),
    (-400, UNDER_WAY, None, LATE, -400),
    # a day finished for a task that is still open says nothing
    (-1, UNDER_WAY, -3, LATE, -1),
    (30, NOT_BEGUN, -3, WAITING, 30),
    # in time: before, on the day
    (-9, DONE, -10, DONE_IN_TIME, None),
    (-9, DONE, -9, DONE_IN_TIME, None),
    (30, DONE, -1, DONE_IN_TIME, None),
    (0, DONE, 0, DONE_IN_TIME, None),
    # late: from the day after
    (-9, DONE, -8, DONE_LATE, None),
    (-9, DONE, 0, DONE_LATE, None),
    # done without a date counts as in time, late or not
    (-9, DONE, None, DONE_IN_TIME, None),
    (9, DONE, None, DONE_IN_TIME, None),
    (None, DONE, None, DONE_IN_TIME, None),
    (None, DONE, -3, DONE_IN_TIME, None),
    # stopped: whatever the deadline
    (-9, PAUSED, None, PAUSED, None),
    (9, PAUSED, None, PAUSED, None),
    (None, PAUSED, None, PAUSED, None),
    (-9, CANCELLED, None, CANCELLED, None),
    (3, CANCELLED, -3, CANCELLED, None),
    (None, CANCELLED, None, CANCELLED, None),
    # no deadline
    (None, NOT_BEGUN, None, OPEN, None),
    (None, UNDER_WAY, None, OPEN, None),
    (None, UNDER_WAY, -3, OPEN, None),
    # an hour typed with a day changes nothing
    (dt.datetime(2026, 3, 2, 17, 30), UNDER_WAY, None, SOON, 0),
    (-9, DONE, dt.datetime(2026, 2, 21, 16, 0), DONE_IN_TIME, None),
    # words in the place of a day are no day, and no error
    ("cuối quý I", UNDER_WAY, None, OPEN, None),
    ("15/11/2026", NOT_BEGUN, None, OPEN, None),
    (-9, DONE, "tuần trước", DONE_IN_TIME, None),
    # a state that was cleared, and one that is not in the list
    (30, None, None, WAITING, 30),
    (-1, None, None, LATE, -1),
    (30, "đang làm", None, IN_TIME, 30),
]


def typed(value: Any) -> Any:
    return TODAY + dt.timedelta(days=value) if isinstance(value, int) else value


def shown(path: Path, cases: list[tuple[Any, str | None, Any, str, int | None]], **settings: Any) -> list[tuple[Any, Any]]:
    """What the two columns show when the cases and the settings are typed into a new workbook."""
    tasks = [Task(id=str(n), section="", order=n, text="Rà soát.") for n, _ in enumerate(cases)]
    (target,) = export.targets([path / "t.xlsx"])
    export.write([Directive("k.docx", "", "", 1, "ok", tasks=tuple(tasks))], target)
    book = openpyxl.load_workbook(path / "t.xlsx")
    sheet = book["Nhiệm vụ"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for line, (due, state, finished, *_) in enumerate(cases, start=2):
        for name, value in (("Thời hạn", due), ("Trạng thái", state), ("Ngày hoàn thành", finished)):
            sheet.cell(line, columns[name]).value = typed(value)
    for name, value in settings.items():
        enter(book, name, value)
    book.save(path / "edited.xlsx")
    made = computed(path / "edited.xlsx")["Nhiệm vụ"]
    return [tuple(made.cell(line, columns[name]).value for name in ("Tình trạng", "Còn lại, ngày"))
            for line in range(2, len(cases) + 2)]  # fmt: skip


@needs_office
def test_situation_and_days_left(tmp_path: Path) -> None:
    assert len(CASES) >= 40
    assert shown(tmp_path, CASES, HomNay=TODAY) == [case[3:] for case in CASES]


@needs_office
@pytest.mark.parametrize(("days", "expected"), [(0, [SOON, IN_TIME]), (3, [SOON, SOON])])
def test_the_days_of_warning_are_those_of_the_settings(tmp_path: Path, days: int, expected: list[str]) -> None:
    cases = [(0, UNDER_WAY, None, "", None), (3, UNDER_WAY, None, "", None)]
    assert [situation for situation, _ in shown(tmp_path, cases, HomNay=TODAY, SoNgayCanhBao=days)] == expected


@needs_office
def test_today_is_asked_of_the_clock(make: Callable[..., Directive], tmp_path: Path) -> None:
    before = dt.date.today()
    tasks = [Task(id="0", section="", order=0, text="Rà soát.", due=before + dt.timedelta(days=40))]
    (target,) = export.targets([tmp_path / "t.xlsx"])
    export.write([make(*tasks)], target)
    left = computed(tmp_path / "t.xlsx")["Nhiệm vụ"]["U2"].value
    assert left in {40 - passed.days for passed in (dt.timedelta(), dt.date.today() - before)}
