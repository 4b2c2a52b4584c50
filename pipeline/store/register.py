"""The register: tasks of all documents searched, counted by the calendar and set to a status, many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, and_, cast, exists, func, select

from pipeline.letters import spelled
from pipeline.situation import CLOSED, NOT_BEGUN
from pipeline.store.bulk import chunks
from pipeline.store.database import Place, reading
from pipeline.store.rows import clean
from pipeline.store.states import FIELDS, Entered, enter, mark_of
from pipeline.store.tables import documents, occurrences, states, task_units, tasks, units

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.engine import Connection, RowMapping

    from pipeline.store.rows import Row

__all__ = [
    "OPEN", "ORDERS", "Day", "Filter", "Found", "Listed", "bulk_state", "count", "days", "document_names", "homes",
    "listed", "search", "unit_names",
]  # fmt: skip

OPEN = "open"  # as `Filter.status`: all that is neither done, paused nor cancelled
MOST_WORDS, LONGEST = 20, 400  # words of a search, and its characters
FURTHEST = 2**31 - 1  # a database takes no offset of any size
MOST_DAYS = 5000  # of a calendar: more than any quarter of a province shows
WITH = tasks.join(documents, documents.c.id == tasks.c.document_id).outerjoin(states, states.c.task_id == tasks.c.id)
ORDERS: dict[str, ColumnElement[Any]] = {
    "due": tasks.c.due, "document": documents.c.number, "date": documents.c.date, "text": tasks.c.folded,
    "lead": cast(tasks.c.lead, Text), "status": states.c.status, "confidence": tasks.c.confidence,
}  # fmt: skip
STATUS = func.coalesce(states.c.status, NOT_BEGUN)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tasks. None or empty: not asked.

    `text` are words that a task holds, all of them, written with marks or without any; `unit` and `document` are ids,
    `unit` in whatever role; `status` a code of `pipeline.situation.STATES` or `OPEN`; `due_from` and `due_to` are both
    inclusive. `vanished` and `doubtful` (there is something to look at) ask for those that are so, or with False for
    those that are not.
    """

    text: str = ""
    unit: str | None = None
    status: str | None = None
    due_from: dt.date | None = None
    due_to: dt.date | None = None
    document: str | None = None
    kind: str | None = None
    vanished: bool | None = False
    doubtful: bool | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A task as the register shows it. From `status` to `notes` it is the officer's; None: nothing was typed."""

    id: str
    document_id: str
    document: str
    type: str | None
    number: str | None
    issuer: str | None
    date: dt.date | None
    section: str
    position: int
    page: int
    text: str
    kind: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    due: dt.date | None
    due_text: str | None
    cadence: tuple[str, ...]
    deliverable: str | None
    report_to: tuple[str, ...]
    quantity: tuple[str, ...]
    confidence: float
    review: tuple[str, ...]
    confirmed: bool
    vanished: dt.datetime | None
    status: str | None
    percent: float | None
    done_on: dt.date | None
    outcome: str | None
    notes: str | None

    @property
    def mark(self) -> str:
        """What says in a new state which one was seen: see `pipeline.store.states`."""
        return mark_of({name: getattr(self, name) for name in FIELDS})


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was searched for, and how many there are in all."""

    rows: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which a task is due: see `pipeline.occurrences`. `text` are the words of a milestone."""

    date: dt.date
    original: dt.date
    kind: str
    text: str | None
    task: Listed = field(repr=False)


def search(place: Place, wanted: Filter, page: int = 1, size: int = 50, by: str = "due", down: bool = False) -> Found:
    """A page of the tasks, in the order of one of `ORDERS`, those without a value last; pages count from 1.

    Tasks that have the same value stand in the order of their documents, also where the order goes `down`.
    """

    def work(connection: Connection) -> Found:
        ids, total = _ids(connection, wanted, page, size, by, down)  # to sort whole rows takes three times as long
        found = {row.id: row for part in chunks(ids) for row in _rows(connection, part)}
        return Found(tuple(found[name] for name in ids), total)

    return reading(place, work)


def _ids(connection: Connection, wanted: Filter, page: int, size: int, by: str, down: bool) -> tuple[list[str], int]:
    """The ids of a page, and how many there are in all; words are looked for in all tasks, and so only once."""
    asked: Select[Any] = _ordered(select(tasks.c.id).select_from(WITH).where(*conditions(wanted)), by, down)
    asked = asked.limit(size).offset(min((max(page, 1) - 1) * size, FURTHEST))
    if not wanted.text:
        return list(connection.scalars(asked)), _count(connection, wanted)
    rows = connection.execute(asked.add_columns(func.count().over())).all()
    return [row[0] for row in rows], rows[0][1] if rows else _count(connection, wanted)


def count(place: Place, wanted: Filter) -> int:
    """How many tasks there are."""
    return reading(place, lambda connection: _count(connection, wanted))


def _count(connection: Connection, wanted: Filter) -> int:
    source = tasks.outerjoin(states, states.c.task_id == tasks.c.id) if wanted.status else tasks
    return connection.scalar(select(func.count()).select_from(source).where(*conditions(wanted))) or 0


def homes(place: Place, wanted: Filter, most: int) -> tuple[tuple[str, str], ...]:
    """Ids of tasks and of their documents, in no order, at most so many."""
    asked = select(tasks.c.id, tasks.c.document_id).select_from(WITH).where(*conditions(wanted)).limit(most)
    return reading(place, lambda connection: tuple((row.id, row.document_id) for row in connection.execute(asked)))


