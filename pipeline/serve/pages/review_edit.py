"""Rà soát: boxes that open in a row, what they understand, and the one way by which rows are changed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse, Response
from pydantic import ValidationError
from starlette.requests import Request

from pipeline.corrections.model import Correction
from pipeline.corrections.typed import Problem, read, suggest_units
from pipeline.english import told
from pipeline.errors import UsageError
from pipeline.export.review_page import sayings
from pipeline.model import Task
from pipeline.review.rows import rows_of
from pipeline.serve.api.documents import decided
from pipeline.serve.api.drafts import drafted
from pipeline.serve.api.models.documents import DocumentId
from pipeline.serve.api.models.limits import LAST
from pipeline.serve.house import house_of
from pipeline.serve.pages.review import HERE
from pipeline.serve.pages.review_changes import changes, in_words, rules_of, standing_of
from pipeline.serve.pages.review_sent import BOXES, Sent, Typed, draft_of, sent_of, typed_of
from pipeline.serve.pages.review_told import lost_of, told_of
from pipeline.serve.pages.words.review import REVIEW
from pipeline.serve.refusals import Refusal, language_of, of_status
from pipeline.serve.security.roles import Editor, Viewer
from pipeline.store import corrections
from pipeline.store.corrections import Conflict, Decided

__all__ = ["router"]

router = APIRouter()
ONE = f"{HERE}/{{document}}"
LONGEST = 4000  # characters of what is typed while it is shown how it is understood
Base = Annotated[int, Query(ge=0, le=LAST)]


@router.get(f"{ONE}/o")
def boxes(
    request: Request, person: Editor, document: DocumentId, task: Annotated[str, Query(max_length=64)],
    base: Base = LAST, o: str = "", lost: Base = 0,
) -> Response:  # fmt: skip
    """The boxes of a row: one field, all of them (“all”), or its words to be split (“split”).

    `base` is the last correction that the page shows: what came since was not seen by whoever presses the key. `lost`
    is a split that has lost its row: this row is split in the place of that.
    """
    found = decided(request, document)
    one, seen = _task(found, task), min(base, found.seen)
    if o == "split":
        return _form(request, document, found, one, (), seen, kind="split", lost=lost)
    fields = BOXES if o == "all" else tuple(field for field in BOXES if field == o)
    if not fields:
        raise of_status(422)
    return _form(request, document, found, one, fields, seen)


@router.get(f"{ONE}/hieu")
def understood(request: Request, person: Viewer, document: DocumentId, o: str) -> Response:
    """How what is typed into a box would be understood."""
    typed = request.query_params.get(f"f-{o}", "")[:LONGEST]
    house, lang = house_of(request), language_of(request)
    value = read(o, typed, decided(request, document).replayed.directive, rules_of(house))
    if isinstance(value, Problem):
        return house.page(request, "review_hint.html", REVIEW, wrong=told(value.message, lang), fields=[], value=None)
    said = sayings(lang)
    fields = [
        (REVIEW[lang][f"field-{name}"], in_words(name, _value(name, one), said))
        for name, one in value.fields.items()
        if one and name not in ("due_text", "due_precision", "rrule")
    ]
    return house.page(request, "review_hint.html", REVIEW, wrong="", fields=fields, value=value)


@router.get(f"{ONE}/don-vi")
def units(
    request: Request, person: Viewer, document: DocumentId, q: Annotated[str, Query(max_length=LONGEST)] = ""
) -> Response:
    """Names that what was typed may become."""
    found = decided(request, document)
    return JSONResponse(suggest_units(q, found.replayed.directive, rules_of(house_of(request))))


@router.get(f"{ONE}/thay-doi")
def since(request: Request, person: Viewer, document: DocumentId, base: Base, reading: str = "") -> Response:
    """What has changed since `base`."""
    return _changed(request, decided(request, document), base, reading, "")


@router.post(f"{ONE}/sua")
def correct(
    request: Request, person: Editor, document: DocumentId, sent: Annotated[Sent, Depends(sent_of)]
) -> Response:
    """Changes rows; the answer is what has changed of the page since it was made."""
    house, lang = house_of(request), language_of(request)
    found = decided(request, document)
    typed = typed_of(sent, found.replayed.directive, rules_of(house))
    try:
        if typed.problems:
            one, fields = _task(found, sent.task), tuple(sent.typed)
            return _form(request, document, found, one, fields, sent.seen, sent=sent, typed=typed)
        if sent.kind == "edit" and not typed.fields and not sent.lost:
            return _changed(request, found, sent.base, sent.reading, REVIEW[lang]["done-nothing"], sent.task)
        made = drafted(house.database, found, draft_of(sent, typed, found, person.name), person.name)
        entered = corrections.append(house.database, document, made, sent.seen, house.settings.now())
    except Conflict as conflict:
        return _conflict(request, document, decided(request, document), sent, conflict)
    except ValidationError as wrong:
        raise of_status(422) from wrong
    except UsageError as refused:
        raise Refusal(422, refused.code, refused.message, refused.detail) from refused
    now = decided(request, document)
    row = _row_of(now, entered)
    done = "put" if sent.lost and entered.kind != "undo" else entered.kind
    words = _done(done, len(entered.tasks), _number(now, row, lang), lang)
    return _changed(request, now, sent.base, sent.reading, words, row, found)


# ── answers ────────────────────────────────────────────────────────────────────────────────


def _changed(
    request: Request, found: Decided, base: int, reading: str, words: str, row: str = "", before: Decided | None = None
) -> Response:
    """The fragments, and what the page says of them: `words`, and the row to stand at."""
    house, lang = house_of(request), language_of(request)
    found_changes = changes(house, found, base, reading, lang, before)
    if found_changes.whole:
        return Response(status_code=204, headers={"hx-refresh": "true"})
    answer = house.page(
        request, "review_answer.html", REVIEW, changes=found_changes, standing=standing_of(found, lang),
        url=f"{HERE}/{found.reading.document}", may_edit=True,
    )  # fmt: skip
    answer.headers["hx-trigger-after-settle"] = json.dumps({"review:done": {"words": words, "row": row}})
    return answer


def _form(
    request: Request, document: str, found: Decided, task: Task, fields: tuple[str, ...], seen: int, kind: str = "edit",
    sent: Sent | None = None, typed: Typed | None = None, lost: int = 0,
) -> Response:  # fmt: skip
    """The boxes; after something wrong was typed as they were, with what is wrong."""
    house, lang = house_of(request), language_of(request)
    was = {field: _box(task, field, lang) for field in fields}
    said = was if sent is None else {**was, **sent.typed}
    problems = {} if typed is None else {name: told(words, lang) for name, words in typed.problems.items()}
    return house.page(
        request, "review_form.html", REVIEW, 422 if problems else 200,
        url=f"{HERE}/{document}", task=task, number=_number(found, task.id, lang), fields=fields, kind=kind, was=was,
        said=said, problems=problems, seen=seen,
        lost=next((lost_of(one, lang) for one in found.replayed.lost if one.seq == lost), None),
    )  # fmt: skip


def _conflict(request: Request, document: str, found: Decided, sent: Sent, conflict: Conflict) -> Response:
    """Both values side by side; what was typed stays in its box."""
    house, lang = house_of(request), language_of(request)
    task = next((one for one in _all(found) if one.id == sent.task), None)
    theirs = {} if task is None else {field: _box(task, field, lang) for field in sent.typed}
    lost = {key for one in found.replayed.lost if one.seq == sent.lost for key in one.tasks}
    is_placed = sent.lost and not (lost and lost >= set(sent.of))
    return house.page(
        request, "review_conflict.html", REVIEW, 409,
        url=f"{HERE}/{document}", sent=sent, other=told_of(conflict.other, lang), theirs=theirs, seen=found.seen,
        gone=task is None or is_placed,
    )  # fmt: skip


def _done(kind: str, count: int, number: int, lang: str) -> str:
    words = REVIEW[lang]
    if kind == "confirm" and count > 1:
        return words["done-confirm-many"].format(count=count)
    return words[f"done-{kind}"].format(number=number)


# ── rows ───────────────────────────────────────────────────────────────────────────────────


def _all(found: Decided) -> tuple[Task, ...]:
    return (*found.replayed.directive.tasks, *found.replayed.rejected)


def _task(found: Decided, key: str) -> Task:
    for one in _all(found):
        if one.id == key:
            return one
    message = "Không có nhiệm vụ này trong văn bản. Hãy tải lại trang để xem các dòng hiện nay."
    raise Refusal(404, "no-such-task", message)


def _row_of(found: Decided, entered: Correction) -> str:
    """The row to stand at after a correction: its own, else the first that it made."""
    shown = [task.id for task in found.replayed.directive.tasks] + [task.id for task in found.replayed.rejected]
    own = next((key for key in entered.tasks if key in shown), None)
    if own is not None:
        return own
    marks = found.replayed.marks
    return next((key for key in shown if any(mark.seq == entered.seq for mark in marks.get(key, ()))), "")


def _number(found: Decided, key: str, lang: str) -> int:
    return next((row.number for row in rows_of(found.replayed, sayings(lang)) if row.task.id == key), 0)


def _box(task: Task, field: str, lang: str) -> str:
    """What stands in the box of a field: of a deadline the words of the document, where it has them."""
    if field == "due" and task.due_text:
        return task.due_text
    return in_words(field, getattr(task, field), sayings(lang))


def _value(name: str, value: object) -> object:
    """A value of plain JSON as the model has it, as far as it is shown."""
    if isinstance(value, list):
        return tuple(value)
    return dt.date.fromisoformat(value) if name in ("due", "start") and isinstance(value, str) else value
