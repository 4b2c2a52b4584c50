"""One JSON file: families, every link and finding with both quotations. `docs/schema/comparison.schema.json` tells it.

UTF-8, not escaped, keys in a fixed order, equal bytes for equal results. A line holds one task, one answer, one added
row or one standing, and the file is written as it is made: of some hundred plans it has some ten million characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.audit import CRITERIA
from pipeline.compare.model import (
    COVERAGE,
    KINDS,
    Answer,
    Comparison,
    Finding,
    Issuer,
    Link,
    Member,
    PlanColumn,
    Reference,
    Result,
)
from pipeline.export.comparison import phrases
from pipeline.export.files import Written, put
from pipeline.model import Directive, Task
from pipeline.ruleset import Ruleset

if TYPE_CHECKING:
    from pipeline.compare.ranking import Standing

__all__ = ["write"]

SCORE, SHARE = 3, 4  # digits behind the point


def write(result: Result, path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes the file over one that is there. Keys and codes are the same in every `lang`. Raises `OutputError`."""
    from pipeline.compare.ranking import ranking

    standings = [ranking(comparison, rules) for comparison in result.comparisons]
    put(path, (text.encode("utf-8", "replace") for text in _text(result, standings)))
    return Written(path)


def _text(result: Result, standings: Sequence[Sequence[Standing]]) -> Iterator[str]:
    """The file, piece by piece."""
    yield '{"families": ['
    for place, (comparison, ranked) in enumerate(zip(result.comparisons, standings, strict=True)):
        yield ",\n" if place else "\n"
        yield from _family(comparison, ranked)
    yield "\n],\n"
    yield from _list("alone", (_member(member) for member in result.alone))
    yield ",\n"
    yield from _list("remarks", ({"code": one.code, "message": one.message} for one in result.remarks))
    yield "}\n"


def _list(name: str, values: Iterable[Any]) -> Iterator[str]:
    """A list under its key, a value a line."""
    yield f'"{name}": ['
    between = "\n"
    for value in values:
        yield between + _line(value)
        between = ",\n"
    yield "]"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _family(comparison: Comparison, ranked: Sequence[Standing]) -> Iterator[str]:
    family, homes = comparison.family, phrases.homes(comparison)
    yield f'{{"reference": {_line(_reference(family.reference))},\n"top": {_line(_reference(family.top))},\n'
    yield f'"parent": {_line(family.parent and _member(family.parent))},\n'
    yield from _list("above", (_member(member) for member in family.above))
    yield ",\n"
    yield from _list("kin", (_member(member) for member in family.kin))
    yield ",\n"
    tasks = zip(comparison.tasks, homes, strict=True)
    yield from _list("tasks", (_task(number, task, home) for number, (task, home) in enumerate(tasks, start=1)))
    yield ',\n"plans": ['
    for place, column in enumerate(comparison.plans):
        yield ",\n" if place else "\n"
        yield from _plan(column, homes)
    yield "],\n"
    places = {id(column.plan): place for place, column in enumerate(comparison.plans, start=1)}
    yield from _list("ranking", (_standing(one, places[id(one.plan)]) for one in ranked))
    yield "}"


def _plan(column: PlanColumn, homes: Sequence[Directive]) -> Iterator[str]:
    """A plan: what it is, its figures, an answer to each task, what it adds."""
    plan = column.plan.directive
    figures = {
        "days": column.days,
        "coverage": _rounded(column.coverage, SHARE),
        "counts": {**{status: column.count(status) for status in COVERAGE}, "added": len(column.added)},
    }
    yield f'{{"plan": {_line(_member(column.plan))},\n'
    yield _line(figures)[1:-1] + ",\n"
    answers = zip(column.answers, homes, strict=True)
    yield from _list("answers", (_answer(number, one, home, plan) for number, (one, home) in enumerate(answers, 1)))
    yield ",\n"
    yield from _list("added", (_finding(finding, None, plan) for finding in column.added))
    yield "}"


# ── answers ────────────────────────────────────────────────────────────────────────────────


def _answer(number: int, answer: Answer, home: Directive, plan: Directive) -> dict[str, Any]:
    return {
        "task": number,
        "status": answer.status,
        "links": [_link(link, home, plan) for link in answer.links],
        "findings": [_finding(finding, home, plan) for finding in answer.findings],
    }


def _link(link: Link, home: Directive, plan: Directive) -> dict[str, Any]:
    return {
        "score": round(link.score, SCORE),
        "parts": {name: round(link.parts[name], SCORE) for name in sorted(link.parts)},
        "parent": _quoted(link.parent, home),
        "row": _quoted(link.row, plan),
    }


def _finding(finding: Finding, home: Directive | None, plan: Directive) -> dict[str, Any]:
    parent = finding.parent
    return {
        "kind": finding.kind,
        "amount": _rounded(finding.amount, SHARE),
        "parent": None if parent is None or home is None else _quoted(parent, home),
        "rows": [_quoted(row, plan) for row in finding.rows],
        "parent_says": finding.parent_says,
        "plan_says": finding.plan_says,
    }


def _quoted(task: Task, directive: Directive) -> dict[str, Any]:
    """A task with the place and the words of its document."""
    return {
        "id": task.id,
        "document": directive.document,
        "section": task.section,
        "page": task.page,
        "quote": phrases.quotation(task, directive),
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


# ── documents and tasks ────────────────────────────────────────────────────────────────────


def _task(number: int, task: Task, home: Directive) -> dict[str, Any]:
    """A task of the comparison: what is asked, and in the words of which document."""
    return {
        "number": number,
        "id": task.id,
        "document": home.document,
        "section": task.section,
        "page": task.page,
        "text": task.text,
        "lead": list(task.lead),
        "due": task.due and task.due.isoformat(),
        "due_text": task.due_text,
        "cadence": list(task.cadence),
        "deliverable": task.deliverable,
        "quantity": list(task.quantity),
    }


def _member(member: Member) -> dict[str, Any]:
    meta = member.directive.meta
    return {
        "document": member.document,
        "sha256": member.directive.sha256,
        "type": meta.type,
        "number": meta.number,
        "date": meta.date and meta.date.isoformat(),
        "title": meta.title,
        "issuer": _issuer(member.issuer),
        "implements": [_reference(one) for one in member.implements],
        "versions": list(member.versions),
        "tasks": len(member.directive.tasks),
    }


def _issuer(issuer: Issuer) -> dict[str, Any]:
    return {
        "name": issuer.name,
        "body": issuer.body,
        "level": issuer.level,
        "commune": issuer.commune,
        "province": issuer.province,
    }


def _reference(reference: Reference | None) -> dict[str, Any] | None:
    if reference is None:
        return None
    return {
        "number": reference.number,
        "date": reference.date and reference.date.isoformat(),
        "issuer": reference.issuer,
        "title": reference.title,
        "level": reference.level,
        "province": reference.province,
        "below": reference.below,
        "quote": reference.quote,
    }


def _standing(standing: Standing, place: int) -> dict[str, Any]:
    """A plan in the ranking; `plan` is its place among the plans of the family, from 1."""
    clarity = standing.clarity
    return {
        "plan": place,
        "document": standing.plan.document,
        "coverage": _rounded(standing.coverage, SHARE),
        "kinds": {kind: standing.kinds[kind] for kind in KINDS},
        "tasks": standing.tasks,
        "lead": _rounded(standing.lead, SHARE),
        "due": _rounded(standing.due, SHARE),
        "product": _rounded(standing.product, SHARE),
        "clear": {criterion: clarity.clear[criterion] for criterion in CRITERIA},
        "all_six": clarity.all_six,
    }
