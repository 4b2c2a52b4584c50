"""Logging in and out: cookies, sessions, tokens of other systems, and how often a password may be tried."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import TYPE_CHECKING

from starlette.requests import Request

from pipeline.serve.refusals import API, Refusal
from pipeline.serve.security.roles import ADMIN, Person
from pipeline.store import people

if TYPE_CHECKING:
    from pipeline.serve.house import House

__all__ = ["SESSION", "address_of", "check_own_password", "cookie", "identify", "log_in", "log_out"]

SESSION = "dondoc_session"
_BEARER = "bearer "


def identify(house: House, request: Request) -> Person | None:
    """Who asks. Another system by its token (API only), a person by the session, without a login whoever is here."""
    authorization = request.headers.get("authorization", "")
    if request.url.path.startswith(API) and authorization.lower().startswith(_BEARER):
        token = people.token(house.database, authorization[len(_BEARER) :].strip(), house.settings.now())
        return None if token is None else Person(f"{token.user} ({token.name})", token.role, by_token=True)
    if not house.settings.guarded:
        return Person(house.owner, ADMIN)
    given = request.cookies.get(SESSION)
    session = None if given is None else people.session(house.database, given, house.settings.now())
    return None if session is None else Person(session.user, session.role, session.csrf)


def log_in(house: House, request: Request, name: str, password: str) -> str:
    """Begins a session; its token, for the cookie. A session of before ends: a token that was planted is worth nothing.

    Raises `Refusal` where name and password do not fit, or were tried too often.
    """
    _check_password(house, request, name, password)
    log_out(house, request)
    return people.begin_session(house.database, name, house.settings.now())


def _check_password(house: House, request: Request, name: str, password: str) -> None:
    """Raises `Refusal` where name and password do not fit, or were tried too often."""
    if not _fits(house, request, name, password):
        message = "Tên hoặc mật khẩu chưa đúng. Hãy kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại."
        raise Refusal(401, "wrong-password", message)


def check_own_password(house: House, request: Request, name: str, password: str) -> None:
    """The same of who is logged in: a session that was left open somewhere changes no password."""
    if not _fits(house, request, name, password):
        message = "Mật khẩu hiện nay chưa đúng nên chưa đổi. Hãy kiểm tra bộ gõ tiếng Việt và phím Caps Lock."
        raise Refusal(401, "wrong-password", message)


def _fits(house: House, request: Request, name: str, password: str) -> bool:
    """Whether name and password fit. Raises `Refusal` where they were tried too often."""
    now, address = house.settings.now(), address_of(request)
    if not people.may_try(house.database, name, address, now):
        message = "Đã thử sai quá nhiều lần. Hãy chờ 15 phút rồi thử lại, hoặc nhờ người quản trị đặt lại mật khẩu."
        raise Refusal(429, "too-many-attempts", message)
    return people.check_password(house.database, name, password, now) is not None


def log_out(house: House, request: Request) -> None:
    """Ends the session that the request came with, if any."""
    given = request.cookies.get(SESSION)
    if given is not None:
        people.end_session(house.database, given)


def address_of(request: Request) -> str:
    """Where the request came from: behind a program on this machine, the address that this one names."""
    return request.client.host if request.client is not None else ""


def cookie(request: Request, name: str, value: str) -> str:
    """A Set-Cookie header: no script reads it, no other site sends it, and where there is TLS only TLS carries it."""
    made: SimpleCookie = SimpleCookie({name: value})
    made[name]["path"], made[name]["samesite"], made[name]["httponly"] = "/", "Strict", True
    if request.url.scheme == "https":
        made[name]["secure"] = True
    return made[name].OutputString()
