"""Where documents come from and results go to, by address: a path, ``s3://…``, ``sftp://…`` and what else fsspec knows.

Keys and passwords come from where the library of the store looks for them (fsspec's own configuration, the environment,
``~/.aws``): an address that holds one is used as it is and shown without.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pipeline.errors import OutputError, UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["Folder", "is_address", "is_store", "opened", "reached", "shown"]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # two letters at least: C:// is a drive


def is_address(text: str) -> bool:
    """Whether a name is an address of a store rather than a path of this machine."""
    return _ADDRESS.match(text) is not None


def is_store(text: str) -> bool:
    """Whether it is the address of a store that fsspec knows, and not that of a database."""
    from fsspec.registry import known_implementations

    return is_address(text) and text.partition("://")[0].lower() in known_implementations


def shown(address: str) -> str:
    """The address without a name and password in it."""
    return re.sub(r"(?<=://)[^/@]*@", "", address)


def opened(address: str) -> tuple[AbstractFileSystem, str]:
    """The store of an address, and the path there. Raises `UsageError` where its library is missing."""
    from fsspec.core import url_to_fs

    try:
        store, path = url_to_fs(address)
    except ImportError as error:
        scheme = address.partition("://")[0]
        library = {"s3": "s3fs", "sftp": "paramiko", "ssh": "paramiko"}.get(scheme, scheme)
        message = f"Để dùng {scheme}:// cần thư viện {library}. Hãy cài bằng lệnh: pip install {library}"
        raise UsageError("library-missing", message, str(error)) from error
    except ValueError as error:
        message = f"Không rõ địa chỉ {shown(address)}. Hãy dùng đường dẫn, s3://… hoặc sftp://…"
        raise UsageError("unknown-address", message, str(error)) from error
    return store, path


@contextmanager
def reached(address: str) -> Iterator[None]:
    """What goes wrong with a store inside becomes an `OutputError` that names its address.

    Stores raise what their libraries do, from `OSError` to botocore's and paramiko's own.
    """
    try:
        yield
    except (OutputError, UsageError):
        raise
    except Exception as error:
        message = (
            f"Không dùng được {shown(address)}. Hãy kiểm tra địa chỉ, mạng và quyền truy cập của mọi máy làm việc, "
            "rồi chạy lại lệnh này: phần đã xong được giữ lại."
        )
        raise OutputError("store-failed", message, f"{type(error).__name__}: {error}") from error


@dataclass(frozen=True)
class Folder:
    """A folder of a store. `address` is a URL or an absolute path; names are relative to it, with ``/``."""

    address: str

    @cached_property
    def _place(self) -> tuple[AbstractFileSystem, str]:
        store, path = opened(self.address)
        return store, path.rstrip("/")

    def __getstate__(self) -> str:
        return self.address

    def __setstate__(self, address: str) -> None:
        object.__setattr__(self, "address", address)

    def below(self, name: str) -> Folder:
        """A folder in it."""
        return Folder(f"{self.address.rstrip('/')}/{name}")

    def put(self, name: str, data: bytes) -> None:
        """Writes a file whole or not at all, over what is there: the same bytes where it is written a second time."""
        with reached(self.address):
            store, root = self._place
            path = PurePosixPath(f"{root}/{name}")
            # Two machines may write the same part at the same moment: each its own file, and the last name wins.
            temporary = str(path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp"))
            store.makedirs(str(path.parent), exist_ok=True)
            try:
                if _is_local(store):
                    _put_local(Path(temporary), data, Path(path))
                else:
                    store.pipe_file(temporary, data)
                    store.mv(temporary, str(path))
            finally:
                if store.exists(temporary):
                    store.rm_file(temporary)

    def read(self, name: str, start: int | None = None, end: int | None = None) -> bytes:
        """The bytes of a file from `start` up to `end`."""
        with reached(self.address):
            store, root = self._place
            return bytes(store.cat_file(f"{root}/{name}", start=start, end=end))

    def find(self, name: str) -> bytes | None:
        """The bytes of a file, None where there is none."""
        with reached(self.address):
            store, root = self._place
            try:
                return bytes(store.cat_file(f"{root}/{name}"))
            except FileNotFoundError:
                return None

    def names(self) -> list[str]:
        """The files below it, none where there is no such folder."""
        with reached(self.address):
            store, root = self._place
            store.invalidate_cache()
            return [path[len(root) + 1 :] for path in store.find(root)] if store.isdir(root) else []

    def remove(self, names: list[str]) -> None:
        """Deletes files of it."""
        with reached(self.address):
            store, root = self._place
            for name in names:
                store.rm_file(f"{root}/{name}")


def _is_local(store: Any) -> bool:
    from fsspec.implementations.local import LocalFileSystem

    return isinstance(store, LocalFileSystem)


def _put_local(temporary: Path, data: bytes, path: Path) -> None:
    with temporary.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())  # before it gets its name: after a power cut the name must not stand for nothing
    temporary.replace(path)  # fsspec's own move copies on Windows where there is a file already
