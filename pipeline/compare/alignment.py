"""Which of a plan's rows carry out which of the parent's tasks: one for one first, then splits and merges.

The best pairing of all tasks together is found first (scipy's linear_sum_assignment), so that a row which fits
two tasks does not take the one that only it fits. What is left over may be a part of a task that has a row
already (one task carried out by three rows), or be carried out by a row that has a task already (three tasks
gathered in one).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.compare.likeness import Scores, Side
from pipeline.compare.model import Link

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["align"]

LINK = 0.1  # the least score of a link
SPLIT = 0.2  # of a second row of a task
MERGE = 0.4  # of a second task of a row
SURE = 0.9  # of a pair that nothing else explains
STRANGERS = 0.75  # of any pair where the plan does not implement the parent: most tasks then have no row at all


def align(parent: Side, plan: Side, found: Scores, *, strangers: bool = False) -> tuple[Link, ...]:
    """The links of a plan to the parent's tasks, in the order of both.

    Of `strangers`, where nothing says that the plan implements the parent, only pairs that are sure are linked, and no
    row gathers several tasks: documents of one field share their words.
    """
    from scipy.optimize import linear_sum_assignment

    if not len(parent.tasks) or not len(plan.tasks):
        return ()
    total = found.total
    first, second = linear_sum_assignment(total, maximize=True)
    least = STRANGERS if strangers else LINK
    pairs = {(int(i), int(j)) for i, j in zip(first, second, strict=True) if total[i, j] >= least}
    if not strangers:
        pairs = _undisturbed(total, pairs)
        pairs |= _beside(total, pairs)
    return tuple(
        Link(
            parent.tasks[i],
            plan.tasks[j],
            float(total[i, j]),
            {name: float(part[i, j]) for name, part in found.parts.items()},
        )
        for i, j in sorted(pairs)
    )


def _undisturbed(total: NDArray[np.float64], pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The pairs without those into which a task was pushed because another took the row that fits it.

    Two tasks that one row carries out cannot both be paired with it; the one that had to give way gets it back.
    """
    kept = set()
    for i, j in pairs:
        best = int(total[i].argmax())
        pushed = total[i, best] >= SURE and total[i, j] < SURE and best != j
        kept.add((i, best if pushed else j))
    return kept


def _beside(total: NDArray[np.float64], pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Splits and merges: for each row and each task without a partner the best one, where it is alike enough."""
    tasks, rows = {i for i, _ in pairs}, {j for _, j in pairs}
    found = set()
    for j in range(total.shape[1]):
        if j not in rows:
            i = int(total[:, j].argmax())
            if total[i, j] >= SPLIT:
                found.add((i, j))
    for i in range(total.shape[0]):
        if i not in tasks:
            j = int(total[i].argmax())
            if total[i, j] >= MERGE:
                found.add((i, j))
    return found
