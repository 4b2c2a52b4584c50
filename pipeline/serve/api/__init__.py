"""The API for other systems, below /api/v1: what the pages do, as JSON. Its OpenAPI stands at /api/openapi.json.

entry        who may call: a token, or a page of this server
models       what is sent and answered, with its limits
documents    uploads, the queue, documents with their tasks
tasks        all tasks, filtered; what officers say of them
corrections  the log of a document, and what is added to it (`drafts` makes a correction of what was sent)
exports      files in every format and profile
tokens       what other systems call with
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from pipeline.serve.api import corrections, documents, exports, tasks, tokens
from pipeline.serve.api.entry import BEARER, PREFIX, enter
from pipeline.serve.api.models.limits import Trouble

__all__ = ["router"]

# What any call may be answered with; a call that has more says so itself.
_TROUBLES: dict[int | str, dict[str, Any]] = {
    status: {"model": Trouble, "description": words}
    for status, words in {
        400: "Not well formed",
        401: "No token, or one that is not valid",
        403: "Not permitted",
        404: "There is none such",
        413: "Too much",
        422: "A value is wrong: `where` names it",
        503: "The database is busy",
    }.items()
}

router = APIRouter(prefix=PREFIX, dependencies=[Depends(BEARER), Depends(enter)], responses=_TROUBLES)
for part in (documents, tasks, corrections, exports, tokens):
    router.include_router(part.router)
