"""Exports: the tasks that were filtered, as a file of any format or profile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, UploadFile
from fastapi.responses import Response
from starlette.requests import Request

from pipeline.english import told
from pipeline.errors import OutputError, RuleError, UsageError
from pipeline.serve.api.tasks import Wanted
from pipeline.serve.codes import table_of
from pipeline.serve.exporting import MEDIA
from pipeline.serve.house import house_of
from pipeline.serve.making import Order
from pipeline.serve.pages.exports import download
from pipeline.serve.refusals import Refusal, language_of
from pipeline.serve.security.roles import Viewer
from pipeline.serve.turns import aside
from pipeline.store.register import Filter

__all__ = ["NOTES", "router"]

router = APIRouter(tags=["export"])
NOTES = "x-dondoc-notes"  # a header: what is to be told of the file, as a JSON list in ASCII
_MOST_NOTES = 20
_SEND_CODES = "Mẫu này ghi đơn vị bằng mã. Hãy gọi POST và gửi kèm bảng mã `codes`: tệp CSV có các cột ma, ten, loai."
Format = Literal["xlsx", "csv", "jsonl", "json", "ics", "parquet", "docx"]
Profile = Annotated[str, Query(pattern=r"^[a-z0-9-]{1,64}$")]
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
async def export(
    request: Request, person: Viewer, wanted: Wanted, format: Format, profile: Profile | None = None
) -> Response:
    """A file of the tasks. `docx` needs a profile; `json` of several documents is a ZIP."""
    return await aside(request, _file, request, wanted, format, profile, None)


@router.post("/export", responses=_FILE, response_class=Response, response_model=None)
async def export_with_codes(
    request: Request, person: Viewer, wanted: Wanted, format: Format, profile: Profile, codes: UploadFile
) -> Response:
    """The file of a profile that writes units by the codes of the office: `codes` is a CSV with ma, ten, loai."""
    return await aside(request, _file_with, request, wanted, format, profile, codes)


def _file_with(request: Request, wanted: Filter, format: str, profile: str, codes: UploadFile) -> Response:
    with table_of(codes) as table:
        return _file(request, wanted, format, profile, table)


def _file(request: Request, wanted: Filter, format: str, profile: str | None, codes: Path | None) -> Response:
    house, lang = house_of(request), language_of(request)
    try:
        made = house.exports.make(Order(wanted, format, lang, profile, codes))
    except (UsageError, RuleError, OutputError) as refused:
        message = _SEND_CODES if refused.code == "codes-missing" else refused.message
        raise Refusal(422, refused.code, message, refused.detail) from refused
    response = download(made)
    if made.notes:
        response.headers[NOTES] = json.dumps([told(note.message, lang) for note in made.notes[:_MOST_NOTES]])
    return response
