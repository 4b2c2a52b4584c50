"""The tasks of a database, with their documents and with what officers typed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pipeline.store.address import Address
from pipeline.store.tables import documents, states, tasks
from pipeline.store.transactions import reading

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection, RowMapping

__all__ = ["Entry", "entries"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A task as the database holds it. `status` and what follows is the officer's; None: nothing was typed."""

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


_OF_DOCUMENT = ("type", "number", "issuer", "date", "title")
_OF_TASK = ("id", "section", "position", "text", "lead", "coordinating", "due", "due_text", "cadence", "vanished")
_OF_STATE = ("status", "percent", "done_on", "outcome", "notes")
_LISTS = frozenset(("lead", "coordinating", "cadence"))


def entries(address: Address) -> list[Entry]:
    """All tasks, by deadline; those without one last. Raises `OutputError` where there is no such database."""
    return reading(address, _entries)


def _entries(connection: Connection) -> list[Entry]:
    columns: list[ColumnElement[Any]] = [documents.c.name.label("document")]
    for table, names in ((documents, _OF_DOCUMENT), (tasks, _OF_TASK), (states, _OF_STATE)):
        columns += [table.c[name] for name in names]
    source = tasks.join(documents, documents.c.id == tasks.c.document_id)
    statement = (
        select(*columns)
        .select_from(source.outerjoin(states, states.c.task_id == tasks.c.id))
        .order_by(tasks.c.due.is_(None), tasks.c.due, documents.c.name, tasks.c.position, tasks.c.id)
    )
    return [_entry(row) for row in connection.execute(statement).mappings()]


def _entry(row: RowMapping) -> Entry:
    values: dict[str, Any] = {str(name): tuple(row[name]) if name in _LISTS else row[name] for name in row}
    return Entry(**values)
