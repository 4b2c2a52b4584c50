"""Writes recurring deadlines as RFC 5545 rules.

A recurring deadline is a day of a month, a date without a year or a weekday, together with how often it comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.time.clock import Clock, date_of
from pipeline.time.folding import number
from pipeline.time.readings import IMPOSSIBLE, Groups, Reading, count

WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU"}
WEEKDAYS |= {"2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA"}
DAYS_OF_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDERS: Mapping[str, Callable[[str], int]] = {"BYMONTH": int, "BYMONTHDAY": int, "BYDAY": DAYS_OF_WEEK.index}
PERIODS = {"month": "month", "quarter": "quarter", "part-of-year": "half"}
MONTHLY_INTERVALS = {1: "monthly", 3: "quarterly", 6: "semiannual", 12: "annual", 60: "term"}


def monthly_day(groups: Groups, clock: Clock) -> Reading:
    """``ngày 05 của tháng liền kề``: a day of every month."""
    return _monthly(int(groups["day"] or ""), "FREQ=MONTHLY;BYMONTHDAY={day}", "monthly")


def quarterly_day(groups: Groups, clock: Clock) -> Reading:
    """``ngày 20 của tháng cuối quý``, ``ngày 05 tháng đầu quý sau``."""
    months = "1,4,7,10" if groups.get("part") == "đầu" else "3,6,9,12"
    rule = f"FREQ=MONTHLY;INTERVAL=3;BYMONTH={months};BYMONTHDAY={{day}}"
    return _monthly(int(groups["day"] or ""), rule, "quarterly")


def _monthly(day: int, pattern: str, cadence: str) -> Reading:
    if not 1 <= day <= 31:
        return Reading(cadence=(cadence,), flags=(IMPOSSIBLE,))
    return Reading(precision="day", cadence=(cadence,), rrule=pattern.format(day=day))


def yearly_day(groups: Groups, clock: Clock) -> Reading:
    """``ngày 31/01 năm liền kề``: a date of every year."""
    return recurring_date(groups, "annual")


def recurring_date(groups: Groups, cadence: str) -> Reading:
    """A date without a year that comes back: its rule is yearly whatever the reports in between are."""
    month, day = number(groups["month"] or ""), int(groups["day"] or "")
    if date_of(2000, month, day) is None:
        return Reading(cadence=(cadence,), flags=(IMPOSSIBLE,))
    return Reading(precision="day", cadence=(cadence,), rrule=f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}")


def weekly_day(groups: Groups) -> Reading:
    """``thứ Sáu`` beside ``hằng tuần``."""
    return Reading(precision="day", cadence=("weekly",), rrule=f"FREQ=WEEKLY;BYDAY={WEEKDAYS[groups['weekday'] or '']}")


def interval(groups: Groups, clock: Clock) -> Reading:
    """``02 tuần/lần``, ``03 tháng/lần``: a named cadence where there is one, else periodic with a rule."""
    steps, unit = count(groups["count"] or ""), groups["unit"]
    months = steps * {"tháng": 1, "quý": 3, "năm": 12}.get(unit or "", 0)
    if steps < 1:
        return Reading(flags=(IMPOSSIBLE,))
    if months in MONTHLY_INTERVALS:
        return Reading(cadence=(MONTHLY_INTERVALS[months],))
    if steps == 1:
        return Reading(cadence=("weekly" if unit == "tuần" else "daily",))
    rate = {"ngày": "DAILY", "tuần": "WEEKLY", "năm": "YEARLY"}.get(unit or "", "MONTHLY")
    return Reading(cadence=("periodic",), rrule=f"FREQ={rate};INTERVAL={months if rate == 'MONTHLY' else steps}")


def merged(first: str, second: str) -> str | None:
    """One rule for two that differ in one place only: the month, the day of the month or the weekday. Else None."""
    left, right = _parts(first), _parts(second)
    differing = [key for key in left if left[key] != right.get(key)]
    if left.keys() != right.keys() or len(differing) != 1 or differing[0] not in ORDERS:
        return None
    key = differing[0]
    values = {*left[key].split(","), *right[key].split(",")}
    left[key] = ",".join(sorted(values, key=ORDERS[key]))
    return ";".join(f"{name}={value}" for name, value in left.items())


def _parts(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";"))


def of_cadence(kind: str, groups: Groups, cadence: tuple[str, ...]) -> Reading | None:
    """The recurring deadline that a day of that kind makes with a cadence beside it; None where they don't fit.

    `kind` is day, month, quarter or part-of-year (each without a year), day-of-month, weekday or hour.
    """
    if kind == "day":
        code = next((code for code in cadence if code in ("semiannual", "annual", "quarterly")), None)
        return recurring_date(groups, code) if code else None
    if kind in PERIODS:  # "trong tháng 12 hằng năm" names no day, so that there is no rule
        code = next((code for code in cadence if code in ("semiannual", "annual")), None)
        return Reading(precision=PERIODS[kind], cadence=(code,)) if code else None
    if kind == "day-of-month" and "monthly" in cadence:
        return monthly_day(groups, Clock())
    if kind == "day-of-month" and "quarterly" in cadence:
        read = quarterly_day(groups, Clock())  # the month is not stated; offices mean the last one
        return Reading(precision="day", cadence=read.cadence, rrule=read.rrule, flags=(*read.flags, "month-assumed"))
    if kind == "weekday" and "weekly" in cadence:
        return weekly_day(groups)
    if kind == "hour" and "daily" in cadence:
        return Reading(precision="hour", cadence=("daily",))
    return None


RECURRING: Mapping[str, Callable[[Groups, Clock], Reading]] = {
    "monthly-day": monthly_day,
    "quarterly-day": quarterly_day,
    "yearly-day": yearly_day,
    "interval": interval,
}
