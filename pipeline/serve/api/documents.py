"""Documents: sent, waited for, and taken as they were read and decided."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, UploadFile
from fastapi.responses import Response
from starlette.requests import Request

from pipeline.export.document_json import encode, task_as_json
from pipeline.export.words import storable
from pipeline.serve.api.models.corrections import Correction
from pipeline.serve.api.models.documents import DocumentId, Documents, DocumentTasks, Queue, Upload, Uploaded
from pipeline.serve.api.models.limits import MOST, Trouble
from pipeline.serve.house import house_of
from pipeline.serve.reading.taking import take
from pipeline.serve.refusals import Refusal, language_of
from pipeline.serve.security.roles import Editor, Viewer
from pipeline.store import corrections, files, overview
from pipeline.store.corrections import Decided

__all__ = ["decided", "reading_of", "router"]

router = APIRouter(tags=["documents"])
_JSON: dict[int | str, dict[str, Any]] = {
    200: {"description": "The document", "content": {"application/json": {"schema": {"type": "object"}}}}
}


@router.post("/documents", status_code=202, responses={415: {"model": Trouble, "description": "Not a document"}})
def upload(request: Request, editor: Editor, file: UploadFile) -> Uploaded:
    """Sends a file. It is read after the answer: ask for its place in the queue."""
    taken = take(house_of(request), file.file.read(), file.filename or "", editor.name)
    return Uploaded(upload=taken.upload, name=storable(taken.name), documents=list(taken.documents))


@router.get("/queue")
def queue(request: Request, person: Viewer, limit: Annotated[int, Query(ge=1, le=MOST)] = 100) -> Queue:
    """The last uploads, the newest first."""
    return Queue.model_validate({"uploads": files.queue(house_of(request).database, limit)})


@router.get("/queue/{upload}")
def queued(request: Request, person: Viewer, upload: int) -> Upload:
    """How far an upload has come."""
    found = files.queued(house_of(request).database, upload)
    if found is None:
        raise Refusal(404, "no-such-upload", "Không có lần gửi tệp này. Hãy kiểm tra lại số của nó.")
    return Upload.model_validate(found)


@router.get("/documents")
def documents(
    request: Request,
    person: Viewer,
    page: Annotated[int, Query(ge=1, le=10**6)] = 1,
    size: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> Documents:
    """The documents, a page at a time."""
    database = house_of(request).database
    found = overview.documents(database, size, (page - 1) * size)
    return Documents.model_validate({"total": overview.number_of_documents(database), "documents": found})


@router.get("/documents/{document}", responses=_JSON, response_model=None)
def document(request: Request, person: Viewer, document: DocumentId) -> Response:
    """A document as people decided it, in the form of the JSON that `dondoc convert` writes."""
    found = decided(request, document)
    return Response(encode(found.replayed.directive, language_of(request)), media_type="application/json")


@router.get("/documents/{document}/tasks")
def document_tasks(request: Request, person: Viewer, document: DocumentId) -> DocumentTasks:
    """Its tasks, with what a correction of them needs."""
    found = decided(request, document)
    kept = found.replayed
    return DocumentTasks(
        seen=found.seen,
        reading=reading_of(found),
        tasks=[task_as_json(task) for task in kept.directive.tasks],
        rejected=[task_as_json(task) for task in kept.rejected],
        confirmed=sorted(kept.confirmed),
        lost=[Correction.model_validate(one) for one in kept.lost],
    )


def reading_of(found: Decided) -> str:
    """A name for what was read of the document, another one when it is read again."""
    return found.reading.at.isoformat()


def decided(request: Request, document: str) -> Decided:
    """The document with that id. Raises `Refusal` where nothing is kept of it."""
    found = corrections.decided(house_of(request).database, document)
    if found is None:
        message = "Không có văn bản này. Có thể văn bản đã được đọc lại; hãy xem danh sách văn bản."
        raise Refusal(404, "no-such-document", message)
    return found
