"""Corrections: what is sent to correct a document, and its log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from pipeline.serve.api.models.limits import LAST, MOST, WORDS, Id, Sent, Told, Trouble

__all__ = [
    "Added", "Confirmed", "Conflicting", "Corrected", "Correction", "Draft", "Edited", "Fields", "Log", "Merged",
    "Rejected", "Split", "Undone",
]  # fmt: skip

Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Line = Annotated[str, StringConstraints(max_length=500, pattern=WORDS)]
Text = Annotated[str, StringConstraints(max_length=20_000, pattern=WORDS)]
Names = Annotated[list[Line], Field(max_length=200)]


class Fields(Sent):
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


class _Draft(Sent):
    seen: Annotated[int, Field(ge=0, le=LAST, description="the last `seq` that was seen of this document")]
    reading: Annotated[
        str | None, Field(max_length=40, description="with it, nothing is corrected of a document that was read again")
    ] = None
    of: Annotated[
        list[Id] | None, Field(min_length=1, max_length=MOST, description="with `undoes`: these tasks of that one")
    ] = None


class _Placed(_Draft):
    undoes: Annotated[
        int | None, Field(ge=1, le=LAST, description="a lost correction of this kind, in whose place this one stands")
    ] = None


class Edited(_Placed):
    """Gives a task new values; in the place of a lost one without `values` those of that."""

    kind: Literal["edit"]
    task: Id
    values: Fields = Fields()


class Confirmed(_Placed):
    """Signs tasks as they are shown."""

    kind: Literal["confirm"]
    tasks: Annotated[list[Id], Field(min_length=1, max_length=MOST)]


class Rejected(_Placed):
    """Says that rows are no tasks."""

    kind: Literal["reject"]
    tasks: Annotated[list[Id], Field(min_length=1, max_length=MOST)]


class Split(_Placed):
    """Makes several tasks of one."""

    kind: Literal["split"]
    task: Id
    parts: Annotated[list[Text], Field(min_length=2, max_length=50)]


class Merged(_Placed):
    """Makes one task of several: the first stays."""

    kind: Literal["merge"]
    tasks: Annotated[list[Id], Field(min_length=2, max_length=50)]


class Added(_Placed):
    """Adds a task that was missed: characters ``[start, end)`` of the document's text. The rules read its values."""

    kind: Literal["add"]
    start: Annotated[int, Field(ge=0, le=LAST)]
    end: Annotated[int, Field(ge=1, le=LAST)]


class Undone(_Draft):
    """Takes back the correction with that `seq`."""

    kind: Literal["undo"]
    undoes: Annotated[int, Field(ge=1, le=LAST)]


Draft = Annotated[Edited | Confirmed | Rejected | Split | Merged | Added | Undone, Field(discriminator="kind")]


class Correction(Told):
    """A line of the log; `values` depends on its kind (docs/api.md)."""

    seq: int
    kind: str
    tasks: list[str]
    texts: list[str]
    values: Mapping[str, Any]
    by: str
    at: dt.datetime
    undoes: int | None


class Log(Told):
    """Corrections of a document, in order. `seen` is the `seq` of the last one that there is, 0 without any."""

    seen: int
    corrections: list[Correction]


class Corrected(Told):
    """The correction as it was entered; its `seq` is what has been seen from now on."""

    correction: Correction


class Conflicting(Trouble):
    """Somebody else was first: nothing was written. `correction` is his; without one the document was read again."""

    correction: Correction | None = None
