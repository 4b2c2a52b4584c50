"""Lịch: each day that the register has stands in its month and quarter, whatever the address says."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from offices import fill, harmful, plan
from starlette.testclient import TestClient

from pipeline.export.calendar_sheet import WEEKDAYS
from pipeline.serve.pages.calendar import SHOWN, Span
from pipeline.serve.pages.words.calendar import CALENDAR
from pipeline.store import register
from pipeline.store.database import Database
from pipeline.store.register import Filter
from pipeline.time.clock import is_working_day

WORDS = CALENDAR["vi"]


def base(client: TestClient) -> Database:
    database: Database = client.app.state.house.database  # type: ignore[attr-defined]
    return database


@pytest.fixture
def office(here: TestClient) -> TestClient:
    fill(base(here), plan(), harmful())
    return here


def cells(page: str) -> dict[int, str]:
    """The days of the month in the grid, by their number."""
    found = re.findall(r'<td class="([^"]*)"( tabindex[^>]*)?>\s*<span class="number">(\d+)(.*?)</td>', page, re.DOTALL)
    return {int(number): look + rest for look, inside, number, rest in found if inside}


def listed(page: str) -> set[str]:
    """The days of the list."""
    return set(re.findall(r'id="ngay-([\d-]+)"', page))


@pytest.mark.parametrize("span", [Span(2026, 3), Span(2026, 1, 1), Span(2025, 11), Span(2026, 10, 4)])
def test_every_day_of_the_register_is_there(office: TestClient, span: Span) -> None:
    page = office.get(f"/lich?xem={span.name}").text
    found = register.days(base(office), span.first, span.last)
    assert listed(page) == {str(day.date) for day in found}
    in_list = page[page.index(WORDS["list"]) :] if found else ""
    assert in_list.count("<li><a href=") == len(found)


def test_the_month_is_that_of_today(office: TestClient) -> None:
    page = office.get("/lich").text
    days = cells(page)
    assert list(days) == list(range(1, 32))
    assert "today" in days[10] and 'aria-current="date"' in page
    assert all(weekday in page for weekday in WEEKDAYS["vi"])
    assert {number for number, cell in days.items() if "off" in cell.split()[0]} == {
        number for number in days if not is_working_day(dt.date(2026, 3, number))
    }


def test_a_day_in_the_grid_has_its_tasks(office: TestClient) -> None:
    days = cells(office.get("/lich?xem=2026-03").text)
    due = {day.date.day: 0 for day in register.days(base(office), dt.date(2026, 3, 1), dt.date(2026, 3, 31))}
    for day in register.days(base(office), dt.date(2026, 3, 1), dt.date(2026, 3, 31)):
        due[day.date.day] += 1
    assert {number: cell.count('class="due ') for number, cell in days.items() if 'class="due ' in cell} == {
        number: min(count, SHOWN) for number, count in due.items()
    }
    assert 'class="due wrong"' in days[9] and 'class="due doubt"' in days[12]  # overdue yesterday, due soon


def test_milestones_and_recurring_days_say_what_they_are(office: TestClient) -> None:
    page = office.get("/lich?xem=2026-03&q=hop giao ban").text
    assert listed(page) == {"2026-03-25", "2026-03-30"}
    assert WORDS["recurring"] in page and "Mốc: gửi &lt;script&gt;" in page and "<script>alert" not in page


def test_the_address_filters(office: TestClient) -> None:
    for unit, _ in register.unit_names(base(office)):
        page = office.get("/lich", params={"xem": "2026-q1", "don-vi": unit}).text
        found = register.days(base(office), dt.date(2026, 1, 1), dt.date(2026, 3, 31), Filter(unit=unit))
        assert listed(page) == {str(day.date) for day in found}
        assert f"don-vi={unit.split('/')[0][:5]}" in page or "%3F" in page  # the way to the next month keeps it


@pytest.mark.parametrize("name", ["2026-13", "2026-00", "1000-01", "9999-12", "2026-q5", "²026-01", "x", "2026-3", "-"])
def test_what_names_no_month_is_the_present_one(office: TestClient, name: str) -> None:
    assert WORDS["month"].format(month=3, year=2026) in office.get(f"/lich?xem={name}").text


@pytest.mark.parametrize(
    ("span", "before", "after"),
    [
        (Span(2026, 1), "2025-12", "2026-02"),
        (Span(2026, 10, 4), "2026-q3", "2027-q1"),
        (Span(1990, 1), None, "1990-02"),
        (Span(2100, 12), "2100-11", None),
        (Span(2100, 10, 4), "2100-q3", None),
    ],
)
def test_a_month_has_one_before_and_after(span: Span, before: str | None, after: str | None) -> None:
    assert [one and one.name for one in (span.beside(-1), span.beside(1))] == [before, after]
    assert (span.as_month().as_quarter().first.month - 1) % 3 == 0
    assert span.first <= span.as_month().last <= span.as_quarter().last
