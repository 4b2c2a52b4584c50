"""What a database comes to: what is late or soon due, by body and status, what is lacking; and its documents."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, case, cast, exists, func, select

from pipeline.situation import NOT_BEGUN
from pipeline.store.bulk import chunks
from pipeline.store.database import Place, reading
from pipeline.store.moments import told
from pipeline.store.register import doubtful, is_open
from pipeline.store.rows import clean
from pipeline.store.tables import corrections, readings, runs, states, task_units, tasks, units
from pipeline.store.tables import documents as papers

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import Connection, Row

__all__ = ["Listed", "Overview", "Tally", "counts", "document", "documents", "number_of_documents", "to_review"]

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


def documents(place: Place, limit: int | None = None, offset: int = 0) -> tuple[Listed, ...]:
    """The documents, those written last first."""
    first = select(papers.c.id).join(runs, runs.c.id == papers.c.run).order_by(*_LAST_FIRST)
    return reading(place, lambda connection: _page(connection, first, limit, offset))


def document(place: Place, name: str) -> Listed | None:
    """The document with that id."""
    one = select(papers.c.id).where(papers.c.id == clean(name))
    return next(iter(reading(place, lambda connection: _page(connection, one))), None)


def number_of_documents(place: Place) -> int:
    """How many there are, those that could not be read with them."""
    asked = select(func.count()).select_from(papers)
    return reading(place, lambda connection: connection.scalar(asked) or 0)


def to_review(place: Place, limit: int, offset: int = 0, *, waiting: bool = False) -> tuple[tuple[Listed, ...], int]:
    """Documents that were read, and how many there are in all; those with something to look at first.

    `waiting`: only those with something to look at and rows that nobody has confirmed, the most to look at first.
    """
    counted = _counted().subquery()
    doubts = func.coalesce(counted.c.doubtful, 0)
    source = papers.join(runs, runs.c.id == papers.c.run).outerjoin(counted, counted.c.document_id == papers.c.id)
    asked = select(papers.c.id).select_from(source).where(papers.c.status != "failed")
    if waiting:
        asked = asked.where(doubts > 0, counted.c.rows > counted.c.confirmed)
    first = doubts.desc() if waiting else case((doubts > 0, 0), else_=1)

    def work(connection: Connection) -> tuple[tuple[Listed, ...], int]:
        total = connection.scalar(select(func.count()).select_from(asked.subquery())) or 0
        return _page(connection, asked.order_by(first, *_LAST_FIRST), limit, offset), total

    return reading(place, work)


_LAST_FIRST = (runs.c.at.desc(), papers.c.name, papers.c.id)


def _counted() -> Select[Any]:
    """Of each document that says tasks: how many, those with something to look at, and confirmed."""
    return (
        select(
            tasks.c.document_id, func.count().label("rows"), _number(doubtful()).label("doubtful"),
            _number(tasks.c.confirmed).label("confirmed"),
        )
        .where(tasks.c.vanished.is_(None)).group_by(tasks.c.document_id)
    )  # fmt: skip


def _page(connection: Connection, ids: Select[Any], limit: int | None = None, offset: int = 0) -> tuple[Listed, ...]:
    """The documents of a list of ids, in its order. What is counted is counted of these alone."""
    names = connection.scalars(ids.limit(limit).offset(offset)).all()
    found: dict[str, Listed] = {}
    for part in chunks(names):
        counted = _counted().where(tasks.c.document_id.in_(part)).subquery()
        made = select(func.count()).where(corrections.c.document_id == papers.c.id).scalar_subquery()
        viewable = exists().where(readings.c.document_id == papers.c.id, readings.c.view.is_not(None))
        asked: Select[Any] = (
            select(
                *(papers.c[name] for name in _SHOWN), runs.c.at, made.label("corrections"), viewable.label("viewable"),
                *(func.coalesce(counted.c[name], 0).label(name) for name in ("rows", "doubtful", "confirmed")),
            )
            .select_from(
                papers.join(runs, runs.c.id == papers.c.run)
                .outerjoin(counted, counted.c.document_id == papers.c.id)
            )
            .where(papers.c.id.in_(part))
        )  # fmt: skip
        found |= {row.id: _listed(row) for row in connection.execute(asked).all()}
    return tuple(found[name] for name in names)


_SHOWN = ("id", "name", "sha256", "status", "type", "number", "issuer", "date", "title", "errors")


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        row.id, row.name, row.sha256, row.status, row.type, row.number, row.issuer, row.date, row.title,
        tuple(row.errors), row.rows, row.doubtful, row.confirmed, row.corrections, told(row.at), bool(row.viewable),
    )  # fmt: skip
