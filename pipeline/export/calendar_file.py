"""iCalendar (RFC 5545): deadlines and milestones as days, deadlines that come back as one series each.

Events, because the calendars of Google and Outlook pass over to-dos; they leave the day free. Work without a named day
becomes a to-do without a date, so that no task is missing in the file. The days are those of `pipeline.occurrences`,
not shifted to working days: a rule cannot say that. There is no clock in it: UID comes from the task's id, DTSTAMP from
the document's date, and equal directives give equal bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.export.files import Written, put
from pipeline.export.task_sheet import Row, column_named, rows_of
from pipeline.export.wording import WORDINGS
from pipeline.export.words import for_line
from pipeline.model import Directive, Task, Warning
from pipeline.occurrences import dated_rule
from pipeline.ruleset import Ruleset
from pipeline.version import __version__

if TYPE_CHECKING:
    from icalendar.cal import Component

__all__ = ["write"]

TEXTS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "name": "Theo dõi nhiệm vụ",
        "undated": "{count} nhiệm vụ không có ngày cụ thể được ghi vào lịch là việc cần làm không ngày (VTODO); lịch "
        "Google và Outlook không hiện các việc này.",
    },
    "en": {
        "name": "Tasks to follow up",
        "undated": "{count} tasks without a day are in the calendar as to-dos without a date (VTODO); the calendars of "
        "Google and Outlook do not show these.",
    },
}
# What the description says of a task, as the sheet of the tasks heads it.
TOLD = tuple(map(column_named, (
    "Đơn vị chủ trì", "Đơn vị phối hợp", "Hạn theo văn bản", "Chu kỳ", "Sản phẩm", "Nơi nhận báo cáo", "Chỉ tiêu",
    "Văn bản giao", "Mục", "Trang",
)))  # fmt: skip
SHORT = 200  # characters of a summary; the description has the whole text
AHEAD = (7, 1)  # days: alarms before a deadline …
SOONER = {"DAILY": (), "WEEKLY": (1,)}  # … and before one that comes back so often that others would cross it
MORNING = 8  # o'clock of an alarm; on the day's own start it would ring at midnight
UNKNOWN = dt.date(2000, 1, 1)  # where the document has no date: any day does, but never today's


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is entered for a task: a day, a series from its first day on, or neither. `of` is what its UID begins with.

    `but` are days of the series that have an entry of their own.
    """

    of: str
    summary: str
    day: dt.date | None = None
    rule: str | None = None
    but: tuple[dt.date, ...] = ()


def write(directives: Sequence[Directive], path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes the calendar of all tasks; a note tells how many have no day."""
    undated = 0

    def parts() -> Iterator[bytes]:
        nonlocal undated
        head = _calendar(TEXTS[lang]["name"], lang)
        end = b"END:VCALENDAR\r\n"
        yield head.removesuffix(end)
        taken: dict[str, _Entry] = {}
        for row in rows_of(directives, WORDINGS[lang]):
            described = _description(row, lang)
            for entry in _entries(row.task, row.directive):
                uid = _uid(entry, taken)
                if uid is not None:
                    undated += entry.day is None
                    yield _component(entry, uid, described, row.directive).to_ical()
        yield end

    put(path, parts())
    if not undated:
        return Written(path)
    return Written(path, (Warning("undated", TEXTS[lang]["undated"].format(count=undated)),))


def _uid(entry: _Entry, taken: dict[str, _Entry]) -> str | None:
    """The UID of an entry; None where it is there already: one document in two files gives each task once.

    A task that was read otherwise in the second file is kept beside the first.
    """
    name, number = entry.of, 1
    while name in taken:
        if taken[name] == entry:
            return None
        number += 1
        name = f"{entry.of}-{number}"
    taken[name] = entry
    return f"{name}@dondoc"


# ── which days ─────────────────────────────────────────────────────────────────────────────


def _entries(task: Task, directive: Directive) -> Iterator[_Entry]:
    """The deadline, the milestones and the series of a task; without any of them a to-do."""
    summary, days = _short(task.text), {step.due for step in task.milestones}
    if task.due:
        days.add(task.due)
        yield _Entry(task.id, summary, task.due)
    for number, step in enumerate(task.milestones, start=1):
        yield _Entry(f"{task.id}-m{number}", _short(f"{step.text}: {task.text}"), step.due)
    rule = dated_rule(task.rrule) if task.rrule else None
    first = _first(rule, _begin(task, directive), frozenset(days)) if rule else None
    if first:
        but = tuple(sorted(day for day in days if day > first))
        yield _Entry(f"{task.id}-r" if task.due else task.id, summary, first, rule, but)
    elif not days:
        yield _Entry(task.id, summary)


def _begin(task: Task, directive: Directive) -> dt.date:
    """From which day on a deadline comes back: as `occurrences`, and in the plan's year where no date is known."""
    meta = directive.meta
    return task.start or meta.date or (UNKNOWN.replace(year=meta.year) if meta.year else UNKNOWN)


@lru_cache(maxsize=4096)  # the tasks of a document share a few rules
def _first(rule: str, begin: dt.date, but: frozenset[dt.date]) -> dt.date | None:
    """The first day of a series, None for one that never comes (30 February)."""
    from dateutil.rrule import rrulestr

    moments = rrulestr(rule, dtstart=dt.datetime.combine(begin, dt.time()))
    return next((moment.date() for moment in moments if moment.date() not in but), None)


# ── what is written ────────────────────────────────────────────────────────────────────────


def _calendar(name: str, lang: str) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//dondoc//dondoc {__version__}//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)  # RFC 7986; what follows is older, and what most programs read
    calendar.add("x-wr-calname", name)
    made: bytes = calendar.to_ical()
    return made


def _component(entry: _Entry, uid: str, described: str, directive: Directive) -> Component:
    from icalendar import Event, Todo
    from icalendar.prop import vRecur

    made = Todo() if entry.day is None else Event()
    made.add("uid", uid)
    stamp = directive.meta.date or UNKNOWN
    made.add("dtstamp", dt.datetime.combine(stamp, dt.time(), dt.UTC))
    made.add("sequence", 0)
    made.add("summary", entry.summary)
    made.add("description", described)
    if entry.day is None:
        made.add("status", "NEEDS-ACTION")
        return made
    made.add("dtstart", entry.day)  # a date without an end is one whole day
    made.add("transp", "TRANSPARENT")
    if entry.rule:
        made.add("rrule", vRecur.from_ical(entry.rule))
    if entry.but:
        made.add("exdate", list(entry.but), parameters={"VALUE": "DATE"})
    for days in _alarms(entry.rule):
        made.add_component(_alarm(days, entry.summary))
    return made


def _alarms(rule: str | None) -> tuple[int, ...]:
    """How many days ahead the alarms ring."""
    rate = rule.split("FREQ=", 1)[1].split(";", 1)[0] if rule else ""
    return SOONER.get(rate, AHEAD)


def _alarm(days: int, summary: str) -> Component:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", dt.timedelta(days=-days, hours=MORNING))
    return alarm


def _short(words: str) -> str:
    """The first words on one line."""
    line = " ".join(for_line(words).split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rsplit(' ', 1)[0]} …"


def _description(row: Row, lang: str) -> str:
    """The task in the document's words, who and what, and the place where it stands."""
    told = ((column.heading(lang), column.value(row)) for column in TOLD)
    lines = [f"“{row.task.text}”", *(f"{heading}: {value}" for heading, value in told if value)]
    lines.append(row.directive.document)
    return for_line("\n".join(lines))
