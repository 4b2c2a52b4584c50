"""The tables, as SQLAlchemy knows them. What creates and changes them in a database are the migrations.

What was extracted (`readings`), what people decided of it (`corrections`, a log that only grows) and what an officer
typed (`states`) are kept apart, so that a document can be read again at any time; `tasks` holds the rows as they were
decided. Lists are JSON arrays; moments are UTC without a zone; the id of a document or a task may change when its
words do, and whatever belongs to it follows (``ON UPDATE CASCADE``).
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    false,
)
from sqlalchemy.dialects.postgresql import JSONB

__all__ = [
    "attempts", "corrections", "documents", "files", "history", "metadata", "occurrences", "queue", "readings", "runs",
    "sessions", "states", "task_units", "tasks", "tokens", "trail", "units", "users",
]  # fmt: skip

# Names of constraints are the same in every database, so that a later migration can find them.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
LIST = JSON().with_variant(JSONB(), "postgresql")


def _of(column: str, name: str = "task_id", *, key: bool = False, index: bool = False) -> Column[str]:
    """A reference that follows when the id changes."""
    return Column(name, Text, ForeignKey(column, onupdate="CASCADE"), nullable=False, primary_key=key, index=index)


# What was done to the database: a conversion, or statuses read from a tracker. `id` is made of the moment and of what
# was written, so that a run which is repeated after a lost connection finds that it was done already.
runs = Table(
    "runs", metadata,
    Column("id", Text, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("kind", Text, nullable=False),  # convert, status, correction
    Column("documents", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("vanished", Integer, nullable=False),
)  # fmt: skip

documents = Table(
    "documents", metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),  # of the file
    Column("sha256", Text, nullable=False, index=True),
    Column("media_type", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("status", Text, nullable=False),  # ok, partial, failed: of the last reading
    Column("type", Text),
    Column("number", Text),
    Column("issuer", Text),
    Column("place", Text),
    Column("date", Date),
    Column("title", Text),
    Column("signer_title", Text),
    Column("signer", Text),
    Column("recipients", LIST, nullable=False),
    Column("basis", LIST, nullable=False),
    Column("cites", LIST, nullable=False),  # objects: number, date, issuer, title
    Column("unplaced", LIST, nullable=False),  # objects: text, section, reason
    Column("errors", LIST, nullable=False),  # objects: code, page, message
    Column("warnings", LIST, nullable=False),
    _of("runs.id", "run"),  # that wrote it last
)  # fmt: skip

tasks = Table(
    "tasks", metadata,
    Column("id", Text, primary_key=True),
    _of("documents.id", "document_id", index=True),
    Column("section", Text, nullable=False),
    Column("position", Integer, nullable=False),  # in the document, from 1
    Column("text", Text, nullable=False),
    Column("kind", Text, nullable=False),  # task, target, report
    Column("parent", Text),  # id of the task that it is a part of
    Column("lead", LIST, nullable=False),
    Column("coordinating", LIST, nullable=False),
    Column("due", Date, index=True),
    Column("start", Date),
    Column("due_text", Text),
    Column("due_precision", Text),
    Column("milestones", LIST, nullable=False),  # objects: text, due
    Column("cadence", LIST, nullable=False),
    Column("rrule", Text),
    Column("report_to", LIST, nullable=False),
    Column("deliverable", Text),
    Column("quantity", LIST, nullable=False),
    Column("urgency", Text),
    Column("related", LIST, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("review", LIST, nullable=False),
    Column("page", Integer, nullable=False),
    Column("evidence", JSON().with_variant(JSONB(), "postgresql"), nullable=False),  # field → quote, page, rule
    Column("added", DateTime, nullable=False),
    Column("vanished", DateTime),  # since when the document no longer says it, or it was rejected; NULL: it counts
    Column("confirmed", Boolean, nullable=False, server_default=false()),  # by a person
    Column("folded", Text, nullable=False, server_default=""),  # to look for it: `pipeline.store.rows.sought`
    # What lists and figures count and order rows by: to read 100,000 whole rows for it took ten times as long. It does
    # not begin with `vanished`: SQLite would then look up rows one by one where it has to read all of them anyway.
    Index("ix_tasks_counted", "document_id", "vanished", "position", "id", "due", "confirmed", "review"),
)  # fmt: skip

units = Table(
    "units", metadata,
    Column("id", Text, primary_key=True),  # of the directory; “?” and the name where it does not know the body
    Column("name", Text, nullable=False),  # as the first document wrote it
    Column("known", Boolean, nullable=False),
)  # fmt: skip

task_units = Table(
    "task_units", metadata,
    _of("tasks.id", key=True),
    Column("role", Text, primary_key=True),  # lead, coordinating, report_to
    Column("unit_id", Text, ForeignKey("units.id"), primary_key=True, index=True),
    Column("name", Text, nullable=False),  # as this document wrote it
)  # fmt: skip

occurrences = Table(
    "occurrences", metadata,
    _of("tasks.id", key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, in the order of the dates
    Column("original", Date, nullable=False),  # the day that the document names
    Column("date", Date, nullable=False, index=True),  # that day, or the working day beside it: the office's choice
    Column("kind", Text, nullable=False),  # due, milestone, recurring
    Column("text", Text),  # of a milestone
)  # fmt: skip

# What an officer typed. A task without a row has not been begun, and nothing was typed.
states = Table(
    "states", metadata,
    _of("tasks.id", key=True),
    Column("status", Text),  # not-begun, under-way, done, paused, cancelled; other words as they were typed
    Column("percent", Float),
    Column("done_on", Date),
    Column("outcome", Text),
    Column("notes", Text),
    _of("runs.id", "run"),  # that changed it last
)  # fmt: skip

# One row a changed value. `field` is a column of tasks or states, or added, vanished, returned, id.
history = Table(
    "history", metadata,
    Column("id", Integer, primary_key=True),
    _of("tasks.id", "task_id", index=True),
    Column("field", Text, nullable=False),
    Column("old", Text),  # lists as JSON, dates in ISO form
    Column("new", Text),
    Column("at", DateTime, nullable=False),
    _of("runs.id", "run"),
)  # fmt: skip

# ── review ─────────────────────────────────────────────────────────────────────────────────

# What was uploaded, once however often it came.
files = Table(
    "files", metadata,
    Column("sha256", Text, primary_key=True),
    Column("name", Text, nullable=False),  # when it came first
    Column("size", Integer, nullable=False),  # bytes
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("by", Text, nullable=False),
)  # fmt: skip

queue = Table(
    "queue", metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, ForeignKey("files.sha256"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),  # waiting, reading, done, failed
    Column("reason", Text),  # why it failed
    Column("pages_done", Integer, nullable=False),
    Column("pages", Integer),  # NULL: not known yet
    Column("documents", LIST, nullable=False),  # ids of what was read of it
    Column("by", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("done_at", DateTime),
    Column("starts", Integer, nullable=False, server_default="0"),  # readings begun, but those that were given back
    Column("reader", Text),  # the server that reads it
    Column("until", DateTime),  # when that no longer counts, unless it says once more that it reads
    sqlite_autoincrement=True,
)  # fmt: skip

# What was extracted of a document, before any correction.
readings = Table(
    "readings", metadata,
    Column(
        "document_id", Text, ForeignKey("documents.id", onupdate="CASCADE", ondelete="CASCADE"), primary_key=True
    ),
    Column("sha256", Text, nullable=False),  # of the file that was read
    Column("directive", LargeBinary, nullable=False),  # as `pipeline.codec` encodes it
    Column("view", LargeBinary),  # as `pipeline.review.view` encodes it; NULL: read without one
    Column("version", Text, nullable=False),  # of the program and its rules
    Column("at", DateTime, nullable=False),
    Column("file", Text),  # the upload that the view is of; NULL: the file of the same sha256
    Column("inside", LIST, nullable=False, server_default="[]"),  # the way to the document in it: a place at each depth
)  # fmt: skip

corrections = Table(
    "corrections", metadata,
    Column("seq", Integer, primary_key=True),
    _of("documents.id", "document_id", index=True),
    Column("kind", Text, nullable=False),  # of `pipeline.corrections.model`, as are the columns below
    Column("tasks", LIST, nullable=False),
    Column("texts", LIST, nullable=False),
    Column("values", LIST, nullable=False),  # an object
    Column("by", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("undoes", Integer),
    _of("runs.id", "run"),
    sqlite_autoincrement=True,
)  # fmt: skip

users = Table(
    "users", metadata,
    Column("name", Text, primary_key=True),
    Column("password", Text, nullable=False),  # argon2id, with its salt and cost
    Column("role", Text, nullable=False),  # viewer, editor, admin
    Column("since", DateTime, nullable=False),
    Column("disabled", DateTime),
)  # fmt: skip

# Sessions and tokens are kept as hashes: who reads the database cannot use them.
sessions = Table(
    "sessions", metadata,
    Column("hash", Text, primary_key=True),
    Column("user", Text, ForeignKey("users.name"), nullable=False, index=True),
    Column("csrf", Text, nullable=False),
    Column("since", DateTime, nullable=False),
    Column("last_seen", DateTime, nullable=False),
    Column("expires", DateTime, nullable=False),
)  # fmt: skip

tokens = Table(
    "tokens", metadata,
    Column("hash", Text, primary_key=True),
    Column("name", Text, nullable=False),  # what it is for
    Column("user", Text, nullable=False),  # without a reference: on loopback nobody has to be entered
    Column("role", Text, nullable=False),
    Column("since", DateTime, nullable=False),
    Column("last_used", DateTime),
    Column("revoked", DateTime),
)  # fmt: skip

# A row each time that a password is tried; one that was right takes its row away.
attempts = Table(
    "attempts", metadata,
    Column("id", Integer, primary_key=True),
    Column("user", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", DateTime, nullable=False, index=True),
)  # fmt: skip

# Who did what. It holds no words of a document.
trail = Table(
    "trail", metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("document_id", Text, ForeignKey("documents.id", onupdate="CASCADE", ondelete="SET NULL"), index=True),
    Column("task_id", Text),  # as it was then
    Column("detail", LIST, nullable=False),  # an object
    sqlite_autoincrement=True,
)  # fmt: skip
