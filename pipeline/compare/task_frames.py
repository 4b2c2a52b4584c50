"""The tasks of documents as pandas DataFrames: a row a task, a row a body and month, a row a place of the text.

See `pipeline.compare.frames` for the types of the columns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pipeline import ruleset
from pipeline.compare.columns import table
from pipeline.compare.families import member_of
from pipeline.compare.frame_columns import COLUMNS
from pipeline.compare.model import Member, Result
from pipeline.model import Directive, Task
from pipeline.occurrences import occurrences, timing
from pipeline.ruleset import Ruleset

if TYPE_CHECKING:
    import datetime as dt

    import pandas

__all__ = ["sources", "tasks", "workload"]

_COPIED = (
    "id", "parent", "order", "section", "page", "text", "kind", "lead", "coordinating", "report_to", "start", "due",
    "due_text", "due_precision", "cadence", "rrule", "deliverable", "quantity", "urgency", "confidence", "review",
)  # fmt: skip


def tasks(source: Iterable[Directive] | Result, rules: Ruleset | None = None) -> pandas.DataFrame:
    """One row for each task of each document that was read; of a result, of all its documents, each once."""
    return table(
        COLUMNS["tasks"],
        (
            {**_document(member), **{name: getattr(task, name) for name in _COPIED}, "timing": timing(task)}
            for member in _members(source, rules)
            for task in member.directive.tasks
        ),
    )


def workload(
    source: Iterable[Directive] | Result, year: int | None = None, rules: Ruleset | None = None
) -> pandas.DataFrame:
    """One row for each body that leads and month of a year, by document: its tasks and the days on which they fall due.

    Recurring work is expanded as in the calendar of the workbook (`pipeline.occurrences`, days off not shifted). The
    year is that of each plan where none is given. A task with several leads counts for each; work without a day in that
    year stands in the rows without a month.
    """
    members = _members(source, rules)
    names = _writings(members)
    return table(
        COLUMNS["workload"],
        (
            {"document": member.document, **_issuer(member), "unit": names.get(unit), "canonical": unit and unit[0],
             "month": month, "tasks": len(days), "dates": sum(days.values())}
            for member in members
            for (unit, month), days in _months(member.directive, year).items()
        ),
    )  # fmt: skip


def sources(source: Iterable[Directive] | Result, rules: Ruleset | None = None) -> pandas.DataFrame:
    """One row for each place of the text that a value of a task was read from, with the words and the rule."""
    return table(
        COLUMNS["sources"],
        (row for member in _members(source, rules) for task in member.directive.tasks for row in _read(member, task)),
    )


def _members(source: Iterable[Directive] | Result, rules: Ruleset | None) -> tuple[Member, ...]:
    if not isinstance(source, Result):
        loaded = rules or ruleset.load()
        return tuple(member_of(directive, loaded) for directive in source if directive.status != "failed")
    found: dict[int, Member] = {}
    for comparison in source.comparisons:
        family = comparison.family
        for member in (*family.above, *([family.parent] if family.parent else []), *family.plans):
            found.setdefault(id(member.directive), member)
    found.update((id(member.directive), member) for member in source.alone)
    return tuple(found.values())


def _document(member: Member) -> dict[str, Any]:
    meta = member.directive.meta
    return {
        "document": member.document,
        "type": meta.type,
        "document_number": meta.number,
        "document_date": meta.date,
        **_issuer(member),
    }


def _issuer(member: Member) -> dict[str, Any]:
    issuer = member.issuer
    return {name: getattr(issuer, "name" if name == "issuer" else name)
            for name in ("issuer", "body", "level", "commune", "province")}  # fmt: skip


# ── bodies and months ──────────────────────────────────────────────────────────────────────

Unit = tuple[str | None, str]  # the id of a body, and its name where the directory lacks it


def _leads(task: Task) -> dict[Unit, str]:
    """The bodies that lead a task, each once, with the name as written; names without a mention are kept too."""
    known = {unit.name: unit.canonical for unit in task.units if unit.role == "lead"}
    return {(known.get(name), "" if known.get(name) else name.casefold()): name for name in task.lead}


def _writings(members: Iterable[Member]) -> dict[Unit | None, str]:
    """The most frequent writing of each body; of equals the first by the alphabet."""
    written: defaultdict[Unit, Counter[str]] = defaultdict(Counter)
    for member in members:
        for task in member.directive.tasks:
            for unit, name in _leads(task).items():
                written[unit][name] += 1
    return {unit: min(names, key=lambda name: (-names[name], name)) for unit, names in written.items()}


def _months(directive: Directive, year: int | None) -> dict[tuple[Unit | None, dt.date | None], Counter[str]]:
    """By body and month, how many days each task has there."""
    meta = directive.meta
    asked = year or meta.year or (meta.date.year if meta.date else None)
    found: defaultdict[tuple[Unit | None, dt.date | None], Counter[str]] = defaultdict(Counter)
    for task in directive.tasks:
        days = occurrences(task, asked, shift=False, since=meta.date) if asked else ()
        for unit in _leads(task) or (None,):
            if not days:
                found[unit, None][task.id] = 0
            for day in days:
                found[unit, day.date.replace(day=1)][task.id] += 1
    return found


# ── places of the text ─────────────────────────────────────────────────────────────────────


def _read(member: Member, task: Task) -> Iterator[dict[str, Any]]:
    for name, places in task.evidence.items():
        for place in places:
            yield {
                "document": member.document,
                "id": task.id,
                "order": task.order,
                "field": name,
                "value": _written(task, name),
                "words": member.directive.text[place.start : place.end],
                "page": place.page,
                "start": place.start,
                "end": place.end,
                "rule": place.rule,
            }


def _written(task: Task, name: str) -> str | None:
    """What a field holds, as text; None for evidence of what is no field of its own."""
    value = getattr(task, name, None)
    if isinstance(value, tuple):
        return "; ".join(str(getattr(part, "text", part)) for part in value)
    return None if value is None else str(value)
