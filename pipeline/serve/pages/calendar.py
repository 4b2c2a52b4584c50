"""Lịch: what is due when: a month as a grid, a quarter as a list; deadlines, milestones and work that comes back."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.requests import Request

from pipeline.export.calendar_sheet import WEEKDAYS
from pipeline.occurrences import DUE
from pipeline.serve.house import house_of
from pipeline.serve.pages.filters import asked_of
from pipeline.serve.pages.standing import Shown, office_of, shown, states_of
from pipeline.serve.pages.words.calendar import CALENDAR
from pipeline.serve.refusals import language_of
from pipeline.situation import CLOSED, OVERDUE
from pipeline.store import register
from pipeline.store.register import MOST_DAYS, Day
from pipeline.time.clock import is_working_day

__all__ = ["router"]

router = APIRouter()
HERE = "/lich"
SHOWN = 4  # of a day in the grid; the list below it has all
FIRST, LAST = 1990, 2100  # years, as those that an office may choose
_FILTERS = ("q", "don-vi", "trang-thai", "van-ban")


@dataclass(frozen=True, slots=True)
class Span:
    """A month (`quarter` None) or a quarter of a year."""

    year: int
    month: int
    quarter: int | None = None

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        month = self.month + (2 if self.quarter else 0)
        return dt.date(self.year, month, months.monthrange(self.year, month)[1])

    @property
    def name(self) -> str:
        """How an address names it: 2026-03 or 2026-q1."""
        return f"{self.year}-q{self.quarter}" if self.quarter else f"{self.year}-{self.month:02}"

    def beside(self, way: int) -> Span | None:
        """The one before (-1) or after (1) it; None beyond what is shown."""
        step = 3 if self.quarter else 1
        index = self.year * 12 + self.month - 1 + way * step
        year, month = index // 12, index % 12 + 1
        return Span(year, month, self.quarter and (month + 2) // 3) if FIRST <= year <= LAST else None

    def as_month(self) -> Span:
        """The month, or the first month of the quarter."""
        return Span(self.year, self.month)

    def as_quarter(self) -> Span:
        """The quarter that it is, or lies in."""
        quarter = (self.month + 2) // 3
        return Span(self.year, quarter * 3 - 2, quarter)


@dataclass(frozen=True, slots=True)
class Due:
    """What is due on a day: `what` is a deadline, a step or work that comes back, in words.

    `situation` is where the task stands, empty where its deadline is another day and says nothing of this one.
    """

    what: str
    moved: str
    situation: str
    look: str
    task: Shown


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the grid: `off` is a weekend or a public holiday, `outside` a day of the month before or after."""

    date: dt.date
    off: bool
    outside: bool
    dues: tuple[Due, ...]


@router.get(HERE)
def page(request: Request) -> Response:
    """A month or a quarter, as the address says (``xem=2026-03``, ``xem=2026-q1``); the month of today else."""
    house, lang, asked = house_of(request), language_of(request), asked_of(request)
    span = _span(request.query_params.get("xem", ""), house.today)
    found = register.days(house.database, span.first, span.last, asked.filter)
    of = _by_date(found, house.today, office_of(house).warning_days, lang)
    kept = {name: asked.values[name] for name in _FILTERS if name in asked.values}
    return house.page(
        request, "calendar.html", CALENDAR,
        span=span, today=house.today, weeks=() if span.quarter else _weeks(span, of), weekdays=WEEKDAYS[lang],
        dates=[_date(day, of, outside=False) for day in sorted(of)], asked=asked, kept=kept,
        count=len(found), late=_late(of),
        cut=len(found) == MOST_DAYS, most=MOST_DAYS, shown=SHOWN, units=register.unit_names(house.database),
        states=states_of(lang), now=_span("", house.today),
    )  # fmt: skip


def _late(of: Mapping[dt.date, tuple[Due, ...]]) -> int:
    """How many tasks among them are overdue."""
    return len({due.task.row.id for dues in of.values() for due in dues if due.task.situation == OVERDUE})


def _span(name: str, today: dt.date) -> Span:
    year, _, part = name.partition("-")
    if len(year) == 4 and year.isascii() and year.isdigit() and FIRST <= int(year) <= LAST:
        if part in ("q1", "q2", "q3", "q4"):
            return Span(int(year), int(part[1]) * 3 - 2, int(part[1]))
        if len(part) == 2 and part.isascii() and part.isdigit() and 1 <= int(part) <= 12:
            return Span(int(year), int(part))
    return Span(today.year, today.month)


def _by_date(found: Iterable[Day], today: dt.date, warning_days: int, lang: str) -> Mapping[dt.date, tuple[Due, ...]]:
    dues: dict[dt.date, list[Due]] = defaultdict(list)
    words = CALENDAR[lang]
    for day in found:
        (task,) = shown([day.task], today, warning_days, lang)
        moved = words["moved"].format(day=f"{day.original:%d/%m/%Y}") if day.original != day.date else ""
        said = (task.words, task.look) if day.kind == DUE or task.row.status in CLOSED else ("", "")
        dues[day.date].append(Due(words[day.kind].format(text=day.text), moved, *said, task))
    return {date: tuple(those) for date, those in dues.items()}


def _weeks(span: Span, of: Mapping[dt.date, tuple[Due, ...]]) -> list[list[Date]]:
    weeks = months.Calendar().monthdatescalendar(span.year, span.month)
    return [[_date(day, of, outside=day.month != span.month) for day in week] for week in weeks]


def _date(day: dt.date, of: Mapping[dt.date, tuple[Due, ...]], *, outside: bool) -> Date:
    return Date(day, not is_working_day(day), outside, () if outside else of.get(day, ()))
