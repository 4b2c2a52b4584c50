"""What the tests of databases share: a database of its own for each test, and all that stands in one."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
from collections.abc import Iterator
from typing import Any

from sqlalchemy import create_engine, select, text

from pipeline.store import tables
from pipeline.store.address import DRIVERS, Address

NOW = dt.datetime(2026, 3, 10, 8, 0, tzinfo=dt.UTC)
_numbers = itertools.count(1)


@contextlib.contextmanager
def own_database(server: str) -> Iterator[str]:
    """A new database on the server, dropped in the end. `empty` makes it new again, and is quicker."""
    name = f"dondoc_{os.getpid()}_{next(_numbers)}"
    engine = create_engine(server.replace("postgresql://", f"{DRIVERS['postgresql']}://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        try:
            yield server.rpartition("/")[0] + f"/{name}"
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def empty(url: str) -> None:
    """Takes everything out of a PostgreSQL database."""
    engine = create_engine(url.replace("postgresql://", f"{DRIVERS['postgresql']}://"))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def dump(address: Address, *without: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables but those named, in the order of their keys."""
    engine = create_engine(address.url)
    with engine.connect() as connection:
        found = {
            name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for name, table in tables.metadata.tables.items()
            if name not in without
        }
    engine.dispose()
    return found


def told(address: Address) -> list[tuple[str, str | None, str | None]]:
    """The history: field, old, new."""
    return [(row["field"], row["old"], row["new"]) for row in dump(address)["history"]]
