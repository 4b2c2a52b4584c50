"""Whether two bodies of different levels answer for the same work: rules/spheres.yaml, and a body's own counterpart.

Sở Tư pháp in the province answers to Văn phòng HĐND và UBND in the commune, Công an tỉnh to Công an xã.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from pipeline.model import Task, UnitMention
from pipeline.ruleset import Ruleset
from pipeline.units import directory
from pipeline.units.directory import LEVELS

__all__ = ["Spheres", "spheres"]

# The committee and the council of a level act through all their bodies, so that each of them answers for them.
_WHOLE = frozenset(("ubnd", "hdnd", "cap-uy", "ban-thuong-vu", "thuong-truc", "thuong-truc-hdnd"))


class Spheres:
    """The spheres of bodies, by the id of the directory without level and place."""

    def __init__(self, rules: Ruleset) -> None:
        self._bodies = directory(rules).bodies
        self._of: defaultdict[str, set[str]] = defaultdict(set)
        for rule in rules["spheres"]:
            for body in rule["bodies"]:
                self._of[body].add(rule.id)

    def body(self, unit: UnitMention) -> str | None:
        """The body of a mention, without level and place; None where the directory does not know it."""
        return next(iter(self._chain(unit)), None)

    def _chain(self, unit: UnitMention) -> list[str]:
        """The bodies of a mention from the part to the whole: the police of a chi bộ Công an."""
        return [part for part in (unit.canonical or "").split("/") if part in self._bodies]

    def level(self, unit: UnitMention) -> str | None:
        """The level that a mention names; None for one that leaves it to its document."""
        return next((part for part in (unit.canonical or "").split("/") if part in LEVELS), None)

    def of(self, body: str) -> frozenset[str]:
        """What a body stands for: its spheres, and itself."""
        return frozenset((*self._of.get(body, ()), body))

    def leads(self, task: Task) -> tuple[frozenset[str], ...]:
        """What each lead of a task stands for; nothing for one that is not known."""
        found = (self._chain(unit) for unit in task.units if unit.role == "lead")
        return tuple(frozenset().union(*map(self.of, _answering(chain))) for chain in found if chain)

    def reported_to(self, task: Task) -> frozenset[str]:
        """The bodies that a task is reported to; those that are not known by the words of their names."""
        return frozenset(self.body(unit) or unit.name.lower() for unit in task.units if unit.role == "report_to")

    def answers(self, parent: Task, row: Task) -> bool | None:
        """Whether a row's lead is of the sphere of the parent's; None where one is not known, or stands for all."""
        first, second = self.leads(parent), self.leads(row)
        if not first or not second or any(stands & _WHOLE for stands in (*first, *second)):
            return None
        return any(one & other for one in first for other in second)


def _answering(chain: list[str]) -> list[str]:
    """Those of a chain that say what the body is for: a room of a committee is no whole committee."""
    parts = [body for body in chain if body not in _WHOLE]
    return parts or chain


@lru_cache(maxsize=4)
def spheres(rules: Ruleset) -> Spheres:
    """The spheres of a rule set, made once."""
    return Spheres(rules)
