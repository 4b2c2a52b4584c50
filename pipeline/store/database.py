"""A database that is kept open: what a server asks from many threads, where a command opens its address once.

The functions of this package take either: `reading` and `writing` here know what to do with both.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from pipeline.store import migrate, transactions
from pipeline.store.address import SQLITE, Address
from pipeline.store.rows import KEEP, DaysOff

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy.engine import Connection, Engine

    from pipeline.ruleset import Ruleset

__all__ = ["Database", "Place", "address_of", "reading", "writing"]

T = TypeVar("T")

KEPT, MORE = 5, 40  # connections that stay open, and those added for a moment: the threads of a server are 40


class Database:
    """A database with its connections. `close` it, or use it as a context manager; it may be used from any thread.

    `days_off` and `rules` (None: the shipped ones) are the office's: what corrections change is computed with them.
    """

    def __init__(self, address: Address, days_off: DaysOff = KEEP, rules: Ruleset | None = None) -> None:
        self.address, self.days_off, self.rules = address, days_off, rules
        self._engines: dict[bool, Engine] = {}
        self._opening = Lock()

    def __enter__(self) -> Database:
        """Opens it: the tables are made, or brought to the form of this version. Raises `OutputError`."""
        self.writing(lambda connection: None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
        self.close()

    def reading(self, work: Callable[[Connection], T]) -> T:
        """Does `work` on one state of the database. Raises `OutputError`."""

        def once() -> T:
            with self._engine(writes=False).begin() as connection:
                migrate.check(connection, self.address)
                return work(connection)

        transactions.must_exist(self.address)
        return transactions.again(self.address, once)

    def writing(self, work: Callable[[Connection], T]) -> T:
        """Does `work` in one transaction, as `pipeline.store.transactions.writing` does."""
        transactions.make_folder(self.address)
        return transactions.again(
            self.address, lambda: transactions.written(self.address, self._engine(writes=True), work)
        )

    def write_over(self) -> None:
        """Lets nothing be left of what was deleted: SQLite has it in its write-ahead log until that is written over."""
        if self.address.kind == SQLITE:
            connection = self._engine(writes=True).raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def close(self) -> None:
        """Closes all connections that nobody uses."""
        with self._opening:
            while self._engines:
                self._engines.popitem()[1].dispose()

    def _engine(self, *, writes: bool) -> Engine:
        with self._opening:
            if writes not in self._engines:
                self._engines[writes] = transactions.opened(
                    self.address, writes=writes, pool_size=KEPT, max_overflow=MORE, pool_pre_ping=True
                )
            return self._engines[writes]


Place = Address | Database


def address_of(place: Place) -> Address:
    """Where it is."""
    return place.address if isinstance(place, Database) else place


def reading(place: Place, work: Callable[[Connection], T]) -> T:
    """Does `work` on one state of the database, and changes nothing. Raises `OutputError`."""
    return place.reading(work) if isinstance(place, Database) else transactions.reading(place, work)


def writing(place: Place, work: Callable[[Connection], T]) -> T:
    """Does `work` in one transaction; see `pipeline.store.transactions.writing`. Raises `OutputError`."""
    return place.writing(work) if isinstance(place, Database) else transactions.writing(place, work)
