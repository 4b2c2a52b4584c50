"""A row made into several, and several made into one: which field goes where.

A part of a row keeps what its own words say, and what the row has from elsewhere: a heading, a labelled line, a cell.
Where it names nobody, who led the part before it leads.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline import time
from pipeline.corrections.evidence import RULE
from pipeline.corrections.fields import TIMES, UNITS, one_line
from pipeline.corrections.model import Correction
from pipeline.matching import fold
from pipeline.model import Directive, Evidence, Task
from pipeline.ruleset import Ruleset

__all__ = ["merged", "new_id", "part_ids", "parted"]

_LISTS = (*UNITS, "quantity")
_LENGTH = 12  # hexadecimal digits, as ids of what was extracted


def new_id(document: str, section: str, text: str) -> str:
    """The id of a row that a person adds: of the document, where it stands, and its words."""
    return _digest("add", document, section, fold(text))


def part_ids(correction: Correction) -> tuple[str, ...]:
    """The ids of the rows that a ``split`` makes, in order: they stay whatever is read of the document later."""
    origin = correction.tasks[0] if correction.tasks else ""
    seen: Counter[str] = Counter()
    ids = []
    for part in parts_of(correction):
        key = fold(part)
        seen[key] += 1
        ids.append(_digest("split", origin, key, str(seen[key])))
    return tuple(ids)


def parts_of(correction: Correction) -> tuple[str, ...]:
    """The words of each part, without those that hold none."""
    parts = correction.values.get("parts")
    given = parts if isinstance(parts, list | tuple) else ()
    return tuple(text for part in given if isinstance(part, str) and (text := one_line(part)))


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode("utf-8", "replace")).hexdigest()[:_LENGTH]


# ── split ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Whole:
    """The row that is split, with the places of its words in the document."""

    task: Task
    directive: Directive
    rules: Ruleset

    def own(self, entry: Evidence) -> bool:
        """Whether words of the row itself say it, and not the row as a whole stands for it."""
        spans = self.task.evidence.get("text", ())
        return any(
            span.start <= entry.start and entry.end <= span.end and (entry.start, entry.end) != (span.start, span.end)
            for span in spans
        )

    def spans(self, start: int, end: int) -> tuple[Evidence, ...]:
        """Where the characters ``[start, end)`` of the row's text stand in the document."""
        found, at = [], 0
        for entry in self.task.evidence.get("text", ()):
            size = entry.end - entry.start
            first, last = max(start, at), min(end, at + size)
            if first < last:
                offset = entry.start - at
                found.append(Evidence(first + offset, last + offset, entry.page, None, RULE))
            at += size + 1  # the blank between two pieces of a row
        return tuple(found)


def parted(task: Task, correction: Correction, directive: Directive, rules: Ruleset) -> list[Task]:
    """The rows that a ``split`` makes of one."""
    whole = _Whole(task, directive, rules)
    made: list[Task] = []
    at = 0
    for key, text in zip(part_ids(correction), parts_of(correction), strict=True):
        found = task.text.find(text, at)
        places = whole.spans(found, found + len(text)) if found >= 0 else ()
        at = found + len(text) if found >= 0 else at
        part = _part(whole, key, text, places)
        made.append(_led(part, made[-1]) if made and not part.lead else part)
    return made


def _led(part: Task, before: Task) -> Task:
    """A part that names nobody is led by who led the part before it, as the guideline has it."""
    if not before.lead:
        return part
    units = tuple(unit for unit in before.units if unit.role == "lead")
    evidence = {**part.evidence, "lead": before.evidence.get("lead", ())}
    return replace(part, lead=before.lead, units=(*units, *part.units), evidence=evidence)


def _part(whole: _Whole, key: str, text: str, places: tuple[Evidence, ...]) -> Task:
    task = whole.task
    evidence: dict[str, tuple[Evidence, ...]] = {"text": places or task.evidence.get("text", ())}
    fields: dict[str, Any] = {}
    for name in (*_LISTS, "deliverable", "urgency"):
        fields[name], kept = _kept(whole, name, places)
        if kept:
            evidence[name] = kept
    times, said = _times(whole, text, places)
    units = tuple(unit for unit in task.units if unit.name in fields.get(unit.role, ()))
    page = places[0].page if places else task.page
    return replace(
        task, id=key, text=text, page=page, related=(), units=units, evidence={**evidence, **said}, **fields, **times
    )


