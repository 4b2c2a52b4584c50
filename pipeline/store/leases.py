"""Who reads which upload: one server at a time, however many share a database.

A server takes an upload for as long as `LEASE`, and says time and again that it is still at it. What a server held that
died waits again for any of them. All writers of a database come one after the other (`pipeline.store.transactions`), so
what is looked for and taken in one transaction is nobody else's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select, update

from pipeline.store import tables
from pipeline.store.database import Place, reading, writing
from pipeline.store.files import FAILED, READING, WAITING, Upload
from pipeline.store.moments import kept
from pipeline.store.rows import clean

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

__all__ = ["LEASE", "MOST_STARTS", "give_back", "orphaned", "renew", "states", "take"]

LEASE = dt.timedelta(seconds=10)  # the clocks of the servers of a database must differ by less
MOST_STARTS = 2  # of reading an upload: a server that died over it twice would do so for ever
_FREE: dict[str, Any] = {"state": WAITING, "pages_done": 0, "pages": None, "reader": None, "until": None}


def take(place: Place, reader: str, now: dt.datetime, *, suspects: bool = True) -> Upload | None:
    """Takes the first upload that waits: `reader` reads it from now on. None where there is none.

    Those over which a server has died come last, and without `suspects` not at all.
    """
    table = tables.queue
    first = select(table).where(table.c.state == WAITING).order_by(table.c.starts, table.c.id).limit(1)
    if not suspects:
        first = first.where(table.c.starts == 0)
    if reading(place, lambda connection: connection.execute(first).first()) is None:
        return None  # who only looks keeps no writer waiting

    def work(connection: Connection) -> Upload | None:
        row = connection.execute(first).first()
        if row is None:
            return None
        values = {**_FREE, "state": READING, "starts": row.starts + 1, "reader": reader, "until": kept(now + LEASE)}
        connection.execute(update(table).where(table.c.id == row.id).values(values))
        return Upload(row.id, row.sha256, True, row.name, row.starts > 0)

    return writing(place, work)


def renew(place: Place, reader: str, now: dt.datetime) -> None:
    """What `reader` reads stays its own for another `LEASE`."""
    table = tables.queue
    own = and_(table.c.state == READING, table.c.reader == reader)
    if _any(place, own):
        statement = update(table).where(own).values(until=kept(now + LEASE))
        writing(place, lambda connection: connection.execute(statement))


def orphaned(place: Place, now: dt.datetime, reason: str) -> dict[int, str]:
    """What servers held that have died waits again; where that was the last of `MOST_STARTS`, it has failed.

    `reason` is what people are told then. The numbers of the uploads with the state that each is in now.
    """
    table = tables.queue
    alone = and_(table.c.state == READING, or_(table.c.until.is_(None), table.c.until < kept(now)))
    given_up = {**_FREE, "state": FAILED, "reason": clean(reason), "done_at": kept(now)}

    def work(connection: Connection) -> dict[int, str]:
        found = connection.execute(select(table.c.id, table.c.starts).where(alone)).all()
        connection.execute(update(table).where(alone, table.c.starts >= MOST_STARTS).values(given_up))
        connection.execute(update(table).where(alone).values(_FREE))
        return {row.id: FAILED if row.starts >= MOST_STARTS else WAITING for row in found}

    return writing(place, work) if _any(place, alone) else {}


def give_back(place: Place, reader: str) -> None:
    """The server stops in order: what it was reading waits again, as if it had not been begun."""
    table = tables.queue
    own = and_(table.c.state == READING, table.c.reader == reader)
    statement = update(table).where(own).values({**_FREE, "starts": table.c.starts - 1})
    writing(place, lambda connection: connection.execute(statement))


def states(place: Place, uploads: Collection[int]) -> dict[int, str]:
    """The state that each of these uploads is in."""
    table = tables.queue
    asked = select(table.c.id, table.c.state).where(table.c.id.in_(uploads))
    return {row.id: row.state for row in reading(place, lambda connection: connection.execute(asked).all())}


def _any(place: Place, which: ColumnElement[bool]) -> bool:
    asked = select(tables.queue.c.id).where(which).limit(1)
    return reading(place, lambda connection: connection.execute(asked).first()) is not None
