"""Rà soát: a document on the left, its rows on the right. What changes rows is in `review_edit`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request

from pipeline.english import told
from pipeline.export.review_page import sayings
from pipeline.review.context import context_of
from pipeline.review.pages import words_of
from pipeline.review.view import View, decode
from pipeline.serve.api.documents import decided
from pipeline.serve.api.models.documents import DocumentId
from pipeline.serve.house import house_of
from pipeline.serve.pages.review_changes import standing_of
from pipeline.serve.pages.words.review import REVIEW
from pipeline.serve.refusals import Refusal, language_of, of_status
from pipeline.serve.security.roles import EDITOR, Viewer
from pipeline.serve.turns import aside
from pipeline.store import files, overview, readings
from pipeline.store.readings import Reading

__all__ = ["HERE", "router"]

router = APIRouter()
LIST, HERE = "/ra-soat", "/van-ban"
AT_ONCE = 200  # documents of the list
PageNumber = Annotated[int, Path(ge=1, le=10**6)]
# What a key does on this page, beside those of the panes: keys → what is said of them.
KEYS = {
    "c": "key-confirm", "x": "key-reject", "e": "key-edit", "l d t": "key-lead", "s": "key-split", "m": "key-merge",
    "a": "key-add", "u": "key-undo", "g": "key-put", "Enter Esc": "key-save", "?": "key-help",
}  # fmt: skip


@router.get(LIST)
def documents(
    request: Request, person: Viewer, after: Annotated[int, Query(alias="sau", ge=0, le=10**6)] = 0
) -> Response:
    """The documents that can be reviewed, those with something to look at first, a page at a time."""
    house = house_of(request)
    found, total = overview.to_review(house.database, AT_ONCE, after)
    return house.page(
        request, "review_list.html", REVIEW,
        found=found, may_edit=person.may(EDITOR), after=after, at_once=AT_ONCE, total=total,
    )  # fmt: skip


@router.get(f"{HERE}/{{document}}")
def page(request: Request, person: Viewer, document: DocumentId) -> Response:
    """One document with its rows."""
    house, lang = house_of(request), language_of(request)
    found = decided(request, document)
    view, url = view_of(found.reading), f"{HERE}/{document}"
    pictured = view is not None and view.pictured and files.is_kept(house.database, found.reading.origin.sha256)
    context = context_of(found.replayed, view, sayings(lang), url if pictured else None)
    may_edit = person.may(EDITOR)
    return house.page(
        request, "review.html", REVIEW,
        **context, standing=standing_of(found, lang), url=url, may_edit=may_edit, meta=found.reading.directive.meta,
        name=found.reading.directive.document, document=document,
        errors=[told(error.message, lang) for error in found.reading.directive.errors],
        passages_how=REVIEW[lang]["passages-how"] if may_edit else "",
        more_keys=[(key, REVIEW[lang][words]) for key, words in KEYS.items()] if may_edit else [],
    )  # fmt: skip


@router.get(f"{HERE}/{{document}}/trang/{{number}}.png")
async def picture(request: Request, person: Viewer, document: DocumentId, number: PageNumber) -> Response:
    """A page as a picture. A coroutine, for it waits for another process: see `pipeline.serve.turns`."""
    return await aside(request, _picture, request, document, number)


def _picture(request: Request, document: str, number: int) -> Response:
    house, found = house_of(request), _reading(request, document)
    view, sha256 = view_of(found), found.origin.sha256
    if view is None or number > len(view.sizes):
        raise of_status(404)
    size = view.sizes[number - 1]
    made = house.pictures.of(sha256, number, size, lambda: files.bytes_of(house.database, sha256), found.origin.inside)
    if made is None:
        message = "Tệp gốc của văn bản này không còn trên máy chủ. Hãy xem phần chữ, hoặc gửi lại tệp."
        raise Refusal(404, "file-gone", message)
    return Response(made, media_type="image/png")


@router.get(f"{HERE}/{{document}}/trang/{{number}}.json")
def places(request: Request, person: Viewer, document: DocumentId, number: PageNumber) -> Response:
    """The words of a page with their places."""
    found = _reading(request, document)
    view = view_of(found)
    return JSONResponse([] if view is None else words_of(view, found.directive.text, number))


def view_of(found: Reading) -> View | None:
    """What is shown of a document, None where no server has read it."""
    return None if found.view is None else decode(found.view)


def _reading(request: Request, document: str) -> Reading:
    found = readings.of(house_of(request).database, document)
    if found is None:
        raise of_status(404)
    return found
