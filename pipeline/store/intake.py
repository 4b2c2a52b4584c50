"""What came in: each upload with the documents that were read of it, and the documents that came another way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Text, case, cast, false, func, or_, select, update

from pipeline.letters import bare, spelled
from pipeline.store import tables, trail
from pipeline.store.bulk import chunks
from pipeline.store.database import Database, Place, reading, writing
from pipeline.store.files import DONE, FAILED, OPEN, WAITING, Queued
from pipeline.store.moments import kept, told
from pipeline.store.rows import clean

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["DOUBTFUL", "Arrival", "Counts", "Paper", "Wanted", "arrivals", "counts", "read_before", "refuse", "retry"]

DOUBTFUL = "doubtful"  # read, and some of its rows wait for a person
NONE = (0, 0)
FEW = 20  # documents that are looked for one by one

Counts = tuple[int, int]  # rows of a document, and those of them that wait for a person


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as the list shows it. `at` is when it was last read; `before`: an upload of before had brought it."""

    id: str
    name: str
    status: str
    type: str | None
    number: str | None
    issuer: str | None
    date: dt.date | None
    title: str | None
    at: dt.datetime
    rows: int = 0
    doubts: int = 0
    before: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """An upload with what was read of it; `queued` is None for a document that was not uploaded here."""

    queued: Queued | None
    papers: tuple[Paper, ...]

    @property
    def at(self) -> dt.datetime:
        """When it came."""
        return self.papers[0].at if self.queued is None else self.queued.at


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which arrivals are asked for. `state` is waiting (being read as well), done, doubtful, failed, or empty: all.

    `words` are looked for in what stands in the row, with or without marks; `uploads` are those that alone count.
    """

    words: str = ""
    state: str = ""
    uploads: frozenset[int] | None = None


def arrivals(place: Place, wanted: Wanted, limit: int, offset: int = 0) -> tuple[tuple[Arrival, ...], int]:
    """The arrivals from `offset`, the newest first, at most `limit`; and how many there are in all."""
    return reading(place, lambda connection: _arrivals(connection, wanted, limit, offset))


def counts(place: Place, documents: Collection[str]) -> dict[str, Counts]:
    """Rows and doubts of these documents."""
    return reading(place, lambda connection: _counts(connection, documents))


def read_before(place: Place, sha256: str, version: str) -> tuple[str, ...]:
    """The documents that an upload of these bytes came to.

    None where this version of program and rules has not read them, or another file has brought them anew since.
    """

    def work(connection: Connection) -> tuple[str, ...]:
        table, read = tables.queue, tables.readings.c
        asked = select(table.c.documents, table.c.done_at).where(table.c.sha256 == sha256, table.c.state == DONE)
        last = asked.where(table.c.reason.is_(None)).order_by(table.c.id.desc()).limit(1)
        found = connection.execute(last).first()
        if found is None:
            return ()
        same = select(func.count()).where(
            read.document_id.in_(found.documents), read.version == version, read.at <= found.done_at
        )
        return tuple(found.documents) if connection.scalar(same) == len(found.documents) else ()

    return reading(place, work)


def retry(place: Place, upload: int, by: str, now: dt.datetime) -> bool:
    """Lets an upload that could not be read wait again; False where there is none, or its bytes were not kept."""
    table, files = tables.queue, tables.files

    def work(connection: Connection) -> bool:
        failed = select(table.c.id).join(files, files.c.sha256 == table.c.sha256)
        failed = failed.where(table.c.id == upload, table.c.state.in_((FAILED, DONE)), files.c.size > 0)
        if connection.execute(failed).first() is None:
            return False
        values = {"state": WAITING, "reason": None, "pages_done": 0, "pages": None, "done_at": None, "starts": 0}
        connection.execute(update(table).where(table.c.id == upload).values(values))
        trail.note(connection, now, by, "upload.again", detail={"queue": upload})
        return True

    return writing(place, work)


def refuse(database: Database, upload: int, reason: str, now: dt.datetime) -> None:
    """A classified document: its bytes are not kept, and whoever sent them is told why. Its size is 0 from then on."""
    table, files = tables.queue, tables.files
    digest = select(table.c.sha256).where(table.c.id == upload).scalar_subquery()
    emptied = update(files).where(files.c.sha256 == digest).values(content=b"", size=0)

    def told_of(connection: Connection) -> None:
        values = {"state": FAILED, "reason": clean(reason), "done_at": kept(now), "reader": None, "until": None}
        connection.execute(update(table).where(table.c.sha256 == digest, table.c.state.in_(OPEN)).values(values))
        who = connection.scalar(select(table.c.by).where(table.c.id == upload)) or ""
        trail.note(connection, now, who, "upload.classified", detail={"queue": upload})

    # In this order: once it is told, it holds. A server that is killed before that finds no bytes when it starts anew.
    database.writing(lambda connection: connection.execute(emptied))
    database.write_over()
    database.writing(told_of)


# ── the list ───────────────────────────────────────────────────────────────────────────────


def _arrivals(connection: Connection, wanted: Wanted, limit: int, offset: int) -> tuple[tuple[Arrival, ...], int]:
    if wanted.uploads is None and not wanted.words and wanted.state != DOUBTFUL:
        places = _places(connection, wanted.state)
        part = places[offset : offset + limit]
        return _counted(connection, _at(connection, part)), len(places)
    queued = _queued(connection, wanted.uploads)
    named = {name for one in queued for name in one.documents}
    papers = _papers(connection, None if wanted.uploads is None else named)
    found = list(_with_papers(connection, queued, papers))
    if wanted.uploads is None:
        found += [Arrival(None, (paper,)) for name, paper in papers.items() if name not in named]
    found = [one for one in found if _has_words(one, wanted.words)]
    if wanted.state == DOUBTFUL:
        found = list(_counted(connection, found))
    found = [one for one in found if _is_in(one, wanted.state)]
    found.sort(key=lambda one: (one.at, 0 if one.queued is None else one.queued.id), reverse=True)
    shown = found[offset : offset + limit]
    return tuple(shown) if wanted.state == DOUBTFUL else _counted(connection, shown), len(found)


@dataclass(frozen=True, slots=True, order=True)
class _Place:
    """Where an arrival stands in the list, the newest first: `upload` is 0 for a document that came another way."""

    at: dt.datetime
    upload: int
    document: str


def _places(connection: Connection, state: str) -> list[_Place]:
    """All of the list, as little of each as puts it in order: whole rows of thousands take ten times as long."""
    queue, papers, runs = tables.queue.c, tables.documents, tables.runs
    found, named = [], set()
    for row in connection.execute(select(queue.id, queue.at, queue.state, queue.documents)):
        named.update(row.documents)
        if _is(row.state, state):
            found.append(_Place(told(row.at), row.id, ""))
    if _is(DONE, state):
        others = select(papers.c.id, runs.c.at).select_from(papers.join(runs, runs.c.id == papers.c.run))
        found += [_Place(told(at), 0, name) for name, at in connection.execute(others) if name not in named]
    return sorted(found, reverse=True)


def _at(connection: Connection, part: Sequence[_Place]) -> list[Arrival]:
    """The arrivals at these places."""
    queued = _queued(connection, {place.upload for place in part if place.upload})
    names = {name for one in queued for name in one.documents} | {place.document for place in part if place.document}
    papers = _papers(connection, names)
    uploads = {one.queued.id: one for one in _with_papers(connection, queued, papers) if one.queued is not None}
    return [uploads[place.upload] if place.upload else Arrival(None, (papers[place.document],)) for place in part]


def _queued(connection: Connection, uploads: Collection[int] | None) -> list[Queued]:
    table, files = tables.queue, tables.files
    source = table.join(files, files.c.sha256 == table.c.sha256)
    asked = select(table, files.c.size).select_from(source).order_by(table.c.id)
    asked = asked if uploads is None else asked.where(table.c.id.in_(uploads))
    return [
        Queued(
            row.id, row.sha256, row.name, row.size, row.state, row.reason, row.pages_done, row.pages,
            tuple(row.documents), row.by, told(row.at), None if row.done_at is None else told(row.done_at),
        )
        for row in connection.execute(asked)
    ]  # fmt: skip


def _papers(connection: Connection, names: Collection[str] | None) -> dict[str, Paper]:
    table = tables.documents
    columns = [table.c[name] for name in ("id", "name", "status", "type", "number", "issuer", "date", "title")]
    source = table.join(tables.runs, tables.runs.c.id == table.c.run)
    asked = select(*columns, tables.runs.c.at).select_from(source).order_by(table.c.id)
    parts = [asked] if names is None else [asked.where(table.c.id.in_(part)) for part in chunks(names)]
    return {
        row.id: Paper(row.id, row.name, row.status, row.type, row.number, row.issuer, row.date, row.title, told(row.at))
        for part in parts
        for row in connection.execute(part)
    }


def _with_papers(connection: Connection, queued: Iterable[Queued], papers: Mapping[str, Paper]) -> Iterator[Arrival]:
    first = _first(connection, papers)
    for one in queued:
        shown = [papers[name] for name in one.documents if name in papers]
        yield Arrival(one, tuple(replace(paper, before=True) if first[paper.id] < one.id else paper for paper in shown))


def _first(connection: Connection, documents: Collection[str]) -> dict[str, int]:
    """The upload that brought a document first; others than these may be among them."""
    table = tables.queue
    asked = select(table.c.id, table.c.documents).order_by(table.c.id)
    if len(documents) <= FEW:  # one that is read tells of itself again and again
        asked = asked.where(or_(false(), *(cast(table.c.documents, Text).contains(name) for name in documents)))
    first: dict[str, int] = {}
    for number, names in connection.execute(asked):
        for name in names:
            first.setdefault(name, number)
    return first


def _has_words(one: Arrival, words: str) -> bool:
    """What is typed without marks is found in words with them; what is typed with marks means those."""
    plain, marked = bare(words), spelled(words)
    if not plain:
        return True
    said = [] if one.queued is None else [one.queued.name, one.queued.by]
    for paper in one.papers:
        said += [value for value in (paper.name, paper.type, paper.number, paper.issuer, paper.title) if value]
    text = " · ".join(said)
    return plain in bare(text) if plain == marked else marked in spelled(text)


def _is_in(one: Arrival, state: str) -> bool:
    if state == DOUBTFUL:
        return any(paper.doubts for paper in one.papers)
    return _is(DONE if one.queued is None else one.queued.state, state)


def _is(now: str, state: str) -> bool:
    return now in OPEN if state == WAITING else not state or now == state


def _counted(connection: Connection, found: Sequence[Arrival]) -> tuple[Arrival, ...]:
    of = _counts(connection, {paper.id for one in found for paper in one.papers})
    return tuple(
        replace(
            one,
            papers=tuple(
                replace(paper, rows=of.get(paper.id, NONE)[0], doubts=of.get(paper.id, NONE)[1]) for paper in one.papers
            ),
        )
        for one in found
    )


def _counts(connection: Connection, documents: Collection[str]) -> dict[str, Counts]:
    table = tables.tasks
    doubtful = case((cast(table.c.review, Text) != "[]", 1), else_=0)
    found: dict[str, Counts] = {}
    for part in chunks(documents):
        asked = select(table.c.document_id, func.count(), func.sum(doubtful))
        asked = asked.where(table.c.document_id.in_(part), table.c.vanished.is_(None)).group_by(table.c.document_id)
        found |= {home: (rows, int(doubts)) for home, rows, doubts in connection.execute(asked)}
    return found