def listed(place: Place, ids: Collection[str]) -> tuple[Listed, ...]:
    """These tasks in the order of the register; an id that is not there is passed over."""
    asked = _ordered(select(*_columns()).select_from(WITH).where(tasks.c.id.in_(clean(list(ids)))))
    return reading(place, lambda connection: tuple(_listed(row) for row in connection.execute(asked).mappings()))


def conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """What tasks have to fulfil, over `WITH`; without a status over `tasks` alone."""
    wanted = Filter(**{one.name: clean(getattr(wanted, one.name)) for one in fields(Filter)})
    found = [_holds(word) for word in wanted.text[:LONGEST].split()[:MOST_WORDS]]
    same = ((tasks.c.document_id, wanted.document), (tasks.c.kind, wanted.kind))
    found += [column == value for column, value in same if value]
    if wanted.unit:
        found.append(tasks.c.id.in_(select(task_units.c.task_id).where(task_units.c.unit_id == wanted.unit)))
    if wanted.status:
        found.append(is_open() if wanted.status == OPEN else STATUS.in_([wanted.status]))
    if wanted.due_from is not None:
        found.append(tasks.c.due >= wanted.due_from)
    if wanted.due_to is not None:
        found.append(tasks.c.due <= wanted.due_to)
    if wanted.vanished is not None:
        found.append(tasks.c.vanished.is_not(None) if wanted.vanished else tasks.c.vanished.is_(None))
    if wanted.doubtful is not None:
        found.append(doubtful() if wanted.doubtful else ~doubtful())
    return found


def is_open() -> ColumnElement[bool]:
    """That nobody has done a task, put it off or called it off; over `WITH`."""
    return STATUS.not_in(sorted(CLOSED))


def doubtful() -> ColumnElement[bool]:
    """That there is something of a task that a person should look at."""
    return cast(tasks.c.review, Text) != "[]"


def _holds(word: str) -> ColumnElement[bool]:
    """That a task holds the word: the line with marks answers one with marks, the bare line one without any."""
    return tasks.c.folded.contains(spelled(word), autoescape=True)


def _columns() -> list[ColumnElement[Any]]:
    table = {documents: ("type", "number", "issuer", "date"),
             states: ("status", "percent", "done_on", "outcome", "notes")}  # fmt: skip
    others = {name: one for one, names in table.items() for name in names}
    names = (one.name for one in fields(Listed) if one.name != "document")
    return [documents.c.name.label("document"), *(others.get(name, tasks).c[name] for name in names)]


def _rows(connection: Connection, ids: Sequence[str]) -> Iterator[Listed]:
    asked = select(*_columns()).select_from(WITH).where(tasks.c.id.in_(ids))
    return (_listed(row) for row in connection.execute(asked).mappings())


def _ordered(asked: Select[Any], by: str = "due", down: bool = False) -> Select[Any]:
    column = ORDERS.get(by, tasks.c.due)
    first = column.desc() if down else column.asc()
    return asked.order_by(column.is_(None), first, documents.c.name, tasks.c.position, tasks.c.id)


def _listed(row: RowMapping) -> Listed:
    found = ((one.name, row[one.name]) for one in fields(Listed))
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in found}
    return Listed(**values)


def bulk_state(
    place: Place, ids: Collection[str], state: Row, by: str, now: dt.datetime, seen: Mapping[str, str] | None = None
) -> Entered:
    """Gives tasks a state, in one transaction; the trail says who did. Otherwise as `pipeline.store.states.enter`."""
    return enter(place, dict.fromkeys(ids, state), now, by, seen)


def days(place: Place, first: dt.date, last: dt.date, wanted: Filter | None = None) -> tuple[Day, ...]:
    """The days from `first` to `last` on which tasks are due, in order, both inclusive: at most `MOST_DAYS`."""
    columns = [occurrences.c[name].label(f"on_{name}") for name in ("date", "original", "kind", "text")]
    asked = (
        select(*columns, *_columns())
        .select_from(WITH.join(occurrences, occurrences.c.task_id == tasks.c.id))
        .where(and_(occurrences.c.date >= first, occurrences.c.date <= last), *conditions(wanted or Filter()))
        .order_by(occurrences.c.date, documents.c.name, tasks.c.position, tasks.c.id, occurrences.c.number)
        .limit(MOST_DAYS)
    )

    def day(row: RowMapping) -> Day:
        return Day(row["on_date"], row["on_original"], row["on_kind"], row["on_text"], _listed(row))

    return reading(place, lambda connection: tuple(day(row) for row in connection.execute(asked).mappings()))


def unit_names(place: Place) -> tuple[tuple[str, str], ...]:
    """Ids and names of the bodies that tasks name, by name: what there is to filter by."""
    asked = (
        select(units.c.id, units.c.name)
        .where(exists().where(task_units.c.unit_id == units.c.id))
        .order_by(units.c.name, units.c.id)
    )
    return reading(place, lambda connection: tuple((row.id, row.name) for row in connection.execute(asked)))


def document_names(place: Place, most: int, also: str | None = None) -> tuple[tuple[str, str], ...]:
    """Ids and names of the last documents by date, by what they are cited by, else by file; and that of `also`."""
    name = func.coalesce(documents.c.number, documents.c.name).label("name")
    asked = select(documents.c.id, name)
    last = asked.order_by(documents.c.date.is_(None), documents.c.date.desc(), documents.c.id).limit(most)

    def work(connection: Connection) -> tuple[tuple[str, str], ...]:
        rows = [*connection.execute(last), *connection.execute(asked.where(documents.c.id == clean(also)))]
        return tuple(sorted({row.id: (row.id, row.name) for row in rows}.values(), key=lambda pair: pair[::-1]))

    return reading(place, work)
