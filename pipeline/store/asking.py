"""The tasks of a database, with their documents and with what officers typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pipeline.occurrences import DUE
from pipeline.store.database import Place, reading
from pipeline.store.tables import documents, occurrences, states, tasks

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection, RowMapping

__all__ = ["Day", "Entry", "entries"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which a part of a task falls due: a milestone with its words, or a deadline that comes back."""

    date: dt.date
    kind: str  # of `pipeline.occurrences`
    text: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A task as the database holds it.

    From `status` to `notes` it is the officer's; None: nothing was typed. `coming` is its first milestone, or the first
    day on which it comes back, from the day that was asked about on.
    """

    id: str
    document: str
    type: str | None
    number: str | None
    issuer: str | None
    date: dt.date | None
    title: str | None
    section: str
    position: int
    text: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    due: dt.date | None
    due_text: str | None
    cadence: tuple[str, ...]
    vanished: dt.datetime | None
    status: str | None
    percent: float | None
    done_on: dt.date | None
    outcome: str | None
    notes: str | None
    coming: Day | None


_OF_DOCUMENT = ("type", "number", "issuer", "date", "title")
_OF_TASK = ("id", "section", "position", "text", "lead", "coordinating", "due", "due_text", "cadence", "vanished")
_OF_STATE = ("status", "percent", "done_on", "outcome", "notes")
_LISTS = frozenset(("lead", "coordinating", "cadence"))


def entries(place: Place, since: dt.date) -> list[Entry]:
    """All tasks, by deadline; those without one last; `since` is the first day that is asked about.

    Raises `OutputError` where there is no such database.
    """
    return reading(place, lambda connection: _entries(connection, since))


def _entries(connection: Connection, since: dt.date) -> list[Entry]:
    columns: list[ColumnElement[Any]] = [documents.c.name.label("document")]
    for table, names in ((documents, _OF_DOCUMENT), (tasks, _OF_TASK), (states, _OF_STATE)):
        columns += [table.c[name] for name in names]
    source = tasks.join(documents, documents.c.id == tasks.c.document_id)
    statement = (
        select(*columns)
        .select_from(source.outerjoin(states, states.c.task_id == tasks.c.id))
        .order_by(tasks.c.due.is_(None), tasks.c.due, documents.c.name, tasks.c.position, tasks.c.id)
    )
    coming = _coming(connection, since)
    return [_entry(row, coming.get(row["id"])) for row in connection.execute(statement).mappings()]


def _coming(connection: Connection, since: dt.date) -> dict[str, Day]:
    """The first day of each task but its deadline, which it has itself; moved off days off where the office asks."""
    asked = (
        select(occurrences.c.task_id, occurrences.c.date, occurrences.c.kind, occurrences.c.text)
        .where(occurrences.c.date >= since, occurrences.c.kind != DUE)
        .order_by(occurrences.c.date, occurrences.c.task_id, occurrences.c.number)
    )
    found: dict[str, Day] = {}
    for task, *day in connection.execute(asked):
        found.setdefault(task, Day(*day))
    return found


def _entry(row: RowMapping, coming: Day | None) -> Entry:
    values: dict[str, Any] = {str(name): tuple(row[name]) if name in _LISTS else row[name] for name in row}
    return Entry(**values, coming=coming)
