"""What a form of the review page sends → the draft of a correction, as the API takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter
from starlette.requests import Request

from pipeline.corrections.counting import live
from pipeline.corrections.replay import named_in
from pipeline.corrections.typed import Problem, read
from pipeline.model import Directive
from pipeline.ruleset import Ruleset
from pipeline.serve.api.models.corrections import Draft
from pipeline.serve.api.models.limits import LAST
from pipeline.serve.refusals import Refusal, of_status
from pipeline.store.corrections import Decided

__all__ = ["BOXES", "Sent", "Typed", "draft_of", "sent_of", "typed_of"]

# The fields that have a box, in their order. One box says when: what is typed there may be a day or a cadence.
BOXES = (
    "text", "kind", "lead", "coordinating", "due", "start", "cadence", "deliverable", "report_to", "quantity",
    "section",
)  # fmt: skip
_KINDS = ("edit", "confirm", "reject", "split", "merge", "add", "undo")
_DRAFT: TypeAdapter[Any] = TypeAdapter(Draft)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came. `tasks` are ids of rows; `typed` what stands in each box, `was` what stood there at first.

    `base` and `reading` say what the page shows, `seen` what the person had seen of these rows. `lost` is the `seq` of
    a correction that this one is put in the place of, else 0; `of` the rows of it, or of what is undone.
    """

    kind: str
    tasks: tuple[str, ...]
    seen: int
    base: int
    reading: str
    typed: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)
    parts: str = ""
    start: int = 0
    end: int = 0
    undoes: int = 0
    lost: int = 0
    of: tuple[str, ...] = ()

    @property
    def task(self) -> str:
        """The row that it is about, the first of several."""
        return self.tasks[0] if self.tasks else ""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields that change, in plain JSON, and by box what is wrong with what was typed, in Vietnamese."""

    fields: Mapping[str, object]
    problems: Mapping[str, str]


async def sent_of(request: Request) -> Sent:
    """The form of a request. Raises `Refusal` where a number is none."""
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    kind = form.get("kind", "")
    if kind not in _KINDS:
        raise of_status(422)
    base = _number(form, "base")
    return Sent(
        kind,
        tuple(dict.fromkeys(form.get("tasks", "").split())),
        _number(form, "seen") if "seen" in form else base,
        base,
        form.get("reading", ""),
        {name: form[f"f-{name}"] for name in BOXES if f"f-{name}" in form},
        {name: form[f"was-{name}"] for name in BOXES if f"was-{name}" in form},
        form.get("parts", ""),
        _number(form, "start"),
        _number(form, "end"),
        _number(form, "undoes"),
        _number(form, "lost"),
        tuple(form.get("of", "").split()),
    )


def _number(form: Mapping[str, str], name: str) -> int:
    value = form.get(name) or "0"
    if not (value.isascii() and value.isdigit() and len(value) < 11 and int(value) <= LAST):
        raise of_status(422)
    return int(value)


def typed_of(sent: Sent, directive: Directive, rules: Ruleset) -> Typed:
    """What was typed into the boxes that differ from what stood there."""
    fields: dict[str, object] = {}
    problems: dict[str, str] = {}
    for name, typed in sent.typed.items() if sent.kind == "edit" else ():
        if " ".join(typed.split()) == " ".join(sent.was.get(name, "").split()):
            continue
        value = read(name, typed, directive, rules)
        if isinstance(value, Problem):
            problems[name] = value.message
        else:
            fields |= value.fields
    return Typed(fields, problems)


def draft_of(sent: Sent, typed: Typed, found: Decided, by: str) -> Any:
    """The draft. Raises `Refusal` where there is nothing to do, `pydantic.ValidationError` for values that are none."""
    more: dict[str, object] = {}
    if sent.kind in ("edit", "split"):
        more = {"task": sent.task}
    elif sent.kind in ("confirm", "reject"):
        more = {"tasks": list(sent.tasks)}
    if sent.lost and sent.kind != "undo":
        more["undoes"] = sent.lost
    of = sent.of or (_of_row(found, sent.undoes, sent.task) if sent.kind == "undo" and sent.task else ())
    if of:
        more["of"] = list(of)
    if sent.kind == "edit":
        more["values"] = dict(typed.fields)
    elif sent.kind == "split":
        more["parts"] = _parts(sent)
    elif sent.kind == "merge":
        more["tasks"] = [_above(found, sent.task), sent.task]
    elif sent.kind == "add":
        more |= {"start": sent.start, "end": sent.end}
    elif sent.kind == "undo":
        more["undoes"] = sent.undoes or _last(found, by)
    return _DRAFT.validate_python({"kind": sent.kind, "seen": sent.seen, **more})


def _parts(sent: Sent) -> list[str]:
    parts = [line.strip() for line in sent.parts.splitlines() if line.strip()]
    if len(parts) < 2:
        message = "Chưa có chỗ tách nào. Hãy đặt con trỏ vào chỗ bắt đầu nhiệm vụ sau rồi bấm Enter."
        raise Refusal(422, "nothing-to-split", message)
    return parts


def _above(found: Decided, task: str) -> str:
    """The row above one, of those that count."""
    ids = [one.id for one in found.replayed.directive.tasks]
    at = ids.index(task) if task in ids else 0
    if at == 0:
        message = "Dòng này không có dòng nào ở trên để gộp vào. Hãy chọn dòng đứng sau."
        raise Refusal(422, "nothing-above", message)
    return ids[at - 1]


def _of_row(found: Decided, undoes: int, row: str) -> tuple[str, ...]:
    """The row of a correction of several; none where all of it is to be undone."""
    old = next((one for one in found.log if one.seq == undoes), None)
    several = old is not None and len(old.tasks) > 1
    return named_in(old, row, found.reading.directive, found.log) if old is not None and several else ()


def _last(found: Decided, by: str) -> int:
    """The last correction of a person that still counts."""
    own = [one.seq for one in live(found.log)[0] if one.by == by]
    if not own:
        message = "Không còn việc nào của bạn ở văn bản này để hoàn tác."
        raise Refusal(422, "nothing-to-undo", message)
    return own[-1]
