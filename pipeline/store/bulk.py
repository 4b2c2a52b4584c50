"""Many rows in few statements: by key over what is there, or in place of all that a task had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from pipeline.store.rows import Row

__all__ = ["chunks", "insert_all", "replace", "upsert"]

CHUNK = 500  # rows a statement: of 26 columns that makes 13,000 parameters, and SQLite takes 32,766

T = TypeVar("T")


def chunks(items: Collection[T]) -> Iterator[Sequence[T]]:
    """The items in parts that one statement takes."""
    listed = list(items)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))


def upsert(connection: Connection, table: Table, rows: Sequence[Row], *, keep: bool = False) -> None:
    """Inserts rows; one whose key is there already is updated, or with `keep` left as it is."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    statement: Any = (postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert)(table)
    if keep:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    else:
        values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=values)
    connection.execute(_in_few_trips(connection, table, statement), list(rows))


def insert_all(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows that are not there."""
    if rows:
        connection.execute(_in_few_trips(connection, table, insert(table)), list(rows))


def _in_few_trips(connection: Connection, table: Table, statement: Any) -> Any:
    """The statement so that SQLAlchemy sends many rows at once to a server: it does where keys are asked back."""
    return statement.returning(*table.primary_key) if connection.dialect.name == "postgresql" else statement


def replace(connection: Connection, table: Table, of: Mapping[str, Sequence[Row]]) -> None:
    """The rows of each task, by its id, in place of those that it had; nothing is written where they are the same."""
    keys = [column.name for column in table.primary_key]

    def ordered(rows: Sequence[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: tuple(str(row[name]).zfill(9) for name in keys))

    for part in chunks(of):
        found = defaultdict(list)
        for row in connection.execute(select(table).where(table.c.task_id.in_(part))).mappings():
            found[row["task_id"]].append(dict(row))
        differing = [task for task in part if ordered(found[task]) != ordered(of[task])]
        if differing:
            connection.execute(delete(table).where(table.c.task_id.in_(differing)))
            insert_all(connection, table, [row for task in differing for row in of[task]])
