"""The plans of a comparison in order: who took over most, with the completeness of the plan's own tasks beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.audit import Tally, audit, tally
from pipeline.compare.model import ADDED, Comparison, Member, PlanColumn
from pipeline.model import Task
from pipeline.ruleset import Ruleset

__all__ = ["Standing", "ranking"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan's place. `coverage` is the share of the applicable tasks taken over (see `PlanColumn.coverage`).

    `kinds` counts its findings by kind. `lead`, `due` and `product` are the shares of the plan's own tasks that
    name who leads, when (a date, a rate or words for it), and what comes out, None without a task; `clarity`
    are its "6 rõ" figures.
    """

    plan: Member
    coverage: float | None
    kinds: Counter[str]
    tasks: int
    lead: float | None
    due: float | None
    product: float | None
    clarity: Tally

    @property
    def added(self) -> int:
        """How many of its tasks no task of the parent asks for."""
        return self.kinds[ADDED]

    @property
    def later(self) -> int:
        """Of how many tasks the deadline is later, or gone."""
        return self.kinds["deadline-later"] + self.kinds["deadline-lost"]


def ranking(comparison: Comparison, rules: Ruleset) -> tuple[Standing, ...]:
    """The plans, the best coverage first; of equals the one with fewer later or lost deadlines, then by name."""
    standings = [_standing(column, rules) for column in comparison.plans]
    return tuple(sorted(standings, key=_order))


def _order(standing: Standing) -> tuple[float, int, str]:
    return -(standing.coverage if standing.coverage is not None else -1.0), standing.later, standing.plan.document


def _standing(column: PlanColumn, rules: Ruleset) -> Standing:
    tasks = column.plan.directive.tasks
    return Standing(
        plan=column.plan,
        coverage=column.coverage,
        kinds=Counter(finding.kind for finding in column.findings),
        tasks=len(tasks),
        lead=_share(tasks, [bool(task.lead) for task in tasks]),
        due=_share(tasks, [bool(task.due or task.cadence or task.rrule or task.due_text) for task in tasks]),
        product=_share(tasks, [bool(task.deliverable) for task in tasks]),
        clarity=tally(audit([column.plan.directive], rules)),
    )


def _share(tasks: Sequence[Task], having: Sequence[bool]) -> float | None:
    return sum(having) / len(tasks) if tasks else None
