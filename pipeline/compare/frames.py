"""A comparison as pandas DataFrames, for analysts: `pipeline.compare.coverage(directives)` and its neighbours.

Each function takes directives, and compares them, or a `Result` of `compare`, so that nothing is computed twice. Texts
are of the type string, dates datetime64 (in seconds), counts Int64, and what has an order is an ordered categorical. Of
what there may be several, a cell holds a tuple: ``frame.explode("plan_lead")`` gives a row for each. Each table has the
columns of `COLUMNS`. All need the extra ``analysis`` (pandas); comparing needs ``compare``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline import ruleset
from pipeline.audit import CRITERIA
from pipeline.compare.columns import table
from pipeline.compare.extras import need
from pipeline.compare.frame_columns import CADENCES, COLUMNS, DEADLINES, LEADS, NUMBERS
from pipeline.compare.model import (
    KINDS,
    Answer,
    Comparison,
    Family,
    Finding,
    Issuer,
    Member,
    PlanColumn,
    Reference,
    Result,
)
from pipeline.compare.ranking import Standing, ranking
from pipeline.compare.task_frames import sources, tasks, workload
from pipeline.compare.wording import KIND_NAMES
from pipeline.errors import UsageError
from pipeline.model import Directive, Task
from pipeline.ruleset import Ruleset

if TYPE_CHECKING:
    import pandas

__all__ = ["COLUMNS", "coverage", "families", "findings", "links", "sources", "standings", "tasks", "workload"]

Row = dict[str, Any]
Compared = Iterable[Directive] | Result


def coverage(source: Compared, parent: Directive | None = None, rules: Ruleset | None = None) -> pandas.DataFrame:
    """One row for each task of a parent in each of its plans: what the plan makes of it, and what changed.

    ``frame.pivot(index="parent_id", columns="plan", values="status")`` of one family is the matrix. Raises `UsageError`
    where a library is not installed, or where a result is given together with a parent.
    """
    return table(
        COLUMNS["coverage"],
        (
            {**where, **_parent(answer.parent, home), **_asked(answer.parent), **plan, **_answer(column, answer)}
            for comparison, column, where, plan in _columns(_result(source, parent, rules))
            for answer, home in zip(column.answers, comparison.homes, strict=True)
        ),
    )


def links(source: Compared, parent: Directive | None = None, rules: Ruleset | None = None) -> pandas.DataFrame:
    """One row for each link: a plan's row that carries out a task of the parent, or a part of it."""
    return table(
        COLUMNS["links"],
        (
            {**where, **_parent(answer.parent, home), **plan, **_one(link.row), "score": link.score}
            for comparison, column, where, plan in _columns(_result(source, parent, rules))
            for answer, home in zip(column.answers, comparison.homes, strict=True)
            for link in answer.links
        ),
    )


def findings(source: Compared, parent: Directive | None = None, rules: Ruleset | None = None) -> pandas.DataFrame:
    """One row for each finding, with the words of both sides; the parent's columns are empty for what a plan adds."""
    return table(
        COLUMNS["findings"],
        (
            {**where, **_parent(finding.parent, home), **plan, **_finding(finding)}
            for comparison, column, where, plan in _columns(_result(source, parent, rules))
            for finding, home in _found(comparison, column)
        ),
    )


def families(source: Compared, parent: Directive | None = None, rules: Ruleset | None = None) -> pandas.DataFrame:
    """One row for each document in each family that it is of, and one for each document of none."""
    result = _result(source, parent, rules)
    rows: list[Row] = []
    for name, comparison in _named(result):
        where = {"family": name, "union": comparison.parent is None, "top": _cited(comparison.family.top)}
        days = {id(column.plan): column.days for column in comparison.plans}
        rows += [{**where, "role": role, **_member(one, days.get(id(one)))} for role, one in _roles(comparison.family)]
    nowhere = {"family": None, "union": False, "top": None, "role": "alone"}
    rows += [{**nowhere, **_member(one, None)} for one in result.alone]
    return table(COLUMNS["families"], rows)


