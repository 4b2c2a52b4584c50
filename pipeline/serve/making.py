"""Files of exports, made in processes of their own: a workbook of 4,000 tasks takes seconds of the processor.

A process reads the database itself, so that the server has nothing to do but wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from queue import LifoQueue

from pipeline.errors import DondocError
from pipeline.export import profiles
from pipeline.ruleset import Ruleset
from pipeline.serve.beside import Beside
from pipeline.serve.exporting import Made, chosen, make
from pipeline.serve.refusals import Refusal
from pipeline.store.address import Address
from pipeline.store.database import Database
from pipeline.store.register import Filter
from pipeline.workers import Limits

__all__ = ["Exports", "Order"]

LIMITS = Limits(quiet=900, seconds=900)  # 100,000 tasks take minutes, and it tells nothing of how far it is
AT_ONCE = 2  # files: while one is at all tasks, that of a single document need not wait for it
WAITING = 20  # who asks for a file at the same time, those whose files are being made with them


@dataclass(frozen=True, slots=True)
class Order:
    """A file that is asked for: tasks, format, language, the name of a profile, and the table of codes it takes."""

    wanted: Filter
    kind: str
    lang: str
    profile: str | None = None
    codes: Path | None = None


class Exports:
    """What makes the files of a server; `folder` is the office's folder of rules, which may hold profiles."""

    def __init__(self, database: Database, folder: Path | None = None, limits: Limits = LIMITS) -> None:
        self._room = threading.BoundedSemaphore(WAITING)
        work = partial(_made, database.address, database.rules, folder)
        self._makers: list[Beside[Order, Made]] = [Beside(work, limits, _not_made) for _ in range(AT_ONCE)]
        self._free: LifoQueue[Beside[Order, Made]] = LifoQueue()  # one that has a process already comes first
        for maker in self._makers:
            self._free.put(maker)

    def make(self, order: Order) -> Made:
        """The file. Waits for its turn and for its end, up to minutes.

        Raises what `chosen` and `make` of `pipeline.serve.exporting` raise, `UsageError` where there is no such profile
        or table of codes, and `Refusal` where too many wait or the file takes too much.
        """
        if not self._room.acquire(blocking=False):
            message = "Máy chủ đang tạo nhiều tệp khác. Hãy thử lại sau ít phút."
            raise Refusal(503, "too-many-exports", message)
        try:
            maker = self._free.get()
            try:
                return maker.do(order)
            finally:
                self._free.put(maker)
        finally:
            self._room.release()

    def close(self) -> None:
        """Stops what is being made, and ends the processes."""
        for maker in self._makers:
            maker.close()


def _not_made() -> Refusal:
    message = "Máy chủ không tạo được tệp này: việc tạo quá lâu hoặc quá lớn. Hãy lọc bớt nhiệm vụ rồi xuất lại."
    return Refusal(503, "not-exported", message)


# ── in the other process ───────────────────────────────────────────────────────────────────


@cache
def _opened(address: Address) -> Database:
    """The database, which stays open as long as the process lives."""
    return Database(address)


def _made(
    address: Address, rules: Ruleset | None, folder: Path | None, order: Order, tell: Callable[[int, int], None]
) -> Made | DondocError:
    database = _opened(address)
    database.rules = rules
    try:
        found = chosen(database, order.wanted)
        profile = None if order.profile is None else profiles.order(order.profile, order.codes, folder)
        return make(database, found, order.kind, order.lang, profile)
    except DondocError as refused:  # an answer like any other, and the process goes on
        return refused
