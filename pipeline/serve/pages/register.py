"""Sổ nhiệm vụ: the tasks of all documents, searched and filtered by the address, and what officers say of them."""

from __future__ import annotations

import datetime as dt
import math
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from starlette.requests import Request

from pipeline.serve.house import house_of
from pipeline.serve.pages.filters import SIZES, Asked, asked_of
from pipeline.serve.pages.standing import office_of, shown, states_of
from pipeline.serve.pages.words.register import REGISTER
from pipeline.serve.refusals import Refusal, language_of, of_status
from pipeline.serve.security.roles import EDITOR, Editor, Person, Viewer
from pipeline.situation import DONE, NOT_BEGUN, STATES
from pipeline.store import register
from pipeline.store.register import Listed
from pipeline.store.states import Entered

__all__ = ["router"]

router = APIRouter()
HERE = "/nhiem-vu"
WRITTEN = "da-ghi"  # in the address: how many states were written just now
LONGEST = 2000  # characters of an outcome or a note
NAMED = 300  # documents, the last ones
# The columns that one can sort by: name in the address → key of its heading.
COLUMNS = {"noi-dung": "task", "chu-tri": "lead", "thoi-han": "due", "trang-thai": "state", "van-ban": "source"}


@router.get(HERE)
def page(request: Request, person: Viewer) -> Response:
    """The tasks, a page at a time."""
    written = request.query_params.get(WRITTEN, "")
    return _list(request, person, int(written) if written.isascii() and written.isdigit() else None)


def _list(
    request: Request, person: Person, written: int | None, kept: Entered | None = None, state: str = ""
) -> Response:
    """The page. `written` tasks were given a `state` just now; of `kept` those that were not, for another was first."""
    house, lang, asked = house_of(request), language_of(request), asked_of(request)
    by, down = asked.sort
    found = register.search(house.database, asked.filter, asked.page, asked.size, by, down)
    overtaken = register.listed(house.database, kept.overtaken) if kept is not None else ()
    return house.page(
        request, "register.html", REGISTER, 200 if kept is None else 409,
        asked=asked, found=found, rows=shown(found.rows, house.today, office_of(house).warning_days, lang),
        last=max(math.ceil(found.total / asked.size), 1), sizes=SIZES, columns=COLUMNS, states=states_of(lang),
        units=register.unit_names(house.database), documents=_documents(request), named=NAMED,
        may_write=person.may(EDITOR), written=written, state=state, gone=len(kept.unknown) if kept is not None else 0,
        overtaken=shown(overtaken, house.today, office_of(house).warning_days, lang),
    )  # fmt: skip


@router.post(f"{HERE}/trang-thai")
def set_states(
    request: Request,
    person: Editor,
    state: Annotated[str, Form(alias="trang-thai")],
    chosen: Annotated[list[str] | None, Form(alias="ma", max_length=SIZES[-1])] = None,
) -> Response:
    """Gives the chosen tasks a state, and goes back to the list as it was filtered.

    A row is its id and its mark. One that says something else by now stays as it is: it is shown, and still chosen.
    """
    house, asked = house_of(request), asked_of(request)
    if not chosen:
        raise Refusal(400, "nothing-chosen", "Chưa chọn nhiệm vụ nào. Hãy đánh dấu ở đầu các dòng rồi ghi lại.")
    seen = {id: mark for id, _, mark in (row.partition(" ") for row in chosen)}
    new = {"status": _state(state)}
    entered = register.bulk_state(house.database, seen, new, person.name, house.settings.now(), seen)
    if len(entered.unknown) == len(seen):
        raise _gone()
    if entered.unknown or entered.overtaken:
        return _list(request, person, entered.changed, entered, state)
    return RedirectResponse(HERE + asked.query(trang=_page(asked), da_ghi=entered.changed), 303)


@router.get(f"{HERE}/{{task}}/trang-thai")
def state_form(request: Request, person: Editor, task: str) -> Response:
    """What an officer says of one task, to be changed: a part of the page, or a page without a script."""
    return _form(request, _one(request, task))


