"""The nouns of a family's evaluation: counts and shares, mistakes, and all of them of one comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["VALUES", "Counted", "FamilyEvaluation", "FamilyMistake", "Share"]

VALUES = ("parent", "top", "body", "level", "commune", "province", "days")
"""What is asked of each document: what it implements, who issued it, how many days after its parent."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are, how many were given, how many of those are right."""

    gold: int
    given: int
    right: int

    @property
    def precision(self) -> float | None:
        """The share of the given ones that are right."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """The share of what there is that was given."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, None where there is nothing to find and nothing was given."""
        return 2 * self.right / (self.gold + self.given) if self.gold + self.given else None


@dataclass(frozen=True, slots=True)
class Share:
    """How many documents have a value right, of those that it was asked of."""

    of: int
    right: int


@dataclass(frozen=True, slots=True)
class FamilyMistake:
    """One thing that differs. `sort` is missed, false or wrong.

    `what` is family, one of `VALUES`, link, a kind of finding or union. Of a wrong value `wanted` and `given` are told;
    of all others `parent` and `plan` are the quotations of both sides (of a union: of both rows). `amount` is the score
    of a false link and the measure of a false finding.
    """

    document: str
    sort: str
    what: str
    wanted: str = ""
    given: str = ""
    parent: str = ""
    plan: str = ""
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class FamilyEvaluation:
    """A comparison measured; None for what the gold has no table of.

    `families` counts parents, `members` plans in them. `findings` has every kind that was to be found or was given, in
    their usual order. `unread` are words of the gold, with their document, that begin no task of the comparison.
    """

    documents: int
    families: Counted
    members: Counted
    values: Mapping[str, Share]
    links: Counted | None
    findings: Mapping[str, Counted] | None
    union: Counted | None
    mistakes: tuple[FamilyMistake, ...]
    unread: tuple[tuple[str, str], ...]

    @property
    def all_findings(self) -> Counted | None:
        """The findings of all kinds together."""
        if self.findings is None:
            return None
        counts = self.findings.values()
        return Counted(sum(c.gold for c in counts), sum(c.given for c in counts), sum(c.right for c in counts))

    @property
    def by_kind(self) -> float | None:
        """The mean of the kinds' F1: here a rare kind weighs as much as coverage, which every task has."""
        shares = [counted.f1 for counted in (self.findings or {}).values() if counted.f1 is not None]
        return sum(shares) / len(shares) if shares else None
