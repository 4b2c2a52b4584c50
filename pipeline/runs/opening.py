"""The file of a journal: its tables, the lock on it, and what becomes of one that is damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.inputs import Problem

__all__ = ["Lock", "connect", "damaged", "is_running", "set_aside"]

_PATIENCE = 1.0  # seconds: somebody who only looks holds the lock for a moment

# `results` by content, whatever runs asked for them; `documents` of each run in their order. Paths are UTF-8 bytes, for
# the name of a file may hold what is none.
_TABLES = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, began TEXT NOT NULL, ended TEXT, command TEXT NOT NULL,
    total INTEGER NOT NULL, seconds REAL NOT NULL DEFAULT 0
);
CREATE TABLE results (
    key BLOB PRIMARY KEY, reading BLOB NOT NULL, run INTEGER NOT NULL, seconds REAL NOT NULL,
    doubtful INTEGER NOT NULL, lacking TEXT, again INTEGER NOT NULL DEFAULT 0, data BLOB NOT NULL
);
CREATE TABLE documents (
    run INTEGER NOT NULL, place INTEGER NOT NULL, key BLOB NOT NULL, shown BLOB NOT NULL, path BLOB NOT NULL,
    status TEXT NOT NULL, tasks INTEGER NOT NULL, unplaced INTEGER NOT NULL, warnings INTEGER NOT NULL,
    code TEXT, reason TEXT, errors INTEGER NOT NULL, seconds REAL NOT NULL, found INTEGER NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (run, place)
) WITHOUT ROWID;
"""


def connect(path: Path) -> sqlite3.Connection:
    """Opens a journal for writing, and makes it where there is none. Raises `sqlite3.Error`; see `damaged`."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("quick_check")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # a kill loses nothing, a power cut the last documents
        _make_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_tables(connection: sqlite3.Connection) -> None:
    found = _schema(connection)
    if not found:
        connection.executescript(f"BEGIN; {_TABLES} COMMIT;")
    elif found != _expected():  # of another version, or somebody put a table, view or trigger into it
        raise sqlite3.DatabaseError("not the tables of this version")


def _schema(connection: sqlite3.Connection) -> list[tuple[str]]:
    return connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql").fetchall()


def _expected() -> list[tuple[str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_TABLES)
        return _schema(connection)


def damaged(error: sqlite3.Error) -> bool:
    """Whether it says that the file is no journal any more, and not that it cannot be used just now."""
    return not isinstance(error, sqlite3.OperationalError)


def set_aside(path: Path) -> Problem:
    """Gives a damaged journal another name, with the files that belong to it, and says so. Raises OSError."""
    kept = next(name for number in count(1) if not (name := path.with_name(f"{path.name}.hong-{number}")).exists())
    for end in ("", "-wal", "-shm"):
        part = path.with_name(path.name + end)
        if part.exists():
            part.rename(kept.with_name(kept.name + end))
    message = (
        f"Nhật ký {path.name} bị hỏng hoặc bị sửa nên không dùng được: đã giữ lại với tên {kept.name} và đọc lại từ "
        "đầu."
    )
    return Problem(str(path), "journal-damaged", message)


class Lock:
    """Held while a run is under way, and let go by the system when its process is no more, however it ended.

    It is an empty database beside the journal: SQLite's own locks work on every system that it runs on.
    """

    def __init__(self, journal: Path) -> None:
        """Raises `OutputError` where another run holds it, `sqlite3.Error` where there can be none."""
        self._connection = sqlite3.connect(_lock_of(journal), timeout=_PATIENCE, isolation_level=None)
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            message = (
                f"Một lượt chạy khác đang ghi vào cùng nơi này ({journal.name}). Hãy chờ lượt đó xong (xem bằng: "
                "dondoc runs list), hoặc chọn nơi ghi khác với -o."
            )
            raise OutputError("run-under-way", message, str(error)) from error

    def release(self) -> None:
        """Lets it go."""
        self._connection.close()


def is_running(journal: Path) -> bool:
    """Whether a run is under way there now."""
    address = f"{_lock_of(journal).absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=0)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY
    return False


def _lock_of(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}.lock")
