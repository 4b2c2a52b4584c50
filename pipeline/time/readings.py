"""Turns the named groups of a date rule into days: one small function for each way of writing a time.

A rule of ``rules/deadlines.yaml`` names its function under `reads`. Each takes the groups of the match and the
clock, and returns a `Reading`. None of them invents a day: what cannot be known leaves `due` empty and says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.time.clock import Clock, add_days, add_months, add_working_days, date_of, last_day
from pipeline.time.folding import number

Groups = Mapping[str, str | None]

QUARTERS = {"một": 1, "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
COUNTS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
# Days of a month that "đầu", "giữa" and "cuối" end on: the usual thirds.
THIRDS = {"đầu": (1, 10), "giữa": (11, 20), "nửa đầu": (1, 15), "thượng tuần": (1, 10), "trung tuần": (11, 20)}
PIVOT = 70  # a year of two digits from here on is of the last century
FEASTS = {"quốc khánh": (2, 9), "giáng sinh": (25, 12), "tết dương lịch": (1, 1), "quốc tế lao động": (1, 5)}
WEEKS = {"đầu": 1, "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stretch of text says of when. `first` is the first day of a period, `due` the last day of anything."""

    due: dt.date | None = None
    first: dt.date | None = None
    begin: dt.date | None = None
    precision: str | None = None
    cadence: tuple[str, ...] = ()
    rrule: str | None = None
    flags: tuple[str, ...] = ()


IMPOSSIBLE = "impossible-date"


def count(text: str) -> int:
    """The value of a count in digits or in a word up to ten."""
    return int(text) if text.isdecimal() else COUNTS[text]


def _year(groups: Groups, clock: Clock, month: int, day: int | None = None) -> tuple[int | None, tuple[str, ...]]:
    written = groups.get("year")
    if not written:
        return clock.year_of(month, day)
    return int(written) + (0 if len(written) > 2 else 1900 if int(written) >= PIVOT else 2000), ()


def _group(groups: Groups, name: str) -> str:
    """The text of a group that the pattern always fills."""
    return groups[name] or ""


def day(groups: Groups, clock: Clock) -> Reading:
    """``15/11/2022``, ``ngày 15 tháng 11``; with the group `first` also ``ngày 29, 30/7``."""
    month, last = number(_group(groups, "month")), int(_group(groups, "day"))
    year, flags = _year(groups, clock, month, last)
    if date_of(2000, month, last) is None:
        return Reading(precision="day", flags=(IMPOSSIBLE,))
    if year is None:
        return Reading(precision="day", flags=flags)
    due = date_of(year, month, last)
    if due is None:
        return Reading(precision="day", flags=(*flags, IMPOSSIBLE))
    first = groups.get("first")
    return Reading(due, begin=date_of(year, month, int(first)) if first else None, precision="day", flags=flags)


def feast(groups: Groups, clock: Clock) -> Reading:
    """``Quốc khánh``, ``Giáng sinh``: a day whose date everybody knows."""
    day_of_it, month_of_it = FEASTS[_group(groups, "feast")]
    return day({**groups, "day": str(day_of_it), "month": str(month_of_it)}, clock)


def blank_day(groups: Groups, clock: Clock) -> Reading:
    """``ngày … tháng 9 năm 2025``: the day was left open, the month is kept where it was not."""
    if not groups.get("month"):
        return Reading(precision="year", flags=("day-unknown",))
    read = month(groups, clock)
    return Reading(read.due, precision="month", flags=(*read.flags, "day-unknown"))


def month(groups: Groups, clock: Clock) -> Reading:
    """``tháng 5/2025``, ``cuối tháng 9/2025``; with the group `first` also ``tháng 11, 12/2013``."""
    last = number(_group(groups, "month"))
    if not 1 <= last <= 12:
        return Reading(precision="month", flags=(IMPOSSIBLE,))
    year, flags = _year(groups, clock, last)
    end = last_day(year, last) if year is not None else None
    if end is None:
        return Reading(precision="month", flags=flags or (IMPOSSIBLE,))
    part = groups.get("part")
    if part:
        return _part_of_month(part, end, flags)
    opening = _opening(groups, end.year, last)
    return Reading(end, opening or end.replace(day=1), opening, "month", flags=flags)


def _part_of_month(part: str, end: dt.date, flags: tuple[str, ...]) -> Reading:
    """``đầu tháng``, ``tuần 2 tháng``, ``ngày đầu tiên của tháng``: all but the last are no sharp dates."""
    if part.startswith("ngày"):
        return Reading(end.replace(day=1), precision="day", flags=flags)
    start, stop = THIRDS.get(part, (16 if part == "nửa cuối" else 21, end.day))
    if part.startswith("tuần"):
        return _week_of_month(WEEKS.get(part.rsplit(maxsplit=1)[-1]), end, flags)
    return Reading(end.replace(day=stop), end.replace(day=start), precision="month", flags=(*flags, "fuzzy"))


def _week_of_month(number: int | None, end: dt.date, flags: tuple[str, ...]) -> Reading:
    """A week from Monday to Sunday, of the month that holds its Thursday; the last one where no number is given."""
    first = end.replace(day=1 + (3 - end.replace(day=1).weekday()) % 7)
    last = add_days(end, -((end.weekday() - 3) % 7))
    thursday = add_days(first, 7 * number - 7) if number else last
    begin, due = (add_days(thursday, step) if thursday else None for step in (-3, 3))
    return Reading(due, begin, precision="month", flags=(*flags, "fuzzy"))


