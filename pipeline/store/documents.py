"""Which document of before a document of now is, and its row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, or_, select, update

from pipeline.store import files
from pipeline.store.bulk import chunks, upsert
from pipeline.store.rows import Batch, Row
from pipeline.store.runs import Run
from pipeline.store.tables import corrections, documents, tasks

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["save_documents"]

OF_READING = ("status", "errors", "warnings", "run")  # what changes where a document could not be read this time
OVERLAP = 0.5  # share of the tasks of the longer one above which two documents of one name or issuer are one, mended
_NOT_WORD = re.compile(r"[\W_]+")
_HEAD = ("id", "name", "sha256", "status", "type", "number", "issuer", "date")


def save_documents(connection: Connection, batch: Batch, run: Run) -> dict[str, str]:
    """Writes the documents; the id of each in the batch → the id under which it is kept.

    A document is known by its id, by its bytes, or, where its number or date was not read before, by its tasks: then it
    gets the id of now. One that could not be read keeps what was read of it before.
    """
    known = _known(connection, batch)
    texts: dict[str, set[str]] = defaultdict(set)
    for task in batch.tasks:
        texts[task["document_id"]].add(_folded(task["text"]))
    homes: dict[str, str] = {}
    whole: list[Row] = []
    for row in batch.documents:
        home = row["id"]
        old = None if home in known else known.find(row, texts[home])
        if old is not None and row["status"] == "failed":
            home = old
        elif old is not None:
            connection.execute(update(documents).where(documents.c.id == old).values(id=home))
            files.moved(connection, old, home)
            known.move(old, home)
        homes[row["id"]] = home
        if row["status"] == "failed" and home in known:
            values = {**row, "run": run.id}
            connection.execute(
                update(documents).where(documents.c.id == home).values({name: values[name] for name in OF_READING})
            )
        else:
            whole.append({**row, "run": run.id})
    upsert(connection, documents, whole)
    _drop_overtaken(connection, whole)
    return homes


class _Known:
    """The documents that there are. `claimed` are those that a document of the batch has by its id."""

    def __init__(self, rows: Sequence[Row], texts: Mapping[str, set[str]], claimed: Collection[str]) -> None:
        self._rows = {row["id"]: row for row in rows}
        self._texts = texts
        self._free = {row["id"]: row for row in rows if row["id"] not in claimed}

    def __contains__(self, home: str) -> bool:
        return home in self._rows

    def find(self, row: Row, texts: set[str]) -> str | None:
        """The document that this one is under another id, or None."""
        for old in self._free.values():
            if old["sha256"] == row["sha256"]:
                return str(old["id"])
        alike: dict[str, int] = {
            name: len(texts & self._texts.get(name, set())) for name, old in self._free.items() if _may_be(old, row)
        }
        for name, shared in sorted(alike.items(), key=lambda pair: (-pair[1], pair[0])):
            if shared > OVERLAP * max(len(texts), len(self._texts[name])):
                return str(name)
        return None

    def move(self, old: str, home: str) -> None:
        """From now on the document has that id, and no other one is it."""
        del self._free[old]
        self._rows[home] = self._rows.pop(old)


def _may_be(old: Row, row: Row) -> bool:
    """Whether nothing that both say of themselves tells the two apart, and something is the same."""
    same = old["name"] == row["name"] or (
        old["issuer"] and (old["type"], old["issuer"]) == (row["type"], row["issuer"])
    )
    return bool(same) and all(not old[name] or not row[name] or old[name] == row[name] for name in ("number", "date"))


def _known(connection: Connection, batch: Batch) -> _Known:
    rows: dict[str, Row] = {}
    columns = [documents.c[name] for name in _HEAD]
    for part in chunks(batch.documents):
        marks = (
            documents.c[name].in_([row[name] for row in part if row[name]])
            for name in ("id", "sha256", "name", "issuer")
        )
        wanted = or_(*marks)
        for row in connection.execute(select(*columns).where(wanted).order_by(documents.c.id)).mappings():
            rows[row["id"]] = dict(row)
    claimed = {row["id"] for row in batch.documents}
    texts: dict[str, set[str]] = defaultdict(set)
    for names in chunks([name for name in rows if name not in claimed]):
        asked = select(tasks.c.document_id, tasks.c.text).where(tasks.c.document_id.in_(names))
        for home, text in connection.execute(asked):
            texts[home].add(_folded(text))
    return _Known(list(rows.values()), texts, claimed)


def _folded(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())


def _drop_overtaken(connection: Connection, rows: Sequence[Row]) -> None:
    """A row that only said that these bytes could not be read goes once they are read under the document's own id."""
    read = [row for row in rows if row["status"] != "failed"]
    for part in chunks(read):
        empty = ~(
            exists().where(tasks.c.document_id == documents.c.id)
            | exists().where(corrections.c.document_id == documents.c.id)
        )
        same = documents.c.sha256.in_([row["sha256"] for row in part])
        other = documents.c.id.not_in([row["id"] for row in part])
        connection.execute(delete(documents).where(same, other, documents.c.status == "failed", empty))
