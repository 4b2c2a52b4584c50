"""The gate: who asks is found out before a body is read, and who is nobody gets no further than the login."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.errors import DondocError
from pipeline.serve.refusals import API, Refusal, answer, of_status, wants_words
from pipeline.serve.security import csrf
from pipeline.serve.security.bodies import check_files
from pipeline.serve.security.faults import note
from pipeline.serve.security.logins import SESSION, cookie, identify
from pipeline.serve.security.roles import EDITOR, VIEWER, needs

if TYPE_CHECKING:
    from pipeline.serve.house import House

__all__ = ["EXPORTS", "LANGUAGE", "LOGIN", "LOGOUT", "PASSWORD", "SESSION_NOW", "Gate", "guard"]

LOGIN, LOGOUT, LANGUAGE = "/dang-nhap", "/dang-xuat", "/ngon-ngu"
SESSION_NOW = "/dang-nhap/phien"
PASSWORD = "/nguoi-dung/mat-khau"
_ANYBODY = frozenset((LOGIN, LOGOUT, LANGUAGE, SESSION_NOW))  # needs no person
EXPORTS = frozenset(("/xuat/tep", f"{API}v1/export"))
_ANY_ROLE = EXPORTS | {PASSWORD}  # a table of codes comes along with what is only read; the password is one's own
_STATIC = "/static/"
_NO_TOKEN = "Hãy gọi với mã truy cập: Authorization: Bearer …. Người quản trị tạo mã ở trang Người dùng."
_NO_SESSION = "Cần đăng nhập nên chưa làm gì. Hãy đăng nhập ở cửa sổ mới rồi làm tiếp ở đây."


def _open(request: Request) -> bool:
    return request.url.path in _ANYBODY or request.url.path.startswith(_STATIC)


class Gate:
    """Middleware. Puts the `Person` who asks into the state of the request, None where it is nobody."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets through who is known, and everybody to the login; sets the cookie that a visitor's forms rest on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        passed = _with_visit(request, send)
        refused = await self._refused(request)
        await (self._app if refused is None else refused)(scope, receive, passed)

    async def _refused(self, request: Request) -> Response | None:
        if request.method not in csrf.SAFE and csrf.foreign(request):
            message = "Yêu cầu này đến từ một trang web khác nên không được thực hiện."
            return answer(request, Refusal(403, "other-site", message), 403)
        if request.url.path.startswith(_STATIC):
            return None
        house: House = request.app.state.house
        try:
            request.state.person = await run_in_threadpool(identify, house, request)
        except DondocError as error:  # the database is busy, or is gone
            note(error)
            return answer(request, of_status(503), 503)
        return None if request.state.person is not None or _open(request) else _to_login(request)


def _to_login(request: Request) -> Response:
    if request.url.path.startswith(API) or wants_words(request):
        message = _NO_TOKEN if request.url.path.startswith(API) else _NO_SESSION
        response = answer(request, Refusal(401, "login", message), 401)
        response.headers["www-authenticate"] = "Bearer"
        return response
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    wanted = f"?next={quote(here, safe='')}" if request.method == "GET" and here != "/" else ""
    response = RedirectResponse(LOGIN + wanted, 303)
    if SESSION in request.cookies:  # one that has ended
        response.delete_cookie(SESSION)
    return response


def _with_visit(request: Request, send: Send) -> Send:
    """`send` that sets the cookie of a visitor where a page with a form was made for one without it."""

    async def sent(message: Message) -> None:
        visit = getattr(request.state, "visit", None)
        if message["type"] == "http.response.start" and visit not in (None, request.cookies.get(csrf.VISIT)):
            MutableHeaders(scope=message).append("set-cookie", cookie(request, csrf.VISIT, str(visit)))
        await send(message)

    return sent


async def guard(request: Request) -> None:
    """The dependency of every page: what changes something needs an editor, and the token of the form.

    A page that asks for more says so with `roles.needs`; none is open because its author forgot.
    """
    safe, path = request.method in csrf.SAFE, request.url.path
    if path not in _ANYBODY:
        person = needs(VIEWER if safe or path in _ANY_ROLE else EDITOR)(request)
        if person.by_token:
            await _check_uploads(request)
            return
    if not safe:
        await csrf.check(request.app.state.house, request)
        await _check_uploads(request)


async def _check_uploads(request: Request) -> None:
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        await check_files(request)
