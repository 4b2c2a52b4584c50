"""A family's tasks compared: each plan against the parent's tasks, or all plans against the union of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import replace

from pipeline.compare.alignment import align
from pipeline.compare.content import Content, Reader, short_forms
from pipeline.compare.judging import Judge
from pipeline.compare.leads import Alive, concerns
from pipeline.compare.likeness import Weights, scores, side
from pipeline.compare.model import (
    ADDED,
    MISSING,
    Answer,
    Comparison,
    Family,
    Finding,
    Link,
    Member,
    PlanColumn,
    Reference,
)
from pipeline.compare.portions import Portions
from pipeline.compare.spheres import Spheres, spheres
from pipeline.model import Task
from pipeline.ruleset import Ruleset

__all__ = ["against_parent", "union"]


def against_parent(
    family: Family, parent: Member, rules: Ruleset, strangers: Collection[str] = frozenset()
) -> Comparison:
    """Each plan against the tasks of the parent. The work for one plan does not depend on the others.

    `strangers` are the documents among the plans that do not cite the parent.
    """
    matcher = _Matcher(parent, parent.directive.tasks, [parent] * len(parent.directive.tasks), rules)
    columns = tuple(
        _column(plan, parent, matcher, rules, strange=plan.document in strangers) for plan in family.plans
    )
    homes = (parent.document,) * len(matcher.tasks)
    return Comparison(family, matcher.tasks, columns, homes)


def _column(plan: Member, parent: Member, matcher: _Matcher, rules: Ruleset, *, strange: bool) -> PlanColumn:
    links = matcher.links(plan, strange=strange)
    linked = {link.row.id for link in links}
    added = tuple(
        Finding(ADDED, None, (task,), "", task.text) for task in plan.directive.tasks if task.id not in linked
    )
    days = _days(parent.directive.meta.date, plan)
    return PlanColumn(plan, matcher.answers(plan, links, Alive(plan, rules)), added, days)


def _days(parent: dt.date | None, plan: Member) -> int | None:
    """The days from the parent's date, its own or the one that it is cited with, to the plan's."""
    own = plan.directive.meta.date
    return (own - parent).days if parent and own else None


def union(family: Family, rules: Ruleset) -> Comparison:
    """All plans against the union of their tasks; a task stands in the words of the first plan that has it.

    The plan with most tasks begins; each further plan is aligned with what is there, and adds what it has alone.
    """
    order = sorted(family.plans, key=lambda plan: -len(plan.directive.tasks))
    tasks: list[Task] = []
    homes: list[Member] = []
    found: dict[str, list[Link]] = {}
    for plan in order:
        links = _Matcher(plan, tuple(tasks), homes, rules).links(plan) if tasks else ()
        linked = {link.row.id for link in links}
        alone = [task for task in plan.directive.tasks if task.id not in linked]
        found[plan.document] = [*links, *(Link(task, task, 1.0) for task in alone)]
        tasks += alone
        homes += [plan] * len(alone)
    matcher = _Matcher(order[0], tuple(tasks), homes, rules)
    columns = tuple(
        _union_column(plan, matcher, homes, found[plan.document], family.reference, rules) for plan in family.plans
    )
    return Comparison(family, tuple(tasks), columns, tuple(home.document for home in homes))


def _union_column(
    plan: Member,
    matcher: _Matcher,
    homes: Sequence[Member],
    found: Sequence[Link],
    reference: Reference | None,
    rules: Ruleset,
) -> PlanColumn:
    matcher.read(plan)
    answers = matcher.answers(plan, found, Alive(plan, rules))
    own = {task.id for task, home in zip(matcher.tasks, homes, strict=True) if home is plan}
    said = tuple(_said_once(answer, answer.parent.id in own) for answer in answers)
    return PlanColumn(plan, said, days=_days(reference.date if reference is not None else None, plan))


def _said_once(answer: Answer, own: bool) -> Answer:
    """In a union nobody is asked for a task, so that none is for another level; a task is not compared with itself."""
    findings = answer.findings[:1] if own else answer.findings
    if not answer.links:
        return replace(answer, status=MISSING, findings=(Finding(MISSING, answer.parent),))
    return replace(answer, findings=findings)


class _Matcher:
    """The parent's side of a comparison, made once for all plans. `homes` are the documents that the tasks are of."""

    def __init__(self, parent: Member, tasks: tuple[Task, ...], homes: Sequence[Member], rules: Ruleset) -> None:
        self.tasks = tasks
        self._texts = {task.id: home.directive.text for task, home in zip(tasks, homes, strict=True)}
        self._rules = rules
        self._bodies: Spheres = spheres(rules)
        self._title = parent.directive.meta.title or ""
        self._short = short_forms(parent.directive)
        reader = Reader(rules, self._short, self._title)
        contents = [reader.task(task) for task in tasks]
        self._weights = Weights(contents)
        self._side = side(tasks, contents, self._weights)
        self._portions = Portions(tasks, contents, self._weights, reader)
        self._rows: Mapping[str, Content] = {}

    def read(self, plan: Member) -> Reader:
        """Reads the contents of a plan's rows, which its answers are judged by."""
        reader = Reader(self._rules, {**self._short, **short_forms(plan.directive)}, self._title)
        self._rows = {row.id: reader.task(row) for row in plan.directive.tasks}
        return reader

    def links(self, plan: Member, *, strange: bool = False) -> tuple[Link, ...]:
        """The links of a plan to the tasks; `strange` where it does not cite the document that they are of."""
        rows = plan.directive.tasks
        reader = self.read(plan)
        contents = [self._rows[row.id] for row in rows]
        titles = {section.path: reader.text(section.title).terms for section in plan.directive.sections}
        headings = [heading_of(row.section, titles) for row in rows]
        other = side(rows, contents, self._weights, headings, titles)
        if not self.tasks or not rows:
            return ()
        concerned = [concerns(task, plan.issuer, self._bodies) for task in self.tasks]
        return align(self._side, other, scores(self._side, other, self._bodies, concerned), strangers=strange)

    def answers(self, plan: Member, links: Sequence[Link], alive: Alive) -> tuple[Answer, ...]:
        """What a plan makes of each task; `links` are those of this plan."""
        texts = {**self._texts, **dict.fromkeys(self._rows, plan.directive.text)}
        judge = Judge(plan, self._bodies, alive, self._portions, self._rows, texts)
        of_task: dict[str, list[Link]] = {}
        for link in links:
            of_task.setdefault(link.parent.id, []).append(link)
        return tuple(judge.answer(task, of_task.get(task.id, ())) for task in self.tasks)


def heading_of(section: str, titles: Container[str]) -> str:
    """The path of the nearest heading at or above a section: II.2.8 of the task II.2.8.a; empty where there is none."""
    while section and section not in titles:
        section = section.rpartition(".")[0]
    return section
