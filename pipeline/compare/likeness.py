"""How alike a plan's rows are to the parent's tasks: a score for every pair, 0..1, and what it is made of.

Words count by how few of the parent's tasks have them, so that what its title puts into every row weighs
nothing. Three measures of the words are taken together: what both have of all that each has (cosine), what the
poorer has of the richer (containment, for a row that does a part of the work or several tasks in one), and
rapidfuzz's token_set_ratio. The first words, what the work is done to, are asked both ways. The heading above a
row, the other rows under it, the lead's sphere, what is counted and whom it is reported to move the score a
little; deadlines and cadences were tried and say nothing, for every plan sets its own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.compare.amounts import amounts_of
from pipeline.compare.content import Content
from pipeline.compare.spheres import Spheres
from pipeline.model import Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Matrix = NDArray[np.float64]

__all__ = ["Scores", "Side", "Weights", "scores", "side"]

# What each part adds: weights of a logistic model, fitted to the links of the families in corpus/families, save that a
# report to another body (`elsewhere`) is another report, whatever its words.
BIAS = -8.1
WEIGHTS: Mapping[str, float] = {
    "cosine": 4.9,
    "containment": 5.6,
    "ratio": 2.6,
    "head": 0.9,
    "row-head": 1.4,
    "heading": 1.5,
    "lead": 0.4,
    "amount": 1.5,
    "report": 1.2,
    "elsewhere": -6.0,
    "concerned": 0.9,
    "siblings": 1.4,
}
LITTLE = 3.0  # a weight: the little that two short texts share says little
BOUND, OFTEN = 0.8, 3  # what is taken off a word that always follows another; tasks from which that can be told
UNKNOWN = 0.1  # the weight, as a share of the rarest word's, of a word that the parent does not have


class Weights:
    """What each term counts, by the parent's tasks that have it; square roots, as both sides of a product have it."""

    def __init__(self, contents: Sequence[Content]) -> None:
        having = Counter(term for content in contents for term in content.terms)
        size = len(contents)
        bound = _bound(having)
        self.columns: dict[str, int] = {}
        self.values: list[float] = []
        self._alone: dict[str, float] = {}
        for term, count in having.items():
            self._alone[term] = math.log((size + 1) / (count + 0.5))
            self._add(term, self._alone[term] * (1 - BOUND * bound.get(term, 0.0)))
        self.unknown = UNKNOWN * math.log((size + 1) / 1.5) if size else 1.0

    def of(self, term: str) -> float:
        """What a term counts by itself, whatever stands beside it."""
        return self._alone.get(term, self.unknown)

    def _add(self, term: str, weight: float) -> None:
        self.columns[term] = len(self.values)
        self.values.append(math.sqrt(max(weight, 0.01)))


