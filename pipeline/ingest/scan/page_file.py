"""Recognised pages in a file beside the journal of a run, for the runs after it: a table of SQLite, bounded in size."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["END", "PageFile"]

END = ".pages"  # behind the name of the journal
_PATIENCE = 5.0  # seconds: processes that read beside each other write beside each other
_TABLE = "CREATE TABLE IF NOT EXISTS pages (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, data BLOB NOT NULL)"


class PageFile:
    """The file of pages beside a journal; where there is no journal, there are none, and none are kept.

    It holds what can be had again. So no fault of it, be it a full disk or somebody else's writing, is told or costs a
    document: what it cannot give is recognised, and a damaged file is begun anew.
    """

    def __init__(self, journal: Path, most: int) -> None:
        """Holds at most so many bytes; what was kept first goes first."""
        self._journal, self._path = journal, journal.with_name(journal.name + END)
        self._most = most
        self._connection: sqlite3.Connection | None = None

    def find(self, key: bytes) -> bytes | None:
        """What was kept under a key."""
        rows = self._asked("SELECT data FROM pages WHERE key = ?", key)
        return rows[0][0] if rows and isinstance(rows[0][0], bytes) else None

    def keep(self, key: bytes, data: bytes) -> None:
        """Keeps a page, and lets the older half of all go where they are too many."""
        self._asked("INSERT OR REPLACE INTO pages (key, data) VALUES (?, ?)", key, data)
        if self._size() > self._most:
            self._asked("DELETE FROM pages WHERE id <= (SELECT (min(id) + max(id)) / 2 FROM pages)")

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _size(self) -> int:
        """The bytes in use: what was deleted leaves room in the file, which is filled again."""
        told = [self._asked(f"PRAGMA {name}") for name in ("page_count", "freelist_count", "page_size")]
        pages, free, each = (rows[0][0] if rows else 0 for rows in told)
        return int(pages - free) * int(each)

    def _asked(self, words: str, *values: bytes) -> list[tuple[Any, ...]]:
        if self._connection is None and not self._journal.is_file():
            return []
        try:
            if self._connection is None:
                self._connection = _connected(self._path)
            return self._connection.execute(words, values).fetchall()
        except sqlite3.OperationalError:  # a full disk, a folder made read-only, another process that writes for long
            return []
        except sqlite3.DatabaseError:
            self.close()
            with suppress(OSError):  # on Windows another process may have it open; then it is tried again later
                self._path.unlink()
            return []


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # what a power cut takes is recognised again
        connection.execute(_TABLE)
    except BaseException:
        connection.close()
        raise
    return connection
