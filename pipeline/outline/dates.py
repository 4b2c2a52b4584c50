"""The date of a document as letterheads and citations write it: ngày 26/10/2025, ngày 26 tháng 10 năm 2025."""

from __future__ import annotations

import datetime as dt
import re

DAY = (
    r"[Nn]gày\s*(?:(?P<d1>\d{1,2})\s?[/.-]\s?(?P<m1>\d{1,2})\s?[/.-]\s?(?P<y1>\d{4})(?!\d)"
    r"|(?P<d2>\d{1,2})\s*tháng\s*(?P<m2>\d{1,2})\s*(?:năm|,|/)\s*(?P<y2>\d{4})(?!\d))"
)
_DATED = re.compile(rf"\s*[,(]?\s*(?:ban hành |ký )?{DAY}\s*\)?", re.IGNORECASE)


def read_day(match: re.Match[str]) -> dt.date | None:
    """The date that a match of `DAY` holds, None for one that the calendar lacks."""
    day, month, year = (match[f"{part}1"] or match[f"{part}2"] for part in "dmy")
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def date_at(text: str, position: int, end: int) -> tuple[dt.date | None, int]:
    """The date that stands at `position`, and the offset behind it; the offset itself where none stands there."""
    match = _DATED.match(text, position, end)
    if match is None:
        return None, position
    stop = match.end() if "(" in match.group() else position + len(match.group().rstrip(" )"))
    return read_day(match), stop
