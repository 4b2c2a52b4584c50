"""What is sent to the API and answered by it, with the limits of each value. Moments are ISO 8601 with a zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from pipeline.store.moments import told

__all__ = [
    "LAST", "MOST", "Added", "Confirmed", "Conflicting", "Corrected", "Correction", "Document", "DocumentId",
    "DocumentTasks", "Documents", "Draft", "Edited", "Fields", "Id", "Log", "Merged", "NewState", "NewToken", "Queue",
    "Rejected", "Split", "State", "Task", "TaskId", "Tasks", "Token", "TokenId", "TokenMade", "Trouble", "Undone",
    "Upload", "Uploaded",
]  # fmt: skip

MOST = 1000  # rows of one correction, and of a page
LAST = 2**31 - 1  # what a number of a database can be
_WORDS = r"^[^\x00]*$"  # PostgreSQL keeps no NUL

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
DocumentId = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$", description="`id` of a document")]
TaskId = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$", description="`id` of a task")]
TokenId = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$", description="`id` of a token")]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Line = Annotated[str, StringConstraints(max_length=500, pattern=_WORDS)]
Text = Annotated[str, StringConstraints(max_length=20_000, pattern=_WORDS)]
Names = Annotated[list[Line], Field(max_length=200)]
State = Literal["not-begun", "under-way", "done", "paused", "cancelled"]


def _zoned(moment: dt.datetime) -> dt.datetime:
    """A moment as tables keep it (UTC without a zone) or as it is told."""
    return moment if moment.tzinfo is not None else told(moment)


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Trouble(_Told):
    """Why something was not done. `code` is stable; `message` is for people."""

    code: str
    message: str
    where: list[str] | None = None


# ── documents ──────────────────────────────────────────────────────────────────────────────


class Uploaded(_Told):
    """A file that was taken: its number in the queue; null where these bytes were read before, into `documents`."""

    upload: int | None
    name: str
    documents: list[str]


class Upload(_Told):
    """A place in the queue. `pages` is null as long as nobody knows; `documents` are ids of what it held."""

    id: int
    sha256: str
    name: str
    size: int
    state: Literal["waiting", "reading", "done", "failed"]
    reason: str | None
    pages_done: int
    pages: int | None
    documents: list[str]
    by: str
    at: dt.datetime
    done_at: dt.datetime | None


class Queue(_Told):
    """The last uploads, the newest first."""

    uploads: list[Upload]


class Document(_Told):
    """A document; of its `rows`, those with something to look at, and confirmed."""

    id: str
    name: str
    sha256: str
    status: str
    type: str | None
    number: str | None
    issuer: str | None
    date: dt.date | None
    title: str | None
    rows: int
    doubtful: int
    confirmed: int
    corrections: int
    at: dt.datetime


class Documents(_Told):
    """A page of the documents."""

    total: int
    documents: list[Document]


class DocumentTasks(_Told):
    """The tasks of a document as people decided them, each as in the JSON that `dondoc convert` writes.

    `rejected` are those that a person took out; `confirmed` are ids. `seen` and `reading` go into a correction of what
    is shown: the last that was corrected, and which reading of the document it is.
    """

    seen: int
    reading: str
    tasks: list[dict[str, Any]]
    rejected: list[dict[str, Any]]
    confirmed: list[str]


# ── tasks ──────────────────────────────────────────────────────────────────────────────────


class Task(_Told):
    """A task of the register. From `status` to `notes` it is the officer's; null: nothing was typed."""

    id: str
    document_id: str
    document: str
    number: str | None
    date: dt.date | None
    section: str
    page: int
    text: str
    kind: str
    lead: list[str]
    coordinating: list[str]
    due: dt.date | None
    due_text: str | None
    cadence: list[str]
    deliverable: str | None
    report_to: list[str]
    quantity: list[str]
    confidence: float
    review: list[str]
    confirmed: bool
    vanished: Annotated[dt.datetime, AfterValidator(_zoned)] | None
    status: str | None
    percent: float | None
    done_on: dt.date | None
    outcome: str | None
    notes: str | None


