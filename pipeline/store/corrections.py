"""Corrections: appended to the log of a document, and its tasks brought up to date in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from pipeline import ruleset
from pipeline.corrections.counting import rows_meant, taken_back_by
from pipeline.corrections.model import KINDS, Correction, Replayed
from pipeline.corrections.replay import replay
from pipeline.errors import DondocError, UsageError
from pipeline.store import decisions, readings, runs, tables, trail
from pipeline.store.database import Database, Place, reading
from pipeline.store.moments import kept
from pipeline.store.rows import batch, clean
from pipeline.store.runs import Run
from pipeline.store.saving import bring_up_to_date, kept_before, tally

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from pipeline.store.readings import Reading

__all__ = ["Conflict", "Decided", "all", "append", "decided", "lost", "of"]


class Conflict(DondocError):
    """Somebody else has changed these rows since the person looked; nothing was written. `other` is what came."""

    def __init__(self, other: Correction) -> None:
        message = f"{other.by} vừa sửa nhiệm vụ này. Hãy xem nội dung mới rồi sửa tiếp nếu cần; chưa ghi gì của bạn."
        super().__init__("conflict", message, f"seq {other.seq}")
        self.other = other


@dataclass(frozen=True, slots=True)
class Decided:
    """A document to be looked at: what was extracted, the log, and what both come to; of one moment."""

    reading: Reading
    log: tuple[Correction, ...]
    replayed: Replayed

    @property
    def seen(self) -> int:
        """What a person who is shown this has seen: the last correction, 0 where there is none."""
        return self.log[-1].seq if self.log else 0


def of(place: Place, document: str) -> tuple[Correction, ...]:
    """The log of a document, in order."""
    return reading(place, lambda connection: decisions.log(connection, [document]).get(document, ()))


def all(place: Place) -> dict[str, tuple[Correction, ...]]:
    """The logs of all documents, by their ids."""
    names = select(tables.corrections.c.document_id).distinct().order_by(tables.corrections.c.document_id)
    return reading(place, lambda connection: decisions.log(connection, connection.scalars(names).all()))


def decided(database: Database, document: str) -> Decided | None:
    """A document as people decided it; None where nothing of it is kept."""

    def work(connection: Connection) -> tuple[Reading | None, tuple[Correction, ...]]:
        return readings.found(connection, document), decisions.log(connection, [document]).get(document, ())

    found, log = database.reading(work)
    return None if found is None else Decided(found, log, _replayed(database, found, log))


def append(database: Database, document: str, draft: Correction, seen: int, now: dt.datetime) -> Correction:
    """Adds a correction to the log; what it gets is its `seq` and the moment `now`, which has a time zone.

    `seen` is the last `seq` that the person had seen. Raises `Conflict` where a later one is of the same rows or has
    taken back already what the draft undoes, `UsageError` where there is no such document, row or correction, and
    `OutputError`; then nothing is written. Of an undo, the rows are those of what it undoes; any other draft that
    undoes one stands in its place, which is allowed of what is `lost` alone.
    """
    if draft.kind not in KINDS:
        raise UsageError("wrong-correction", "Không có loại sửa này. Hãy tải lại trang rồi thử lại.", draft.kind)
    run = Run.of("correction", now, (document, replace(draft, at=now), seen))
    return database.writing(lambda connection: _append(connection, database, document, draft, seen, now, run))


def _append(
    connection: Connection, database: Database, document: str, draft: Correction, seen: int, now: dt.datetime, run: Run
) -> Correction:
    if runs.begin(connection, run) is not None:
        row = connection.execute(select(tables.corrections).where(tables.corrections.c.run == run.id)).mappings().one()
        return decisions.correction(row)
    found = readings.found(connection, document)
    if found is None:
        message = "Văn bản này chưa có trong cơ sở dữ liệu ở dạng sửa được. Hãy đưa tệp vào đọc lại rồi sửa."
        raise UsageError("no-reading", message, document)
    log = decisions.log(connection, [document]).get(document, ())
    was = _replayed(database, found, log)
    meant = _of_what_it_undoes(draft, log, was, seen)
    rows = frozenset(meant.tasks)
    later = [one for one in log if one.seq > seen and rows & set(one.tasks)]
    if later:
        raise Conflict(later[-1])
    made = _insert(connection, document, meant, now, run)
    _update_tasks(connection, database, found, was, _replayed(database, found, (*log, made)), made, run)
    fields = sorted(str(name) for name in made.values if name != "before")
    detail = {"seq": made.seq, "fields": fields, "undoes": made.undoes}
    task = made.tasks[0] if made.tasks else None
    trail.note(connection, now, made.by, f"correction.{made.kind}", document=document, task=task, detail=detail)
    return made


def lost(log: Sequence[Correction], was: Replayed, draft: Correction, seen: int) -> Correction:
    """The correction that the draft stands in the place of, with those of its rows that are not found any more.

    Raises `Conflict` where somebody has decided that meanwhile, `UsageError` where it is not lost or of another kind.
    """
    _refuse_what_is_taken_back(log, draft, seen)
    found = next((one for one in was.lost if one.seq == draft.undoes), None)
    if found is None or not _named(draft) <= set(found.tasks):
        message = "Lần sửa này không còn thiếu dòng nào, nên không đặt vào dòng khác được. Hãy tải lại trang."
        raise UsageError("not-lost", message, str(draft.undoes))
    if found.kind != draft.kind:
        message = "Lần sửa này thuộc loại khác nên không đặt như vậy được. Hãy tải lại trang rồi đặt lại."
        raise UsageError("another-kind", message, f"{draft.kind}, {found.kind}")
    return found


def _of_what_it_undoes(draft: Correction, log: Sequence[Correction], was: Replayed, seen: int) -> Correction:
    """An undo with the rows of what it undoes, so that others are told of it; any other draft as it is."""
    if draft.kind == "undo":
        _refuse_what_is_taken_back(log, draft, seen)
        old = next(one for one in log if one.seq == draft.undoes)
        meant = rows_meant(draft, old)
        places = [place for place, row in enumerate(old.tasks) if row in meant]
        texts = tuple(old.texts[place] for place in places if place < len(old.texts))
        return replace(draft, tasks=tuple(old.tasks[place] for place in places), texts=texts)
    if draft.undoes is not None:
        lost(log, was, draft, seen)
    return draft


def _refuse_what_is_taken_back(log: Sequence[Correction], draft: Correction, seen: int) -> None:
    quicker = taken_back_by(log, draft)
    if quicker is not None and quicker.seq > seen:
        raise Conflict(quicker)
    old = next((one for one in log if one.seq == draft.undoes), None)
    if quicker is not None or old is None or not _named(draft) <= set(old.tasks):
        message = "Lần sửa này đã được hoàn tác hoặc không có. Hãy tải lại trang để xem các lần sửa."
        raise UsageError("no-such-correction", message, str(draft.undoes))


def _named(draft: Correction) -> set[object]:
    of = draft.values.get("of")
    return set(of) if isinstance(of, list) else set()


def _insert(connection: Connection, document: str, draft: Correction, now: dt.datetime, run: Run) -> Correction:
    values = {"kind": draft.kind, "by": draft.by, "undoes": draft.undoes, "tasks": list(draft.tasks),
              "texts": list(draft.texts), "values": dict(draft.values)}  # fmt: skip
    fit = {name: clean(value) for name, value in values.items()}
    table = tables.corrections
    statement = insert(table).values(**fit, document_id=document, at=kept(now), run=run.id).returning(*table.c)
    return decisions.correction(connection.execute(statement).mappings().one())


def _replayed(database: Database, found: Reading, log: Sequence[Correction]) -> Replayed:
    rules = ruleset.load() if database.rules is None else database.rules
    return replay(found.directive, log, rules)


def _update_tasks(
    connection: Connection, database: Database, found: Reading, was: Replayed, now: Replayed, made: Correction, run: Run
) -> None:
    """Writes the rows that the correction changes, and no other."""
    if any(one.seq == made.seq for one in now.lost):
        message = "Không còn thấy nhiệm vụ này trong văn bản. Hãy tải lại trang rồi sửa lại."
        raise UsageError("no-such-row", message, ", ".join(made.tasks))
    old = {task.id: task for task in was.directive.tasks}
    confirmed = was.confirmed ^ now.confirmed
    tasks = tuple(task for task in now.directive.tasks if old.get(task.id) != task or task.id in confirmed)
    gone = old.keys() - {task.id for task in now.directive.tasks}
    rows = batch([replace(now.directive, tasks=tasks)], run.at.date(), database.days_off)
    rows = replace(
        rows,
        tasks=tuple(
            {**row, "document_id": found.document, "confirmed": row["id"] in now.confirmed} for row in rows.tasks
        ),
    )
    before = kept_before(connection, (), gone | {task.id for task in tasks})
    history = bring_up_to_date(connection, rows, before, {found.document}, run)
    runs.end(connection, run, tally(1, history), history)