@router.get(f"{HERE}/{{task}}/dong")
def row(request: Request, person: Viewer, task: str) -> Response:
    """The row of one task as it is now."""
    return _row(request, _one(request, task), person.may(EDITOR))


@router.post(f"{HERE}/{{task}}/trang-thai")
def set_state(
    request: Request,
    person: Editor,
    task: str,
    state: Annotated[str, Form(alias="trang-thai")],
    percent: Annotated[str, Form(alias="phan-tram", max_length=20)] = "",
    done_on: Annotated[str, Form(alias="ngay-xong", max_length=20)] = "",
    outcome: Annotated[str, Form(alias="ket-qua", max_length=LONGEST)] = "",
    notes: Annotated[str, Form(alias="ghi-chu", max_length=LONGEST)] = "",
    seen: Annotated[str, Form(alias="da-thay", max_length=64)] = "",
) -> Response:
    """Writes what an officer says of one task, unless somebody else has written since he looked."""
    house = house_of(request)
    old = _one(request, task)
    new = {
        "status": state if state == old.status else _state(state),
        "percent": _percent(percent),
        "done_on": _day(done_on),
        "outcome": outcome.strip() or None,
        "notes": notes.strip() or None,
    }
    entered = register.bulk_state(house.database, [task], new, person.name, house.settings.now(), {task: seen})
    if entered.overtaken:
        return _form(request, _one(request, task), typed=new, status=409)
    if request.headers.get("hx-request") == "true":
        return _row(request, _one(request, task), may_write=True)
    return RedirectResponse(f"{HERE}{asked_of(request).query(da_ghi=1)}", 303)


def _documents(request: Request) -> tuple[tuple[str, str], ...]:
    """What there is to filter by: a list of thousands would be longer than the page, and nobody finds one in it."""
    return register.document_names(house_of(request).database, NAMED, asked_of(request).filter.document)


def _one(request: Request, task: str) -> Listed:
    found = register.listed(house_of(request).database, [task])
    if not found:
        raise _gone()
    return found[0]


def _gone() -> Refusal:
    message = "Nhiệm vụ này không còn trong sổ: văn bản vừa được đọc hoặc sửa lại. Hãy tải lại trang rồi chọn lại."
    return Refusal(404, "no-such-task", message)


def _form(request: Request, row: Listed, *, typed: dict[str, Any] | None = None, status: int = 200) -> Response:
    house = house_of(request)
    template = "register_state.html" if request.headers.get("hx-request") == "true" else "register_one.html"
    return house.page(
        request, template, REGISTER, status,
        row=row, states=states_of(language_of(request)), typed=typed, asked=asked_of(request),
        not_begun=NOT_BEGUN, done=DONE,
    )  # fmt: skip


def _row(request: Request, row: Listed, may_write: bool) -> Response:
    house = house_of(request)
    (one,) = shown([row], house.today, office_of(house).warning_days, language_of(request))
    return house.page(request, "register_row.html", REGISTER, one=one, may_write=may_write, asked=asked_of(request))


def _page(asked: Asked) -> int | None:
    return asked.page if asked.page > 1 else None


# ── what was typed ─────────────────────────────────────────────────────────────────────────


def _state(code: str) -> str:
    if code not in STATES:
        raise of_status(422)
    return code


def _percent(typed: str) -> float | None:
    if not typed.strip():
        return None
    words = typed.strip().rstrip("%").strip()
    if not (words.isascii() and words.isdigit() and int(words) <= 100):
        message = f"“{typed}” không phải số nguyên từ 0 đến 100. Hãy sửa ô % hoàn thành."
        raise Refusal(422, "wrong-percent", message)
    return float(words)


def _day(typed: str) -> dt.date | None:
    if not typed.strip():
        return None
    try:
        return dt.date.fromisoformat(typed.strip())
    except ValueError as error:
        message = f"“{typed}” không phải một ngày. Hãy sửa ô ngày hoàn thành."
        raise Refusal(422, "wrong-day", message) from error
