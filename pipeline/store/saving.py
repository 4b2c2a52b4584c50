"""A conversion into the database: tasks are added, updated, marked as vanished; what an officer typed is not touched.

Everything that was changed stands in `history` with what it was before, so that an update loses nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from pipeline.matching import Said, matched
from pipeline.model import Directive
from pipeline.store import decisions, files, readings, runs, tables
from pipeline.store.bulk import chunks, replace, upsert
from pipeline.store.database import Database, Place, writing
from pipeline.store.documents import save_documents
from pipeline.store.readings import Origin
from pipeline.store.rows import KEEP, Batch, DaysOff, Row, batch, document_id
from pipeline.store.runs import Change, Run, Saved, changes
from pipeline.version import __version__

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from pipeline.ruleset import Ruleset

__all__ = ["bring_up_to_date", "kept_before", "save", "take_in", "tally"]

# What an officer would call a change. The place in the file, the confidence and the words behind a value are updated
# without a word: they differ between two scans of one document.
TOLD = (
    "document_id", "section", "text", "kind", "lead", "coordinating", "due", "start", "due_text", "milestones",
    "cadence", "rrule", "report_to", "deliverable", "quantity", "urgency",
)  # fmt: skip


def save(
    place: Place,
    directives: Sequence[Directive],
    now: dt.datetime,
    days_off: DaysOff = KEEP,
    rules: Ruleset | None = None,
) -> Saved:
    """Writes directives in one transaction. `now` has a time zone. Raises `OutputError`, and then nothing is written.

    Tasks of a document are matched by id, then by their words. A task that the document no longer says is marked
    `vanished` where the document was read whole; one that could be read in part only, or not at all, makes none vanish.
    What people decided of a document holds, whoever converts it again; `rules` (None: the shipped ones) read it.
    """
    conversion = _Conversion.of(directives, now, days_off, rules)
    return writing(place, lambda connection: conversion.save(connection)[0])


def take_in(
    database: Database,
    upload: int,
    directives: Sequence[Directive],
    views: Mapping[str, bytes],
    version: str,
    now: dt.datetime,
    reason: str | None = None,
    *,
    reader: str | None = None,
    origins: Mapping[str, Origin] | None = None,
) -> tuple[str, ...]:
    """Writes what `reader` read of an upload, and that it is done, in one transaction; the ids of its documents.

    `views` and `origins` by the digest of the directive; `reason` says what could not be read. Otherwise as `save`,
    with the rules and days off of the `database`. Raises `files.TakenOver`, and then nothing is written.
    """
    conversion = _Conversion.of(directives, now, database.days_off, database.rules, views, version, upload, origins)

    def work(connection: Connection) -> tuple[str, ...]:
        _, homes = conversion.save(connection)
        if homes is None:  # done, and only the answer was lost
            return files.documents_of(connection, upload)
        names = tuple(dict.fromkeys(homes[document_id(one)] for one in directives))
        files.finished(connection, upload, names, now, reason, reader)
        return names

    return database.writing(work)


@dataclass(frozen=True, slots=True)
class _Conversion:
    directives: Sequence[Directive]
    rows: Batch
    run: Run
    now: dt.datetime
    days_off: DaysOff
    rules: Ruleset | None
    views: Mapping[str, bytes]
    version: str
    origins: Mapping[str, Origin]

    @classmethod
    def of(
        cls,
        directives: Sequence[Directive],
        now: dt.datetime,
        days_off: DaysOff,
        rules: Ruleset | None,
        views: Mapping[str, bytes] | None = None,
        version: str = __version__,
        upload: int | None = None,
        origins: Mapping[str, Origin] | None = None,
    ) -> _Conversion:
        """That of these directives at that moment; of two uploads that hold the same, each is a conversion."""
        rows = batch(directives, now.date(), days_off)
        run = Run.of("convert", now, rows if upload is None else (upload, rows))
        return cls(directives, rows, run, now, days_off, rules, views or {}, version, origins or {})

    def save(self, connection: Connection) -> tuple[Saved, dict[str, str] | None]:
        """What it came to, and the id of each document in the rows → the id that it is kept under.

        No ids where it was done already.
        """
        done = runs.begin(connection, self.run)
        if done is not None:
            return done, None
        homes = save_documents(connection, self.rows, self.run)
        readings.keep(
            connection, {homes[name]: one for name, one in self.rows.read.items()}, self.views, self.version, self.now,
            self.origins,
        )  # fmt: skip
        rows = self._decided(connection, homes)
        now = [{**row, "document_id": homes[row["document_id"]]} for row in rows.tasks]
        before = kept_before(connection, set(homes.values()), {row["id"] for row in now})
        whole = {homes[row["id"]] for row in rows.documents if row["status"] == "ok"}
        history = bring_up_to_date(connection, replace_fields(rows, tasks=tuple(now)), before, whole, self.run)
        return runs.end(connection, self.run, tally(len(rows.documents), history), history), homes

    def _decided(self, connection: Connection, homes: Mapping[str, str]) -> Batch:
        made = decisions.log(connection, set(homes.values()))
        of = {name: made[home] for name, home in homes.items() if home in made}
        return decisions.as_decided(self.rows, self.directives, of, self.now.date(), self.days_off, self.rules)


def bring_up_to_date(
    connection: Connection, rows: Batch, before: dict[str, Row], whole: Collection[str], run: Run
) -> list[Change]:
    """Writes the tasks of `rows`, their bodies and dates, over those of `before`; what there is to tell of it.

    Tasks of `before` that are not among them vanish where their document is one of `whole`.
    """
    history = list(_rename(connection, before, rows.tasks))
    written, told = _compare(before, rows.tasks, whole, run)
    upsert(connection, tables.tasks, written)
    upsert(connection, tables.units, rows.units, keep=True)
    replace(connection, tables.task_units, rows.task_units)
    replace(connection, tables.occurrences, rows.occurrences)
    return history + told


def tally(documents: int, history: Sequence[Change]) -> Saved:
    """What a run came to, from what it changed."""
    of = defaultdict(set)
    for change in history:
        of[change.field].add(change.task)
    added, vanished = of.pop("added", set()), of.pop("vanished", set())
    return Saved(documents, len(added), len(set().union(*of.values())), len(vanished))


def kept_before(connection: Connection, homes: Collection[str], ids: Collection[str]) -> dict[str, Row]:
    """The tasks as they are kept: all of these documents, and those with these ids wherever they are."""
    found: dict[str, Row] = {}
    for column, wanted in ((tables.tasks.c.document_id, homes), (tables.tasks.c.id, ids)):
        for part in chunks(wanted):
            for row in connection.execute(select(tables.tasks).where(column.in_(part))).mappings():
                found[row["id"]] = dict(row)
    return found


def _rename(connection: Connection, before: dict[str, Row], now: Sequence[Row]) -> Iterator[Change]:
    """Gives tasks whose words changed their new id, in the database and in `before`; what an officer typed follows."""
    fresh = defaultdict(list)
    kept = {row["id"] for row in now}
    for row in now:
        if row["id"] not in before:
            fresh[row["document_id"]].append(row)
    old = defaultdict(list)
    for row in before.values():
        if row["id"] not in kept and row["document_id"] in fresh:
            old[row["document_id"]].append(row)
    pairs = [pair for home in old for pair in _renamed(old[home], fresh[home])]
    if pairs:
        statement = update(tables.tasks).where(tables.tasks.c.id == bindparam("old")).values(id=bindparam("new"))
        connection.execute(statement, [{"old": was, "new": name} for was, name in pairs])
    for was, name in pairs:
        before[name] = {**before.pop(was), "id": name}
        yield Change(name, "id", was, name)


def _renamed(before: Sequence[Row], now: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """The id of before and the id of now, of tasks of one document that have no id in common."""
    before = sorted(before, key=lambda row: (row["position"], row["id"]))  # a server has no order of its own
    known, fresh = (
        [Said(row["id"], row["section"], row["text"], row.get("vanished") is not None) for row in rows]
        for rows in (before, now)
    )
    for place, old in matched(known, fresh).items():
        yield known[old].id, fresh[place].id


def _compare(
    before: Mapping[str, Row], now: Sequence[Row], whole: Collection[str], run: Run
) -> tuple[list[Row], list[Change]]:
    """The rows to write, and what there is to tell of them. `whole` are the documents that were read whole."""
    rows, history = [], []
    for row in now:
        old = before.get(row["id"])
        if old is None:
            rows.append({**row, "added": run.at, "vanished": None})
            history.append(Change(row["id"], "added"))
            continue
        new = {**row, "added": old["added"], "vanished": None}
        if new != old:
            rows.append(new)
            history += changes(row["id"], old, new, TOLD)
            history += [Change(row["id"], "returned", old["vanished"])] if old["vanished"] else []
    kept = {row["id"] for row in now}
    for name, old in before.items():
        if name not in kept and old["document_id"] in whole and old["vanished"] is None:
            rows.append({**old, "vanished": run.at})
            history.append(Change(name, "vanished", None, run.at))
    return rows, history
