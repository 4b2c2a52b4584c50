"""The directives of a run as a sequence that holds none of them: each is fetched when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import overload

from pipeline.cluster.staging import Receipt, Staged, Stretch
from pipeline.cluster.store import Folder
from pipeline.convert import Result as ResultHere
from pipeline.export.partition import Partition
from pipeline.model import Directive, Task, Unplaced
from pipeline.runs import Summary
from pipeline.steps import Step

__all__ = ["Documents", "Result", "step_of"]

_TASK, _UNPLACED = Task(id="", section="", order=0, text=""), Unplaced(text="", section="", reason="")


@dataclass(frozen=True, slots=True)
class Result(ResultHere):
    """What a run on a cluster came to. Its `steps` tell how each document fared; `directives` fetch what was read."""

    documents: Documents

    @property
    def directives(self) -> Documents:
        """The directives in order, each fetched from the store of the result when it is asked for."""
        return self.documents

    @property
    def _summary(self) -> Summary:
        return Summary.of([step.directive for step in self.steps])


class Documents(Sequence[Directive]):
    """What was made of the documents of a run, in order. What is held of each is its receipt, 1.5 KB."""

    def __init__(self, staging: Folder) -> None:
        self.staging = staging
        self._groups: list[Staged] = []
        self._places: list[tuple[int, int]] = []  # the group, and the place in it

    def add(self, staged: Staged) -> None:
        """The next group in order."""
        self._places += [(len(self._groups), place) for place in range(len(staged.receipts))]
        self._groups.append(staged)

    @property
    def receipts(self) -> list[Receipt]:
        """What is known of each document without fetching it."""
        return [receipt for staged in self._groups for receipt in staged.receipts]

    @property
    def partitions(self) -> Iterator[tuple[Partition, int]]:
        """The partition of each document, and its tasks."""
        for staged in self._groups:
            for receipt in staged.receipts:
                yield staged.blocks[receipt.block].partition, receipt.tasks

    def stretches(self, documents: Sequence[int]) -> tuple[Stretch, ...]:
        """Where documents of one partition are, given in order: neighbours of one block together."""
        found = []
        for (group, block), places in groupby(map(self._places.__getitem__, documents), self._block):
            staged = self._groups[group]
            where = staged.blocks[block]
            numbers = tuple(staged.receipts[place].place for _, place in places)
            found.append(Stretch(staged.key, where.start, where.end, numbers))
        return tuple(found)

    def blocks(self) -> Iterator[tuple[tuple[int, ...], Stretch]]:
        """Every block as a whole, with the documents in it."""
        first = 0
        for staged in self._groups:
            inside = defaultdict[int, list[int]](list)
            for number, receipt in enumerate(staged.receipts, first):
                inside[receipt.block].append(number)
            for places in inside.values():
                yield tuple(places), self.stretches(places)[0]
            first += len(staged.receipts)

    def _block(self, place: tuple[int, int]) -> tuple[int, int]:
        group, number = place
        return group, self._groups[group].receipts[number].block

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Directive: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Directive]: ...

    def __getitem__(self, place: int | slice) -> Directive | Sequence[Directive]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        (stretch,) = self.stretches([place])
        (directive,) = stretch.read(self.staging)
        return directive


def step_of(receipt: Receipt) -> Step:
    """A document for who tells how a run goes: its status and what was said of it, and as many tasks as it has.

    The tasks themselves are not in it: those of a country do not fit into one machine.
    """
    directive = Directive(
        document=receipt.document,
        sha256="",
        media_type="",
        pages=receipt.pages,
        status=receipt.status,
        tasks=(_TASK,) * receipt.tasks,
        unplaced=(_UNPLACED,) * receipt.unplaced,
        errors=receipt.errors,
        warnings=receipt.warnings,
    )
    return Step(Path(receipt.path), directive, receipt.seconds)
