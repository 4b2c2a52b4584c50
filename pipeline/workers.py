"""Work shared out among processes, results in order; a process that dies costs the item that killed it, no other.

Processes and not threads: PDFium is not safe in threads. They are spawned on every system, as on Windows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

MOST = 61  # Windows can wait for no more processes at a time


def run(
    work: Callable[[Item], Outcome],
    items: Sequence[Item],
    *,
    jobs: int,
    died: Callable[[Item], Outcome],
    warm: Callable[[], object],
) -> Iterator[Outcome]:
    """``work(item)`` for each item, in order; ``died(item)`` for one whose process died over it.

    With one job everything happens in this process. `work` and `warm` go to other processes, so they are functions
    of a module (or partials of one); `warm` is called once in each before its first item.
    """
    jobs = min(jobs, len(items), MOST)
    if jobs <= 1:
        yield from map(work, items)
        return
    done = 0
    try:
        for outcome in _together(work, items, jobs, warm):
            yield outcome
            done += 1
    except BrokenProcessPool:
        yield from _one_by_one(work, items[done:], died, warm)


def _together(
    work: Callable[[Item], Outcome], items: Sequence[Item], jobs: int, warm: Callable[[], object]
) -> Iterator[Outcome]:
    pool = _pool(jobs, warm)
    try:
        for future in [pool.submit(work, item) for item in items]:
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(
    work: Callable[[Item], Outcome], items: Sequence[Item], died: Callable[[Item], Outcome], warm: Callable[[], object]
) -> Iterator[Outcome]:
    """Each item alone in a process, which tells the one that kills it from those that only stood beside it."""
    pool = _pool(1, warm)
    try:
        for item in items:
            try:
                outcome = pool.submit(work, item).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(1, warm)
                outcome = died(item)
            yield outcome
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(jobs: int, warm: Callable[[], object]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=warm)
