"""What was sent of a correction → the correction, with what the tasks say now: nobody sends the words of before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline import ruleset
from pipeline.corrections.fields import Refused, as_confirmed, decoded, plain, written
from pipeline.corrections.model import Correction
from pipeline.corrections.proposing import proposed
from pipeline.model import Task
from pipeline.serve.api.models.corrections import Added, Confirmed, Draft, Edited, Merged, Rejected, Split, Undone
from pipeline.serve.refusals import Refusal
from pipeline.store import corrections
from pipeline.store.corrections import Conflict, Decided
from pipeline.store.database import Database

__all__ = ["drafted"]


def drafted(database: Database, found: Decided, sent: Draft, by: str) -> Correction:
    """The correction. Raises `Refusal` for what is no task or value, `Conflict` for what somebody decided meanwhile."""
    home, made = found.reading.document, found.reading.at  # `append` says when it is
    if isinstance(sent, Undone):
        named: dict[str, object] = {} if sent.of is None else {"of": sent.of}
        return Correction(0, home, "undo", (), (), named, by, made, sent.undoes)
    lost = _lost(found, Correction(0, home, sent.kind, (), (), {"of": sent.of}, by, made, sent.undoes), sent.seen)
    of: dict[str, object] = {} if lost is None else {"of": sent.of or list(lost.tasks)}
    if isinstance(sent, Added):
        values = _added(database, found, sent) | of
        key = _id_of(home, values) if lost is None else lost.tasks[0]
        return Correction(0, home, "add", (key,), ("",), values, by, made, sent.undoes)
    names = [sent.task] if isinstance(sent, Edited | Split) else list(dict.fromkeys(sent.tasks))
    tasks = _tasks(found, names, sent.seen)
    texts = tuple(task.text for task in tasks)
    values = {"section": tasks[0].section, **_values(sent, tasks, lost), **of}
    return Correction(0, home, sent.kind, tuple(names), texts, values, by, made, sent.undoes)


def _lost(found: Decided, draft: Correction, seen: int) -> Correction | None:
    """The lost correction that the draft stands in the place of, None where it stands in no other's."""
    return None if draft.undoes is None else corrections.lost(found.log, found.replayed, draft, seen)


def _tasks(found: Decided, names: Sequence[str], seen: int) -> list[Task]:
    shown = {task.id: task for task in (*found.replayed.directive.tasks, *found.replayed.rejected)}
    for name in names:
        if name not in shown:
            later = [one for one in found.log if one.seq > seen and name in one.tasks]
            if later:
                raise Conflict(later[-1])
            message = "Không có nhiệm vụ này trong văn bản. Hãy lấy lại danh sách nhiệm vụ của văn bản."
            raise Refusal(404, "no-such-task", message)
    return [shown[name] for name in names]


def _values(
    sent: Edited | Confirmed | Rejected | Split | Merged, tasks: Sequence[Task], lost: Correction | None
) -> Mapping[str, object]:
    if isinstance(sent, Confirmed):
        return as_confirmed(tasks)
    if isinstance(sent, Split):
        return {"parts": sent.parts}
    if isinstance(sent, Edited):
        own = {name: getattr(sent.values, name) for name in sent.values.model_fields_set}
        given = _checked(own if own or lost is None else written(lost.values))
        return {**given, "before": {name: plain(tasks[0], name) for name in given}}
    return {}


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    if not given:
        raise Refusal(422, "nothing-to-change", "Chưa có giá trị nào để sửa. Hãy gửi ít nhất một trường.")
    for name, value in given.items():
        try:
            decoded(name, value)
        except Refused as refused:
            message = f"Giá trị của trường “{name}” chưa đúng. Hãy xem kiểu của trường này trong tài liệu API."
            raise Refusal(422, "wrong-value", message) from refused
    return given


def _added(database: Database, found: Decided, sent: Added) -> dict[str, object]:
    rules = ruleset.load() if database.rules is None else database.rules
    values = proposed(found.replayed.directive, sent.start, sent.end, rules)
    if values is None:
        message = "Đoạn được chọn không có chữ nào. Hãy chọn lại trong phạm vi của văn bản."
        raise Refusal(422, "no-words", message)
    return values


def _id_of(document: str, values: Mapping[str, object]) -> str:
    """From content: the same words added twice are one task."""
    words = "|".join((document, "add", str(values["quote"]), str(values["start"])))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]
