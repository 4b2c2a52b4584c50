"""The tracker as it stands, read back as directives: what the program's own sheets are made of.

The officer's corrections count: a lead or a deadline that was typed over is the one that `Lịch` and the others show.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from pipeline.export.update.content import digest, text_of, token
from pipeline.export.update.layout import DUE, ID, REVIEW, SECTION, SOURCE, TEXT, Layout
from pipeline.export.update.memory import Record
from pipeline.export.update.merging import Merge, review_marks
from pipeline.model import Directive, Task

__all__ = ["standing"]


def _names(value: object) -> tuple[str, ...]:
    return tuple(part for part in (one.strip() for one in text_of(value).split(";")) if part)


def _words(value: object) -> str | None:
    return text_of(value).strip() or None


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    with suppress(ValueError):  # words that are no date are no date
        return dt.datetime.strptime(text_of(value).strip(), "%d/%m/%Y").date()
    return None


# column → field of the task, and how a cell is read
_FIELDS: Mapping[str, tuple[str, Callable[[object], Any]]] = {
    "Đơn vị chủ trì": ("lead", _names),
    "Đơn vị phối hợp": ("coordinating", _names),
    DUE: ("due", _day),
    "Hạn theo văn bản": ("due_text", _words),
    "Sản phẩm": ("deliverable", _words),
    "Nơi nhận báo cáo": ("report_to", _names),
    "Chỉ tiêu": ("quantity", _names),
}


def standing(merge: Merge) -> list[Directive]:
    """Every document of the tracker with the tasks that stand in it, and the lines that the office added itself."""
    layout, memory = merge.layout, merge.memory
    tasks: dict[str, list[Task]] = defaultdict(list)
    for number, record in merge.held.items():
        tasks[record.document].append(_task(merge, number, record))
    for key, (task, _) in merge.done.new.items():
        tasks[memory.records[key].document].append(task)
    found = [
        replace(
            directive,
            tasks=tuple(sorted(tasks.get(key, ()), key=lambda task: task.order)),
            text=merge.texts.get(key, ""),
        )
        for key, directive in memory.documents.items()
    ]
    own: dict[str, list[Task]] = defaultdict(list)
    for line in merge.lines:
        if line.number not in merge.held and line.text:
            of = text_of(layout.value(line.number, SOURCE)).strip() or merge.words.own_rows
            own[of].append(_own_task(layout, line.number))
    found += [Directive(name, "", "", 0, "ok", tasks=tuple(rows)) for name, rows in own.items()]
    return found


def _task(merge: Merge, number: int, record: Record) -> Task:
    layout = merge.layout
    typed = {
        name: read(layout.value(number, column))
        for column, (name, read) in _FIELDS.items()
        if column in layout.columns and digest(token(layout.value(number, column))) != record.digests.get(column)
    }
    review = (*record.task.review, *review_marks(record, merge.words, merge.heading))
    held = layout.value(number, REVIEW)
    if REVIEW in layout.columns and digest(token(held)) != record.digests.get(REVIEW):
        review = (text_of(held),) if token(held) else ()
    return replace(record.task, **{"text": _text(layout, number) or record.task.text, "review": review, **typed})


def _text(layout: Layout, number: int) -> str:
    return text_of(layout.value(number, TEXT))


def _own_task(layout: Layout, number: int) -> Task:
    """A task made of the columns alone."""
    fields = {name: read(layout.value(number, column)) for column, (name, read) in _FIELDS.items()}
    name = text_of(layout.value(number, ID)).strip() or f"{layout.sheet.title}!{number}"
    return Task(name, text_of(layout.value(number, SECTION)), number, _text(layout, number), **fields)
