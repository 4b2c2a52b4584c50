"""Documents a second of a whole run, over one and two processes and over 10, 100 and 1,000 documents, and its bound.

``python -m benchmarks.scaling DOCUMENTS`` measures so many. Wall time, with the start of the processes that read and
the writing of a JSON file for each document. Three lines say what it is made of, whatever else the machine does:

- the start: a run of one document;
- the processor's time of a document in the parent, which keeps and writes results, beside that in the process that
  reads;
- what follows from it: on two processors the parent's time is taken from the two that read. With P and R seconds for a
  document, two processes are at most 2 R / (R + P) times as fast as one whose parent has a processor of its own.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.generate import write
from benchmarks.measure import Figure, compared, table
from pipeline.convert import convert

SIZES = (10, 100, 1000)
LEAST, DEMAND = 1.8, "1.8 times one process"
_FEW = 100  # documents whose run is short enough to be taken three times
_MS = 1000


@dataclass(frozen=True, slots=True)
class _Spent:
    """Seconds of a run: by the clock, of the processor in the parent and in its children."""

    wall: float
    parent: float
    children: float


def run(small: bool) -> list[Figure]:
    """Documents a second; the demand is that of the longest run, which the start of processes does not shape."""
    sizes = (4, 6) if small else SIZES
    return [line for size in sizes for line in _measured(size, asked=size == sizes[-1])]


def _measured(documents: int, *, asked: bool) -> list[Figure]:
    """The line for so many documents; where it is `asked` for 1.8, what bounds it stands beside it."""
    with tempfile.TemporaryDirectory() as name:
        runs = _Runs(Path(name), documents)
        runs.start(1)  # what the parent loads once is no part of what is measured
        rounds = [(runs.all(2), runs.all(1)) for _ in range(3 if documents <= _FEW else 1)]
        started = [(runs.start(2), runs.start(1)) for _ in range(3 if asked else 0)]
    two, one = zip(*rounds, strict=True)
    what = f"run of {documents:,} documents, two processes"
    least, demand = (LEAST, DEMAND) if asked else (None, "")
    line = compared(what, "documents/s", documents, _walls(two), "one process", _walls(one), least, demand)
    return [line, *_bounds(documents, one, started)] if asked else [line]


class _Runs:
    """Runs over the documents of one folder."""

    def __init__(self, folder: Path, documents: int) -> None:
        self._folder, self._documents, self._turns = folder, documents, count()
        made = write(folder / "in", documents)
        self._first = made[0].path

    def all(self, jobs: int) -> _Spent:
        """Over all of them."""
        return self._taken(self._folder / "in", self._documents, jobs)

    def start(self, jobs: int) -> _Spent:
        """Over one document: the start of the process that reads it is what takes the time."""
        return self._taken(self._first, 1, jobs)

    def _taken(self, source: Path, documents: int, jobs: int) -> _Spent:
        # A folder of its own for each run: a run that finds its own results repeats nothing.
        output = f"{self._folder}/{next(self._turns)}/out/"
        began, own, before = time.perf_counter(), time.process_time(), os.times()
        done = convert([source], [output], jobs=jobs)
        wall, parent, after = time.perf_counter() - began, time.process_time() - own, os.times()
        if done.count("ok") != documents:
            raise SystemExit(f"{documents - done.count('ok')} of {documents} documents were not read.")
        children = after.children_user + after.children_system - before.children_user - before.children_system
        return _Spent(wall, parent, children)


def _walls(spent: Sequence[_Spent]) -> list[float]:
    return [one.wall for one in spent]


def _bounds(documents: int, one: Sequence[_Spent], started: Sequence[tuple[_Spent, _Spent]]) -> list[Figure]:
    two, alone = (statistics.median(_walls(turns)) for turns in zip(*started, strict=True))
    first = started[-1][1]
    others = documents - 1  # than the first, with which the process starts
    parent = statistics.median(spent.parent - first.parent for spent in one) / others
    reads = statistics.median(spent.children - first.children for spent in one) / others
    return [
        Figure("start: a run of one document, two processes", "s", two, "one process", alone, two / alone),
        Figure(f"the parent's work for a document, run of {documents:,}", "ms of a processor", parent * _MS,
               "work of the process that reads", reads * _MS, parent / reads),
        Figure("two processes on two processors, at most", "times one process", 2 * reads / (reads + parent),
               "one process", 1.0, 2 * reads / (reads + parent)),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(f"{table(_measured(int(sys.argv[1]), asked=True))}\n")
