"""Nhật ký: the trail of who did what, for an admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.requests import Request

from pipeline.review.wording import FIELD_NAMES
from pipeline.serve.api.models.limits import LAST
from pipeline.serve.house import house_of
from pipeline.serve.pages.review_sent import BOXES
from pipeline.serve.pages.words.trail import TRAIL
from pipeline.serve.refusals import language_of
from pipeline.serve.security.roles import Admin
from pipeline.store import trail
from pipeline.store.trail import Note

__all__ = ["router"]

router = APIRouter()
HERE = "/nguoi-dung/nhat-ky"
LINES = 100  # of a page
_DETAILS = ("fields", "user", "role", "token", "queue", "changed")  # what is told of a line beside its document


@router.get(HERE)
def page(
    request: Request,
    admin: Admin,
    nguoi: Annotated[str, Query(max_length=100)] = "",
    truoc: Annotated[int | None, Query(ge=1, le=LAST)] = None,
) -> Response:
    """The newest lines, or those before the line `truoc`; of one person where `nguoi` names one."""
    house, lang = house_of(request), language_of(request)
    found = trail.of(house.database, who=nguoi.strip() or None, before=truoc, limit=LINES + 1)
    lines = [(note, ", ".join(_details(note, lang))) for note in found[:LINES]]
    older = found[LINES - 1].id if len(found) > LINES else None
    return house.page(request, "trail.html", TRAIL, lines=lines, older=older, before=truoc, who=nguoi.strip())


def _details(note: Note, lang: str) -> Iterator[str]:
    words = TRAIL[lang]
    for name in _DETAILS:
        value = _in_words(name, note, lang)
        if value:
            yield words[f"detail-{name}"].format(value=value)


def _in_words(name: str, note: Note, lang: str) -> str:
    value = note.detail.get(name)
    if name == "fields":  # of an edit those that have a box: what follows from them nobody typed
        fields = value if isinstance(value, list) and note.what == "correction.edit" else []
        return ", ".join(FIELD_NAMES[lang][field].lower() for field in BOXES if field in fields)
    return TRAIL[lang].get(str(value), str(value)) if value is not None else ""
