"""Which task of before a task of now is, where its words or its document's number, and so its id, have changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.store.rows import Row

__all__ = ["renamed"]

ALIKE = 0.65  # share of words and pairs of words in common: a word mended in a task of six leaves 0.67
COMMON = 30  # a pair of words that stands in more tasks than this tells none of them apart
_WORD = re.compile(r"\w+")


def renamed(before: Sequence[Row], now: Sequence[Row]) -> dict[str, str]:
    """The id of before → the id of now, for tasks of one document that have no id in common.

    First those that say the same, in the same section or another; then those that are most alike. Each is taken once.
    """
    found: dict[str, str] = {}
    for key in (lambda row: (row["section"], _words(row)), _words):
        waiting = defaultdict(list)
        for row in before:
            if row["id"] not in found:
                waiting[key(row)].append(row["id"])
        taken = set(found.values())
        for row in now:
            if row["id"] not in taken and (ids := waiting.get(key(row))):
                found[ids.pop(0)] = row["id"]
    taken = set(found.values())
    # What had vanished and only resembles a new task is not revived.
    old = [row for row in before if row["id"] not in found and row["vanished"] is None]
    return found | _alike(old, [row for row in now if row["id"] not in taken])


def _words(row: Row) -> tuple[str, ...]:
    return tuple(_WORD.findall(row["text"].lower()))


def _alike(before: Sequence[Row], now: Sequence[Row]) -> dict[str, str]:
    """The pairs that share most, best first; looked up by their words, so that the time grows with the tasks only."""
    marks = {row["id"]: _marks(row) for row in before}
    index = defaultdict(list)
    for name, own in marks.items():
        for mark in own:
            index[mark].append(name)
    pairs = []
    for row in now:
        own = _marks(row)
        for name, score in _scores(own, marks, index).items():
            if score >= ALIKE:
                pairs.append((-score, name, row["id"]))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, old, new in sorted(pairs):
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return found


def _marks(row: Row) -> frozenset[tuple[str, ...]]:
    words = _words(row)
    return frozenset([*((word,) for word in words), *pairwise(words)])


def _scores(
    own: frozenset[tuple[str, ...]],
    marks: Mapping[str, frozenset[tuple[str, ...]]],
    index: Mapping[tuple[str, ...], list[str]],
) -> dict[str, float]:
    near = Counter(name for mark in own if len(index.get(mark, ())) <= COMMON for name in index.get(mark, ()))
    return {name: 2 * len(own & marks[name]) / (len(own) + len(marks[name])) for name, _ in near.most_common(COMMON)}
