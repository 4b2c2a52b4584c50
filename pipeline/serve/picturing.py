"""Pages of documents as pictures, made in one limited process; the last ones are kept, for pages are turned back."""

from __future__ import annotations

import os
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.model import PageSize
from pipeline.review.pictures import png_of
from pipeline.workers import Failure, Limits, Pool

__all__ = ["Pictures"]

LIMITS = Limits(quiet=30, seconds=30)  # a page takes a quarter of a second
KEPT = 64  # pictures, of some 200 KB each
_PREFIX = "dondoc-serve-"  # what the queue of uploads sweeps away where a server was killed

_Inside = tuple[int, ...]  # the way to a document in the file: a place at each depth, see `pipeline.ingest`
_Asked = tuple[Path, _Inside, int, PageSize]


class Pictures:
    """The pictures of a server. The process starts with the first picture that is asked for."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._kept: OrderedDict[tuple[str, _Inside, int], bytes] = OrderedDict()
        self._pool: Pool[_Asked, bytes | Failure] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._file: tuple[str, Path] | None = None  # the one that pages are asked of
        self._closed = False

    def of(
        self, sha256: str, page: int, size: PageSize, content: Callable[[], bytes | None], inside: _Inside = ()
    ) -> bytes | None:
        """The page, from 1, of a file, or of the document `inside` it, as PNG, turned as its words were read.

        `content` are the bytes of the file, which has that `sha256`; where it gives None, so does this. Raises
        `DocumentError`.
        """
        key = (sha256, inside, page)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        with self._turn:  # one process: pages are made one after the other
            path = self._path(sha256, content)
            if path is None:
                return None
            made = self._made((path, inside, page, size))
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def close(self) -> None:
        """Stops the process; nothing of the documents stays on the disk."""
        self._closed = True
        pool = self._pool
        if pool is not None:
            pool.stop()
        with self._turn:
            if self._pool is not None:
                self._pool.__exit__()
            if self._folder is not None:
                self._folder.cleanup()
            self._pool = self._folder = self._file = None

    def _path(self, sha256: str, content: Callable[[], bytes | None]) -> Path | None:
        if self._file is not None and self._file[0] == sha256:
            return self._file[1]
        data = content()
        if not data or self._closed:
            return None
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True)
        if self._file is not None:
            self._file[1].unlink(missing_ok=True)
        path = Path(self._folder.name) / sha256
        path.write_bytes(data)
        self._file = sha256, path
        return path

    def _made(self, asked: _Asked) -> bytes:
        page = asked[2]
        if self._pool is None:
            self._pool = Pool(_png, jobs=1, warm=_warm, failed=_stopped, limits=self._limits)
        self._pool.submit(asked, again=False)
        for _, outcome in self._pool.outcomes():
            if isinstance(outcome, bytes):
                return outcome
            raise _not_shown(page, f"{outcome.kind}: {outcome.detail}")
        raise _not_shown(page, "the server stops")


def _not_shown(page: int, detail: str) -> DocumentError:
    message = f"Không vẽ được trang {page} của văn bản này. Hãy xem phần chữ, hoặc mở tệp gốc."
    return DocumentError("page-not-shown", message, detail)


# ── in the other process ───────────────────────────────────────────────────────────────────


def _warm() -> None:
    """What it needs is loaded with its first page."""


def _stopped(asked: _Asked, failure: Failure) -> bytes | Failure:
    return failure


def _png(asked: _Asked, tell: Callable[[int, int], None]) -> bytes | Failure:
    path, inside, page, size = asked
    try:
        file = _member(path, inside) if inside else path
    except DocumentError as error:
        raise _not_shown(page, f"{error.code}: {error.detail}") from error
    return png_of(file, page, size.quarters, size.tilt)


@lru_cache(maxsize=1)
def _member(path: Path, inside: _Inside) -> bytes:
    """The bytes of a document in a container, found as when it was read; kept, for its next page is asked for next."""
    from pipeline.ingest import taken_out

    return taken_out(path, inside)[1]
