"""When a task falls due in a year: deadlines, milestones, rules, and days on which no office works."""

from __future__ import annotations

import datetime as dt
from typing import Any

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Milestone, Task
from pipeline.occurrences import dated_rule, occurrences, timing


def task(**fields: Any) -> Task:
    return Task(**{"id": "t1", "section": "", "order": 1, "text": "Rà soát hồ sơ.", **fields})


def days(found: tuple[Any, ...]) -> str:
    return " ".join(f"{one.date:%d/%m}" for one in found)


EVERY_FRIDAY_IN_DECEMBER = "04/12 11/12 18/12 25/12"

# rule, first day, dates of 2026
RULES: list[tuple[str, dt.date | None, str]] = [
    ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", None, "15/11"),
    ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", dt.date(2022, 3, 1), "15/11"),
    # the day of the first year lies before the document
    ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", dt.date(2026, 4, 1), ""),
    # the document's own day counts
    ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1", dt.date(2026, 4, 1), "01/04"),
    # the document is of a later year
    ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1", dt.date(2027, 1, 1), ""),
    ("FREQ=MONTHLY;BYMONTHDAY=20", dt.date(2026, 10, 5), "20/10 20/11 20/12"),
    # a month that has no such day has it on its last
    ("FREQ=MONTHLY;BYMONTHDAY=30", dt.date(2026, 1, 31),
     "28/02 30/03 30/04 30/05 30/06 30/07 30/08 30/09 30/10 30/11 30/12"),
    ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=31", None, "30/06 31/12"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", dt.date(2026, 11, 1), "30/11 31/12"),
    # months that are named come, whichever month the document is of
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=20", dt.date(2026, 2, 10), "20/03 20/06 20/09 20/12"),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=20", dt.date(2024, 7, 10), "20/03 20/06 20/09 20/12"),
    ("FREQ=WEEKLY;BYDAY=FR", dt.date(2026, 12, 1), EVERY_FRIDAY_IN_DECEMBER),
    # every second week is counted from the document's week
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", dt.date(2026, 11, 23), "27/11 11/12 25/12"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", dt.date(2026, 11, 30), "04/12 18/12"),
    ("FREQ=MONTHLY;BYDAY=-1SA", dt.date(2026, 11, 1), "28/11 26/12"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", dt.date(2026, 10, 1), "30/10 30/11 31/12"),
    # a rule that names no day has no date
    ("FREQ=MONTHLY;INTERVAL=2", None, ""),
    ("FREQ=WEEKLY;INTERVAL=2", dt.date(2026, 1, 1), ""),
    ("FREQ=HOURLY", None, ""),
]


@pytest.mark.parametrize(("rule", "since", "expected"), RULES)
def test_a_rule_gives_the_dates_of_the_year(rule: str, since: dt.date | None, expected: str) -> None:
    found = occurrences(task(rrule=rule), 2026, shift=False, since=since)
    assert days(found) == expected
    assert {(one.of, one.kind, one.original == one.date) for one in found} <= {("t1", "recurring", True)}


def test_the_start_of_the_task_goes_before_the_date_of_the_document() -> None:
    one = task(rrule="FREQ=MONTHLY;BYMONTHDAY=5", start=dt.date(2026, 11, 1))
    assert days(occurrences(one, 2026, shift=False, since=dt.date(2026, 1, 1))) == "05/11 05/12"


def test_deadline_and_milestones_stand_beside_what_comes_back() -> None:
    steps = (Milestone("gửi dự thảo", dt.date(2026, 11, 10)), Milestone("tổng kết", dt.date(2027, 2, 1)))
    one = task(due=dt.date(2026, 12, 5), milestones=steps, rrule="FREQ=MONTHLY;BYMONTHDAY=5", start=dt.date(2026, 11, 1))
    found = occurrences(one, 2026, shift=False)
    assert [(f"{o.date:%d/%m}", o.kind, o.text) for o in found] == [
        ("05/11", "recurring", None),
        ("10/11", "milestone", "gửi dự thảo"),
        ("05/12", "due", None),  # once, though the rule names the day as well
    ]
    assert days(occurrences(one, 2027, shift=False))[:11] == "05/01 01/02"


# day of the document, working day before, working day after, why
SHIFTED = [
    ("2026-05-04", "2026-05-04", "2026-05-04", "a Monday"),
    ("2026-05-03", "2026-04-29", "2026-05-04", "a Sunday behind two holidays and a Saturday"),
    ("2026-02-18", "2026-02-13", "2026-02-23", "Tết and the weekends around it"),
    ("2026-04-27", "2026-04-24", "2026-04-28", "the holiday of a Sunday is observed on Monday"),
    ("2026-08-22", "2026-08-22", "2026-08-22", "a Saturday on which offices work in exchange"),
    ("2026-01-01", "2025-12-31", "2026-01-02", "the year of a date is that of the day in the document"),
]


@pytest.mark.parametrize(("day", "before", "after", "why"), SHIFTED, ids=[row[3] for row in SHIFTED])
def test_a_date_moves_off_weekends_and_holidays_when_asked(day: str, before: str, after: str, why: str) -> None:
    original = dt.date.fromisoformat(day)
    for later, expected in ((False, before), (True, after)):
        (found,) = occurrences(task(due=original), 2026, shift=True, later=later)
        assert (found.original, f"{found.date}") == (original, expected)
    (unmoved,) = occurrences(task(due=original), 2026, shift=False)
    assert unmoved.date == original


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 20)), st.booleans())
def test_no_working_day_is_passed_over(day: dt.date, later: bool) -> None:
    (found,) = occurrences(task(due=day), day.year, shift=True, later=later)
    calendar = holidays.country_holidays("VN")
    between = [day + (found.date - day) * step / max(abs((found.date - day).days), 1)
               for step in range(abs((found.date - day).days))]  # fmt: skip
    assert calendar.is_working_day(found.date)
    assert not any(calendar.is_working_day(one) for one in between)


TIMINGS = [
    ({"due": dt.date(2026, 1, 1)}, "dated"),
    ({"milestones": (Milestone("x", dt.date(2026, 1, 1)),)}, "dated"),
    ({"rrule": "FREQ=MONTHLY;BYMONTHDAY=20", "cadence": ("monthly",)}, "dated"),
    # how often, but on no day that is known
    ({"cadence": ("monthly",)}, "recurring"),
    ({"cadence": ("continuous", "quarterly")}, "recurring"),
    ({"cadence": ("periodic",), "rrule": "FREQ=WEEKLY;INTERVAL=2"}, "recurring"),
    ({"cadence": ("continuous",)}, "continuous"),
    ({"cadence": ("continuous", "ad_hoc")}, "continuous"),
    ({"cadence": ("ad_hoc",)}, "undated"),
    ({}, "undated"),
]


@pytest.mark.parametrize(("fields", "expected"), TIMINGS)
def test_work_without_a_date_is_told_from_work_with_one(fields: dict[str, Any], expected: str) -> None:
    one = task(**fields)
    assert timing(one) == expected
    dated = [year for year in range(2025, 2028) if occurrences(one, year, shift=False)]
    assert bool(dated) == (expected == "dated")


def test_a_rule_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError):
        occurrences(task(rrule="FREQ=MONTHLY;BYMONTHDAY=ba"), 2026, shift=False)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=20", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
        # nothing but the interval says which months or weeks
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=20", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=20"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("FREQ=YEARLY;INTERVAL=2", None),
        ("", None),
    ],
)
def test_the_form_of_a_rule_that_may_begin_on_any_day(rule: str, expected: str | None) -> None:
    assert dated_rule(rule) == expected
