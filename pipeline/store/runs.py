"""Runs, and what each of them changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from pipeline.store import tables
from pipeline.store.bulk import insert_all

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["Change", "Run", "Saved", "begin", "changes", "end"]


@dataclass(frozen=True, slots=True)
class Run:
    """One writing to the database. `id` is the same where the run is repeated after a lost connection."""

    id: str
    at: dt.datetime  # UTC, without a zone
    kind: str  # convert, status

    @classmethod
    def of(cls, kind: str, now: dt.datetime, content: object) -> Run:
        """A run at that moment, which has a time zone, that writes that content."""
        at = now.astimezone(dt.UTC).replace(tzinfo=None)
        digest = hashlib.sha256(repr(content).encode("utf-8", "surrogatepass")).hexdigest()[:8]
        return cls(f"{at:%Y%m%dT%H%M%S.%f}Z-{digest}", at, kind)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a run came to: documents read, and tasks. A task that has come back counts as changed."""

    documents: int = 0
    added: int = 0
    changed: int = 0
    vanished: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A value of a task before and after; `field` is a column, or added, vanished, returned, id."""

    task: str
    field: str
    old: Any = None
    new: Any = None


def changes(task: str, old: Mapping[str, Any], new: Mapping[str, Any], fields: Sequence[str]) -> Iterator[Change]:
    """The fields in which two rows of a task differ."""
    return (Change(task, name, old[name], new[name]) for name in fields if old[name] != new[name])


def begin(connection: Connection, run: Run) -> Saved | None:
    """Enters the run; or says what it came to, where it was done already and only the answer was lost."""
    names = list(asdict(Saved()))
    found = connection.execute(select(tables.runs).where(tables.runs.c.id == run.id)).mappings().first()
    if found is not None:
        return Saved(**{name: found[name] for name in names})
    values = {"id": run.id, "at": run.at, "kind": run.kind, **asdict(Saved())}
    connection.execute(insert(tables.runs).values(**values))
    return None


def end(connection: Connection, run: Run, saved: Saved, history: Sequence[Change]) -> Saved:
    """Enters what the run came to and what it changed."""
    connection.execute(update(tables.runs).where(tables.runs.c.id == run.id).values(**asdict(saved)))
    rows = [
        {"task_id": one.task, "field": one.field, "old": _text(one.old), "new": _text(one.new), "at": run.at,
         "run": run.id}
        for one in history
    ]  # fmt: skip
    insert_all(connection, tables.history, rows)
    return saved


def _text(value: Any) -> str | None:
    """A value as text: lists as JSON, dates in ISO form."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
