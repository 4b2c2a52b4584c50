"""Work that takes seconds of the processor, done beside the server in one process that is kept for the next piece.

The process starts with the first piece. What it may take is limited (`pipeline.workers`); it has the processor when no
page wants it, and ends with the server.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from pipeline import ruleset
from pipeline.errors import DondocError
from pipeline.serve.refusals import Refusal
from pipeline.serve.security.faults import LOG
from pipeline.workers import Failure, Limits, Pool

__all__ = ["Beside"]

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Beside(Generic[Item, Outcome]):
    """`work` is as in `pipeline.workers.Pool`; `failed` is what a person is told where it was stopped."""

    def __init__(
        self,
        work: Callable[[Item, Callable[[int, int], None]], Outcome | DondocError],
        limits: Limits,
        failed: Callable[[], Refusal],
    ) -> None:
        self._work, self._limits, self._failed = work, limits, failed
        self._turn, self._lock = threading.Lock(), threading.Lock()
        self._pool: Pool[Item, Outcome | DondocError | Failure] | None = None
        self._closed = False

    def do(self, item: Item) -> Outcome:
        """What comes of the item; one after the other. Raises the error that the work gave back, and `Refusal`."""
        with self._turn:
            pool = self._opened()
            if pool is None:
                raise self._failed()
            pool.submit(item, again=False)
            for _, outcome in pool.outcomes():
                if isinstance(outcome, Failure):
                    LOG.error("%s: %s", self._failed().code, f"{outcome.kind}: {outcome.detail}")
                    raise self._failed()
                if isinstance(outcome, DondocError):
                    raise outcome
                return outcome
            raise self._failed()  # the server stops

    def close(self) -> None:
        """Gives up what is being done, and ends the process."""
        with self._lock:
            self._closed = True
            if self._pool is not None:
                self._pool.stop()
        with self._turn:
            if self._pool is not None:
                self._pool.__exit__()
            self._pool = None

    def _opened(self) -> Pool[Item, Outcome | DondocError | Failure] | None:
        with self._lock:
            if self._pool is None and not self._closed:
                self._pool = Pool(self._work, jobs=1, warm=_warm, failed=_stopped, limits=self._limits, modest=True)
            return None if self._closed else self._pool


# ── in the other process ───────────────────────────────────────────────────────────────────


def _warm() -> None:
    ruleset.load()


def _stopped(item: object, failure: Failure) -> Failure:
    return failure
