"""Opens files that a stranger may have put there: those alone that have an end.

A pipe never ends and a device may not, and one that is waited for would hold up the program itself, where no limit of a
document counts.
"""

from __future__ import annotations

import hashlib
import os
import stat
from io import BufferedReader
from pathlib import Path

__all__ = ["LIMIT", "IrregularFileError", "load", "opened", "sha256_of"]

LIMIT = 200 * 1024 * 1024  # bytes of a document: all of it is held in memory


class IrregularFileError(OSError):
    """What has a name among the files is none: a pipe, a socket, a device."""


def opened(path: Path) -> BufferedReader:
    """The file, open to read bytes; never waits for somebody to write into a pipe.

    Raises OSError, of which `IrregularFileError` is one, and ValueError for a name with NUL.
    """
    stream = open(path, "rb", opener=_without_waiting)  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise IrregularFileError(f"not a regular file: {path}")
    return stream


def load(path: Path) -> bytes:
    """The bytes of a file; of one with more than `LIMIT`, a byte more than that. Raises as `opened`."""
    with opened(path) as stream:
        return stream.read(LIMIT + 1)


def sha256_of(path: Path) -> str:
    """The SHA-256 of the bytes in hexadecimal; empty where they cannot be read, or are too many to be a document."""
    try:
        with opened(path) as stream:
            if os.fstat(stream.fileno()).st_size > LIMIT:
                return ""
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
