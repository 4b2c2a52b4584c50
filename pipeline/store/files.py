"""Uploads: the bytes by their hash, and the queue of what is to be read. `pipeline.store.leases` says who reads it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, cast, insert, select, update

from pipeline.errors import OutputError
from pipeline.store import tables, trail
from pipeline.store.database import Place, reading, writing
from pipeline.store.moments import kept, told
from pipeline.store.rows import clean

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Row

__all__ = [
    "DONE", "FAILED", "READING", "WAITING", "Queued", "TakenOver", "Upload", "bytes_of", "documents_of", "fail",
    "finished", "is_kept", "moved", "progress", "put", "queue", "queued",
]  # fmt: skip

WAITING, READING, DONE, FAILED = "waiting", "reading", "done", "failed"
OPEN = (WAITING, READING)
LONGEST_NAME = 255  # characters: what file systems take
LARGEST = 2**31 - 1  # number of an upload: what a database takes
_HELD_NO_MORE: dict[str, object] = {"reader": None, "until": None}


@dataclass(frozen=True, slots=True)
class Upload:
    """A place in the queue. `known`: these bytes had come before; who waits already is not put behind himself.

    `suspect`: a server has died while it read it.
    """

    id: int
    sha256: str
    known: bool
    name: str = ""
    suspect: bool = False


class TakenOver(OutputError):
    """What was read belongs to another server by now: this one said nothing for too long."""

    def __init__(self, upload: int) -> None:
        super().__init__("taken-over", "Máy chủ khác đã nhận đọc tệp này.", f"upload {upload}")


@dataclass(frozen=True, slots=True)
class Queued:
    """A row of the queue, to be shown. `pages` is None as long as nobody knows; `documents` are ids of what it held."""

    id: int
    sha256: str
    name: str
    size: int
    state: str
    reason: str | None
    pages_done: int
    pages: int | None
    documents: tuple[str, ...]
    by: str
    at: dt.datetime
    done_at: dt.datetime | None


def put(
    place: Place, data: bytes, name: str, by: str, now: dt.datetime, media_type: str = "application/octet-stream"
) -> Upload:
    """Keeps the bytes and queues them, in one transaction. Raises `OutputError`, and then nothing is kept.

    `name` is what people are shown; folders before it go, whichever way they are written.
    """
    digest = hashlib.sha256(data).hexdigest()
    shown = clean(name.replace("\\", "/").rstrip("/").rpartition("/")[2])[-LONGEST_NAME:] or digest[:12]
    file = {"sha256": digest, "name": shown, "size": len(data), "media_type": media_type, "content": data,
            "at": kept(now), "by": clean(by)}  # fmt: skip

    def work(connection: Connection) -> Upload:
        size = connection.scalar(select(tables.files.c.size).where(tables.files.c.sha256 == digest))
        known = size is not None
        if not known:
            connection.execute(insert(tables.files).values(file))
        elif size != len(data):  # a classified one, whose bytes were not kept: it will be refused again
            same = tables.files.c.sha256 == digest
            connection.execute(update(tables.files).where(same).values(size=len(data), content=data))
        table = tables.queue
        open_one = select(table.c.id, table.c.name).where(table.c.sha256 == digest, table.c.state.in_(OPEN))
        found = connection.execute(open_one.order_by(table.c.id)).first()
        if found is not None:
            return Upload(found.id, digest, True, found.name)
        row = {"sha256": digest, "name": shown, "state": WAITING, "pages_done": 0, "documents": [], "by": clean(by),
               "at": kept(now)}  # fmt: skip
        number = connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one()
        trail.note(connection, now, by, "upload", detail={"queue": number, "sha256": digest, "size": len(data)})
        return Upload(number, digest, known, shown)

    return writing(place, work)


def progress(place: Place, upload: int, pages_done: int, pages: int | None, reader: str | None = None) -> None:
    """How far `reader` has come."""
    values = {"pages_done": pages_done, "pages": pages}
    writing(place, lambda connection: _changed(connection, upload, reader, values))


def finished(
    connection: Connection,
    upload: int,
    documents: Sequence[str],
    now: dt.datetime,
    reason: str | None = None,
    reader: str | None = None,
) -> None:
    """`reader` has read it, and these are the ids of its documents; `reason` says what of it could not be read.

    Raises `TakenOver`: nothing that was read of it may then be kept.
    """
    values = {"state": DONE, "reason": clean(reason), "documents": list(documents), "done_at": kept(now)}
    if not _changed(connection, upload, reader, values | _HELD_NO_MORE):
        raise TakenOver(upload)


def fail(place: Place, upload: int, reason: str, now: dt.datetime, reader: str | None = None) -> bool:
    """`reader` could not read it; `reason` is what people are told. False where it is another server's by now."""
    values = {"state": FAILED, "reason": clean(reason), "done_at": kept(now)} | _HELD_NO_MORE
    return writing(place, lambda connection: _changed(connection, upload, reader, values))


def _changed(connection: Connection, upload: int, reader: str | None, values: Mapping[str, object]) -> bool:
    """Whether the upload is still the reader's; None: nobody's."""
    table = tables.queue
    own = (table.c.id == upload, table.c.reader == reader)
    return connection.execute(update(table).where(*own).values(values)).rowcount > 0


def queue(place: Place, limit: int = 100) -> tuple[Queued, ...]:
    """The last uploads, the newest first."""
    table = tables.queue
    source = table.join(tables.files, tables.files.c.sha256 == table.c.sha256)
    asked = select(table, tables.files.c.size).select_from(source).order_by(table.c.id.desc()).limit(limit)
    return tuple(_queued(row) for row in reading(place, lambda connection: connection.execute(asked).all()))


def queued(place: Place, upload: int) -> Queued | None:
    """The upload with that number, or None."""
    if not 0 < upload <= LARGEST:
        return None
    table = tables.queue
    source = table.join(tables.files, tables.files.c.sha256 == table.c.sha256)
    asked = select(table, tables.files.c.size).select_from(source).where(table.c.id == upload)
    row = reading(place, lambda connection: connection.execute(asked).first())
    return None if row is None else _queued(row)


def _queued(row: Row[Any]) -> Queued:
    return Queued(
        row.id, row.sha256, row.name, row.size, row.state, row.reason, row.pages_done, row.pages, tuple(row.documents),
        row.by, told(row.at), None if row.done_at is None else told(row.done_at),
    )  # fmt: skip


def bytes_of(place: Place, sha256: str) -> bytes | None:
    """The bytes with that hash, or None."""
    asked = select(tables.files.c.content).where(tables.files.c.sha256 == clean(sha256))
    found = reading(place, lambda connection: connection.scalar(asked))
    return None if found is None else bytes(found)


def is_kept(place: Place, sha256: str) -> bool:
    """Whether the bytes with that hash are there; those of a classified file are not."""
    table = tables.files
    asked = select(table.c.sha256).where(table.c.sha256 == clean(sha256), table.c.size > 0)
    return reading(place, lambda connection: connection.execute(asked).first()) is not None


def documents_of(connection: Connection, upload: int) -> tuple[str, ...]:
    """The ids of what an upload held, as far as it was read."""
    return tuple(connection.scalar(select(tables.queue.c.documents).where(tables.queue.c.id == upload)) or ())


def moved(connection: Connection, old: str, new: str) -> None:
    """A document has a new id: uploads name it by that one."""
    table = tables.queue
    for number, names in connection.execute(
        select(table.c.id, table.c.documents).where(cast(table.c.documents, Text).contains(old, autoescape=True))
    ).all():
        now = [new if name == old else name for name in names]
        connection.execute(update(table).where(table.c.id == number).values(documents=now))
