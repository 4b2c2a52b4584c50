"""Corrections of a document: its log, and what is added to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Query
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request

from pipeline.english import told
from pipeline.errors import UsageError
from pipeline.serve.api.documents import decided, reading_of
from pipeline.serve.api.drafts import drafted
from pipeline.serve.api.models.corrections import Conflicting, Corrected, Correction, Draft, Log
from pipeline.serve.api.models.documents import DocumentId
from pipeline.serve.api.models.limits import LAST, MOST
from pipeline.serve.house import house_of
from pipeline.serve.refusals import Refusal, language_of
from pipeline.serve.security.roles import Editor, Viewer
from pipeline.store import corrections
from pipeline.store.corrections import Conflict

__all__ = ["router"]

router = APIRouter(prefix="/documents/{document}/corrections", tags=["corrections"])


@router.get("")
def log(
    request: Request,
    person: Viewer,
    document: DocumentId,
    after: Annotated[int, Query(ge=0, le=LAST)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> Log:
    """The corrections behind the `seq` of `after`, in order."""
    found = decided(request, document)
    shown = [one for one in found.log if one.seq > after][:limit]
    return Log.model_validate({"seen": found.seen, "corrections": shown})


@router.post(
    "",
    status_code=201,
    response_model=Corrected,
    responses={409: {"model": Conflicting, "description": "The task was corrected since, or its document read again"}},
)
def append(request: Request, editor: Editor, document: DocumentId, draft: Annotated[Draft, Body()]) -> Response:
    """Corrects tasks, or takes a correction back."""
    house = house_of(request)
    try:
        found = decided(request, document)
        if draft.reading not in (None, reading_of(found)):
            message = "Văn bản vừa được đọc lại nên chưa ghi gì. Hãy lấy lại các nhiệm vụ của văn bản rồi sửa."
            raise Refusal(409, "read-again", message)
        made = drafted(house.database, found, draft, editor.name)
        entered = corrections.append(house.database, document, made, draft.seen, house.settings.now())
    except Conflict as conflict:
        other = Correction.model_validate(conflict.other)
        message = told(conflict.message, language_of(request))
        body = Conflicting(code=conflict.code, message=message, correction=other)
        return JSONResponse(body.model_dump(mode="json", exclude={"where"}), 409)
    except UsageError as refused:  # no row or correction that this can be done to
        raise Refusal(422, refused.code, refused.message, refused.detail) from refused
    return JSONResponse({"correction": Correction.model_validate(entered).model_dump(mode="json")}, 201)