def week(groups: Groups, clock: Clock) -> Reading:
    """``tuần 42``: a week of the year by the usual count, in which the first week holds the first Thursday.

    Some offices count otherwise, so that a week which would be over already is not known.
    """
    number_of_it = int(_group(groups, "week"))
    written = groups.get("year")
    year = int(written) if written else clock.year or (clock.reference.year if clock.reference else None)
    if year is None:
        return Reading(precision="day", flags=("year-unknown",))
    flags = ("fuzzy",) if written else ("fuzzy", "year-inferred")
    try:
        due = dt.date.fromisocalendar(year, number_of_it, 7)
    except ValueError:
        return Reading(precision="day", flags=(*flags, IMPOSSIBLE))
    if clock.reference is not None and due < clock.reference:
        return Reading(precision="day", flags=flags)
    return Reading(due, add_days(due, -6), precision="day", flags=flags)


def _opening(groups: Groups, year: int, last: int) -> dt.date | None:
    """The first day of the first month in a list of months, None where one month stands alone."""
    first = groups.get("first")
    if not first:
        return None
    opening = number(first)
    return date_of(year - (opening > last), opening, 1)


def quarter_number(text: str) -> int:
    """The number of a quarter in Arabic or Roman figures or in a word; OCR reads I as l or 1."""
    if text in QUARTERS:
        return QUARTERS[text]
    if text.endswith("v"):
        return 4
    return int(text) if text in ("2", "3", "4") else len(text)


def quarter(groups: Groups, clock: Clock) -> Reading:
    """``Quý II/2026``, ``quý 2 năm 2025``; with the group `first` also ``Quý II và Quý III/2026``."""
    index = quarter_number(_group(groups, "quarter"))
    year, flags = _year(groups, clock, index * 3)
    if year is None:
        return Reading(precision="quarter", flags=flags)
    first, end = date_of(year, index * 3 - 2, 1), last_day(year, index * 3)
    part = groups.get("part")
    if part:
        # No calendar says what the beginning of a quarter is: its first month, its second, its third.
        step = {"đầu": 2, "giữa": 1}.get(part, 0)
        return Reading(last_day(year, index * 3 - step), first, precision="quarter", flags=(*flags, "fuzzy"))
    opening = groups.get("first")
    begin = date_of(year, quarter_number(opening) * 3 - 2, 1) if opening else None
    return Reading(end, begin or first, begin, "quarter", flags=flags)


def part_of_year(groups: Groups, clock: Clock) -> Reading:
    """``6 tháng đầu năm 2026``, ``3 tháng cuối năm``, ``nửa đầu năm``."""
    months = count(_group(groups, "count")) if groups.get("count") else 6
    if not 1 <= months <= 11:
        return Reading(flags=(IMPOSSIBLE,))
    opens, closes = (1, months) if groups["part"] == "đầu" else (13 - months, 12)
    year, flags = _year(groups, clock, closes)
    precision = {3: "quarter", 6: "half"}.get(months, "month")
    if year is None:
        return Reading(precision=precision, flags=flags)
    return Reading(last_day(year, closes), date_of(year, opens, 1), precision=precision, flags=flags)


def year(groups: Groups, clock: Clock) -> Reading:
    """``năm 2026``, ``2025-2026``, ``trong năm``."""
    if groups.get("part"):  # "đầu năm 2026", "năm học 2025-2026": no calendar says where that ends
        return Reading(precision="year", flags=("fuzzy",))
    last, flags = _year(groups, clock, 12)
    if last is None:
        return Reading(precision="year", flags=flags)
    first = groups.get("first")
    if first and int(first) > last:
        return Reading(precision="year", flags=(IMPOSSIBLE,))
    begin = date_of(int(first), 1, 1) if first else None
    return Reading(date_of(last, 12, 31), begin or date_of(last, 1, 1), begin, "year", flags=flags)


def offset(groups: Groups, clock: Clock) -> Reading:
    """``trong 10 ngày làm việc kể từ ngày ký``: counts from the document's date, or from the day that is named."""
    named = day(groups, clock) if groups.get("day") else Reading(clock.reference)
    if named.due is None:
        return Reading(precision="day", flags=named.flags or ("reference-unknown",))
    due = advance(named.due, count(_group(groups, "count")), _group(groups, "unit"))
    return Reading(due, precision="day", flags=named.flags)


def advance(start: dt.date, steps: int, unit: str) -> dt.date | None:
    """The day so many days, working days, weeks, months or years after `start`; None beyond the calendar."""
    if unit.startswith("ngày làm"):
        return add_working_days(start, steps)
    if unit in ("ngày", "tuần"):
        return add_days(start, steps * (7 if unit == "tuần" else 1))
    return add_months(start, steps * (12 if unit == "năm" else 1))


def event(groups: Groups, clock: Clock) -> Reading:
    """``trong 10 ngày làm việc kể từ ngày nhận đủ hồ sơ``: hangs on an event that no calendar knows."""
    return Reading(precision="event")


READERS: Mapping[str, Callable[[Groups, Clock], Reading]] = {
    "day": day,
    "feast": feast,
    "blank-day": blank_day,
    "month": month,
    "week": week,
    "quarter": quarter,
    "part-of-year": part_of_year,
    "year": year,
    "worded-year": year,
    "worded-half": part_of_year,
    "offset": offset,
    "event": event,
}
