"""The runs that a journal remembers, for those who look at them from outside."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.runs.command import Command
from pipeline.runs.opening import Lock, connect, is_running
from pipeline.runs.place import PREFIX, beside, journals_in

__all__ = ["Document", "Record", "documents", "find", "last", "read", "read_all", "retry"]

_RUNS = """
SELECT runs.id, began, ended, command, total, runs.seconds, count(place), coalesce(sum(status = 'failed'), 0),
       coalesce(sum(status = 'partial'), 0), coalesce(sum(found), 0), coalesce(sum(tasks), 0)
FROM runs LEFT JOIN documents ON run = runs.id GROUP BY runs.id ORDER BY runs.id
"""
_FAILED = "(status = 'failed' OR errors > 0)"


@dataclass(frozen=True, slots=True)
class Record:
    """A run. `state` is running, stopped or done; `found` documents were taken from earlier runs.

    `seconds` is none as long as it has not come to its end.
    """

    journal: Path
    number: int
    state: str
    began: dt.datetime
    command: Command
    total: int
    seconds: float | None
    done: int
    failed: int
    partial: int
    found: int
    tasks: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a run that was not read, or not wholly."""

    path: str
    status: str
    code: str
    reason: str
    at: str


def find(path: Path) -> list[Path]:
    """The journals that a path means: an output's, the journal itself, or those in a folder and right below it.

    Raises `UsageError` where there is none.
    """
    if path.name.startswith(PREFIX) and path.is_file():
        return [path]
    found = [beside(path)] if beside(path).is_file() else journals_in(path)
    if not found:
        raise _none_at(path)
    return found


def read_all(path: Path) -> list[Record]:
    """All runs that a path means, the oldest first. Raises `UsageError`."""
    return sorted((one for journal in find(path) for one in read(journal)), key=lambda one: (one.began, one.number))


def last(path: Path) -> Record:
    """The run that began last. Raises `UsageError`."""
    records = read_all(path)
    if not records:
        raise _none_at(path)
    return records[-1]


def read(journal: Path) -> list[Record]:
    """The runs of a journal, the oldest first. Raises `UsageError` where it cannot be read."""
    running = is_running(journal)
    with _opened(journal) as connection:
        rows = connection.execute(_RUNS).fetchall()
    last_number = rows[-1][0] if rows else 0
    found = []
    for number, began, ended, command, total, seconds, *counts in rows:
        state = "done" if ended else "running" if running and number == last_number else "stopped"
        when, call = dt.datetime.fromisoformat(began), _decoded(journal, command)
        found.append(Record(journal, number, state, when, call, total, seconds if ended else None, *counts))
    return found


def documents(record: Record) -> list[Document]:
    """What was not read of a run, in order. Raises `UsageError`."""
    words = f"SELECT path, status, code, reason, at FROM documents WHERE run = ? AND {_FAILED} ORDER BY place"
    with _opened(record.journal) as connection:
        return [
            Document(path.decode("utf-8", "replace"), status, code or "", reason or "", at)
            for path, status, code, reason, at in connection.execute(words, (record.number,))
        ]


def retry(record: Record) -> int:
    """Lets the run be asked anew for what it failed at, and returns how many documents that are.

    Raises `OutputError` where a run is under way, `UsageError` where the journal cannot be used.
    """
    lock = Lock(record.journal)
    try:
        with _opened(record.journal) as connection:
            words = f"SELECT key FROM documents WHERE run = ? AND {_FAILED}"
            changed = connection.execute(f"UPDATE results SET again = 1 WHERE key IN ({words})", (record.number,))
            return changed.rowcount
    finally:
        lock.release()


@contextmanager
def _opened(journal: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(connect(journal)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise _unusable(journal, error) from error


def _decoded(journal: Path, command: str) -> Command:
    try:
        return Command.decode(command)
    except ValueError as error:
        raise _unusable(journal, error) from error


def _none_at(path: Path) -> UsageError:
    message = (
        f"Không có lượt chạy nào được ghi lại ở {path}. Hãy nêu thư mục có kết quả, hoặc chính kết quả đó. Lượt chạy "
        "ít văn bản (đến 20) không được ghi lại."
    )
    return UsageError("no-runs", message, str(path))


def _unusable(journal: Path, error: Exception) -> UsageError:
    message = (
        f"Không đọc được nhật ký {journal}: tệp bị hỏng, bị khóa hoặc do phiên bản khác tạo ra. Hãy chạy lại lệnh "
        "dondoc convert; nhật ký hỏng được giữ lại với tên khác."
    )
    return UsageError("journal-unusable", message, f"{type(error).__name__}: {error}")