def _bound(having: Mapping[str, int]) -> dict[str, float]:
    """How far each term follows from its neighbour, 0..1: a word of a long name says no more than the whole name.

    Of “văn bản quy phạm pháp luật” all words come together; six words and five pairs would weigh as much as a sentence.
    """
    found: dict[str, float] = {}
    for term, count in having.items():
        first, _, second = term.partition(" ")
        if not second or first not in having or second not in having or count < OFTEN:
            continue
        found[second] = max(found.get(second, 0.0), count / having[second])
        found[term] = count / max(having[first], having[second])
    return found


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of many texts as a matrix (a row a text, a column a term of the parent's).

    `norms` are the squared lengths of the rows, with the terms that the parent does not have.
    """

    matrix: csr_matrix
    norms: Matrix


@dataclass(frozen=True, slots=True)
class Side:
    """Tasks ready to be compared: all their terms, those of their first words, and those of their headings.

    `groups` names the heading of each.
    """

    tasks: Sequence[Task]
    words: Sequence[str]
    terms: Terms
    heads: Terms
    headings: Terms
    groups: Sequence[str]


@dataclass(frozen=True, slots=True)
class Scores:
    """A score for each parent's task (rows) and each of the plan's (columns), and the parts by name."""

    total: Matrix
    parts: Mapping[str, Matrix]


def side(
    tasks: Sequence[Task],
    contents: Sequence[Content],
    weights: Weights,
    groups: Sequence[str] = (),
    titles: Mapping[str, Mapping[str, float]] = MappingProxyType({}),
) -> Side:
    """Puts the terms of tasks into matrices, with the `titles` of the headings that they stand under, by `groups`."""
    return Side(
        tasks,
        [content.words for content in contents],
        _terms([content.terms for content in contents], weights),
        _terms([content.head for content in contents], weights),
        _terms([titles.get(group, {}) for group in groups], weights),
        groups,
    )


def _terms(texts: Sequence[Mapping[str, float]], weights: Weights) -> Terms:
    import numpy as np
    from scipy.sparse import csr_matrix

    rows, columns, values = [], [], []
    norms = np.full(len(texts), 1e-9)
    for index, terms in enumerate(texts):
        for term, share in terms.items():
            column = weights.columns.get(term)
            if column is None:
                norms[index] += share * share * weights.unknown
                continue
            value = share * weights.values[column]
            rows.append(index)
            columns.append(column)
            values.append(value)
            norms[index] += value * value
    shape = (len(texts), max(len(weights.values), 1))
    return Terms(csr_matrix((values, (rows, columns)), shape=shape), norms)


def scores(parent: Side, plan: Side, bodies: Spheres, concerned: Sequence[bool]) -> Scores:
    """The scores of every pair; `concerned` says of each of the parent's tasks whether it is for the plan's issuer."""
    import numpy as np
    from rapidfuzz import fuzz, process

    shared, first, second = _shared(parent.terms, plan.terms)
    ratio = process.cdist(parent.words, plan.words, scorer=fuzz.token_set_ratio, dtype=np.float32)
    parts = {
        "cosine": shared / np.sqrt(first * second),
        "containment": shared / (np.minimum(first, second) + LITTLE),
        "ratio": ratio.astype(np.float64) / 100,
        **_heads(parent, plan),
        "heading": _headings(parent, plan),
        **_fields(parent.tasks, plan.tasks, bodies),
        "concerned": np.repeat(np.where(concerned, 0.0, -1.0)[:, None], len(plan.tasks), axis=1),
    }
    parts["siblings"] = _siblings(_total(parts), plan.groups)
    return Scores(_total(parts), parts)


def _total(parts: Mapping[str, Matrix]) -> Matrix:
    import numpy as np

    weighed = sum((WEIGHTS[name] * values for name, values in parts.items()), BIAS)
    total: Matrix = 1 / (1 + np.exp(-np.asarray(weighed)))
    return total


def _siblings(total: Matrix, groups: Sequence[str]) -> Matrix:
    """How alike the other rows under the same heading are to each task: the mean; 0 for a row alone.

    Of “8. Cuộc thi tìm hiểu pháp luật”: a) thể lệ, b) vòng thi, c) chung kết, each step is of the contest.
    """
    import numpy as np

    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    member = np.zeros((len(groups), len(numbers)))
    member[np.arange(len(groups)), [numbers[group] for group in groups]] = 1.0
    others = (member.sum(axis=0) - 1)[None, :] @ member.T
    return np.where(others > 0, (total @ member @ member.T - total) / np.maximum(others, 1), 0.0)


def _shared(one: Terms, other: Terms) -> tuple[Matrix, Matrix, Matrix]:
    """The weight of what each pair shares, and of what each has, ready to be divided."""
    import numpy as np

    return np.asarray((one.matrix @ other.matrix.T).todense()), one.norms[:, None], other.norms[None, :]


def _heads(parent: Side, plan: Side) -> dict[str, Matrix]:
    """The share of the first words of each that the other has anywhere.

    “Kiện toàn tổ hòa giải, mỗi tổ …” and “Kiện toàn tổ bảo vệ an ninh, mỗi tổ …” share all but what the work is
    done to.
    """
    import numpy as np

    there, head, _ = _shared(parent.heads, plan.terms)
    back, _, other = _shared(parent.terms, plan.heads)
    return {"head": np.minimum(there / head, 1.0), "row-head": np.minimum(back / other, 1.0)}


def _headings(parent: Side, plan: Side) -> Matrix:
    """The share of the words of a row's heading that the parent's task has."""
    import numpy as np

    shared, _, second = _shared(parent.terms, plan.headings)
    return np.minimum(shared / second, 1.0)


def _fields(parents: Sequence[Task], rows: Sequence[Task], bodies: Spheres) -> dict[str, Matrix]:
    """The parts that are not words: 1 where both agree, -1 where they differ, 0 where one is silent."""
    import numpy as np

    shape = (len(parents), len(rows))
    lead, amount, report, elsewhere = (np.zeros(shape) for _ in range(4))
    led = [bodies.leads(row) for row in rows]
    counted = [{one.thing for one in amounts_of(row)} for row in rows]
    told = [bodies.reported_to(row) for row in rows]
    for i, parent in enumerate(parents):
        mine, mine_told = bodies.leads(parent), bodies.reported_to(parent)
        things = {one.thing for one in amounts_of(parent)}
        for j, row in enumerate(rows):
            if mine and led[j]:
                lead[i, j] = 1.0 if any(one & other for one in mine for other in led[j]) else -1.0
            if things & counted[j]:
                amount[i, j] = 1.0
            if parent.report_to and row.report_to:
                (report if mine_told & told[j] else elsewhere)[i, j] = 1.0
    return {"lead": lead, "amount": amount, "report": report, "elsewhere": elsewhere}
