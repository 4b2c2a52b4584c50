"""A call's hold on a cluster: the scheduler reached, its workers looked at, tasks handed in a few at a time."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pipeline.cluster import readers
from pipeline.cluster.store import Folder
from pipeline.cluster.work import Seen, examine
from pipeline.errors import DondocError, OutputError, UsageError
from pipeline.version import __version__

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Lost", "Session", "Task", "require_libraries"]

PATIENCE = 10  # seconds for a scheduler to answer …
COMING = 30  # … and for a first worker to be there: one that was just started loads for a while
AHEAD = 3  # tasks handed in for each thread: all of them at once would weigh on the scheduler, 1 KB a document
RETRIES = 2  # of a task that raised: a store that was away for a moment

Key = TypeVar("Key")
Task = tuple[Callable[..., Any], tuple[Any, ...]]  # a function of a module and its arguments


class Lost(Exception):
    """A task whose workers died one after the other."""


class Session:
    """A connection to a scheduler with at least one worker. Use it in a ``with`` statement.

    Raises `UsageError` where there is no scheduler at the address, or none with a worker.
    """

    def __init__(self, scheduler: str) -> None:
        self._log = logging.getLogger("distributed")
        self._level = self._log.level
        self._log.setLevel(logging.CRITICAL)  # the user is told what went wrong, without pages of tracebacks
        try:
            self._client = _client(scheduler)
            self._await_worker(scheduler)
        except BaseException:
            self._log.setLevel(self._level)
            raise

    def _await_worker(self, scheduler: str) -> None:
        try:
            self._client.wait_for_workers(1, timeout=COMING)
        except TimeoutError as error:
            self._client.close()
            message = (
                f"Bộ điều phối {scheduler} chưa có máy làm việc nào. Hãy chạy trên mỗi máy làm việc: "
                f"dask worker {scheduler}"
            )
            raise UsageError("no-workers", message, str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._client.close()
        self._log.setLevel(self._level)

    @property
    def threads(self) -> int:
        """How many tasks the workers take at once."""
        return max(sum(map(int, self._client.nthreads().values())), 1)

    def inspect(self, folder: Folder) -> Seen:
        """What all workers are. Raises `UsageError` where one differs, or does not see the folder of the result."""
        name = f".{secrets.token_hex(8)}.probe"
        folder.put(name, b"")
        try:
            found = self._client.run(examine, folder, name, on_error="return")
        finally:
            folder.remove([name])
        return _alike(found, folder)

    def release(self) -> None:
        """Lets the workers stop the processes that they keep for reading. One that is lost keeps none."""
        self._client.run(readers.release, on_error="ignore")

    def run(self, tasks: Iterator[tuple[Key, Task]]) -> Iterator[tuple[Key, Any]]:
        """What each task comes to, as soon as it is done; `Lost` for one that its workers died of.

        Raises `DondocError`: what a task raised, or why the cluster is of no use any more.
        """
        from distributed import as_completed

        keys: dict[Any, Key] = {}
        waiting = as_completed(loop=self._client.loop)
        while True:
            with _answering():
                while len(keys) < AHEAD * self.threads and (following := next(tasks, None)) is not None:
                    key, (function, given) = following
                    # Its own name: an earlier run of the same task may have failed where this one does not.
                    future = self._client.submit(function, *given, pure=False, retries=RETRIES)
                    keys[future] = key
                    waiting.add(future)
            if not keys:
                return
            with _answering():
                future = next(waiting)
                outcome = _outcome(future)
            yield keys.pop(future), outcome


def require_libraries() -> None:
    """Raises `UsageError` where a library is missing that every run on a cluster needs."""
    try:
        for library in ("distributed", "fsspec"):
            import_module(library)
    except ImportError as error:
        message = '--engine dask cần dask.distributed và fsspec. Hãy cài bằng lệnh: pip install "dondoc[cluster]"'
        raise UsageError("library-missing", message, str(error)) from error


def _client(address: str) -> Client:
    from distributed import Client

    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        message = (
            f"Không liên lạc được với bộ điều phối {address}. Hãy kiểm tra địa chỉ và tường lửa; trên máy điều phối "
            "phải đang chạy: dask scheduler"
        )
        raise UsageError("no-scheduler", message, f"{type(error).__name__}: {error}") from error


def _alike(found: dict[str, Seen | Exception], folder: Folder) -> Seen:
    own = examine(folder)
    first = next((seen for _, seen in sorted(found.items()) if isinstance(seen, Seen)), own)
    for worker, seen in sorted(found.items()):
        if isinstance(seen, DondocError):
            raise seen
        if not isinstance(seen, Seen) or seen.program != own.program:
            message = (
                f"Máy làm việc {worker} chưa có dondoc {__version__} như máy này. Hãy cài cùng phiên bản ở mọi máy."
            )
            raise UsageError("worker-version", message, str(seen))
        if not seen.sees:
            message = (
                f"Máy làm việc {worker} không thấy {folder.address}. Hãy ghi vào ổ đĩa mà mọi máy làm việc thấy dưới "
                "cùng một đường dẫn, hoặc vào s3://…, sftp://…"
            )
            raise UsageError("not-shared", message, folder.address)
        if seen.machine != first.machine:
            differing = " ".join(sorted(set(seen.machine.split()) ^ set(first.machine.split())))
            message = f"Các máy làm việc không cài như nhau, nên kết quả sẽ khác nhau: {differing} (máy {worker})."
            raise UsageError("workers-differ", message, differing)
    return first


def _outcome(future: Any) -> Any:
    from distributed.scheduler import KilledWorker

    try:
        return future.result()
    except KilledWorker as error:
        return Lost(str(error))


@contextmanager
def _answering() -> Iterator[None]:
    """What goes wrong with the cluster inside becomes an `OutputError`; what a task says itself stays as it is."""
    try:
        yield
    except DondocError:
        raise
    except (OSError, TimeoutError, CancelledError, asyncio.CancelledError) as error:
        message = (
            "Mất liên lạc với bộ điều phối hoặc máy làm việc. Hãy chạy lại lệnh này khi chúng hoạt động trở lại: phần "
            "đã xong được giữ lại."
        )
        raise OutputError("cluster-lost", message, f"{type(error).__name__}: {error}") from error
    except Exception as error:
        message = "Máy làm việc gặp lỗi ngoài dự kiến. Hãy chạy lại với --log-json để có chi tiết."
        raise OutputError("worker-failed", message, f"{type(error).__name__}: {error}") from error
