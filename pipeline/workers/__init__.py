"""Work in processes that can be stopped: an item that hangs, devours memory or crashes costs itself and no other.

Each item is handed to a child process of its own kind (see `child`), which is used again for the next item and replaced
after it had to be killed or has grown. Which item is next is the business of `lanes`. Processes and not threads: PDFium
is not safe in threads, and only a process can be stopped.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar, cast

from pipeline.workers.lanes import Lanes, Work
from pipeline.workers.process import Done, Ended, Failed, Process, Told

__all__ = ["MOST", "Failure", "Limits", "Pool"]

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

_Through = tuple[Work[Item], Outcome | None, BaseException | None]

MOST = 61  # processes; Windows can wait for no more at a time
_POLL = 0.2  # seconds between two looks at the memory of a process
# Of the limit on memory, held between two items: at once too much, and too much after many items. A process that has
# read texts, PDF and Word files again and again holds 60 MB, one that has recognised pages 170 MB.
_FULL, _CREPT = 1 / 6, 1 / 10
_MANY = 500  # items; a start costs 0.6 s, these take ten and more
_AHEAD = 4  # outcomes a process that wait for the caller: with more, a slow disk of his would fill the memory
_NOT_ITS_FAULT = frozenset({"died", "memory"})  # perhaps: a process had grown before, or the system ran out of memory


@dataclass(frozen=True, slots=True)
class Limits:
    """What one item may take.

    `quiet` is the longest time in seconds without a sign of progress, `seconds` the longest in all, `memory` the bytes
    that a process and everything it has started may hold.
    """

    quiet: float = 180.0  # a scanned page takes 4 s, LibreOffice on 500 pages 20 s
    seconds: float = 1800.0  # 400 scanned pages on a slow machine
    memory: int = 2 * 1024**3  # half of what a modest machine has


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item came to nothing: `kind` is time, memory or died, `detail` is for the developer."""

    kind: str
    detail: str


