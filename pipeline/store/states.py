"""What officers typed, from a tracker into the database."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
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

__all__ = ["FIELDS", "Entered", "enter", "mark_of"]

FIELDS = ("status", "percent", "done_on", "outcome", "notes")
UNTOUCHED: Row = {**dict.fromkeys(FIELDS), "status": NOT_BEGUN}


@dataclass(frozen=True, slots=True)
class Entered:
    """How many tasks have a new state, the ids that the database does not know, and those that another was first at."""

    changed: int
    unknown: tuple[str, ...]
    overtaken: tuple[str, ...] = ()


def mark_of(state: Row) -> str:
    """A word that is another one when what officers say of a task is; `state` holds all of `FIELDS`."""
    said = ((state["status"] or NOT_BEGUN), *(state[name] for name in FIELDS[1:]))
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def enter(
    place: Place,
    states: Mapping[str, Row],
    now: dt.datetime,
    by: str | None = None,
    seen: Mapping[str, str] | None = None,
) -> Entered:
    """Writes the states of tasks by their ids, in one transaction; the values before stay in the history.

    A state holds those of `FIELDS` that are known: what it does not hold stays as it is, None empties a field. `now`
    has a time zone; with `by`, the trail says who it was. `seen` holds marks (`mark_of`) of what was looked at: a task
    that says something else by now stays as it is. Raises `OutputError`, and then nothing is written.
    """
    fit = {clean(task): {name: clean(value) for name, value in state.items()} for task, state in states.items()}
    marks = clean(dict(seen or {}))
    what = sorted((task, sorted(state.items()), marks.get(task)) for task, state in fit.items())
    run = Run.of("status", now, what)
    must_exist(address_of(place))
    return writing(place, lambda connection: _enter(connection, fit, run, now, by, marks))


def _enter(
    connection: Connection,
    states: Mapping[str, Row],
    run: Run,
    now: dt.datetime,
    by: str | None,
    seen: Mapping[str, str],
) -> Entered:
    done = runs.begin(connection, run)
    before = _said(connection, states)
    unknown = tuple(task for task in states if task not in before)
    if done is not None:  # the answer to its commit was lost: what it wrote stands there
        other = (task for task in before if task in seen and before[task] != {**before[task], **states[task]})
        return Entered(done.changed, unknown, tuple(other))
    overtaken = tuple(task for task, old in before.items() if seen.get(task, mark := mark_of(old)) != mark)
    history: list[Change] = []
    rows = []
    for task, old in before.items():
        new = old if task in overtaken else {**old, **states[task]}
        found = list(changes(task, old, new, FIELDS))
        if found:
            rows.append({"task_id": task, **new, "run": run.id})
            history += found
    upsert(connection, tables.states, rows)
    runs.end(connection, run, Saved(changed=len(rows)), history)
    if by is not None and rows:
        trail.note(connection, now, by, "status", detail={"changed": len(rows), "run": run.id})
    return Entered(len(rows), unknown, overtaken)


def _said(connection: Connection, ids: Collection[str]) -> dict[str, Row]:
    """What officers say of those tasks that there are."""
    known, columns = tables.tasks.c.id, [tables.states.c[name] for name in ("task_id", *FIELDS)]
    found: dict[str, Row] = {}
    for part in chunks(ids):
        found |= dict.fromkeys(connection.scalars(select(known).where(known.in_(part))), UNTOUCHED)
        for row in connection.execute(select(*columns).where(tables.states.c.task_id.in_(part))).mappings():
            found[row["task_id"]] = {name: row[name] for name in FIELDS}
    return found
