"""The fields of a task as a correction writes them, in plain JSON, and back; what is no value of a field is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from pipeline.corrections.model import FIELDS
from pipeline.letters import composed
from pipeline.model import Task

__all__ = [
    "TIMES", "UNITS", "Refused", "as_confirmed", "decoded", "given", "one_line", "plain", "with_fields", "written",
]  # fmt: skip

UNITS = ("lead", "coordinating", "report_to")
TIMES = ("due", "start", "due_text", "due_precision", "cadence", "rrule")
_KINDS = frozenset({"task", "target", "report"})
_PRECISIONS = frozenset({"hour", "day", "month", "quarter", "half", "year", "event"})
_CADENCES = frozenset(
    "continuous daily weekly monthly quarterly semiannual annual term per_event periodic ad_hoc once".split()
)
_LONGEST = 20_000  # characters of one value: the longest row of the files that the rules were made with has 4,100
_MOST = 200  # names in a list
_RULE = re.compile(r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[A-Z0-9,+-]+)*")


class Refused(ValueError):
    """A correction that is none: a field that no task has, a value that the field cannot hold."""


def plain(task: Task, name: str) -> object:
    """The value of a field in plain JSON."""
    value = getattr(task, name)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def decoded(name: str, value: object) -> Any:
    """The value that a task holds for one of plain JSON. Raises `Refused`."""
    read = _READERS.get(name)
    if read is None:
        raise Refused(f"no field of a task: {name}")
    return read(value)


def given(values: Mapping[str, object]) -> dict[str, Any]:
    """The fields that the values of a correction set, decoded, in the order of `FIELDS`. Raises `Refused`.

    A number as `start` is a place in the text, as an ``add`` has it, and no day.
    """
    return {name: decoded(name, value) for name, value in written(values).items()}


def written(values: Mapping[str, object]) -> dict[str, object]:
    """The fields that the values of a correction set, as they are written there, in the order of `FIELDS`.

    `section` counts only where `before` has one too: elsewhere it says where the row stood.
    """
    before = values.get("before")
    none = set() if isinstance(before, Mapping) and "section" in before else {"section"}
    if isinstance(values.get("start"), int):
        none.add("start")
    return {name: values[name] for name in FIELDS if name in values and name not in none}


def as_confirmed(tasks: Iterable[Task]) -> dict[str, object]:
    """The `values` of a ``confirm``: what each row says, so that a later reading changes nothing that was signed."""
    kept = [name for name in FIELDS if name not in ("text", "section")]
    return {"rows": {task.id: {name: plain(task, name) for name in kept} for task in tasks}}


def with_fields(task: Task, fields: Mapping[str, Any]) -> Task:
    """The task with new values, and with what follows from a new day."""
    more = dict(fields)
    if "due" in fields:
        more.setdefault("due_precision", "day" if fields["due"] else None)
        repeats = tuple(code for code in task.cadence if code != "once")
        more.setdefault("cadence", repeats or (("once",) if fields["due"] else ()))
        last = fields["due"]
        more["milestones"] = tuple(step for step in task.milestones if last is not None and step.due < last)
    return replace(task, **more)


def one_line(text: str) -> str:
    """The words in canonical spelling, one blank between them."""
    return " ".join(composed(text).split())


def _words(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise Refused("no words, or too many of them")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("half a character") from error
    return one_line("".join(char for char in value if char.isprintable() or char.isspace()))


def _text(value: object) -> str:
    words = _words(value)
    if not words:
        raise Refused("a row without words")
    return words


def _maybe(value: object) -> str | None:
    return None if value is None else _words(value) or None


def _list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or len(value) > _MOST:
        raise Refused("no list, or too long a one")
    return tuple(dict.fromkeys(words for one in value if (words := _words(one))))


def _day(value: object) -> dt.date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise Refused("no day")
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise Refused("no day of the calendar") from error


def _among(known: frozenset[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in known:
            raise Refused("none of the known words")
        return value

    return read


def _precision(value: object) -> str | None:
    return None if value is None else _among(_PRECISIONS)(value)


def _cadence(value: object) -> tuple[str, ...]:
    return tuple(_among(_CADENCES)(code) for code in _list(value))


def _rrule(value: object) -> str | None:
    """A rule of RFC 5545 of days; one that no calendar can follow would stop every export."""
    from dateutil.rrule import rrulestr

    if value is None:
        return None
    if not isinstance(value, str) or len(value) > _MOST or not _RULE.fullmatch(value):
        raise Refused("no rule of days")
    try:
        rrulestr(value, dtstart=dt.datetime(2000, 1, 1))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:  # what it raises for wrong parts
        raise Refused("no rule of RFC 5545") from error
    return value


_READERS: Mapping[str, Callable[[object], Any]] = {
    "text": _text,
    "kind": _among(_KINDS),
    "lead": _list,
    "coordinating": _list,
    "due": _day,
    "start": _day,
    "due_text": _maybe,
    "due_precision": _precision,
    "cadence": _cadence,
    "rrule": _rrule,
    "deliverable": _maybe,
    "report_to": _list,
    "quantity": _list,
    "section": _words,
}
