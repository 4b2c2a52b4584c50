"""What was extracted of each document, before any correction: the directive, and the view that shows where it stands.

The log of corrections is replayed over it, so that a correction can be made of any document that was converted into the
database. A view is there only where the server has read the document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pipeline import codec
from pipeline.model import Directive
from pipeline.store import tables
from pipeline.store.bulk import upsert
from pipeline.store.database import Place, reading, writing
from pipeline.store.moments import kept, told
from pipeline.store.rows import clean

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from pipeline.store.rows import Row

__all__ = ["Origin", "Reading", "found", "keep", "of", "save"]

_TOLD = ("sha256", "directive", "view", "file", "inside")  # columns; one that is the same in them is left alone
AT_ONCE = 20  # documents a statement: the directive of a long one, packed, has some hundred kilobytes


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the file of a document is: `sha256` of the upload, and the way to it `inside`, a place at each depth."""

    sha256: str
    inside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was extracted of a document. `view` is None where no server has read it.

    `sha256` is that of the file, `version` that of the program and its rules; the pages of the view are in `origin`.
    """

    document: str
    sha256: str
    directive: Directive
    view: bytes | None
    version: str
    at: dt.datetime
    origin: Origin


def save(
    place: Place, document: str, sha256: str, directive: Directive, view: bytes | None, version: str, now: dt.datetime
) -> None:
    """Keeps what was extracted of a document that is there, in place of what was kept. Raises `OutputError`."""
    row = _row(document, directive, view, None, version, now) | {"sha256": sha256}
    writing(place, lambda connection: upsert(connection, tables.readings, [row]))


def of(place: Place, document: str) -> Reading | None:
    """What was extracted of a document. Raises `OutputError`; `codec.Damaged` where the row holds something else."""
    return reading(place, lambda connection: found(connection, document))


def found(connection: Connection, document: str) -> Reading | None:
    """The same inside a transaction."""
    table = tables.readings
    row = connection.execute(select(table).where(table.c.document_id == clean(document))).first()
    if row is None:
        return None
    view = None if row.view is None else bytes(row.view)
    directive, origin = codec.decode(bytes(row.directive)), Origin(row.file or row.sha256, tuple(row.inside))
    return Reading(document, row.sha256, directive, view, row.version, told(row.at), origin)


def keep(
    connection: Connection,
    read: Mapping[str, Directive],
    views: Mapping[str, bytes],
    version: str,
    now: dt.datetime,
    origins: Mapping[str, Origin],
) -> None:
    """Keeps directives by the ids of their documents; `views` and `origins` by the digest of the file.

    One that is the same as before is left alone. Without a new view the old one stays where the text is the same: then
    it shows the same words at the same places.
    """
    for part in _parts(read):
        table = tables.readings
        asked = select(table).where(table.c.document_id.in_(part))
        before = {row["document_id"]: dict(row) for row in connection.execute(asked).mappings()}
        rows = []
        for document, directive in part.items():
            digest = directive.sha256
            row = _row(document, directive, views.get(digest), origins.get(digest), version, now)
            old = before.get(document)
            if old is not None and row["view"] is None and _same_text(old, row, directive):
                # Its pages are those of the file of before.
                row |= {"view": old["view"], "file": old["file"] or old["sha256"], "inside": old["inside"]}
            if old is None or any(row[name] != old[name] for name in _TOLD):
                rows.append(row)
        upsert(connection, table, rows)


def _parts(read: Mapping[str, Directive]) -> Iterator[dict[str, Directive]]:
    names = list(read)
    return ({name: read[name] for name in names[at : at + AT_ONCE]} for at in range(0, len(names), AT_ONCE))


def _row(
    document: str, directive: Directive, view: bytes | None, origin: Origin | None, version: str, now: dt.datetime
) -> Row:
    return {
        "document_id": document, "sha256": directive.sha256, "directive": codec.encode(directive), "view": view,
        "version": version, "at": kept(now), "file": None if origin is None else origin.sha256,
        "inside": [] if origin is None else list(origin.inside),
    }  # fmt: skip


def _same_text(old: Row, row: Row, directive: Directive) -> bool:
    if old["view"] is None:
        return False
    return bool(old["directive"] == row["directive"]) or codec.decode(bytes(old["directive"])).text == directive.text
