"""How the tasks of a document belong together: what is part of what, and what is said twice.

A task is the child of the task that introduces its list ("Rà soát quy hoạch, gồm: a) … b) …"), and a row "1.2" of a
table that of the row "1". A bullet of the body and the row of the annex that repeats it name each other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise

from pipeline.extract.candidates import Candidate
from pipeline.model import Node, Task

_WORD = re.compile(r"\w+")
_FEWEST = 6  # pairs of words below which two texts may be alike by chance
_SHARE = 0.8  # of the pairs of the shorter text that stand in the longer one
_COMMON = 12  # tasks that share a pair of words before it tells nothing

Pair = tuple[str, str]


def parents(candidates: Sequence[Candidate], nodes: Sequence[Node]) -> list[int | None]:
    """For each candidate the index of the one that it is part of, None where it is part of none."""
    by_node = {one.node: index for index, one in enumerate(candidates) if not one.from_table}
    by_row = {(one.node, one.section): index for index, one in enumerate(candidates) if one.from_table}
    found: list[int | None] = []
    for index, one in enumerate(candidates):
        above = _row_above(one, by_row) if one.from_table else _block_above(one, nodes, by_node)
        found.append(above if above != index else None)
    return found


def _row_above(one: Candidate, by_row: dict[tuple[int, str], int]) -> int | None:
    """The row whose number a row's number goes on: "1" for "1.2"."""
    step = one.section.rpartition(".")[0] if "." in one.step else ""
    return by_row.get((one.node, step)) if step else None


def _block_above(one: Candidate, nodes: Sequence[Node], by_node: dict[int, int]) -> int | None:
    above = nodes[one.node].parent
    while above is not None:
        if above in by_node:
            return by_node[above]
        above = nodes[above].parent
    return None


def words_of(task: Task) -> list[str]:
    """The words of a task in small letters, without marks."""
    return _WORD.findall(task.text.lower())


def repeats(tasks: Sequence[Task], words: Sequence[list[str]]) -> list[tuple[int, ...]]:
    """For each task the indexes of those that say the same under another heading, in order. `words` are the tasks'.

    Of the pairs of neighbouring words of the shorter text nearly all stand in the longer one, and neither names a lead
    that the other does not share.
    """
    pairs = [frozenset(pairwise(said)) for said in words]
    holding: dict[Pair, list[int]] = defaultdict(list)
    for index, own in enumerate(pairs):
        for pair in own:
            holding[pair].append(index)
    # Pairs of one phrase stand in the same tasks: these are combined once for all of them.
    few = Counter([tuple(indexes) for indexes in holding.values() if 1 < len(indexes) <= _COMMON])
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for indexes, times in few.items():
        for two in combinations(indexes, 2):
            shared[two] += times
    found: list[list[int]] = [[] for _ in tasks]
    for (first, second), count in shared.items():
        if count < _SHARE * _FEWEST:  # of most pairs of tasks
            continue
        fewest = min(len(pairs[first]), len(pairs[second]))
        alike = fewest >= _FEWEST and count >= _SHARE * fewest
        if alike and tasks[first].section != tasks[second].section and _same_lead(tasks[first], tasks[second]):
            found[first].append(second)
            found[second].append(first)
    return [tuple(sorted(indexes)) for indexes in found]


def _same_lead(first: Task, second: Task) -> bool:
    """Whether two tasks can be the same body's: one of them names nobody, or both name one in common."""
    leads = [{name.lower() for name in task.lead} for task in (first, second)]
    return not all(leads) or bool(leads[0] & leads[1])