def _kept(whole: _Whole, name: str, places: Sequence[Evidence]) -> tuple[Any, tuple[Evidence, ...]]:
    """What a part keeps of a field, and the evidence of it."""
    value = getattr(whole.task, name)
    entries = whole.task.evidence.get(name, ())
    values = value if isinstance(value, tuple) else (value,) if value is not None else ()
    kept, said = [], []
    for one in values:
        exact = [entry for entry in entries if whole.directive.text[entry.start : entry.end] == one]
        reasons = [entry for entry in exact or entries if not whole.own(entry) or _inside(entry, places)]
        if reasons or not entries:
            kept.append(one)
            said.extend(reasons)
    shown = tuple(dict.fromkeys(said))
    if isinstance(value, tuple):
        return tuple(kept), shown
    return (kept[0] if kept else None), shown


def _times(whole: _Whole, text: str, places: Sequence[Evidence]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The time of a part: all of the row's where all of it stands in the part, else what the part says itself."""
    task = whole.task
    entries = {name: task.evidence[name] for name in TIMES if name in task.evidence}
    own = [entry for found in entries.values() for entry in found if whole.own(entry)]
    here = [entry for entry in own if _inside(entry, places)]
    if len(here) == len(own):
        return {}, entries
    kept = {
        name: left
        for name, found in entries.items()
        if (left := tuple(entry for entry in found if not whole.own(entry) or _inside(entry, places)))
    }
    meta = whole.directive.meta
    when = time.combine(time.find(text, meta.date, year=meta.year, rules=whole.rules)) if here else None
    if when is not None:
        fields = {"due": when.due, "start": when.begin, "due_precision": when.precision, "cadence": when.cadence}
        fields |= {"rrule": when.rrule, "due_text": text[when.start : when.end]}
        said = {name: kept.get(name) or tuple(dict.fromkeys(here)) for name, value in fields.items() if value}
        return {**fields, "milestones": ()}, said
    if any(not whole.own(entry) for found in entries.values() for entry in found):
        return {}, kept
    return dict.fromkeys(TIMES) | {"cadence": (), "milestones": ()}, {}


def _inside(entry: Evidence, places: Iterable[Evidence]) -> bool:
    return any(place.start < entry.end and entry.start < place.end for place in places)


# ── merge ──────────────────────────────────────────────────────────────────────────────────


def merged(tasks: Sequence[Task]) -> Task:
    """The first of the rows with what all of them say: words joined, bodies together, the last of the days."""
    first = tasks[0]
    gone = {task.id for task in tasks}
    days = [task.due for task in tasks if task.due is not None]
    latest = max(days, default=None)
    last = next((task for task in tasks if task.due == latest), first)
    lead = _union(task.lead for task in tasks)
    return replace(
        first,
        text=" ".join(dict.fromkeys(task.text for task in tasks)),
        parent=next((task.parent for task in tasks if task.parent not in gone), None),
        lead=lead,
        coordinating=tuple(name for name in _union(task.coordinating for task in tasks) if name not in lead),
        report_to=_union(task.report_to for task in tasks),
        quantity=_union(task.quantity for task in tasks),
        cadence=_union(task.cadence for task in tasks),
        due=last.due,
        due_precision=last.due_precision or next((t.due_precision for t in tasks if t.due_precision), None),
        start=min((task.start for task in tasks if task.start is not None), default=None),
        due_text=_joined(task.due_text for task in tasks),
        rrule=next((task.rrule for task in tasks if task.rrule), None),
        milestones=_union(task.milestones for task in tasks),
        deliverable=_joined(task.deliverable for task in tasks),
        urgency=next((task.urgency for task in tasks if task.urgency), None),
        related=tuple(other for other in _union(task.related for task in tasks) if other not in gone),
        units=_union(task.units for task in tasks),
        confidence=min(task.confidence for task in tasks),
        review=_union(task.review for task in tasks),
        evidence=_together(task.evidence for task in tasks),
    )


def _union(groups: Iterable[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))


def _joined(values: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(value for value in values if value)) or None


def _together(all_evidence: Iterable[Mapping[str, tuple[Evidence, ...]]]) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, list[Evidence]] = {}
    for evidence in all_evidence:
        for name, entries in evidence.items():
            found.setdefault(name, []).extend(entries)
    return {name: tuple(dict.fromkeys(entries)) for name, entries in found.items()}
