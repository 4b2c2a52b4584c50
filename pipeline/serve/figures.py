"""What is counted over all tasks, once for each state of the database.

The database counts the overview, which takes a third of a second for 100,000 tasks. To put the six questions to them
takes fourteen, in a process beside the server.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial

from pipeline import ruleset
from pipeline.audit import Tally, audit, tally
from pipeline.model import Directive
from pipeline.ruleset import Ruleset
from pipeline.serve.beside import Beside
from pipeline.serve.refusals import Refusal
from pipeline.store import overview
from pipeline.store.address import Address
from pipeline.store.database import Database
from pipeline.store.examined import examined, stamp
from pipeline.store.overview import Listed, Overview
from pipeline.workers import Limits

__all__ = ["LIMITS", "Figures"]

LIMITS = Limits(quiet=600, seconds=600)
DOCUMENTS = 15  # that wait for review, and are named

Seen = tuple[Overview, tuple[Listed, ...], int]
"""The counts, the documents that wait most for review, and how many wait in all."""


class Figures:
    """The figures of a server."""

    def __init__(self, database: Database, limits: Limits = LIMITS) -> None:
        self._database = database
        work = partial(_asked, database.address, database.rules)
        self._beside: Beside[str, Tally] = Beside(work, limits, _not_counted)
        self._counting, self._asking = threading.Lock(), threading.Lock()  # of two who ask at once, one counts
        self._seen: tuple[tuple[str, dt.date], Seen] | None = None
        self._clear: tuple[str, Tally] | None = None

    def seen(self, today: dt.date) -> Seen:
        """The overview as of that day."""
        key = stamp(self._database), today
        with self._counting:
            if self._seen is None or self._seen[0] != key:
                papers, waiting = overview.to_review(self._database, DOCUMENTS, waiting=True)
                self._seen = key, (overview.counts(self._database, today), papers, waiting)
            return self._seen[1]

    def clear(self) -> Tally:
        """The six questions put to all tasks. Waits for the other process. Raises `Refusal`."""
        key = stamp(self._database)
        with self._asking:
            if self._clear is None or self._clear[0] != key:
                self._clear = key, self._beside.do(key)
            return self._clear[1]

    def close(self) -> None:
        """Ends the process."""
        self._beside.close()


def _not_counted() -> Refusal:
    message = "Máy chủ chưa tính được “6 rõ” của toàn bộ nhiệm vụ. Hãy tải lại trang sau ít phút."
    return Refusal(503, "not-counted", message)


# ── in the other process ───────────────────────────────────────────────────────────────────


def _asked(address: Address, rules: Ruleset | None, key: str, tell: Callable[[int, int], None]) -> Tally:
    with closing(Database(address)) as database:
        tasks = tuple(examined(database))
    return tally(audit([Directive("", "", "", 0, "ok", tasks=tasks)], rules or ruleset.load()))
