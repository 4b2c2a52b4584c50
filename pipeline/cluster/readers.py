"""The processes that read on a worker, kept between its tasks: to start one takes as long as ten documents."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from pipeline.engine import Run
from pipeline.inputs import Problem
from pipeline.steps import Options, Step
from pipeline.workers import Limits

__all__ = ["read", "release"]


class _Reader:
    """A run of the local engine with one process, used again and again."""

    def __init__(self, options: Options, limits: Limits) -> None:
        self.made_for = options, limits
        self._opened = ExitStack()
        scratch = tempfile.TemporaryDirectory(prefix="dondoc-", ignore_cleanup_errors=True)
        self._run = Run(options, limits, 1, Path(self._opened.enter_context(scratch)))
        self._opened.enter_context(self._run.pool)

    def read(self, paths: Sequence[Path]) -> tuple[list[Step], list[Problem]]:
        """The documents in order, and what was passed over."""
        self._run.notes.clear()
        return list(self._run.steps(paths)), list(self._run.notes)

    def close(self) -> None:
        """Stops the process."""
        self._opened.close()


_idle: dict[int, _Reader] = {}  # by the thread of the worker; one that reads is not in it
_lock = threading.Lock()


def read(options: Options, limits: Limits, paths: Sequence[Path]) -> tuple[list[Step], list[Problem]]:
    """Reads files in their order, each within the limits."""
    thread = threading.get_ident()
    with _lock:
        reader = _idle.pop(thread, None)
    if reader is not None and reader.made_for != (options, limits):
        reader.close()
        reader = None
    reader = reader or _Reader(options, limits)
    try:
        found = reader.read(paths)
    except BaseException:
        reader.close()  # what it was amid would come up in the next group
        raise
    with _lock:
        _idle[thread] = reader
    return found


def release() -> None:
    """Stops the processes of this worker that nobody uses: the run is over."""
    with _lock:
        idle = list(_idle.values())
        _idle.clear()
    for reader in idle:
        reader.close()
