"""Reckons with days: which year a date without one belongs to, when a period ends, what a working day is.

Nothing here asks the computer for today. The reference is the document's own date.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known of when: `reference` is the document's date, `year` the year that the plan is for."""

    reference: dt.date | None = None
    year: int | None = None

    def year_of(self, month: int, day: int | None = None) -> tuple[int | None, tuple[str, ...]]:
        """The year of a date that states none, and how it was found.

        The plan's year; else the reference's, or the next one where the date would lie before the reference.
        None with the flag ``year-unknown`` where neither is known.
        """
        if self.year is not None:
            return self.year, ("year-inferred",)
        if self.reference is None:
            return None, ("year-unknown",)
        here = self.reference
        past = (month, day or 31) < (here.month, here.day)
        return here.year + past, ("year-inferred",)


def date_of(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def last_day(year: int, month: int) -> dt.date | None:
    """The last day of a month, or None where the calendar has no such month."""
    if not (1 <= month <= 12 and dt.MINYEAR <= year <= dt.MAXYEAR):
        return None
    return dt.date(year, month, monthrange(year, month)[1])


def add_days(day: dt.date, count: int) -> dt.date | None:
    """The day so many days later, or None beyond the calendar."""
    try:
        return day + dt.timedelta(days=count)
    except OverflowError:
        return None


def add_months(day: dt.date, count: int) -> dt.date | None:
    """The same day so many months later, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + count
    end = last_day(index // 12, index % 12 + 1)
    return end and end.replace(day=min(day.day, end.day))


def add_working_days(day: dt.date, count: int) -> dt.date | None:
    """The working day so many working days later, by the Vietnamese calendar of public holidays."""
    current: dt.date | None = day
    while count > 0 and current is not None:
        current = add_days(current, 1)
        if current is not None and is_working_day(current):
            count -= 1
    return current


def is_working_day(day: dt.date) -> bool:
    """Whether offices work: neither a weekend nor a holiday, or a Saturday that replaces a bridge day."""
    return bool(_holidays(day.year).is_working_day(day))


@lru_cache(maxsize=16)
def _holidays(year: int) -> HolidayBase:
    import holidays  # slow to import, and few documents need it

    return holidays.country_holidays("VN", years=year)