def standings(source: Compared, parent: Directive | None = None, rules: Ruleset | None = None) -> pandas.DataFrame:
    """One row for each plan, the best coverage of its family first, with the completeness of its tasks and “6 rõ”."""
    loaded = rules or ruleset.load()
    rows: list[Row] = []
    for name, comparison in _named(_result(source, parent, loaded)):
        plans = {id(column.plan): (column, plan) for _, column, _, plan in _plans(name, comparison)}
        for place, standing in enumerate(ranking(comparison, loaded), start=1):
            column, plan = plans[id(standing.plan)]
            where = {"family": name, "union": comparison.parent is None, "place": place, "plan_days": column.days}
            rows.append({**where, **plan, **_standing(standing)})
    return table(COLUMNS["standings"], rows)


# ── which comparison, which plan ───────────────────────────────────────────────────────────


def _result(source: Compared, parent: Directive | None, rules: Ruleset | None) -> Result:
    need("analysis", "pandas")  # before documents are compared for nothing
    if not isinstance(source, Result):
        from pipeline.compare import compare

        return compare(source, parent, rules)
    if parent is not None:
        message = "Kết quả so sánh đã có văn bản cấp trên. Hãy bỏ parent, hoặc đưa vào các văn bản thay cho kết quả."
        raise UsageError("parent-unused", message, parent.document)
    return source


def _named(result: Result) -> Iterator[tuple[str, Comparison]]:
    """The comparisons, each with a name of its own: two provinces may have a plan of the same number."""
    seen: Counter[str] = Counter()
    for comparison in result.comparisons:
        family = comparison.family
        own = family.parent.directive.meta.number or family.parent.document if family.parent else None
        name = own or _cited(family.reference) or comparison.plans[0].plan.document
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})", comparison


def _columns(result: Result) -> Iterator[tuple[Comparison, PlanColumn, Row, Row]]:
    for name, comparison in _named(result):
        yield from _plans(name, comparison)


def _plans(name: str, comparison: Comparison) -> Iterator[tuple[Comparison, PlanColumn, Row, Row]]:
    where = {"family": name, "union": comparison.parent is None}
    for column, plan in zip(comparison.plans, _names(comparison), strict=True):
        member = column.plan
        yield comparison, column, where, {"plan": plan, "plan_document": member.document, **_issuer(member.issuer)}


def _names(comparison: Comparison) -> list[str]:
    """The shortest name of each plan that no other one has: Party and government of a commune share its name."""
    members = [column.plan for column in comparison.plans]
    longer = [[one.issuer.commune or one.label, one.label, one.document] for one in members]
    often = [Counter(names) for names in zip(*longer, strict=True)]
    return [
        next((name for name, count in zip(names, often, strict=True) if count[name] == 1), names[-1])
        for names in longer
    ]


def _found(comparison: Comparison, column: PlanColumn) -> Iterator[tuple[Finding, str | None]]:
    for answer, home in zip(column.answers, comparison.homes, strict=True):
        yield from ((finding, home) for finding in answer.findings)
    yield from ((finding, None) for finding in column.added)


def _roles(family: Family) -> Iterator[tuple[str, Member]]:
    yield from (("above", member) for member in family.above)
    yield from (("kin", member) for member in family.kin)
    if family.parent is not None:
        yield "parent", family.parent
    yield from (("plan", member) for member in family.plans)


# ── what a row says ────────────────────────────────────────────────────────────────────────


def _issuer(issuer: Issuer) -> Row:
    return {
        "issuer": issuer.name,
        "body": issuer.body,
        "level": issuer.level,
        "commune": issuer.commune,
        "province": issuer.province,
    }


def _parent(task: Task | None, home: str | None) -> Row:
    return {
        "parent_document": home,
        "parent_id": task and task.id,
        "parent_section": task and task.section,
        "parent_page": task and task.page,
        "parent_text": task and task.text,
    }


