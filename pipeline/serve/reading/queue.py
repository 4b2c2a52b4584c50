"""Reads what was uploaded, in threads of the server: each takes what waits and reads it in limited processes.

There are two: while one is at a long scan, a short document that comes need not wait for it. A third thread says every
few seconds that this server still reads what it reads, and looks for what other servers of the database have left.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
import threading
import time
from pathlib import Path

from pipeline.engine import Run
from pipeline.errors import OutputError
from pipeline.runs import reading as runs
from pipeline.serve.reading.batch import Batch, Desk
from pipeline.serve.reading.events import Events
from pipeline.serve.security.faults import note
from pipeline.serve.settings import Settings
from pipeline.steps import Options
from pipeline.store import files, leases
from pipeline.store.database import Database
from pipeline.store.files import OPEN, Upload
from pipeline.version import __version__
from pipeline.workers import Limits

__all__ = ["Queue", "version"]

AT_ONCE = 100  # uploads of a batch: their bytes lie on the disk beside the database while they are read
QUIET, LONGEST = 0.3, 2.0  # seconds without another upload after which a folder counts as sent; and at most
PAUSE = 5.0  # seconds before the database is asked again where it could not be reached
BEAT = 2.5  # seconds between two signs of life: `pipeline.store.leases.LEASE` is some of them
_FAULT = "Máy chủ gặp lỗi khi đọc tệp này. Hãy bấm “Đọc lại”; nếu vẫn vậy, hãy báo người phụ trách phần mềm."
_DIED = (
    "Máy chủ đã hai lần dừng đột ngột trong khi đọc tệp này nên không tự đọc nữa. Hãy mở tệp, lưu lại hoặc chia nhỏ "
    "rồi gửi lại; muốn thử lần nữa, hãy bấm “Đọc lại”."
)
_PREFIX = "dondoc-serve-"


def version(rules: Path | None = None) -> str:
    """What reads: a name for the program with its rules and those of a folder, the same as long as all are."""
    return f"{__version__}-{runs.digest_of(Options(), runs.digest_of_rules(rules)).hex()[:16]}"


class Queue:
    """The reading of a server: `start` it once the database is open, `stop` it before that is closed."""

    def __init__(self, settings: Settings, database: Database, limits: Limits | None = None) -> None:
        self.events = Events()
        self.version = version(settings.rules)
        self._rules = settings.rules
        self._desk = Desk(database, settings.now, self.events, self.version, secrets.token_hex(8))
        self._database, self._limits = database, limits or Limits()
        self._news = threading.Condition()
        self._turn = threading.Lock()
        self._suspect = False  # whether one is being read that a server has died over: never two at once
        self._pending, self._stopping = True, False
        self._runs: set[Run] = set()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begins with what waits, and with what a server was reading when it died. Raises `OutputError`."""
        _sweep()
        self._recover()
        for queued in reversed(files.queue(self._database)):
            if queued.state in OPEN:
                self.events.tell(queued.id, state=queued.state)
        processors = os.cpu_count() or 1
        for jobs in (max(processors - 1, 1), 1):
            thread = threading.Thread(target=self._serve, args=(jobs,), name="dondoc-reading", daemon=True)
            self._threads.append(thread)
        self._threads.append(threading.Thread(target=self._live, name="dondoc-lease", daemon=True))
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Something was put into the queue."""
        with self._news:
            self._pending = True
            self._news.notify_all()

    def stop(self) -> None:
        """Gives up what is being read, which waits again from then on; leaves no process behind."""
        with self._news:
            self._stopping = True
            self._news.notify_all()
            for run in self._runs:
                run.pool.stop()
        for thread in self._threads:
            thread.join()
        self.events.close()
        if self._threads:
            leases.give_back(self._database, self._desk.reader)
        self._threads.clear()

    # ── the thread that says so ──

    def _live(self) -> None:
        while not self._stopping:
            with self._news:
                self._news.wait_for(lambda: self._stopping, BEAT)
            try:
                leases.renew(self._database, self._desk.reader, self._desk.now())
                self._recover()
                self._follow()
            except Exception as error:  # whatever it was: a server that says nothing any more loses what it reads
                note(error)
            self.wake()  # another server may have put something, or have left it

    def _follow(self) -> None:
        """The pages here hear of what another server has taken."""
        told = self.events.open()
        for upload, state in leases.states(self._database, told).items():
            self.events.correct(upload, told[upload], state)

    def _recover(self) -> None:
        for upload, state in leases.orphaned(self._database, self._desk.now(), _DIED).items():
            self.events.tell(upload, state=state, pages_done=0, pages=None)

    # ── a thread that reads ──

    def _serve(self, jobs: int) -> None:
        while not self._stopping:
            with self._turn:  # one waits for work while the other is at it
                uploads = self._taken()
                suspect = any(upload.suspect for upload in uploads)
                self._suspect = self._suspect or suspect
            if uploads:
                self._read(uploads, jobs)
            if suspect:
                self._suspect = False
                self.wake()  # for the next of them

    def _taken(self) -> list[Upload]:
        """What waits, once nothing more seems to come: a folder is sent a file at a time, and read as one."""
        with self._news:
            self._news.wait_for(lambda: self._pending or self._stopping)
            end = time.monotonic() + LONGEST
            while self._pending and not self._stopping:
                self._pending = False
                if time.monotonic() < end:
                    self._news.wait_for(lambda: self._pending or self._stopping, QUIET)
        found: list[Upload] = []
        try:
            while not self._stopping and (upload := self._next(found)) is not None:
                found.append(upload)
        except OutputError as error:
            note(error)
            self._patience()
        return found

    def _next(self, taken: list[Upload]) -> Upload | None:
        """One that a server has died over is read alone: what is read beside it would be suspected as well."""
        if len(taken) < AT_ONCE and not (taken and taken[0].suspect):
            suspects = not taken and not self._suspect
            return leases.take(self._database, self._desk.reader, self._desk.now(), suspects=suspects)
        self.wake()  # there may be more
        return None

    def _patience(self) -> None:
        """The database could not be reached: it is asked again later."""
        with self._news:
            self._news.wait_for(lambda: self._stopping, PAUSE)
            self._pending = True

    def _read(self, uploads: list[Upload], jobs: int) -> None:
        with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            scratch = folder / "scratch"
            scratch.mkdir()
            batch = Batch(self._desk, uploads, folder)
            try:
                self._run(batch, scratch, jobs)
            except Exception as error:  # whatever it was: the thread goes on, and each upload is told what became of it
                note(error)
                self._give_up(batch)

    def _run(self, batch: Batch, scratch: Path, jobs: int) -> None:
        options = Options(rules_dir=self._rules, programs=max((os.cpu_count() or 1) // jobs, 1), view=True)
        run = Run(options, self._limits, jobs, scratch, pages=batch.pages, modest=True)
        with run.pool:
            with self._news:
                self._runs.add(run)
            try:
                if not self._stopping:
                    batch.read(run)
                if not self._stopping:
                    batch.end()
            finally:
                with self._news:
                    self._runs.discard(run)

    def _give_up(self, batch: Batch) -> None:
        for upload in batch.open:
            while not self._stopping:
                try:
                    self._desk.fail(upload, _FAULT)
                except OutputError as error:
                    note(error)
                    self._patience()
                else:
                    break


def _sweep() -> None:
    """Removes what a server left that was killed: files of documents, which nobody should find there.

    In a container every server has the same number, so one's own number is another's too.
    """
    import psutil

    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        found = re.fullmatch(rf"{_PREFIX}([0-9]{{1,9}})-.*", path.name)
        if found and (int(found[1]) == os.getpid() or not psutil.pid_exists(int(found[1]))):
            shutil.rmtree(path, ignore_errors=True)
