"""Two runs over the same gold: what became right, what became wrong, and which false rows came and went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.evaluate.judging import EXACT, Judged
from pipeline.evaluate.likeness import Row, right

__all__ = ["Change", "changes"]


@dataclass(frozen=True, slots=True)
class Change:
    """A task whose row changed sides, or a false row that is new or gone. `fields` are those that changed sides.

    `kind` is became-right, became-wrong, new-extra or gone-extra.
    """

    kind: str
    document: str
    section: str
    text: str
    fields: tuple[str, ...] = ()


def changes(before: Iterable[Judged], after: Iterable[Judged]) -> list[Change]:
    """The changes between two runs whose documents are the same, what became wrong first."""
    found: list[Change] = []
    for old, new in zip(before, after, strict=True):
        found.extend(_tasks(old, new))
        found.extend(_extras(old, new))
    order = ("became-wrong", "new-extra", "became-right", "gone-extra")
    return sorted(found, key=lambda change: order.index(change.kind))  # stable: documents stay in order


def _tasks(old: Judged, new: Judged) -> Iterator[Change]:
    for i, task in enumerate(new.tasks):
        if (i in old.exact) == (i in new.exact):
            continue
        kind = "became-right" if i in new.exact else "became-wrong"
        sides = (_right_fields(old, i, task), _right_fields(new, i, task))
        changed = tuple(field for field in ("text", *EXACT) if (field in sides[0]) != (field in sides[1]))
        yield Change(kind, new.name, str(task.get("section") or ""), str(task["text"]), changed)


def _right_fields(judged: Judged, i: int, task: Row) -> frozenset[str]:
    """Which of the fields that make a row right are; `text` where there is a row at all."""
    if i not in judged.row_of:
        return frozenset()
    row = judged.rows[judged.row_of[i]]
    return frozenset({"text", *(field for field in EXACT if right(task, row, field))})


def _extras(old: Judged, new: Judged) -> Iterator[Change]:
    before, after = _unpaired(old), _unpaired(new)
    counted = Counter(_key(row) for row in before), Counter(_key(row) for row in after)
    for kind, rows, more in (
        ("new-extra", after, counted[1] - counted[0]),
        ("gone-extra", before, counted[0] - counted[1]),
    ):
        for row in rows:
            if more[_key(row)]:
                more[_key(row)] -= 1
                yield Change(kind, new.name, *_key(row))


def _unpaired(judged: Judged) -> Sequence[Row]:
    matched = set(judged.row_of.values())
    return [row for j, row in enumerate(judged.rows) if j not in matched]


def _key(row: Row) -> tuple[str, str]:
    return str(row.get("section") or ""), str(row.get("text") or "")
