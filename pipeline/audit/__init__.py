"""The "6 rõ" report: which tasks of a plan leave open who, what, when, who answers, who decides, and what comes out.

    criteria  the six questions put to one task
    wording   the questions and what a task lacks, in words

`as_json` has the answers for programs, `pipeline.audit_report` on a terminal, `pipeline.export` in a workbook.

docs/audit.md says in plain words when each question counts as answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.audit.criteria import CRITERIA, Clarity, Lack, examine
from pipeline.extract.lexicon import forget_tokens
from pipeline.model import Directive
from pipeline.ruleset import Ruleset

__all__ = ["CRITERIA", "Audit", "Clarity", "Lack", "Tally", "as_json", "audit", "tally"]


@dataclass(frozen=True, slots=True)
class Audit:
    """A document with the answers of each of its tasks, in their order."""

    directive: Directive
    rows: tuple[Clarity, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many tasks each question is answered, and of how many all six; `several_leads` counts the shared ones."""

    tasks: int
    clear: Counter[str]
    all_six: int
    several_leads: int

    def share(self, criterion: str) -> float | None:
        """The share of the tasks that answer a question, None without a task."""
        return self.clear[criterion] / self.tasks if self.tasks else None

    @property
    def share_of_all_six(self) -> float | None:
        """The share of the tasks that answer all six."""
        return self.all_six / self.tasks if self.tasks else None


def audit(directives: Iterable[Directive], rules: Ruleset) -> list[Audit]:
    """Puts the six questions to every task of every document that was read."""
    audits = [
        Audit(directive, tuple(examine(task, rules) for task in directive.tasks))
        for directive in directives
        if directive.status != "failed"
    ]
    forget_tokens()
    return audits


def tally(audits: Sequence[Audit]) -> Tally:
    """The answers of one document or of many, counted."""
    rows = [row for one in audits for row in one.rows]
    return Tally(
        tasks=len(rows),
        clear=Counter(criterion for row in rows for criterion in CRITERIA if row.clear(criterion)),
        all_six=sum(not row.lacks for row in rows),
        several_leads=sum(Lack("responsibility", "several-leads") in row.lacks for row in rows),
    )


def as_json(audits: Sequence[Audit]) -> dict[str, Any]:
    """The report as plain dicts and lists."""
    return {
        "total": _tally(tally(audits)),
        "documents": [
            {
                "document": one.directive.document,
                **_tally(tally([one])),
                "rows": [
                    {
                        "id": row.task.id,
                        "section": row.task.section,
                        "page": row.task.page,
                        "text": row.task.text,
                        "lead": list(row.task.lead),
                        "lacks": [{"criterion": lack.criterion, "code": lack.code} for lack in row.lacks],
                    }
                    for row in one.rows
                ],
            }
            for one in audits
        ],
    }


def _tally(found: Tally) -> dict[str, Any]:
    return {
        "tasks": found.tasks,
        "clear": {criterion: found.clear[criterion] for criterion in CRITERIA},
        "all_six": found.all_six,
        "several_leads": found.several_leads,
    }
