"""Reads times that are told from today, for a phrase that is read by itself: ``tuần sau``, ``3 tháng tới``.

Where sources differ, the policy is: forward (a weekday is the next one, today included), ISO weeks, and whole
periods ("3 tháng tới" is the three months after this one).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from pipeline.time.clock import add_days, add_months, date_of
from pipeline.time.readings import IMPOSSIBLE, Groups, Reading, advance, count
from pipeline.time.recurrence import DAYS_OF_WEEK, WEEKDAYS

DAYS = {"hôm nay": 0, "bữa nay": 0, "hôm qua": -1, "hôm kia": -2, "ngày mai": 1, "ngày kia": 2, "ngày mốt": 2}
BACK = frozenset({"trước", "ngoái", "qua", "vừa rồi", "vừa qua", "tuần trước"})
NOW = frozenset({"này", "nay", "hiện tại", "tuần này"})
MONTHS = {"tháng": 1, "quý": 3, "năm": 12}
PRECISION = {"tháng": "month", "quý": "quarter", "năm": "year"}


def relative_day(groups: Groups, today: dt.date) -> Reading:
    """``hôm nay``, ``ngày mai``, ``hôm kia``."""
    word = (groups["word"] or "").removeprefix("ngày hôm").strip()
    step = DAYS.get(word, DAYS.get(f"hôm {word}", 0))
    return Reading(add_days(today, step), precision="day")


def relative_weekday(groups: Groups, today: dt.date) -> Reading:
    """``thứ Sáu``, ``thứ tư tuần tới``, ``thứ ba vừa rồi``."""
    place = DAYS_OF_WEEK.index(WEEKDAYS[groups["weekday"] or ""])
    which = groups.get("which") or ""
    if which.startswith("tuần"):
        step = place - today.weekday() + 7 * _step(which)
    elif which in BACK:
        step = -((today.weekday() - place - 1) % 7 + 1)
    elif which:
        step = (place - today.weekday() - 1) % 7 + 1
    else:
        step = (place - today.weekday()) % 7
    return Reading(add_days(today, step), precision="day")


def relative_period(groups: Groups, today: dt.date) -> Reading:
    """``tuần này``, ``quý sau``, ``năm ngoái``, ``3 tháng tới``, ``2 ngày vừa qua``."""
    size, step = count(groups.get("count") or "1"), _step(groups["which"] or "")
    unit = groups["unit"] or ""
    opens = step if step >= 0 else -size
    start = _opening(today, unit)
    begin = _shift(start, unit, opens)
    after = _shift(start, unit, opens + size)
    if begin is None or after is None or size < 1:
        return Reading(flags=(IMPOSSIBLE,))
    return Reading(add_days(after, -1), begin, begin, PRECISION.get(unit, "day"))


def day_of_this_month(groups: Groups, today: dt.date) -> Reading:
    """``ngày 30 tháng này``."""
    due = date_of(today.year, today.month, int(groups["day"] or ""))
    return Reading(due, precision="day", flags=() if due else (IMPOSSIBLE,))


def shifted_day(groups: Groups, today: dt.date) -> Reading:
    """``2 tuần nữa``, ``3 ngày sau``, ``23 ngày trước``, ``trong 3 ngày``."""
    steps = count(groups["count"] or "")
    unit = groups["unit"] or ""
    due = _shift(today, unit, -steps) if groups.get("which") == "trước" else advance(today, steps, unit)
    return Reading(due, precision="day")


def _step(which: str) -> int:
    return 0 if which in NOW else -1 if which in BACK else 1


def _opening(today: dt.date, unit: str) -> dt.date:
    """The first day of the week, month, quarter or year that holds today; today itself for days."""
    if unit == "tuần":
        return add_days(today, -today.weekday()) or today
    if unit == "ngày":
        return today
    size = MONTHS[unit]
    return today.replace(month=(today.month - 1) // size * size + 1, day=1)


def _shift(day: dt.date, unit: str, steps: int) -> dt.date | None:
    if unit in MONTHS:
        return add_months(day, steps * MONTHS[unit])
    return add_days(day, steps * (7 if unit == "tuần" else 1))


RELATIVE: Mapping[str, Callable[[Groups, dt.date], Reading]] = {
    "relative-day": relative_day,
    "relative-weekday": relative_weekday,
    "relative-period": relative_period,
    "day-of-this-month": day_of_this_month,
    "shifted-day": shifted_day,
}
