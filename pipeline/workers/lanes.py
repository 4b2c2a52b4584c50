"""What waits for a process, in lanes: quick work is not held up by slow work, and slow work is not left for ever."""

from __future__ import annotations

import threading
from collections import Counter, deque
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Generic, TypeVar

__all__ = ["Lanes", "Work"]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Work(Generic[Item]):
    """An item that was handed in.

    Lane 0 is the quickest; of a lane the largest goes first. `opens`: more work may come of it. `again`: tried once
    more `alone`, with nothing beside it, where its process dies.
    """

    item: Item
    lane: int = 0
    size: int = 0
    opens: bool = False
    again: bool = True
    alone: bool = False


class Lanes(Generic[Item]):
    """The work that waits, for threads that take it. Safe to use from all of them.

    Of N processes, slow lanes together have N // 2 while lane 0 waits, and take turns; with one process a lane begins
    when all quicker ones are empty. Nothing is idle while something waits.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._waiting: dict[int, list[tuple[int, int, Work[Item]]]] = {}
        self._alone: deque[Work[Item]] = deque()
        self._running: Counter[int] = Counter()
        self._begun: dict[int, int] = {}  # lane → when one of it was begun last, in items
        self._count = 0
        self._opened = 0
        self._isolated = False
        self._closed = False
        self._changed = threading.Condition()

    def put(self, work: Work[Item]) -> None:
        """Let it wait: in its lane, or where it is to be `alone` until there is nothing else."""
        with self._changed:
            self._count += 1
            if work.alone:
                self._alone.append(work)
            else:
                heappush(self._waiting.setdefault(work.lane, []), (-work.size, self._count, work))
            self._changed.notify_all()

    def take(self) -> Work[Item] | None:
        """The work to be done next, as soon as there is some; None once closed."""
        with self._changed:
            while not self._closed:
                work = self._next()
                if work is not None:
                    self._running[work.lane] += 1
                    self._isolated = work.alone
                    return work
                self._changed.wait()
        return None

    def done(self, work: Work[Item]) -> None:
        """Work that was taken is through. What `opens` holds slow lanes back until `followed` was called."""
        with self._changed:
            self._running[work.lane] -= 1
            self._opened += work.opens
            self._isolated = False
            self._changed.notify_all()

    def followed(self) -> None:
        """What came of work that `opens` has been put: before, the process would begin an hour's scan instead."""
        with self._changed:
            self._opened -= 1
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing is begun any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _next(self) -> Work[Item] | None:
        if self._isolated:
            return None
        lane = self._lane()
        if lane is not None:
            self._begun[lane] = self._count = self._count + 1
            return heappop(self._waiting[lane])[2]
        quiet = not (self._running.total() or self._opened or any(self._waiting.values()))
        return self._alone.popleft() if self._alone and quiet else None

    def _lane(self) -> int | None:
        """The lane whose turn it is; None where nothing may begin."""
        waiting = sorted(lane for lane, works in self._waiting.items() if works)
        slow = [lane for lane in waiting if lane]
        quick = waiting[: len(waiting) - len(slow)]
        busy = self._running.total() - self._running[0]
        if quick and (not slow or busy >= self._jobs // 2):
            return 0
        if not slow or (self._opened and not quick):
            return None
        if self._jobs == 1:
            return slow[0]
        return min(slow, key=lambda lane: (self._running[lane], self._begun.get(lane, 0), lane))
