"""Directives → rows of the tables: one document once, however many files hold it, with text that any database takes."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.letters import bare, spelled
from pipeline.model import Directive, Evidence, Meta, Task, UnitMention, Warning
from pipeline.occurrences import occurrences

__all__ = ["KEEP", "Batch", "DaysOff", "Row", "batch", "clean", "document_id", "sought"]

Row = dict[str, Any]  # column → value
DaysOff = tuple[bool, bool]  # whether a date on a day off moves, and whether to the working day after
KEEP: DaysOff = (False, False)

RANK = {"ok": 0, "partial": 1, "failed": 2}
AHEAD = 1  # years behind the present one for which recurring work is expanded
_UNFIT = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL takes no NUL, and UTF-8 no half of a surrogate pair
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Batch:
    """What one conversion writes. `task_units` and `occurrences` hold the rows of each task by its id.

    `read` are the directives that count, by the id of their document: those that could not be read are not there.
    """

    documents: tuple[Row, ...]
    tasks: tuple[Row, ...]
    units: tuple[Row, ...]
    task_units: dict[str, list[Row]]
    occurrences: dict[str, list[Row]]
    read: dict[str, Directive] = field(repr=False)


def batch(directives: Iterable[Directive], today: dt.date, days_off: DaysOff = KEEP) -> Batch:
    """The rows of these directives. `today` says up to which year recurring work is expanded.

    Of two files that hold one document, the better reading counts: the one with the better status, then with more
    tasks. Tasks that only the other one shows are taken as well. The order of the directives does not matter.
    """
    homes: dict[str, list[Directive]] = {}
    for one in sorted(directives, key=lambda one: (RANK[one.status], -len(one.tasks), one.document, one.sha256)):
        homes.setdefault(document_id(one), []).append(one)
    documents, tasks = [], {}
    pairs: dict[str, tuple[Directive, Task]] = {}
    for home, files in homes.items():
        documents.append(_document(home, files[0]))
        for file in files:
            for task in file.tasks:
                if task.id not in tasks:
                    tasks[task.id] = _task(home, file, task)
                    pairs[task.id] = file, task
    mentions = {key: _mentions(task) for key, (_, task) in pairs.items()}
    return Batch(
        documents=tuple(documents),
        tasks=tuple(tasks.values()),
        units=tuple(_units(mention for rows in mentions.values() for mention in rows)),
        task_units={key: [_task_unit(key, one) for one in rows] for key, rows in mentions.items()},
        occurrences={key: _occurrences(file, task, today, days_off) for key, (file, task) in pairs.items()},
        read={home: files[0] for home, files in homes.items() if files[0].status != "failed"},
    )


def clean(value: Any) -> Any:
    """The value with a visible mark in place of each character that no database takes."""
    if isinstance(value, str):
        return _UNFIT.sub("\ufffd", value)
    if isinstance(value, dict):
        return {clean(key): clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value]
    return value


def document_id(directive: Directive) -> str:
    """The id of its document.

    It is made of what the ids of its tasks are made of: number, type, issuer and date; else the title; else the bytes.
    """
    meta = directive.meta
    parts = [
        meta.number,
        meta.type,
        meta.issuer,
        meta.date and meta.date.isoformat(),
        None if meta.number else meta.title,
    ]
    home = "|".join(_NOT_WORD.sub("", (part or "").lower()) for part in parts) if any(parts) else directive.sha256
    return hashlib.sha256(home.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _document(home: str, directive: Directive) -> Row:
    meta: Meta = directive.meta
    row = {
        "id": home,
        "name": directive.document,
        **{name: getattr(directive, name) for name in ("sha256", "media_type", "pages", "status")},
        **{name: getattr(meta, name) for name in ("type", "number", "issuer", "place", "date", "title")},
        **{name: getattr(meta, name) for name in ("signer_title", "signer", "recipients", "basis")},
        "cites": [
            {"number": one.number, "date": _iso(one.date), "issuer": one.issuer, "title": one.title}
            for one in meta.cites
        ],
        "unplaced": [{"text": one.text, "section": one.section, "reason": one.reason} for one in directive.unplaced],
        "errors": _told(directive.errors),
        "warnings": _told(directive.warnings),
    }
    return {name: clean(value) for name, value in row.items()}


def _told(warnings: Sequence[Warning]) -> list[Row]:
    return [{"code": one.code, "page": one.page, "message": one.message} for one in warnings]


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


_SAME = (
    "id", "section", "text", "kind", "parent", "lead", "coordinating", "due", "start", "due_text", "due_precision",
    "cadence", "rrule", "report_to", "deliverable", "quantity", "urgency", "related", "review", "page",
)  # fmt: skip


def _task(home: str, directive: Directive, task: Task) -> Row:
    row = {name: getattr(task, name) for name in _SAME}
    row |= {
        "document_id": home,
        "position": task.order,
        "milestones": [{"text": step.text, "due": step.due.isoformat()} for step in task.milestones],
        "confidence": round(task.confidence, 2),
        "evidence": {name: _evidence(directive, task.evidence[name]) for name in sorted(task.evidence)},
        "confirmed": False,
    }
    row = {name: clean(value) for name, value in row.items()}
    return {**row, "folded": sought(row)}


def sought(row: Mapping[str, Any]) -> str:
    """What a task is found by: its words as they are spelled, and without any mark, a line each."""
    values = (row[name] for name in ("text", "deliverable", "due_text"))
    lists = (one for name in ("lead", "coordinating", "report_to", "quantity") for one in row[name])
    said = " · ".join(value for value in (*values, *lists) if value)
    return f"{spelled(said)}\n{bare(said)}"


def _evidence(directive: Directive, found: Sequence[Evidence]) -> list[Row]:
    """The words themselves: other programs that ask the table have no text that offsets count in."""
    return [{"quote": directive.text[one.start : one.end], "page": one.page, "rule": one.rule} for one in found]


def _mentions(task: Task) -> list[UnitMention]:
    """Each body once a role."""
    return list({(one.role, _unit_id(one)): one for one in reversed(task.units)}.values())[::-1]


def _unit_id(mention: UnitMention) -> str:
    return str(clean(mention.canonical or f"?{' '.join(mention.name.lower().split())}"))


def _units(mentions: Iterable[UnitMention]) -> list[Row]:
    names: dict[str, Row] = {}
    for one in mentions:
        key = _unit_id(one)
        names.setdefault(key, {"id": key, "name": clean(one.name), "known": one.canonical is not None})
    return [names[key] for key in sorted(names)]


def _task_unit(task: str, mention: UnitMention) -> Row:
    return {"task_id": task, "role": mention.role, "unit_id": _unit_id(mention), "name": clean(mention.name)}


def _occurrences(directive: Directive, task: Task, today: dt.date, days_off: DaysOff) -> list[Row]:
    """The dates in the years of the document and of the task, and from this year on as far as `AHEAD`."""
    meta = directive.meta
    named = {day.year for day in (meta.date, task.start, task.due, *(step.due for step in task.milestones)) if day}
    years = named | {year + AHEAD for year in named} | set(range(today.year, today.year + AHEAD + 1))
    years |= {meta.year} if meta.year else set()
    shift, later = days_off
    found = [
        one for year in sorted(years) for one in occurrences(task, year, shift=shift, later=later, since=meta.date)
    ]
    return [
        {"task_id": task.id, "number": number, "original": one.original, "date": one.date, "kind": one.kind,
         "text": clean(one.text)}
        for number, one in enumerate(found, start=1)
    ]  # fmt: skip
