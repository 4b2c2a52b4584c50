"""Exports: the tasks that were filtered, or those of one document, as a file of any format or profile."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import Response
from starlette.requests import Request

from pipeline.english import told
from pipeline.errors import OutputError, RuleError, UsageError
from pipeline.serve.codes import table_of
from pipeline.serve.exporting import Made, formats
from pipeline.serve.house import house_of
from pipeline.serve.making import Order
from pipeline.serve.pages.filters import asked_of
from pipeline.serve.pages.words.exports import EXPORTS
from pipeline.serve.refusals import language_of
from pipeline.serve.turns import aside
from pipeline.store import register

__all__ = ["HERE", "download", "router"]

router = APIRouter()
HERE = "/xuat"
SEEN = "da-xem"  # in the address: the person has read what is told of the file


@router.get(HERE)
def page(request: Request) -> Response:
    """What there is to export, and as what."""
    return _page(request)


@router.get(f"{HERE}/tep")
async def file(request: Request) -> Response:
    """The file; where something is to be told of it, a page with that and the way to the file first.

    A coroutine, for it waits for another process: see `pipeline.serve.turns`.
    """
    query = request.query_params
    kind, profile = query.get("dinh-dang", ""), query.get("mau") or None
    return await aside(request, _answer, request, kind, profile, None, SEEN in query)


@router.post(f"{HERE}/tep")
async def file_with_codes(
    request: Request,
    kind: Annotated[str, Form(alias="dinh-dang", max_length=10)],
    profile: Annotated[str, Form(alias="mau", max_length=100)],
    codes: Annotated[UploadFile, File(alias="ma")],
    seen: Annotated[bool, Form(alias=SEEN)] = False,
) -> Response:
    """The file of a profile that writes units by the codes of the office, which come along as a table."""
    return await aside(request, _answer_with, request, kind, profile, codes, seen)


def _answer_with(request: Request, kind: str, profile: str, codes: UploadFile, seen: bool) -> Response:
    with table_of(codes) as table:
        return _answer(request, kind, profile, table, seen)


def _answer(request: Request, kind: str, profile: str | None, codes: Path | None, seen: bool) -> Response:
    house, lang = house_of(request), language_of(request)
    try:
        made = house.exports.make(Order(asked_of(request).filter, kind, lang, profile, codes))
    except (UsageError, RuleError, OutputError) as refused:
        return _page(request, wrong=told(refused.message, lang).splitlines(), status=422)
    notes = [line for note in made.notes for line in note.message.splitlines()]
    if notes and not seen:
        # A table of codes has to be chosen again: a browser never fills in a file by itself.
        again = "" if codes is not None else f"{request.url.path}?{request.url.query}&{SEEN}=1"
        return _page(request, notes=notes, again=again, name=made.name)
    return download(made)


def _page(
    request: Request,
    *,
    wrong: list[str] | None = None,
    notes: list[str] | None = None,
    again: str = "",
    name: str = "",
    status: int = 200,
) -> Response:
    house = house_of(request)
    asked = asked_of(request)
    return house.page(
        request, "exports.html", EXPORTS, status,
        asked=asked, total=register.count(house.database, asked.filter), formats=formats(), profiles=house.profiles,
        wrong=wrong or [], notes=notes or [], again=again, name=name,
    )  # fmt: skip


def download(made: Made) -> Response:
    """The file as one that is kept, never as a page: whatever its words are, no browser runs them here."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "-_. ") else "_" for char in made.name)
    where = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(made.name, safe='')}"
    return Response(made.data, media_type=made.media_type, headers={"content-disposition": where})