class Tasks(_Told):
    """A page of the tasks that were asked for, and how many there are in all."""

    total: int
    tasks: list[Task]


class NewState(_Sent):
    """What an officer says of a task. What is not sent stays; null empties it."""

    status: State | None = None
    percent: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None
    done_on: dt.date | None = None
    outcome: Annotated[str, StringConstraints(max_length=2000, pattern=_WORDS)] | None = None
    notes: Annotated[str, StringConstraints(max_length=2000, pattern=_WORDS)] | None = None


# ── corrections ────────────────────────────────────────────────────────────────────────────


class Fields(_Sent):
    """New values of a task, by field; what is not sent stays."""

    text: Text | None = None
    kind: Literal["task", "target", "report"] | None = None
    lead: Names | None = None
    coordinating: Names | None = None
    due: Day | None = None
    start: Day | None = None
    due_text: Line | None = None
    due_precision: Literal["hour", "day", "month", "quarter", "half", "year", "event"] | None = None
    cadence: Names | None = None
    rrule: Line | None = None
    deliverable: Text | None = None
    report_to: Names | None = None
    quantity: Names | None = None
    section: Line | None = None


class _Draft(_Sent):
    seen: Annotated[int, Field(ge=0, le=LAST, description="the last `seq` that was seen of this document")]
    reading: Annotated[
        str | None, Field(max_length=40, description="with it, nothing is corrected of a document that was read again")
    ] = None


class Edited(_Draft):
    """Gives a task new values."""

    kind: Literal["edit"]
    task: Id
    values: Fields


class Confirmed(_Draft):
    """Signs tasks as they are shown."""

    kind: Literal["confirm"]
    tasks: Annotated[list[Id], Field(min_length=1, max_length=MOST)]


class Rejected(_Draft):
    """Says that rows are no tasks."""

    kind: Literal["reject"]
    tasks: Annotated[list[Id], Field(min_length=1, max_length=MOST)]


class Split(_Draft):
    """Makes several tasks of one."""

    kind: Literal["split"]
    task: Id
    parts: Annotated[list[Text], Field(min_length=2, max_length=50)]


class Merged(_Draft):
    """Makes one task of several: the first stays."""

    kind: Literal["merge"]
    tasks: Annotated[list[Id], Field(min_length=2, max_length=50)]


class Added(_Draft):
    """Adds a task that was missed: characters ``[start, end)`` of the document's text. The rules read its values."""

    kind: Literal["add"]
    start: Annotated[int, Field(ge=0, le=LAST)]
    end: Annotated[int, Field(ge=1, le=LAST)]


class Undone(_Draft):
    """Takes back the correction with that `seq`."""

    kind: Literal["undo"]
    undoes: Annotated[int, Field(ge=1, le=LAST)]


Draft = Annotated[Edited | Confirmed | Rejected | Split | Merged | Added | Undone, Field(discriminator="kind")]


class Correction(_Told):
    """A line of the log; `values` depends on its kind (docs/api.md)."""

    seq: int
    kind: str
    tasks: list[str]
    texts: list[str]
    values: Mapping[str, Any]
    by: str
    at: dt.datetime
    undoes: int | None


class Log(_Told):
    """Corrections of a document, in order. `seen` is the `seq` of the last one that there is, 0 without any."""

    seen: int
    corrections: list[Correction]


class Corrected(_Told):
    """The correction as it was entered; its `seq` is what has been seen from now on."""

    correction: Correction


class Conflicting(Trouble):
    """Somebody else was first: nothing was written. `correction` is his; without one the document was read again."""

    correction: Correction | None = None


# ── tokens ─────────────────────────────────────────────────────────────────────────────────


class NewToken(_Sent):
    """`name` says what it is for."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True, pattern=_WORDS)]
    role: Literal["viewer", "editor", "admin"] = "viewer"


class Token(_Told):
    """A token; `id` names it and opens nothing."""

    id: str
    name: str
    user: str
    role: str
    since: dt.datetime
    last_used: dt.datetime | None
    revoked: dt.datetime | None


class TokenMade(_Told):
    """`secret` is what calls are made with. It is told this once."""

    secret: str
    token: Token
