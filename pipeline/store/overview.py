"""What a database comes to: what is late or soon due, by body and status, what is lacking; and its documents."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, case, cast, exists, func, select

from pipeline.situation import NOT_BEGUN
from pipeline.store.database import Place, reading
from pipeline.store.moments import told
from pipeline.store.register import doubtful, is_open
from pipeline.store.rows import clean
from pipeline.store.tables import corrections, readings, runs, states, task_units, tasks, units
from pipeline.store.tables import documents as papers

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import Connection, Row

__all__ = ["Listed", "Overview", "Tally", "counts", "documents"]

SOON, LATER = dt.timedelta(days=7), dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tally:
    """The tasks of a body that it leads: in all, those that are open, and those of these that are overdue."""

    id: str
    name: str
    tasks: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of the tasks that documents still say.

    `overdue`, `due_7` and `due_30` (today included, both cumulative) are of open tasks; `by_status` goes by the codes
    of `pipeline.situation.STATES` or what was typed; `filled` says how many tasks have a value, by field; `documents`
    goes by the status of their reading.
    """

    tasks: int
    open: int
    overdue: int
    due_7: int
    due_30: int
    doubtful: int
    confirmed: int
    by_status: Mapping[str, int]
    by_unit: tuple[Tally, ...]
    filled: Mapping[str, int]
    documents: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document and how far people have come with it: of its `rows`, those with something to look at, and confirmed.

    `at` is when it was written last, `viewable` whether a server has read it, so that it can be shown.
    """

    id: str
    name: str
    sha256: str
    status: str
    type: str | None
    number: str | None
    issuer: str | None
    date: dt.date | None
    title: str | None
    errors: tuple[Mapping[str, Any], ...]
    rows: int
    doubtful: int
    confirmed: int
    corrections: int
    at: dt.datetime
    viewable: bool


def counts(place: Place, today: dt.date) -> Overview:
    """The counts as of that day."""
    return reading(place, lambda connection: _overview(connection, today))


def _overview(connection: Connection, today: dt.date) -> Overview:
    source = tasks.outerjoin(states, states.c.task_id == tasks.c.id)
    still = tasks.c.vanished.is_(None)
    late = is_open() & (tasks.c.due < today)
    counts = {
        "tasks": func.count(), "open": _number(is_open()), "overdue": _number(late),
        "due_7": _number(is_open() & tasks.c.due.between(today, today + SOON)),
        "due_30": _number(is_open() & tasks.c.due.between(today, today + LATER)),
        "doubtful": _number(doubtful()), "confirmed": _number(tasks.c.confirmed),
    }  # fmt: skip
    filled = {name: _number(_filled(name)) for name in ("lead", "due", "due_text", "deliverable", "report_to")}
    columns = [one.label(name) for name, one in (counts | {f"of_{name}": one for name, one in filled.items()}).items()]
    row = connection.execute(select(*columns).select_from(source).where(still)).mappings().one()
    statuses = select(states.c.status, func.count()).select_from(source).where(still).group_by(states.c.status)
    return Overview(
        **{name: row[name] for name in counts},
        by_status=_pairs(connection, statuses),
        by_unit=_by_unit(connection, late),
        filled={name: row[f"of_{name}"] for name in filled},
        documents=_pairs(connection, select(papers.c.status, func.count()).group_by(papers.c.status)),
    )


def _pairs(connection: Connection, asked: Select[Any, int]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for name, number in connection.execute(asked):
        found[name or NOT_BEGUN] += number
    return dict(sorted(found.items()))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _filled(name: str) -> ColumnElement[bool]:
    column = tasks.c[name]
    return cast(column, Text) != "[]" if name in ("lead", "report_to") else column.is_not(None)


def _by_unit(connection: Connection, late: ColumnElement[bool]) -> tuple[Tally, ...]:
    source = (
        task_units.join(units, units.c.id == task_units.c.unit_id)
        .join(tasks, tasks.c.id == task_units.c.task_id)
        .outerjoin(states, states.c.task_id == tasks.c.id)
    )
    asked = (
        select(units.c.id, units.c.name, func.count(), _number(is_open()), _number(late))
        .select_from(source)
        .where(tasks.c.vanished.is_(None), task_units.c.role == "lead")
        .group_by(units.c.id, units.c.name)
        .order_by(func.count().desc(), units.c.id)
    )
    return tuple(Tally(*row) for row in connection.execute(asked))


def documents(place: Place, document: str | None = None) -> tuple[Listed, ...]:
    """All documents, those written last first, or the one with that id."""
    counted = (
        select(
            tasks.c.document_id, func.count().label("rows"), _number(doubtful()).label("doubtful"),
            _number(tasks.c.confirmed).label("confirmed"),
        )
        .where(tasks.c.vanished.is_(None)).group_by(tasks.c.document_id).subquery()
    )  # fmt: skip
    made = select(func.count()).where(corrections.c.document_id == papers.c.id).scalar_subquery()
    viewable = exists().where(readings.c.document_id == papers.c.id, readings.c.view.is_not(None))
    asked = (
        select(
            papers, runs.c.at, made.label("corrections"), viewable.label("viewable"),
            *(func.coalesce(counted.c[name], 0).label(name) for name in ("rows", "doubtful", "confirmed")),
        )
        .select_from(
            papers.join(runs, runs.c.id == papers.c.run)
            .outerjoin(counted, counted.c.document_id == papers.c.id)
        )
        .order_by(runs.c.at.desc(), papers.c.name, papers.c.id)
    )  # fmt: skip
    asked = asked if document is None else asked.where(papers.c.id == clean(document))
    return tuple(_listed(row) for row in reading(place, lambda connection: connection.execute(asked).all()))


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        row.id, row.name, row.sha256, row.status, row.type, row.number, row.issuer, row.date, row.title,
        tuple(row.errors), row.rows, row.doubtful, row.confirmed, row.corrections, told(row.at), bool(row.viewable),
    )  # fmt: skip
