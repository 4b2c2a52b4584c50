"""What the six questions of "6 rõ" are put to: the tasks that the documents still say, as people decided them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from pipeline.model import Task
from pipeline.store.database import Place, reading
from pipeline.store.tables import runs, tasks

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["examined", "stamp"]

AT_ONCE = 500  # rows that are made into tasks at a time
_SAME = ("id", "section", "text", "kind", "due", "due_text", "rrule", "deliverable")
_LISTS = ("lead", "cadence", "report_to", "quantity")


def stamp(place: Place) -> str:
    """Another word whenever something was written to the database, and so the tasks may be others."""
    asked = select(func.count(), func.max(runs.c.at))
    return " ".join(map(str, reading(place, lambda connection: connection.execute(asked).one())))


def examined(place: Place) -> list[Task]:
    """The tasks, with the fields that the questions ask for and no others."""
    return reading(place, lambda connection: list(_tasks(connection)))


def _tasks(connection: Connection) -> Iterator[Task]:
    columns = [tasks.c[name] for name in ("position", *_SAME, *_LISTS)]
    order = (tasks.c.document_id, tasks.c.position, tasks.c.id)
    asked = select(*columns).where(tasks.c.vanished.is_(None)).order_by(*order)
    for row in connection.execute(asked.execution_options(yield_per=AT_ONCE)).mappings():
        values: dict[str, Any] = {name: row[name] for name in _SAME} | {name: tuple(row[name]) for name in _LISTS}
        yield Task(order=row["position"], **values)
