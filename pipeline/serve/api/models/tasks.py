"""Tasks of the register, and what an officer says of one."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints

from pipeline.serve.api.models.limits import WORDS, Date, Sent, Told, Trouble
from pipeline.store.moments import told

__all__ = ["NewState", "Overtaken", "State", "Task", "TaskId", "Tasks"]

TaskId = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$", description="`id` of a task")]
State = Literal["not-begun", "under-way", "done", "paused", "cancelled"]


def _zoned(moment: dt.datetime) -> dt.datetime:
    """A moment as tables keep it (UTC without a zone) or as it is told."""
    return moment if moment.tzinfo is not None else told(moment)


class Task(Told):
    """A task of the register. From `status` to `notes` it is the officer's; null: nothing was typed.

    `seen` goes into a new state of it: it is another one when what officers say of the task is.
    """

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
    seen: Annotated[str, Field(validation_alias="mark")]


class Tasks(Told):
    """A page of the tasks that were asked for, and how many there are in all."""

    total: int
    tasks: list[Task]


class NewState(Sent):
    """What an officer says of a task. What is not sent stays; null empties it. `seen` is that of the task as it was."""

    seen: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    status: State | None = None
    percent: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None
    done_on: Date | None = None
    outcome: Annotated[str, StringConstraints(max_length=2000, pattern=WORDS)] | None = None
    notes: Annotated[str, StringConstraints(max_length=2000, pattern=WORDS)] | None = None


class Overtaken(Trouble):
    """Somebody else has written of the task since it was `seen`: nothing was written. `task` is it as it is now."""

    task: Task
