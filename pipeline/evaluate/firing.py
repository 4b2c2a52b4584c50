"""Which rule fired how often, and how often what it read was right, from the evidence of the predictions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.evaluate.judging import Judged
from pipeline.evaluate.likeness import FIELDS, right

__all__ = ["Firing", "firings"]


@dataclass(slots=True)
class Firing:
    """A rule and a field that it filled: in how many rows, how often right, and how many of the rows are no task."""

    rule: str
    field: str
    fired: int = 0
    right: int = 0
    no_task: int = 0

    @property
    def wrong(self) -> int:
        """How often the field is wrong, or the row is no task."""
        return self.fired - self.right


def firings(documents: Iterable[Judged]) -> list[Firing]:
    """One entry for each rule and field, those that are most often wrong first."""
    found: dict[tuple[str, str], Firing] = {}
    for document in documents:
        task_of = {j: i for i, j in document.row_of.items()}
        for j, row in enumerate(document.rows):
            task = document.tasks[task_of[j]] if j in task_of else None
            evidence = row.get("evidence") or {}
            for field in ("text", *FIELDS):
                fine = task is not None and (field == "text" or right(task, row, field))
                for rule in {str(entry.get("rule")) for entry in evidence.get(field) or ()}:
                    firing = found.setdefault((rule, field), Firing(rule, field))
                    firing.fired += 1
                    firing.right += fine
                    firing.no_task += task is None
    return sorted(found.values(), key=lambda firing: (-firing.wrong, -firing.fired, firing.rule, firing.field))
