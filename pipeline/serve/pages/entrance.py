"""Logging in and out, and the language of the pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.requests import Request

from pipeline.english import told
from pipeline.serve.house import house_of
from pipeline.serve.refusals import LANGUAGES, Refusal, language_of
from pipeline.serve.security import logins
from pipeline.serve.security.csrf import token_for
from pipeline.serve.security.gate import LANGUAGE, LOGIN, LOGOUT, SESSION_NOW
from pipeline.serve.security.roles import Viewer

__all__ = ["router"]

router = APIRouter()
YEAR = 365 * 86400  # seconds
WORDS = {
    "vi": {
        "log-in": "Đăng nhập",
        "name": "Tên đăng nhập",
        "password": "Mật khẩu",
        "entered": "Đã đăng nhập",
        "go-on": "Hãy đóng cửa sổ này và làm tiếp ở cửa sổ trước: những gì đang gõ vẫn còn ở đó.",
    },
    "en": {
        "log-in": "Log in",
        "name": "User name",
        "password": "Password",
        "entered": "You are logged in",
        "go-on": "Close this window and go on in the one before: what you were typing is still there.",
    },
}


@router.get(LOGIN)
def form(request: Request, next: str = "/") -> Response:
    """The form; who is logged in already goes on."""
    if request.state.person is not None:
        return _go(next)
    return _form(request, next)


@router.post(LOGIN)
def log_in(
    request: Request, name: Annotated[str, Form()], password: Annotated[str, Form()], next: Annotated[str, Form()] = "/"
) -> Response:
    """Logs in and goes where the person wanted to go."""
    house = house_of(request)
    if not house.settings.guarded:
        return _go(next)
    try:
        token = logins.log_in(house, request, name.strip(), password)
    except Refusal as refusal:
        message = told(refusal.message, language_of(request))
        return _form(request, next, name=name, message=message, status=refusal.status)
    response = _go(next)
    response.headers.append("set-cookie", logins.cookie(request, logins.SESSION, token))
    return response


@router.get(f"{LOGIN}/xong")
def entered(request: Request, person: Viewer) -> Response:
    """Where who has logged in again beside a page that he was typing into is told to go back to it."""
    return house_of(request).page(request, "entered.html", WORDS)


@router.get(SESSION_NOW)
def session(request: Request) -> Response:
    """Who is logged in now and the token of forms, for a page that was made before: see static/session.js.

    Only a page of this server can read it: other sites are let in nowhere, and learn no token.
    """
    person = request.state.person
    name = "" if person is None else person.name
    return JSONResponse({"person": name, "csrf": token_for(house_of(request), request)})


@router.post(LOGOUT)
def log_out(request: Request) -> Response:
    """Ends the session; its token is worth nothing from then on."""
    logins.log_out(house_of(request), request)
    response = RedirectResponse(LOGIN, 303)
    response.delete_cookie(logins.SESSION)
    return response


@router.post(LANGUAGE)
def choose(request: Request, lang: Annotated[str, Form()], next: Annotated[str, Form()] = "/") -> Response:
    """Keeps the language that was chosen."""
    response = _go(next)
    if lang in LANGUAGES:
        secure = request.url.scheme == "https"
        response.set_cookie("lang", lang, max_age=YEAR, path="/", httponly=True, samesite="lax", secure=secure)
    return response


def _form(request: Request, next: str, name: str = "", message: str = "", status: int = 200) -> Response:
    return house_of(request).page(
        request, "entrance.html", WORDS, status, next=_inside(next), name=name, message=message
    )


def _go(wanted: str) -> RedirectResponse:
    return RedirectResponse(_inside(wanted), 303)


def _inside(wanted: str) -> str:
    """The address where it is one of this server; browsers take ``//`` and ``/\\`` for the name of another."""
    inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if inside else "/"
