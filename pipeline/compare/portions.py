"""How much of a parent's task the rows of a plan carry out: its actions one by one.

“Rà soát đội ngũ báo cáo viên và tổ chức tập huấn kỹ năng” names two actions; a plan that only looks through the list of
speakers does one of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.compare.content import Content, Lists, Reader, plain
from pipeline.compare.likeness import Weights
from pipeline.model import Task

__all__ = ["Portions"]

CARRIED = 0.3  # the share of an action's weight that the rows must have for it to be carried out
SMALLEST = 0.15  # an action with a smaller share of the task's weight is no part that can be left out
_CUT = re.compile(r"[;.]|,|(?<!\w)và(?!\w)|(?<!\w)đồng thời(?!\w)", re.IGNORECASE)


class Portions:
    """The actions of the parent's tasks, made once, asked against the rows of each plan."""

    def __init__(self, tasks: Sequence[Task], weights: Weights, reader: Reader, known: Lists) -> None:
        self._weights = weights
        self._actions = {task.id: [reader.text(part) for part in _actions(task.text, known)] for task in tasks}
        self._rows: Mapping[str, Content] = {}

    def of(self, rows: Mapping[str, Content]) -> Portions:
        """The same, asked of the rows of a plan: their contents by the id of the task."""
        asked = object.__new__(Portions)
        asked._weights, asked._actions, asked._rows = self._weights, self._actions, rows
        return asked

    def share(self, parent: Task, rows: Sequence[Task]) -> float | None:
        """The share of the task's weight whose actions are carried out; None where all of them are."""
        actions = self._actions[parent.id]
        if len(actions) < 2:
            return None
        having: dict[str, float] = {}
        for row in rows:
            for term, weight in self._rows[row.id].terms.items():
                having[term] = max(having.get(term, 0.0), weight)
        weights = [self._weight(action.terms) for action in actions]
        total = sum(weights) or 1.0
        left_out = 0.0
        for action, weight in zip(actions, weights, strict=True):
            carried = self._weight({term: share for term, share in action.terms.items() if term in having})
            if weight / total >= SMALLEST and carried < CARRIED * weight:
                left_out += weight
        return 1 - left_out / total if left_out else None

    def _weight(self, terms: Mapping[str, float]) -> float:
        columns, values = self._weights.columns, self._weights.values
        return sum(share * (values[columns[term]] ** 2 if term in columns else self._weights.unknown) for term, share in terms.items())


def _actions(text: str, known: Lists) -> list[str]:
    """The text cut where another action begins: at a mark or a joining word with a verb of work behind it."""
    parts: list[str] = []
    start = 0
    for match in _CUT.finditer(text):
        behind = text[match.end() :].lstrip()
        if match.group() in ";." or known.begins_work(plain(behind[:60]).split()):
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    return [part for part in parts if len(part.split()) > 2]
