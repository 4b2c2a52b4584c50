"""The application: pages and API behind the middleware that guards them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse

from pipeline.errors import DondocError, OutputError
from pipeline.export.words import storable
from pipeline.serve import api
from pipeline.serve.house import PANES, STATIC, House
from pipeline.serve.pages import (
    calendar,
    comparison,
    entrance,
    exports,
    intake,
    overview,
    people,
    register,
    review,
    review_edit,
    suggested,
    tokens,
    trail,
)
from pipeline.serve.refusals import Refusal, answer, of_status
from pipeline.serve.security.bodies import Bodies
from pipeline.serve.security.faults import Faults, note
from pipeline.serve.security.gate import Gate, guard
from pipeline.serve.security.headers import Headers
from pipeline.serve.security.hosts import HostCheck
from pipeline.serve.settings import Settings
from pipeline.serve.turns import Turns, turn
from pipeline.version import __version__

__all__ = ["create_app"]

PAGES = (
    intake, review, review_edit, suggested, register, exports, calendar, comparison, overview, entrance, people, tokens,
    trail,
)  # fmt: skip
# Said here: Windows asks its registry what a file is, where any program may have written “text/plain” for scripts.
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_MOST, _LONGEST = 20, 200  # wrong values that are named, and characters of their names
_KEPT = {"cache-control": "public, max-age=31536000, immutable"}  # the path names the version


def create_app(settings: Settings) -> FastAPI:
    """The application for these settings. Raises `UsageError` where they do not fit together.

    Its database is open from its start to its end (the lifespan of ASGI).
    """
    settings.check()
    app = FastAPI(
        title="dondoc",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
        dependencies=[Depends(guard), Depends(turn)],
        lifespan=_open,
    )
    app.state.house = House(settings)
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    app.include_router(api.router)
    app.add_api_route("/", _first, include_in_schema=False)
    app.add_route("/static/{version}/{name}", _static)  # not a page: who is to log in needs it too
    for kind, handler in ((HTTPException, _of_web), (RequestValidationError, _of_values), (DondocError, _of_ours)):
        app.add_exception_handler(kind, handler)
    for middleware in (Turns, Gate, Bodies, Faults):  # the last stands outermost
        app.add_middleware(middleware)
    app.add_middleware(HostCheck, names=settings.names, guarded=settings.guarded)
    app.add_middleware(Headers)
    return app


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    house: House = app.state.house
    with house:
        yield


def _first() -> Response:
    return RedirectResponse("/van-ban", 303)


def _static(request: Request) -> Response:
    """A script or style of the pages, from one of two folders; nothing that lies in folders below."""
    name = request.path_params["name"]
    # Looked up among the names that are there: a name from outside is never made a path.
    found = {path.name: path for folder in (PANES, STATIC) for path in folder.glob("*.*")}.get(name)
    if found is None or found.suffix not in _KINDS:
        raise of_status(404)
    return FileResponse(found, headers=_KEPT, media_type=_KINDS[found.suffix])


# ── what went wrong, said to who asked ─────────────────────────────────────────────────────


def _of_web(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return answer(request, of_status(error.status_code), error.status_code)


def _of_values(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    where = [storable(".".join(map(str, one["loc"])))[:_LONGEST] for one in error.errors()[:_MOST]]
    return answer(request, of_status(422), 422, where)


def _of_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, DondocError)
    if isinstance(error, Refusal):
        return answer(request, error, error.status)
    if isinstance(error, OutputError):
        note(error)
        return answer(request, of_status(503), 503)  # its own words name the server of the database
    return answer(request, error, 400)
