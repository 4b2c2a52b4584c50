"""Pages that were recognised before, by what they show: the same scan is not recognised twice.

What is kept is the page as it came out, by its pixels and by all that makes words of them: tesseract with its language
data, and the modules of this program. It is kept for the process, and for later ones beside the journal of the run,
where it has one: a run whose rules have changed reads its scans again, and recognises none of them.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from contextlib import suppress
from functools import cache
from pathlib import Path

import cv2
import msgspec
import numpy as np

from pipeline.ingest.layout import PageContent
from pipeline.ingest.scan import tesseract
from pipeline.ingest.scan.page_file import PageFile
from pipeline.ingest.scan.picture import Pixels
from pipeline.version import __version__

__all__ = ["Memory", "key_of", "memory_of"]

# Bytes of packed pages, in a process and in a file. A dense page has 40,000.
HERE = 32 * 1024**2
KEPT = 512 * 1024**2


class Memory:
    """The pages that this process has recognised, and those beside a journal. May be asked by threads.

    Both are bounded, and what was kept first goes first.
    """

    def __init__(self, journal: Path | None, here: int = HERE, kept: int = KEPT) -> None:
        self._here, self._most, self._size = OrderedDict[bytes, bytes](), here, 0
        self._file = None if journal is None else PageFile(journal, kept)
        self._guard = threading.Lock()

    def find(self, key: bytes) -> PageContent | None:
        """The page that was kept under a key; a new one each time, for layout changes the words of a page."""
        with self._guard:
            data = self._here.get(key)
            if data is None and self._file is not None:
                data = self._file.find(key)
        return None if data is None else _unpacked(data)

    def keep(self, key: bytes, page: PageContent) -> None:
        """Keeps a page."""
        data = msgspec.msgpack.encode(page)
        with self._guard:
            self._size += len(data) - len(self._here.pop(key, b""))
            self._here[key] = data
            while self._size > self._most:
                self._size -= len(self._here.popitem(last=False)[1])
            if self._file is not None:
                self._file.keep(key, data)


@cache
def memory_of(journal: Path | None) -> Memory:
    """The one of this process, with what lies beside the journal of the run."""
    return Memory(journal)


def key_of(pixels: Pixels, dpi: float | None, number: int) -> bytes:
    """What a page is known by. Its number is part of it: on the first one stamps are looked for."""
    facts = [pixels.shape, str(pixels.dtype), dpi, number, _maker()]
    found = hashlib.sha256(json.dumps(facts).encode("ascii"))
    found.update(np.ascontiguousarray(pixels).data)
    return found.digest()


@cache
def _maker() -> str:
    """All that makes words of pixels, as one digest."""
    found = hashlib.sha256(json.dumps([__version__, cv2.__version__, tesseract.version()]).encode("ascii"))
    here = Path(__file__).parent
    for path in sorted([*here.glob("*.py"), *(here.parent / "layout").glob("*.py")]):
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _unpacked(data: bytes) -> PageContent | None:
    """None for what is no page: somebody wrote into the file."""
    with suppress(msgspec.MsgspecError, ValueError):
        return msgspec.msgpack.decode(data, type=PageContent)
    return None
