"""Who leads a task in the plan: nobody, several, a body of another sphere, one that is no more; whom it concerns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.compare.model import Finding, Issuer, Member
from pipeline.compare.spheres import Spheres
from pipeline.model import Task
from pipeline.ruleset import Ruleset
from pipeline.units import Resolver, directory
from pipeline.units.context import context_of

__all__ = ["Alive", "concerns", "lead_findings"]

# Words that name the communes among those who do a task.
_COMMUNES = re.compile(
    r"(?:các|cấp|UBND|Ủy ban nhân dân|Đảng ủy|Công an|chính quyền)\s+(?:cấp\s+)?xã(?!\s+hội)"
    r"|xã,\s*phường|phường,\s*xã|các phường|đặc khu"
    r"|địa phương|cấp cơ sở|cấp ủy trực thuộc|các đảng ủy|các đảng bộ|hai cấp|2 cấp|các cấp",
    re.IGNORECASE,
)
# Words that name the departments of a province as a group.
_DEPARTMENTS = re.compile(r"các\s+(?:sở|ban|cơ quan)|sở,\s*(?:ban|ngành)|ban,\s*ngành", re.IGNORECASE)
_EVERYBODY = re.compile(r"(?:các|mọi)\s+cơ quan, (?:đơn vị|tổ chức), địa phương", re.IGNORECASE)


class Alive:
    """Asks whether bodies that a plan names were still there on its day."""

    def __init__(self, member: Member, rules: Ruleset) -> None:
        bodies = directory(rules)
        directive = member.directive
        self._resolver = Resolver(bodies, context_of(directive.text, directive.meta, bodies))

    def gone(self, name: str) -> bool:
        """Whether a body was no more."""
        return "unit-dissolved" in self._resolver.resolve(name).review


def lead_findings(parent: Task, rows: Sequence[Task], bodies: Spheres, alive: Alive) -> Iterator[Finding]:
    """What is to be said of the leads of the rows that carry out a task."""
    led = [row for row in rows if row.lead]
    if not led:
        yield _finding("lead-missing", parent, rows)
        return
    several = [row for row in led if len(row.lead) > 1]
    if several:
        yield _finding("lead-several", parent, several)
    answers = [bodies.answers(parent, row) for row in led]
    if all(answer is False for answer in answers):
        yield _finding("lead-other-class", parent, led)
    gone = [row for row in led if any(alive.gone(name) for name in row.lead)]
    if gone:
        yield _finding("lead-dissolved", parent, gone)


def concerns(parent: Task, issuer: Issuer, bodies: Spheres) -> bool:
    """Whether a task of the parent is for the issuer of a plan: it, or those of its level, are named; or nobody is."""
    named = [unit for unit in parent.units if unit.role in ("lead", "coordinating")]
    if not any(unit.role == "lead" for unit in named):
        return True
    words = " ; ".join((parent.text, *parent.lead, *parent.coordinating))
    if _EVERYBODY.search(words):
        return True
    if issuer.level == "tinh":
        own = any(bodies.body(unit) == issuer.body for unit in named)
        return own or _DEPARTMENTS.search(words) is not None
    if issuer.level is None:
        return True
    return _COMMUNES.search(words) is not None or any(bodies.level(unit) == issuer.level for unit in named)


def _finding(kind: str, parent: Task, rows: Sequence[Task]) -> Finding:
    said = "; ".join(dict.fromkeys(", ".join(row.lead) for row in rows if row.lead))
    return Finding(kind, parent, tuple(rows), ", ".join(parent.lead), said)
