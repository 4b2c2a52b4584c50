"""A child process as its owner sees it: something to send items to, to hear from, to weigh and to kill."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The child imports the same modules from the same places, whatever the parent was started from; it never imports the
# parent's script, so that a script needs no ``if __name__ == "__main__"``.
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from pipeline.workers.child import serve; serve()"
# A child works at one item: numpy's own threads, one for each further core, would wait for work, and that busily.
_ALONE = {"OPENBLAS_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Done:
    """The outcome of an item."""

    outcome: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """What the work raised."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class Told:
    """How far the work on an item has come."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The process is no more; `detail` is its exit status, or why it gave up."""

    detail: str


Message = Done | Failed | Told | Ended


class Process:
    """A child process and the thread that listens to it. Not usable any more once it has ended or was killed."""

    def __init__(self, task: tuple[Any, Any], memory: int, folder: Path | None, *, modest: bool = False) -> None:
        """Start a child that will run ``task = (work, warm)`` and may hold `memory` bytes with all it starts.

        Its temporary files go to `folder`; None leaves them where the system has them. A `modest` one has the processor
        when nobody else wants it.
        """
        windows = sys.platform == "win32"
        places = {} if folder is None else dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BOOT, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Libraries in C print warnings about broken files there, over the user's progress bar.
            stderr=None if os.environ.get("DONDOC_DEBUG") else subprocess.DEVNULL,
            env={**_ALONE, **os.environ, **places},
            start_new_session=not windows,
            creationflags=_flags(modest) if windows else 0,
        )
        self._messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._usable = True
        self.served = 0  # items that it was handed
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._write((*task, memory, modest))

    @property
    def usable(self) -> bool:
        """Whether it can take another item."""
        return self._usable and self._process.poll() is None

    def send(self, item: Any) -> None:
        """Hand it an item; where it has gone, the next message says so."""
        self.served += 1
        self._write(item)

    def _write(self, item: Any) -> None:
        assert self._process.stdin is not None
        try:
            pickle.dump(item, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()
        except OSError:
            self._usable = False  # the listener has seen the end, or will

    def receive(self, seconds: float) -> Message | None:
        """The next message, None where none came in that time."""
        try:
            message = self._messages.get(timeout=seconds)
        except queue.Empty:
            return None
        self._usable = self._usable and not isinstance(message, Ended)
        return message

    def memory(self) -> int:
        """The bytes that it and everything it has started hold now."""
        import psutil

        held = 0
        for process in self._family():
            try:
                held += process.memory_info().rss
            except psutil.Error:
                continue  # it has ended since
        return held

    def held(self) -> int:
        """The bytes that it holds itself: between two items that is all, and a look at its family costs 2 ms."""
        import psutil

        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def kill(self) -> None:
        """End it with everything it has started, and wait until it is gone."""
        import psutil

        self._usable = False
        for process in self._family():
            try:
                process.kill()
            except psutil.Error:
                continue  # it has ended since
        self._process.kill()
        self._process.wait()
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # what was still to be sent goes nowhere
            self._process.stdin.close()

    def _family(self) -> list[Any]:
        import psutil

        try:
            own = psutil.Process(self._process.pid)
            return [*own.children(recursive=True), own]
        except psutil.Error:
            return []

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            while True:
                try:
                    self._messages.put(pickle.load(stream))
                except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                    break
        self._messages.put(Ended(f"exit status {self._process.wait()}"))


def _flags(modest: bool) -> int:
    names = ("CREATE_NO_WINDOW", *(("BELOW_NORMAL_PRIORITY_CLASS",) if modest else ()))
    return sum(getattr(subprocess, name, 0) for name in names)
