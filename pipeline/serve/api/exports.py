"""Exports: the tasks that were filtered, as a file of any format or profile."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.requests import Request

from pipeline.english import told
from pipeline.errors import OutputError, RuleError, UsageError
from pipeline.serve.api.tasks import Wanted
from pipeline.serve.exporting import MEDIA, chosen, make
from pipeline.serve.house import house_of
from pipeline.serve.pages.exports import download
from pipeline.serve.refusals import Refusal, language_of
from pipeline.serve.security.roles import Viewer

__all__ = ["NOTES", "router"]

router = APIRouter(tags=["export"])
NOTES = "x-dondoc-notes"  # a header: what is to be told of the file, as a JSON list in ASCII
_MOST_NOTES = 20
_BYTES = {"type": "string", "format": "binary"}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file",
        "content": {
            media: {"schema": {"type": "object"} if media == MEDIA["json"] else _BYTES}
            for media in sorted(set(MEDIA.values()))
        },
    }
}


@router.get("/export", responses=_FILE, response_class=Response, response_model=None)
def export(
    request: Request,
    person: Viewer,
    wanted: Wanted,
    format: Literal["xlsx", "csv", "jsonl", "json", "ics", "parquet", "docx"],
    profile: Annotated[str | None, Query(pattern=r"^[a-z0-9-]{1,64}$")] = None,
) -> Response:
    """A file of the tasks. `docx` needs a profile; `json` of several documents is a ZIP."""
    house, lang = house_of(request), language_of(request)
    try:
        made = make(house.database, chosen(house.database, wanted), format, lang, profile)
    except (UsageError, RuleError, OutputError) as refused:
        raise Refusal(422, refused.code, refused.message, refused.detail) from refused
    response = download(made)
    if made.notes:
        response.headers[NOTES] = json.dumps([told(note.message, lang) for note in made.notes[:_MOST_NOTES]])
    return response
