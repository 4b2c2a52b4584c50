"""Documents a second of a whole run, over one and two processes: 10 to 1,000 mixed documents, and plans in PDF.

``python -m benchmarks.scaling DOCUMENTS`` measures so many mixed ones. Wall time, with the start of the processes that
read and the writing of a JSON file for each document. What is asked for is asked of text PDF of six pages. Three lines
say what a run of mixed documents is made of, whatever else the machine does:

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

from benchmarks.generate import USUAL, write
from benchmarks.measure import Figure, compared, table
from pipeline.convert import convert

SIZES = (10, 100, 1000)
PLANS, PAGES = 300, 6  # of the run in PDF
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
    """Documents a second."""
    sizes, plans = ((4, 6), 2) if small else (SIZES, PLANS)
    mixed = [line for size in sizes for line in _mixed(size, bounded=size == sizes[-1])]
    return [*mixed, _in_pdf(plans)]


def _mixed(documents: int, *, bounded: bool) -> list[Figure]:
    """The line for so many documents of all lengths and forms; with what bounds it."""
    with tempfile.TemporaryDirectory() as name:
        runs = _Runs(Path(name), documents)
        line, one = runs.compared(f"run of {documents:,} documents, two processes")
        started = [(runs.start(2), runs.start(1)) for _ in range(3 if bounded else 0)]
    return [line, *_bounds(documents, one, started)] if bounded else [line]


def _in_pdf(documents: int) -> Figure:
    """The line for so many plans of six pages in PDF."""
    with tempfile.TemporaryDirectory() as name:
        runs = _Runs(Path(name), documents, formats=("pdf",), pages=PAGES)
        return runs.compared(f"run of {documents} text PDF of {PAGES} pages, two processes", LEAST, DEMAND)[0]


class _Runs:
    """Runs over the documents of one folder."""

    def __init__(self, folder: Path, documents: int, formats: Sequence[str] = USUAL, pages: int | None = None) -> None:
        self._folder, self._documents, self._turns = folder, documents, count()
        made = write(folder / "in", documents, formats=formats, pages=pages)
        self._first = made[0].path

    def compared(self, what: str, least: float | None = None, demand: str = "") -> tuple[Figure, Sequence[_Spent]]:
        """The line of two processes beside one, and what the runs of one spent."""
        self.start(1)  # what the parent loads once is no part of what is measured
        rounds = [(self.all(2), self.all(1)) for _ in range(3 if self._documents <= _FEW else 1)]
        two, one = zip(*rounds, strict=True)
        line = compared(what, "documents/s", self._documents, _walls(two), "one process", _walls(one), least, demand)
        return line, one

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
    sys.stdout.write(f"{table(_mixed(int(sys.argv[1]), bounded=True))}\n")
