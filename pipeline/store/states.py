"""What officers typed, from a tracker into the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pipeline.situation import NOT_BEGUN
from pipeline.store import runs, tables, trail
from pipeline.store.bulk import chunks, upsert
from pipeline.store.database import Place, address_of, writing
from pipeline.store.rows import Row, clean
from pipeline.store.runs import Change, Run, Saved, changes
from pipeline.store.transactions import must_exist

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["FIELDS", "Entered", "enter"]

FIELDS = ("status", "percent", "done_on", "outcome", "notes")
UNTOUCHED: Row = {**dict.fromkeys(FIELDS), "status": NOT_BEGUN}


@dataclass(frozen=True, slots=True)
class Entered:
    """How many tasks have a new state, and the ids that the database does not know."""

    changed: int
    unknown: tuple[str, ...]


def enter(place: Place, states: Mapping[str, Row], now: dt.datetime, by: str | None = None) -> Entered:
    """Writes the states of tasks by their ids, in one transaction; the values before stay in the history.

    A state holds those of `FIELDS` that are known: what it does not hold stays as it is, None empties a field. `now`
    has a time zone; with `by`, the trail says who it was. Raises `OutputError`, and then nothing is written.
    """
    fit = {clean(task): {name: clean(value) for name, value in state.items()} for task, state in states.items()}
    run = Run.of("status", now, sorted((task, sorted(state.items())) for task, state in fit.items()))
    must_exist(address_of(place))
    return writing(place, lambda connection: _enter(connection, fit, run, now, by))


def _enter(
    connection: Connection, states: Mapping[str, Row], run: Run, now: dt.datetime, by: str | None
) -> Entered:
    done = runs.begin(connection, run)
    before = dict.fromkeys(_known(connection, states), UNTOUCHED)
    unknown = tuple(task for task in states if task not in before)
    if done is not None:
        return Entered(done.changed, unknown)
    columns = [tables.states.c[name] for name in ("task_id", *FIELDS)]
    for part in chunks(before):
        for row in connection.execute(select(*columns).where(tables.states.c.task_id.in_(part))).mappings():
            before[row["task_id"]] = {name: row[name] for name in FIELDS}
    history: list[Change] = []
    rows = []
    for task, old in before.items():
        new = {**old, **states[task]}
        found = list(changes(task, old, new, FIELDS))
        if found:
            rows.append({"task_id": task, **new, "run": run.id})
            history += found
    upsert(connection, tables.states, rows)
    runs.end(connection, run, Saved(changed=len(rows)), history)
    if by is not None and rows:
        trail.note(connection, now, by, "status", detail={"changed": len(rows), "run": run.id})
    return Entered(len(rows), unknown)


def _known(connection: Connection, ids: Mapping[str, Row]) -> list[str]:
    table = tables.tasks
    return [name for part in chunks(ids) for name in connection.scalars(select(table.c.id).where(table.c.id.in_(part)))]
