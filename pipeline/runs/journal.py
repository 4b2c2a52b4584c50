"""What a run has done, kept beside its output: a run that was killed goes on where it was, and repeats nothing.

A result is found by what it rests on (see `reading`), not by the run that made it. One file, SQLite in WAL mode: what
was put there is there after a kill; after a power cut the last few documents may be missing, and are read again.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pipeline import codec
from pipeline.errors import OutputError
from pipeline.inputs import Problem
from pipeline.model import Directive
from pipeline.opening import sha256_of
from pipeline.runs import reading
from pipeline.runs.command import Command
from pipeline.runs.opening import Lock, connect, damaged, set_aside
from pipeline.runs.recorded import Recorded, RecordedDirectives
from pipeline.steps import Item, Options, Step, shown_path

__all__ = ["KEPT_RUNS", "Journal"]

KEPT_RUNS = 20  # runs of one output that are remembered, and the results that one of them asked for
_PARTS = ("", "-wal", "-shm", ".lock", ".pages", ".pages-wal", ".pages-shm")


class Journal:
    """The journal of one output, open for one run. Use it in a ``with`` statement.

    `notes` says what was wrong with it when it was opened, and with results that could not be used.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: Lock, run_of: bytes) -> None:
        self.path = path
        self.notes: list[Problem] = []
        self._connection, self._lock, self._reading = connection, lock, run_of
        self._guard = threading.Lock()
        self._digests: dict[Path, str] = {}
        self._found: set[bytes] = set()  # keys of what an earlier run has read
        self._unreadable: dict[bytes, Step] = {}  # of this run: without a digest they are not known again
        self._run, self._length, self._removed = 0, 0, False
        self._known = bool(self._rows("SELECT 1 FROM results WHERE reading = ? LIMIT 1", run_of))

    @classmethod
    def open(cls, path: Path, options: Options, rules_digest: str) -> Self:
        """Opens the journal at `path`, or makes one. A damaged one is kept aside, which `notes` says.

        Raises `OutputError` where another run is under way there or the file cannot be used.
        """
        with _told(path):
            lock = Lock(path)
            notes = []
            try:
                try:
                    connection = connect(path)
                except sqlite3.Error as error:
                    if not damaged(error):
                        raise
                    notes.append(set_aside(path))
                    connection = connect(path)
                journal = cls(path, connection, lock, reading.digest_of(options, rules_digest))
            except BaseException:
                lock.release()
                raise
            journal.notes += notes
            return journal

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file and of the lock on it."""
        self._connection.close()
        self._lock.release()
        if self._removed:
            for end in _PARTS:
                self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    @property
    def is_new(self) -> bool:
        """Whether no run before this one is remembered there."""
        return self._run == 1

    def remove(self) -> None:
        """Lets nothing of it be left once it is closed."""
        self._removed = True

    # ── the run ──

    def begin(self, command: Command, total: int) -> None:
        """A run of so many files. What may have failed of the end of a run before it is to be tried again."""
        with self._changing():
            self._rows(
                "UPDATE results SET again = 1 WHERE doubtful AND run IN (SELECT id FROM runs WHERE ended IS NULL)"
            )
            words = "INSERT INTO runs (began, command, total) VALUES (?, ?, ?) RETURNING id"
            self._run = self._rows(words, _now(), command.encode(), total)[0][0]

    def end(self, total: int, seconds: float) -> None:
        """The run came to its end with so many documents. What only runs of long ago asked for is forgotten."""
        oldest = "SELECT min(id) FROM (SELECT id FROM runs ORDER BY id DESC LIMIT ?)"
        with self._changing():
            words = "UPDATE runs SET ended = ?, total = ?, seconds = ? WHERE id = ?"
            self._rows(words, _now(), total, seconds, self._run)
            self._rows(f"DELETE FROM documents WHERE run < ({oldest})", KEPT_RUNS)
            self._rows(f"DELETE FROM runs WHERE id < ({oldest})", KEPT_RUNS)
            forgotten = f"run < ({oldest}) AND key NOT IN (SELECT key FROM documents)"
            self._rows(f"DELETE FROM results WHERE {forgotten}", KEPT_RUNS)

    # ── its documents ──

    def find(self, item: Item) -> Step | None:
        """The document as it was read before, None where it is to be read. Raises `OutputError`."""
        if not self._known:
            return None
        sha256 = self._digest(item.path)
        key = reading.key_of(item, sha256, self._reading)
        if not sha256:
            return self._unreadable.get(key)
        with self._changing():
            rows = self._rows("SELECT run, seconds, lacking, data FROM results WHERE key = ? AND NOT again", key)
        if not rows:
            return None
        run, seconds, lacking, data = rows[0]
        # What this machine has is asked for such a result alone: to ask costs the parent of a run 37 MB of libraries.
        if lacking is not None and lacking != reading.machine():
            return None
        try:
            step = Step(shown_path(item), codec.decode(data), float(seconds), view=codec.view_in(data))
        except (codec.Damaged, TypeError, ValueError):
            message = f"Kết quả của {item.name} trong nhật ký bị hỏng nên văn bản này được đọc lại."
            self.notes.append(Problem(item.name, "result-damaged", message))
            return None
        if run != self._run:
            self._found.add(key)
        return step

    def put(self, item: Item, step: Step) -> None:
        """Keeps what became of a document. Raises `OutputError` where it cannot be kept."""
        directive, key = step.directive, self._key(item, step)
        lacking = reading.machine() if reading.is_lacking(directive) else None
        facts = (self._reading, self._run, step.seconds, reading.is_doubtful(directive), lacking)
        with self._changing():
            words = "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, 0, ?)"
            self._rows(words, key, *facts, step.packed or codec.encode(directive, step.view))
        self._known = True
        self._found.discard(key)
        if not self._digest(item.path):
            self._unreadable[key] = step

    def place(self, item: Item, step: Step) -> None:
        """Says that this document, whether it was put or found, is the next in order. Raises `OutputError`."""
        directive, key = step.directive, self._key(item, step)
        with self._changing():
            there = self._rows("SELECT 1 FROM results WHERE key = ?", key)
        if not there:  # refused without having been read
            self.put(item, step)
        # A member of a container is shown by its name alone; where that is, the folder of the file says.
        path = item.path.absolute().parent / item.name if item.inside else item.path.absolute()
        first = directive.errors[0] if directive.errors else None
        failure = (None, None) if first is None else (first.code, _storable(first.message))
        counts = (len(directive.tasks), len(directive.unplaced), len(directive.warnings))
        facts = (*counts, *failure, len(directive.errors), step.seconds, key in self._found, _now())
        with self._changing():
            words = f"INSERT INTO documents VALUES ({', '.join('?' * 15)})"
            self._rows(words, self._run, self._length, key, _bytes(step.path), _bytes(path), directive.status, *facts)
        self._length += 1

    def steps(self) -> Recorded:
        """The documents that have their place, in order."""
        return Recorded(self.path, self._run, self._length)

    def directives(self) -> Sequence[Directive]:
        """What was made of them."""
        return RecordedDirectives(self.steps())

    def _key(self, item: Item, step: Step) -> bytes:
        """By the bytes that were read; those of a container are not in the result of its member."""
        if not item.inside:
            self._digests[item.path] = step.directive.sha256
        return reading.key_of(item, self._digest(item.path), self._reading)

    def _digest(self, path: Path) -> str:
        found = self._digests.get(path)
        if found is None:
            found = self._digests[path] = sha256_of(path)
        return found

    # ── the file ──

    def _rows(self, words: str, *values: Any) -> list[Any]:
        return self._connection.execute(words, values).fetchall()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction, by one thread at a time."""
        with self._guard, _told(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the file cannot do is told as an `OutputError`."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        message = (
            f"Không ghi được nhật ký {path}. Hãy kiểm tra dung lượng đĩa và quyền ghi, rồi chạy lại đúng lệnh này: "
            "những văn bản đã đọc xong không phải đọc lại."
        )
        raise OutputError("journal-not-written", message, f"{type(error).__name__}: {error}") from error


def _bytes(path: Path) -> bytes:
    return str(path).encode("utf-8", "surrogatepass")


def _storable(words: str) -> str:
    return words.encode("utf-8", "replace").decode("utf-8")


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
