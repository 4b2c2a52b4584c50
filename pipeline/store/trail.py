"""The trail: who did what and when, written in the transaction of what was done. It holds no words of documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from pipeline.store import tables
from pipeline.store.database import Place, reading
from pipeline.store.moments import kept, told
from pipeline.store.rows import clean

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["Note", "note", "of"]


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the trail. `what` is a code such as upload, correction.edit, user.add; `id` grows with time.

    `named` is the number of the document, or its file where it has none.
    """

    id: int
    at: dt.datetime
    who: str
    what: str
    document: str | None
    task: str | None
    detail: Mapping[str, Any]
    named: str | None = None


def note(
    connection: Connection,
    now: dt.datetime,
    who: str,
    what: str,
    *,
    document: str | None = None,
    task: str | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Enters a line. `detail` holds plain JSON: numbers, names of fields and people, never what a document says."""
    values = {"who": who, "what": what, "document_id": document, "task_id": task, "detail": dict(detail or {})}
    row = {name: clean(value) for name, value in values.items()}
    connection.execute(insert(tables.trail).values(at=kept(now), **row))


def of(
    place: Place, *, document: str | None = None, who: str | None = None, before: int | None = None, limit: int = 100
) -> tuple[Note, ...]:
    """The last lines, the newest first: of a document or a person where asked, and those before the line `before`."""
    table, papers = tables.trail, tables.documents
    asked = select(table, papers.c.number, papers.c.name).outerjoin(papers).order_by(table.c.id.desc()).limit(limit)
    for column, value in ((table.c.document_id, document), (table.c.who, who)):
        asked = asked if value is None else asked.where(column == clean(value))
    asked = asked if before is None else asked.where(table.c.id < before)
    rows = reading(place, lambda connection: connection.execute(asked).all())
    return tuple(
        Note(
            row.id, told(row.at), row.who, row.what, row.document_id, row.task_id, row.detail, row.number or row.name
        )
        for row in rows
    )
