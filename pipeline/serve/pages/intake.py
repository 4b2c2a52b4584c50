"""Văn bản đến: documents are sent here, and the list shows what came of each while it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, UploadFile
from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from pydantic import Field
from starlette.requests import Request

from pipeline.english import told
from pipeline.ingest import SUFFIXES
from pipeline.serve.house import House, house_of
from pipeline.serve.pages.intake_words import WORDS
from pipeline.serve.reading.taking import take
from pipeline.serve.refusals import Refusal, language_of
from pipeline.serve.security.bodies import FILE
from pipeline.serve.security.roles import EDITOR, Editor, Viewer
from pipeline.store import intake
from pipeline.store.files import DONE, FAILED, LARGEST, WAITING
from pipeline.store.intake import DOUBTFUL, Wanted

__all__ = ["router"]

router = APIRouter()
HERE, ROWS, EVENTS = "/van-ban", "/van-ban/hang-doi", "/su-kien"
STATES = (WAITING, DONE, DOUBTFUL, FAILED)
AT_ONCE = 200  # arrivals of a page
MOST = 200  # uploads whose rows are asked for at a time
FURTHEST = 10**6
Number = Annotated[int, Field(ge=0, le=LARGEST)]  # of an upload


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file that was sent: its number in the queue, the documents of before, or why it was refused."""

    name: str
    upload: int | None = None
    documents: tuple[str, ...] = ()
    message: str | None = None


@router.get(HERE)
def page(
    request: Request, person: Viewer, q: str = "", state: str = "", after: Annotated[int, Query(ge=0, le=FURTHEST)] = 0
) -> Response:
    """The page; for a script that filters, the list alone."""
    return _page(request, q, state, after)


@router.post(HERE)
def send(request: Request, editor: Editor, files: list[UploadFile]) -> Response:
    """Takes files. A script is told of each as JSON; who has none sees the page, with what was not taken."""
    house, lang = house_of(request), language_of(request)
    outcomes = [_taken(house, file, editor.name, lang) for file in files if file.filename]
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(
            [
                {"name": one.name, "upload": one.upload, "documents": one.documents, "message": one.message}
                for one in outcomes
            ]
        )
    if all(one.upload is not None for one in outcomes):
        return RedirectResponse(HERE, 303)
    return _page(request, outcomes=outcomes)


@router.get(ROWS)
def rows(
    request: Request, person: Viewer, id: Annotated[list[Number], Query()], q: str = "", state: str = ""
) -> Response:
    """The rows of these uploads, as far as they are among what was filtered for."""
    house = house_of(request)
    wanted = Wanted(q, _state(state), frozenset(id[:MOST]))
    found, _ = intake.arrivals(house.database, wanted, MOST)
    return house.page(request, "intake_rows.html", WORDS, arrivals=found, **_shown(request))


@router.post(ROWS + "/{upload}")
def again(request: Request, editor: Editor, upload: Annotated[Number, Path()]) -> Response:
    """Reads again what could not be read."""
    house = house_of(request)
    if not intake.retry(house.database, upload, editor.name, house.settings.now()):
        message = "Tệp này không còn trên máy chủ hoặc đang được đọc. Hãy tải lại trang; nếu cần, hãy gửi lại tệp."
        raise Refusal(409, "not-kept", message)
    house.queue.events.tell(upload, state=WAITING, pages_done=0, pages=None)
    house.queue.wake()
    return RedirectResponse(f"{HERE}#upload-{upload}", 303)


@router.get(EVENTS)
async def events(request: Request, person: Viewer) -> StreamingResponse:
    """What happens to uploads, as it happens."""
    stream = house_of(request).queue.events.listen()
    # Programs between here and the browser that gather an answer before they pass it on would hold the news back.
    return StreamingResponse(stream, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


def _page(request: Request, q: str = "", state: str = "", after: int = 0, outcomes: Sequence[Outcome] = ()) -> Response:
    house, state = house_of(request), _state(state)
    found, count = intake.arrivals(house.database, Wanted(q, state), AT_ONCE, after)
    part = request.headers.get("hx-request") == "true"
    asked = {"q": q, "state": state}
    return house.page(
        request,
        "intake_list.html" if part else "intake.html",
        WORDS,
        arrivals=found,
        count=count,
        q=q,
        state=state,
        states=STATES,
        after=after,
        more=urlencode({**asked, "after": after + AT_ONCE}) if count > after + AT_ONCE else None,
        newer=urlencode(asked),
        outcomes=outcomes,
        most=FILE // 2**20,
        kinds=" ".join(sorted(SUFFIXES)),
        **_shown(request),
    )


def _shown(request: Request) -> dict[str, Any]:
    """What the rows need beside themselves."""
    lang = language_of(request)
    return {"told": lambda message: told(message, lang), "may_send": request.state.person.may(EDITOR)}


def _state(given: str) -> str:
    return given if given in STATES else ""


def _taken(house: House, file: UploadFile, by: str, lang: str) -> Outcome:
    name = file.filename or ""
    try:
        taken = take(house, file.file.read(), name, by)
    except Refusal as refusal:
        return Outcome(name, message=told(refusal.message, lang))
    return Outcome(taken.name, taken.upload, taken.documents)
