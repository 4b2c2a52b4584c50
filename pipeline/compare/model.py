"""The nouns of a comparison, in the order in which it makes them.

    Directive → Member (who issued it, what it implements) → Family (parent, plans) → Comparison (one plan a column)

All types are frozen. Tasks are those of the directives; a finding keeps the tasks that it was read from on both sides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model import Directive, Task, Warning

__all__ = [
    "ADDED", "COVERAGE", "COVERED", "KINDS", "MISSING", "NOT_APPLICABLE", "PARTLY", "Answer", "Comparison", "Family",
    "Finding", "Issuer", "Link", "Member", "PlanColumn", "Reference", "Result",
]  # fmt: skip

# ── what can be said of a parent's task in a plan ──────────────────────────────────────────

COVERED, PARTLY, MISSING, NOT_APPLICABLE, ADDED = "covered", "partly", "missing", "not-applicable", "added"
COVERAGE = (COVERED, PARTLY, MISSING, NOT_APPLICABLE)
"""Exactly one for each task of the parent in each plan; `ADDED` is said of a plan's task instead."""

KINDS = (
    *COVERAGE, ADDED,
    "deadline-earlier", "deadline-equal", "deadline-later", "deadline-lost", "deadline-added", "deadline-kind",
    "deadline-less-precise",
    "cadence-weaker", "cadence-stronger",
    "number-lower", "number-higher", "number-lost",
    "lead-missing", "lead-several", "lead-other-class", "lead-dissolved",
    "product-lost",
    "copied",
)  # fmt: skip
"""Every kind of finding, in the order in which they are shown."""


# ── families ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a document. `body` is the id of the directory without level and place (ubnd, cap-uy, so-tu-phap).

    `level` is one of tw, tinh, huyen, khu-vuc, xa, co-so, thon; `commune` and `province` are names as written, without
    the word for their kind. None: the document does not say.
    """

    name: str | None = None
    body: str | None = None
    level: str | None = None
    commune: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that another one implements. `quote` are the words that cite it.

    `below` is the number of the one that is named as implementing it in its turn (“Kế hoạch 12 về triển khai
    Chỉ thị 40”).
    """

    number: str | None
    date: dt.date | None = None
    issuer: str | None = None
    title: str | None = None
    level: str | None = None
    province: str | None = None
    quote: str = ""
    below: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A document in a comparison: who issued it, and what it implements, the nearest first, the topmost last.

    `versions` are the names of other files that are older versions, or copies, of it; they are not compared.
    """

    directive: Directive
    issuer: Issuer = Issuer()
    implements: tuple[Reference, ...] = ()
    versions: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """The name of its file."""
        return self.directive.document

    @property
    def label(self) -> str:
        """What a column is headed with: the issuer where it is known, else the file."""
        return self.issuer.name or self.document


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that implement the same. `parent` is the direct parent at hand, None where it is only cited.

    `reference` says what the plans cite as their direct parent, `top` what stands at the head of the chain. `above` are
    further documents at hand that stand above the plans; `kin` are those that implement one of the same documents and
    have no plan beside them to be compared with.
    """

    reference: Reference | None
    top: Reference | None
    parent: Member | None
    plans: tuple[Member, ...]
    above: tuple[Member, ...] = ()
    kin: tuple[Member, ...] = ()


# ── tasks against tasks ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Link:
    """A plan's row that carries out a task of the parent, or a part of it. `score` is 0..1, `parts` what it is of."""

    parent: Task
    row: Task
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that can be said of a parent's task in a plan (or of a plan's own task), with both sources.

    `parent_says` and `plan_says` are the words that the finding was read from, empty where there are none. `amount` is
    its measure where it has one: days later (earlier: below 0) for deadlines, the share for ``copied`` and ``partly``,
    and for numbers by how much the plan's is higher (lower: below 0).
    """

    kind: str
    parent: Task | None
    rows: tuple[Task, ...] = ()
    parent_says: str = ""
    plan_says: str = ""
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a plan makes of one task of the parent. `findings` begin with the coverage."""

    parent: Task
    status: str
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def rows(self) -> tuple[Task, ...]:
        """The plan's rows that carry it out, the most alike first."""
        return tuple(link.row for link in self.links)


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A plan against the tasks of a comparison: `answers` in their order, and what the plan adds.

    `days` are those from the parent's date to the plan's, None where one of them is not known.
    """

    plan: Member
    answers: tuple[Answer, ...]
    added: tuple[Finding, ...] = ()
    days: int | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings: by task of the parent, then what was added."""
        return (*(finding for answer in self.answers for finding in answer.findings), *self.added)

    def count(self, status: str) -> int:
        """How many of the parent's tasks have that status."""
        return sum(answer.status == status for answer in self.answers)

    @property
    def coverage(self) -> float | None:
        """The share of the applicable tasks that are taken over, a part counting half; None without one."""
        applicable = len(self.answers) - self.count(NOT_APPLICABLE)
        return (self.count(COVERED) + self.count(PARTLY) / 2) / applicable if applicable else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A family compared. `tasks` are the parent's, or without a parent the union of those of the plans.

    In a union a task stands in the words of the first plan that has it; `homes` names that plan's document for each.
    """

    family: Family
    tasks: tuple[Task, ...]
    plans: tuple[PlanColumn, ...]
    homes: tuple[str, ...]

    @property
    def parent(self) -> Member | None:
        """The document that the tasks are of, None for a union."""
        return self.family.parent


@dataclass(frozen=True, slots=True)
class Result:
    """All families that were found, the documents of none, and what the user should know."""

    comparisons: tuple[Comparison, ...]
    alone: tuple[Member, ...] = ()
    remarks: tuple[Warning, ...] = ()
