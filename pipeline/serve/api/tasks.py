"""All tasks, filtered, and what officers say of them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request

from pipeline.english import told
from pipeline.serve.api.models.limits import MOST, Date, Id
from pipeline.serve.api.models.tasks import NewState, Overtaken, State, Task, TaskId, Tasks
from pipeline.serve.house import House, house_of
from pipeline.serve.refusals import Refusal, language_of
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
    due_from: Date | None = None,
    due_to: Date | None = None,
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


@router.patch(
    "/tasks/{task}/state",
    response_model=Task,
    responses={409: {"model": Overtaken, "description": "Somebody else has written of the task since"}},
)
def set_state(request: Request, editor: Editor, task: TaskId, state: NewState) -> Task | Response:
    """Writes what an officer says of a task; the values of before stay in the history."""
    house = house_of(request)
    new = {name: getattr(state, name) for name in state.model_fields_set - {"seen"}}
    seen = {task: state.seen}
    entered = register.bulk_state(house.database, [task], new, editor.name, house.settings.now(), seen)
    if entered.unknown:
        raise _none()
    now = _one(house, task)
    if not entered.overtaken:
        return now
    words = "Người khác vừa ghi trạng thái của nhiệm vụ này nên chưa ghi gì. Hãy xem trạng thái hiện nay rồi gửi lại."
    body = Overtaken(code="state-changed", message=told(words, language_of(request)), task=now)
    return JSONResponse(body.model_dump(mode="json", exclude={"where"}), 409)


def _one(house: House, task: str) -> Task:
    found = register.listed(house.database, [task])
    if not found:
        raise _none()
    return Task.model_validate(found[0])


def _none() -> Refusal:
    message = "Không có nhiệm vụ này: văn bản có thể vừa được đọc hoặc sửa lại. Hãy lấy lại danh sách nhiệm vụ."
    return Refusal(404, "no-such-task", message)
