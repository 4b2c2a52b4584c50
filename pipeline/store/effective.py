"""Documents as people decided them, many at once: what was extracted of each, and the corrections that count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from pipeline import codec, ruleset
from pipeline.corrections.model import Correction
from pipeline.corrections.replay import replay
from pipeline.model import Directive
from pipeline.ruleset import Ruleset
from pipeline.store import decisions
from pipeline.store.bulk import chunks
from pipeline.store.database import Database
from pipeline.store.states import FIELDS
from pipeline.store.tables import corrections, documents, readings, states, tasks

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["Kept", "Stamps", "corrected", "directives", "kept", "stamps", "typed"]

AT_ONCE = 20  # documents a transaction: the directive of a long one, packed, has some hundred kilobytes

Stamps = dict[str, str]
"""For each document a word that is another one whenever its rows may be others."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a document: its directive as `pipeline.codec` encodes it, and all of its corrections."""

    document: str
    packed: bytes
    log: tuple[Correction, ...]

    def decided(self, rules: Ruleset) -> Directive:
        """The document as people decided it. Raises `codec.Damaged`."""
        return replay(codec.decode(self.packed), self.log, rules).directive


def stamps(database: Database) -> Stamps:
    """The stamps of all documents of which a reading is kept, in the order of their dates and names."""

    def work(connection: Connection) -> Stamps:
        last = (
            select(corrections.c.document_id, func.max(corrections.c.seq).label("seq"))
            .group_by(corrections.c.document_id)
            .subquery()
        )
        asked = (
            select(documents.c.id, readings.c.sha256, readings.c.at, last.c.seq)
            .join(readings, readings.c.document_id == documents.c.id)
            .outerjoin(last, last.c.document_id == documents.c.id)
            .order_by(documents.c.date.is_(None), documents.c.date, documents.c.name, documents.c.id)
        )
        return {row.id: f"{row.sha256} {row.at.isoformat()} {row.seq or 0}" for row in connection.execute(asked)}

    return database.reading(work)


def kept(database: Database, of: Collection[str]) -> Iterator[Kept]:
    """What is kept of these documents, in that order; one of which nothing is kept is passed over."""
    names = list(dict.fromkeys(of))
    for at in range(0, len(names), AT_ONCE):
        part = names[at : at + AT_ONCE]
        found = database.reading(partial(_kept, names=part))
        yield from (found[name] for name in part if name in found)


def _kept(connection: Connection, *, names: Sequence[str]) -> dict[str, Kept]:
    asked = select(readings.c.document_id, readings.c.directive).where(readings.c.document_id.in_(names))
    logs = decisions.log(connection, names)
    return {name: Kept(name, bytes(packed), logs.get(name, ())) for name, packed in connection.execute(asked)}


def corrected(database: Database, most: int | None = None) -> Iterator[tuple[Directive, tuple[Correction, ...]]]:
    """What was extracted of the documents that people corrected, with their corrections; the last corrected first.

    `most`: so many documents at the most.
    """
    log = corrections.c
    asked = select(log.document_id).group_by(log.document_id).order_by(func.max(log.seq).desc()).limit(most)
    found = database.reading(lambda connection: connection.execute(asked).scalars().all())
    return ((codec.decode(one.packed), one.log) for one in kept(database, found))


def directives(database: Database, of: Collection[str]) -> Iterator[tuple[str, Directive]]:
    """Ids and documents as people decided them, in that order; one of which nothing is kept is passed over."""
    rules = ruleset.load() if database.rules is None else database.rules
    return ((one.document, one.decided(rules)) for one in kept(database, of))


def typed(database: Database, of: Collection[str]) -> dict[str, dict[str, Any]]:
    """What officers typed of the tasks of these documents, by the id of the task."""
    columns = [states.c[name] for name in ("task_id", *FIELDS)]

    def work(connection: Connection) -> dict[str, dict[str, Any]]:
        asked = select(*columns).join(tasks, tasks.c.id == states.c.task_id)
        rows = (
            row
            for part in chunks(dict.fromkeys(of))
            for row in connection.execute(asked.where(tasks.c.document_id.in_(part))).mappings()
        )
        return {row["task_id"]: {name: row[name] for name in FIELDS} for row in rows}

    return database.reading(work)
