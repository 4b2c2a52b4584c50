"""When a task falls due in a year: its deadline, its milestones, and every date of a deadline that comes back.

The calendar sheet, the calendar file and the databases ask here, so that they name the same days. A cadence without a
day ("hằng tháng") has no date, and none is made up for it: `timing` tells such work from work with a date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Task
from pipeline.time.clock import add_days, is_working_day

__all__ = ["CONTINUOUS", "DATED", "DUE", "MILESTONE", "RECURRING", "UNDATED", "Occurrence", "dated_rule", "occurrences",
           "timing"]  # fmt: skip

DUE, MILESTONE, RECURRING = "due", "milestone", "recurring"  # what a date is; of a task: how it comes back
DATED, CONTINUOUS, UNDATED = "dated", "continuous", "undated"

_DAYS = ("BYDAY", "BYMONTHDAY", "BYYEARDAY")  # what names a day in a rule
_RATES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")  # more often than daily is no date
_COMING_BACK = frozenset(
    ("daily", "weekly", "monthly", "quarterly", "semiannual", "annual", "term", "per_event", "periodic")
)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day on which a task is due, as the document names it (`original`) and as it is to be kept (`date`).

    The two differ where the named day is no working day and shifting was asked for. `of` is the id of the task, `kind`
    one of due, milestone, recurring; `text` are the words of a milestone.
    """

    date: dt.date
    original: dt.date
    of: str
    kind: str = DUE
    text: str | None = None


def occurrences(
    task: Task, year: int, *, shift: bool, later: bool = False, since: dt.date | None = None
) -> tuple[Occurrence, ...]:
    """The dates of a task in a year, in order; a date belongs to the year of the day that the document names.

    With `shift` a date on a weekend or a Vietnamese public holiday (observed days and exchanged Saturdays as the
    library `holidays` knows them) moves to the working day before, with `later` to the one after. A recurring deadline
    begins on the task's `start`, else on `since`, the document's date, else with the year; every second week and the
    like are counted from there. Raises `ValueError` for a rule that RFC 5545 does not know.
    """
    found: list[tuple[dt.date, str, str | None]] = [(task.due, DUE, None)] if task.due else []
    found += [(step.due, MILESTONE, step.text) for step in task.milestones]
    known = {day for day, *_ in found}
    if task.rrule:
        found += [(day, RECURRING, None) for day in _days(task.rrule, task.start or since, year) if day not in known]
    return tuple(
        Occurrence(_working_day(day, 1 if later else -1) if shift else day, day, task.id, kind, text)
        for day, kind, text in sorted(found, key=lambda one: (one[0], one[1], one[2] or ""))
        if day.year == year
    )


def timing(task: Task) -> str:
    """What is known of when a task is due: dated, recurring, continuous or undated.

    Dated has a day at least once; recurring comes back, and no day is named; continuous goes on without end; undated is
    all other work, such as what is done when asked for.
    """
    if task.due or task.milestones or (task.rrule and dated_rule(task.rrule)):
        return DATED
    if task.rrule or _COMING_BACK.intersection(task.cadence):
        return RECURRING
    return CONTINUOUS if "continuous" in task.cadence else UNDATED


def dated_rule(rule: str) -> str | None:
    """The rule in the form that names the same days from whichever day it is begun; None where it names no day.

    "Every third month, in months 3, 6, 9, 12" never comes where it is begun in February: where months are named, the
    interval of months says nothing more, and is left out.
    """
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").split(";") if "=" in part)
    if parts.get("FREQ") not in _RATES or not any(name in parts for name in _DAYS):
        return None
    if parts["FREQ"] == "MONTHLY" and "BYMONTH" in parts:
        parts.pop("INTERVAL", None)
    _reach_the_end(parts)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _reach_the_end(parts: dict[str, str]) -> None:
    """Lets "ngày 30", "ngày 31" stand for the last day of a month that is shorter: no month may go without.

    A rule takes the last of the days from the 28th to the one named; what is yearly in named months is asked by month.
    """
    day = parts.get("BYMONTHDAY", "")
    if day not in {"29", "30", "31"} or "BYSETPOS" in parts:
        return
    if parts["FREQ"] == "YEARLY":
        if "BYMONTH" not in parts or "INTERVAL" in parts:
            return
        parts["FREQ"] = "MONTHLY"
    parts["BYMONTHDAY"] = ",".join(str(number) for number in range(28, int(day) + 1))
    parts["BYSETPOS"] = "-1"


def _days(rule: str, since: dt.date | None, year: int) -> Iterator[dt.date]:
    dated = dated_rule(rule)
    first = dt.date(year, 1, 1)
    if dated is None or (since and since.year > year):
        return iter(())
    begin = since or first
    if "INTERVAL=" not in dated:
        begin = max(begin, first)  # nothing is counted from the first day: no need to go through the years before
    return iter(_expanded(dated, begin, year))


@lru_cache(maxsize=4096)  # the tasks of a document share a few rules
def _expanded(rule: str, begin: dt.date, year: int) -> tuple[dt.date, ...]:
    from dateutil.rrule import rrulestr

    first, last = dt.datetime(year, 1, 1), dt.datetime(year, 12, 31)
    found = rrulestr(rule, dtstart=dt.datetime.combine(begin, dt.time())).between(first, last, inc=True)
    return tuple(moment.date() for moment in found)


def _working_day(day: dt.date, step: int) -> dt.date:
    """The day itself where offices work on it, else the nearest working day in the direction of `step`."""
    current: dt.date | None = day
    while current is not None and not is_working_day(current):
        current = add_days(current, step)
    return current or day  # beyond the calendar's first or last day
