"""What a cell of Excel says, as plain text."""

from __future__ import annotations

import datetime as dt
import re

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_LINE_ENDS = re.compile(r"(?:_x000D_)?\n|_x000D_|\r\n?|\v", re.IGNORECASE)


def lines_of(value: Value, shown: str | None = None) -> tuple[str, ...]:
    """The lines of a cell, blank ones left out; `shown` is what its format shows: percent, month, year."""
    return tuple(line.strip() for line in _LINE_ENDS.split(_text(value, shown)) if line.strip())


def _text(value: Value, shown: str | None) -> str:
    """Dates as an officer writes them; numbers plain.

    A tick box is TRUE or FALSE: ``x`` or nothing, as it is ticked by hand. The decimal sign stays a point, for most
    such numbers are those of items (``2.1``).
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            return f"{_date(value, None)} {_clock(value.time())}"
        return _date(value, shown)
    if isinstance(value, dt.date):
        return _date(value, shown)
    if isinstance(value, dt.time):
        return _clock(value)
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return f"{_number(value * 100)}%" if shown == "percent" else _number(value)


def _date(value: dt.date, shown: str | None) -> str:
    if shown == "year":
        return f"{value.year}"
    return f"{value:%m}/{value.year}" if shown == "month" else f"{value:%d/%m}/{value.year}"


def _clock(value: dt.time) -> str:
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def _number(value: float) -> str:
    """Fifteen digits, which is what Excel keeps: 0.1 + 0.2 is 0.3."""
    return f"{value:.0f}" if float(value).is_integer() and abs(value) < 1e15 else f"{value:.15g}"
