"""All tasks, filtered, and what officers say of them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request

from pipeline.serve.api.models import MOST, Id, NewState, State, Task, TaskId, Tasks
from pipeline.serve.house import House, house_of
from pipeline.serve.refusals import Refusal
from pipeline.serve.security.roles import Editor, Viewer
from pipeline.store import register
from pipeline.store.register import Filter

__all__ = ["Wanted", "router"]

router = APIRouter(tags=["tasks"])
_Words = Annotated[str, Query(max_length=400, pattern=r"^[^\x00]*$")]


def _filter(
    q: _Words = "",
    unit: Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")] = None,
    status: State | Literal["open"] | None = None,
    due_from: dt.date | None = None,
    due_to: dt.date | None = None,
    document: Annotated[Id | None, Query()] = None,
    kind: Literal["task", "target", "report"] | None = None,
    doubtful: bool | None = None,
    vanished: Literal["no", "yes", "all"] = "no",
) -> Filter:
    """What is asked for in the address: `q` words with or without marks, `unit` and `document` ids, days inclusive."""
    gone = {"no": False, "yes": True, "all": None}[vanished]
    return Filter(q, unit, status, due_from, due_to, document, kind, gone, doubtful)


Wanted = Annotated[Filter, Depends(_filter)]


@router.get("/tasks")
def tasks(
    request: Request,
    person: Viewer,
    wanted: Wanted,
    page: Annotated[int, Query(ge=1, le=10**6)] = 1,
    size: Annotated[int, Query(ge=1, le=MOST)] = 100,
    sort: Literal["due", "document", "date", "text", "lead", "status", "confidence"] = "due",
    descending: bool = False,
) -> Tasks:
    """The tasks of all documents, a page at a time."""
    found = register.search(house_of(request).database, wanted, page, size, sort, descending)
    return Tasks.model_validate({"total": found.total, "tasks": found.rows})


@router.get("/tasks/{task}")
def task(request: Request, person: Viewer, task: TaskId) -> Task:
    """One task."""
    return _one(house_of(request), task)


@router.patch("/tasks/{task}/state")
def set_state(request: Request, editor: Editor, task: TaskId, state: NewState) -> Task:
    """Writes what an officer says of a task; the values of before stay in the history."""
    house = house_of(request)
    new = {name: getattr(state, name) for name in state.model_fields_set}
    if register.bulk_state(house.database, [task], new, editor.name, house.settings.now()).unknown:
        raise _none()
    return _one(house, task)


def _one(house: House, task: str) -> Task:
    found = register.listed(house.database, [task])
    if not found:
        raise _none()
    return Task.model_validate(found[0])


def _none() -> Refusal:
    message = "Không có nhiệm vụ này: văn bản có thể vừa được đọc hoặc sửa lại. Hãy lấy lại danh sách nhiệm vụ."
    return Refusal(404, "no-such-task", message)
