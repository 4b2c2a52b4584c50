"""Documents: what an upload answers, the queue, what was read of a document."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import Path

from pipeline.serve.api.models.corrections import Correction
from pipeline.serve.api.models.limits import Told

__all__ = ["Document", "DocumentId", "DocumentTasks", "Documents", "Queue", "Upload", "Uploaded"]

DocumentId = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$", description="`id` of a document")]


class Uploaded(Told):
    """A file that was taken: its number in the queue; null where these bytes were read before, into `documents`."""

    upload: int | None
    name: str
    documents: list[str]


class Upload(Told):
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


class Queue(Told):
    """The last uploads, the newest first."""

    uploads: list[Upload]


class Document(Told):
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


class Documents(Told):
    """A page of the documents."""

    total: int
    documents: list[Document]


class DocumentTasks(Told):
    """The tasks of a document as people decided them, each as in the JSON that `dondoc convert` writes.

    `rejected` are those that a person took out; `confirmed` are ids; `lost` are the corrections of tasks that are not
    found any more, each with these alone. `seen` and `reading` go into a correction of what is shown: the last that was
    corrected, and which reading of the document it is.
    """

    seen: int
    reading: str
    tasks: list[dict[str, Any]]
    rejected: list[dict[str, Any]]
    confirmed: list[str]
    lost: list[Correction]