class Pool(Generic[Item, Outcome]):
    """Runs ``work(item, tell)`` in up to `jobs` child processes. Use it in a ``with`` statement.

    `work` and `warm` are functions of a module, or partials of one: children import them. `warm` is called once in each
    child before its first item. `failed` makes an outcome of an item that was stopped or died. `heard` is called with
    an item and what ``tell(done, total)`` said of it, in a thread of the pool. Children have their temporary files in
    `folder`: one that was killed has left some there, for the caller to remove. `modest` ones have the processor when
    nobody else wants it. A caller who is slow to take outcomes holds the processes back.
    """

    def __init__(
        self,
        work: Callable[[Item, Callable[[int, int], None]], Outcome],
        *,
        jobs: int,
        warm: Callable[[], object],
        failed: Callable[[Item, Failure], Outcome],
        heard: Callable[[Item, int, int], object] = lambda *_: None,
        limits: Limits | None = None,
        folder: Path | None = None,
        modest: bool = False,
    ) -> None:
        self._work, self._warm, self._failed, self._heard = work, warm, failed, heard
        self._limits, self._folder, self._modest = limits or Limits(), folder, modest
        self._jobs = min(jobs, MOST)
        self._lanes: Lanes[Item] = Lanes(self._jobs)
        self._through: queue.Queue[_Through[Item, Outcome]] = queue.Queue(_AHEAD * self._jobs)
        self._open = 0
        self._threads: list[threading.Thread] = []
        self._processes: set[Process] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._stopped = threading.Event()
        # The first child starts while the caller is still gathering its items.
        self._early: Process | None = self._started()

    def __enter__(self) -> Pool[Item, Outcome]:
        return self

    def __exit__(self, *reason: object) -> None:
        with self._lock:
            self._closed = True
            running = list(self._processes)
        self._lanes.close()
        for process in running:
            process.kill()
        self._make_room()
        for thread in self._threads:
            thread.join()

    def _make_room(self) -> None:
        """Drops what nobody takes any more. Each thread has one outcome at most to put then, and ends."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._through.get_nowait()

    def submit(self, item: Item, *, lane: int = 0, size: int = 0, opens: bool = False, again: bool = True) -> None:
        """Hand an item in; lane 0 is the quickest, and of a lane the largest goes first.

        `opens` says that the caller may hand in more because of its outcome: slow lanes wait for that. An item whose
        process dies or outgrows the limit is tried once more in a fresh one with nothing beside it, unless `again` is
        false: what came before it or ran beside it may have been at fault.
        """
        self._open += 1
        self._lanes.put(Work(item, lane, size, opens, again))
        if len(self._threads) < self._jobs:
            self._threads.append(threading.Thread(target=self._serve, daemon=True))
            self._threads[-1].start()

    def outcomes(self) -> Iterator[tuple[Item, Outcome]]:
        """Each item with its outcome as soon as it is done, until there is none left; more may be handed in meanwhile.

        Raises what the work raised. After `stop` there is none any more, whatever is still under way.
        """
        while self._open:
            received = self._received()
            if received is None:
                return
            work, outcome, error = received
            self._open -= 1
            if error is not None:
                raise error
            yield work.item, cast("Outcome", outcome)
            if work.opens:
                self._lanes.followed()

    def stop(self) -> None:
        """Lets `outcomes` end soon, from any thread: who waits for a long document can then leave."""
        self._stopped.set()

    def _received(self) -> _Through[Item, Outcome] | None:
        while not self._stopped.is_set():
            try:
                return self._through.get(timeout=_POLL)  # on Windows, Ctrl-C is seen only between two waits
            except queue.Empty:
                continue
        return None

    # ── one thread for each child ──

    def _started(self) -> Process:
        process = Process((self._work, self._warm), self._limits.memory, self._folder, modest=self._modest)
        with self._lock:
            self._processes.add(process)
            closed = self._closed
        if closed:
            process.kill()
        return process

    def _dropped(self, process: Process | None) -> None:
        if process is None:
            return
        process.kill()
        with self._lock:
            self._processes.discard(process)

    def _serve(self) -> None:
        with self._lock:
            process, self._early = self._early, None
        while (work := self._lanes.take()) is not None:
            if work.alone:
                self._dropped(process)
                process = None
            outcome, error = None, None
            try:
                process = process or self._started()
                outcome = self._run(process, work.item)
            except BaseException as raised:
                error = raised
            if process is not None and (not process.usable or _grown(process, self._limits.memory)):
                self._dropped(process)
                process = None
            self._finished(work, outcome, error)
        self._dropped(process)

    def _finished(self, work: Work[Item], outcome: Outcome | Failure | None, error: BaseException | None) -> None:
        """Hands the outcome on, or lets the item wait for its second try."""
        if isinstance(outcome, Failure):
            if work.again and outcome.kind in _NOT_ITS_FAULT:
                self._lanes.put(replace(work, again=False, alone=True))
                self._lanes.done(replace(work, opens=False))
                return
            outcome = self._failed(work.item, outcome)
        self._lanes.done(work)
        self._through.put((work, outcome, error))

    def _run(self, process: Process, item: Item) -> Outcome | Failure:
        process.send(item)
        clock = _Clock(self._limits)
        failure: Failure | None
        while True:
            message = process.receive(_POLL)
            match message:
                case Done(outcome):
                    return outcome  # type: ignore[no-any-return]
                case Failed(error):
                    raise error
                case Told(done, total):
                    clock.progress()
                    self._heard(item, done, total)
                    failure = clock.over()
                case Ended(detail):
                    kind = "memory" if "MemoryError" in detail else "died"
                    return Failure(kind, detail)
                case None:
                    failure = clock.over() or _too_large(process, self._limits.memory)
            if failure is not None:
                process.kill()
                return failure


def _grown(process: Process, limit: int) -> bool:
    """Whether a process holds so much between two items that a fresh one should do the next."""
    held = process.held()
    return held > limit * _FULL or (process.served >= _MANY and held > limit * _CREPT)


def _too_large(process: Process, limit: int) -> Failure | None:
    held = process.memory()
    return Failure("memory", f"{held} bytes held, limit {limit}") if held > limit else None


class _Clock:
    """The time of one item, begun when it is made."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._began = self._heard = time.monotonic()

    def progress(self) -> None:
        """A sign of life."""
        self._heard = time.monotonic()

    def over(self) -> Failure | None:
        """Which of the two limits is past, if one is."""
        now = time.monotonic()
        if now - self._heard > self._limits.quiet:
            return Failure("time", f"no progress for {self._limits.quiet:g} s")
        if now - self._began > self._limits.seconds:
            return Failure("time", f"more than {self._limits.seconds:g} s")
        return None