def _asked(task: Task) -> Row:
    return {
        "parent_kind": task.kind,
        "parent_lead": task.lead,
        "parent_due": task.due,
        "parent_due_text": task.due_text,
        "parent_cadence": task.cadence,
        "parent_quantity": task.quantity,
        "parent_product": task.deliverable,
    }


def _one(row: Task) -> Row:
    return {"plan_id": row.id, "plan_section": row.section, "plan_page": row.page, "plan_text": row.text}


def _many(rows: Sequence[Task]) -> Row:
    return {
        "plan_ids": [row.id for row in rows],
        "plan_sections": [row.section for row in rows],
        "plan_pages": [row.page for row in rows],
        "plan_text": " / ".join(row.text for row in rows) or None,
    }


def _answer(column: PlanColumn, answer: Answer) -> Row:
    rows, by_kind = answer.rows, {finding.kind: finding for finding in answer.findings}
    deadline = _said(by_kind, "deadline", DEADLINES)
    part, copied = by_kind.get("partly"), by_kind.get("copied")
    return {
        "plan_date": column.plan.directive.meta.date,
        "plan_days": column.days,
        "status": answer.status,
        "share": part and part.amount,
        "score": max((link.score for link in answer.links), default=None),
        "rows": len(rows),
        **_many(rows),
        "plan_lead": dict.fromkeys(name for row in rows for name in row.lead),
        "plan_due": max((row.due for row in rows if row.due), default=None),
        "plan_due_text": "; ".join(dict.fromkeys(row.due_text for row in rows if row.due_text)) or None,
        "plan_cadence": dict.fromkeys(code for row in rows for code in row.cadence),
        "plan_quantity": dict.fromkeys(words for row in rows for words in row.quantity),
        "plan_product": "; ".join(dict.fromkeys(row.deliverable for row in rows if row.deliverable)) or None,
        "deadline": deadline,
        "days": by_kind[f"deadline-{deadline}"].amount if deadline else None,
        "less_precise": "deadline-less-precise" in by_kind,
        "cadence": _said(by_kind, "cadence", CADENCES),
        "number": _said(by_kind, "number", NUMBERS),
        "lead_finding": _said(by_kind, "lead", LEADS),
        "product": _said(by_kind, "product", ("lost",)),
        "copied": copied and copied.amount,
    }


def _said(by_kind: dict[str, Finding], side: str, values: Sequence[str]) -> str | None:
    """The first of the values that was found of one side of a task."""
    return next((value for value in values if f"{side}-{value}" in by_kind), None)


def _finding(finding: Finding) -> Row:
    return {
        "kind": finding.kind,
        "name": KIND_NAMES["vi"][finding.kind],
        **_many(finding.rows),
        "parent_says": finding.parent_says or None,
        "plan_says": finding.plan_says or None,
        "amount": finding.amount,
    }


def _member(member: Member, days: int | None) -> Row:
    meta = member.directive.meta
    return {
        "document": member.document,
        "type": meta.type,
        "number": meta.number,
        "date": meta.date,
        "title": meta.title,
        **_issuer(member.issuer),
        "implements": [_cited(reference) or "" for reference in member.implements],
        "quote": member.implements[0].quote if member.implements else None,
        "days": days,
        "tasks": len(member.directive.tasks),
        "versions": member.versions,
    }


def _cited(reference: Reference | None) -> str | None:
    return (reference.number or reference.title or reference.quote or None) if reference else None


def _standing(standing: Standing) -> Row:
    return {
        "coverage": standing.coverage,
        **{kind.replace("-", "_"): standing.kinds[kind] for kind in KINDS},
        "tasks": standing.tasks,
        "lead": standing.lead,
        "due": standing.due,
        "product": standing.product,
        **{f"clear_{name}": standing.clarity.share(name) for name in CRITERIA},
        "clear_all": standing.clarity.share_of_all_six,
    }
