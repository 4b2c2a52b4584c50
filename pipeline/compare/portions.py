"""How much of a parent's task the rows of a plan carry out.

A task is carried out in part where the rows have the words of one of its parts and not those of another: of “Rà soát
đội ngũ báo cáo viên và tổ chức tập huấn kỹ năng” a plan that only looks through the speakers does one. Where all
parts have few of their words the plan says the same in words of its own, and nothing is told of parts. Words tell only
so much, which is why the share stands beside the finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.compare.content import Content, Reader, bare
from pipeline.compare.likeness import Weights
from pipeline.model import Task

__all__ = ["Portions"]

# By how much the strongest part has to stand out against the weakest and the whole for the weakest to be left out.
APART = 0.12
SMALLEST = 2.5  # the weight of a part that can be left out; a word that few tasks have weighs about 2
_PARTS = re.compile(r"[;.,]|(?<!\w)(?:và|hoặc|đồng thời)(?!\w)", re.IGNORECASE)


class Portions:
    """The parent's tasks taken apart, once for all plans."""

    def __init__(self, tasks: Sequence[Task], contents: Sequence[Content], weights: Weights, reader: Reader) -> None:
        self._weights = weights
        self._whole = {task.id: _words(content.terms) for task, content in zip(tasks, contents, strict=True)}
        self._parts = {task.id: self._taken_apart(task, reader) for task in tasks}

    def share(self, parent: Task, rows: Sequence[Content]) -> float | None:
        """The share of the task's words that the rows have, where a part is left out; None where none is."""
        having = {term for row in rows for term in row.terms}
        share = self._carried(self._whole[parent.id], having)
        parts = [self._carried(part, having) for part in self._parts[parent.id]] or [share]
        weakest, strongest = min(parts), max(parts)
        return share if strongest - weakest > share + weakest + APART else None

    def _taken_apart(self, task: Task, reader: Reader) -> list[Mapping[str, float]]:
        """The terms of each part that could be left out: amounts are compared as numbers, and are none."""
        text = bare(task)
        for amount in task.quantity:
            text = text.replace(amount, " ; ", 1)
        parts = [_words(reader.text(part).terms) for part in _PARTS.split(text)]
        return [part for part in parts if self._weight(part) >= SMALLEST]

    def _carried(self, terms: Mapping[str, float], having: set[str]) -> float:
        return self._weight({term: share for term, share in terms.items() if term in having}) / self._weight(terms)

    def _weight(self, terms: Mapping[str, float]) -> float:
        return sum(share * self._weights.of(term) for term, share in terms.items()) or 1.0


def _words(terms: Mapping[str, float]) -> Mapping[str, float]:
    """The single words among terms: pairs would count a word in another order as missing twice."""
    return {term: share for term, share in terms.items() if " " not in term and ">" not in term and term[0] != "@"}
