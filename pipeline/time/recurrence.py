"""Writes recurring deadlines as RFC 5545 rules.

A recurring deadline is a day of a month, a date without a year or a weekday, together with how often it comes back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from pipeline.time.clock import Clock, date_of
from pipeline.time.folding import number
from pipeline.time.readings import IMPOSSIBLE, Groups, Reading, count

WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU"}
WEEKDAYS |= {"2": "MO", "3": "TU", "4": "WE", "5": "TH", "6": "FR", "7": "SA"}
DAYS_OF_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDERS: Mapping[str, Callable[[str], int]] = {
    "BYMONTH": int,
    "BYMONTHDAY": int,
    "BYDAY": lambda day: DAYS_OF_WEEK.index(day[-2:]),  # "SA", "-1SA"
}
PERIODS = {"month": "month", "quarter": "quarter", "part-of-year": "half"}
PLACES = {"đầu": 1, "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "cuối": -1}
WORKING_DAYS = "MO,TU,WE,TH,FR"
RATES = {"phút": "MINUTELY", "giờ": "HOURLY", "ngày": "DAILY", "tuần": "WEEKLY", "năm": "YEARLY"}
NAMED = {"ngày": "daily", "tuần": "weekly"}
MONTHLY_INTERVALS = {1: "monthly", 3: "quarterly", 6: "semiannual", 12: "annual", 60: "term"}


def monthly_day(groups: Groups, clock: Clock) -> Reading:
    """``ngày 05 của tháng liền kề``, ``ngày 10, 20 và 30 hằng tháng``: days of every month."""
    return _monthly(groups, "FREQ=MONTHLY;BYMONTHDAY={day}", "monthly")


def quarterly_day(groups: Groups, clock: Clock) -> Reading:
    """``ngày 20 của tháng cuối quý``, ``ngày 05 tháng đầu quý sau``."""
    months = "1,4,7,10" if groups.get("part") == "đầu" else "3,6,9,12"
    rule = f"FREQ=MONTHLY;INTERVAL=3;BYMONTH={months};BYMONTHDAY={{day}}"
    return _monthly(groups, rule, "quarterly")


def _monthly(groups: Groups, pattern: str, cadence: str) -> Reading:
    days = sorted({int(day) for day in re.findall(r"\d+", groups["day"] or "")})
    if not all(1 <= day <= 31 for day in days):
        return Reading(cadence=(cadence,), flags=(IMPOSSIBLE,))
    return Reading(precision="day", cadence=(cadence,), rrule=pattern.format(day=",".join(map(str, days))))


def day_of_months(groups: Groups, clock: Clock) -> Reading:
    """``ngày 15 các tháng 3, 6, 9, 12``: how often it comes is read off the months."""
    day, months = int(groups["day"] or ""), sorted({int(month) for month in re.findall(r"\d+", groups["months"] or "")})
    steps = {later - month for month, later in pairwise(months)}
    listed = ",".join(map(str, months))
    if not 1 <= day <= 31:
        return Reading(cadence=("annual",), flags=(IMPOSSIBLE,))
    if steps == {3} and len(months) == 4:
        return quarterly(f"{listed};BYMONTHDAY={day}")
    code = "semiannual" if steps == {6} else "annual"
    return Reading(precision="day", cadence=(code,), rrule=f"FREQ=YEARLY;BYMONTH={listed};BYMONTHDAY={day}")


def quarterly(months_and_day: str) -> Reading:
    """A day in the months of every quarter, given as ``3,6,9,12;BYMONTHDAY=15``."""
    rule = f"FREQ=MONTHLY;INTERVAL=3;BYMONTH={months_and_day}"
    return Reading(precision="day", cadence=("quarterly",), rrule=rule)


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


def monthly_weekday(groups: Groups, clock: Clock) -> Reading:
    """``thứ Bảy cuối cùng của tháng``, ``thứ Hai tuần đầu tiên hằng tháng``."""
    place = PLACES[groups["part"] or ""]
    rule = f"FREQ=MONTHLY;BYDAY={place}{WEEKDAYS[groups['weekday'] or '']}"
    return Reading(precision="day", cadence=("monthly",), rrule=rule)


def edge_day(groups: Groups, clock: Clock) -> Reading:
    """``ngày cuối cùng của tháng``, ``ngày làm việc đầu tiên của tháng``, ``ngày cuối cùng của quý``."""
    place = PLACES[groups["part"] or ""]
    day = f"BYDAY={WORKING_DAYS};BYSETPOS={place}" if groups.get("working") else f"BYMONTHDAY={place}"
    if groups["unit"] == "tháng":
        return Reading(precision="day", cadence=("monthly",), rrule=f"FREQ=MONTHLY;{day}")
    return quarterly(f"{'1,4,7,10' if place == 1 else '3,6,9,12'};{day}")


def interval(groups: Groups, clock: Clock) -> Reading:
    """``02 tuần/lần``, ``03 tháng/lần``, ``mỗi giờ một lần``: a named cadence or else periodic, with a rule."""
    steps, unit = count(groups.get("count") or "1"), groups["unit"] or ""
    months = steps * {"tháng": 1, "quý": 3, "năm": 12}.get(unit, 0)
    if steps < 1:
        return Reading(flags=(IMPOSSIBLE,))
    if months in MONTHLY_INTERVALS:
        return Reading(cadence=(MONTHLY_INTERVALS[months],))
    if (steps, unit) == (7, "ngày"):
        return Reading(cadence=("weekly",))
    if steps == 1 and unit in NAMED:
        return Reading(cadence=(NAMED[unit],))
    rate = RATES.get(unit, "MONTHLY")
    every = months if rate == "MONTHLY" else steps
    return Reading(cadence=("periodic",), rrule=f"FREQ={rate}" + (f";INTERVAL={every}" if every > 1 else ""))


def merged(first: str, second: str) -> str | None:
    """One rule for two that differ in one place only: the month, the day of the month or the weekday. Else None."""
    left, right = _parts(first), _parts(second)
    differing = [key for key in left if left[key] != right.get(key)]
    if left.keys() != right.keys() or len(differing) != 1 or differing[0] not in ORDERS:
        return None
    key = differing[0]
    values = {*left[key].split(","), *right[key].split(",")}
    left[key] = ",".join(sorted(values, key=lambda value: (ORDERS[key](value), value)))
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
    "day-of-months": day_of_months,
    "yearly-day": yearly_day,
    "monthly-weekday": monthly_weekday,
    "edge-day": edge_day,
    "interval": interval,
}
