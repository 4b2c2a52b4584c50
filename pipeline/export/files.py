"""Writing without loss: whole or not at all, never over an officer's words, and beside a file that is open."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.model import Warning

# code → what is said, with the name of the other file in place of {name}
NOTES = {
    "kept": {
        "vi": "Tệp đã có được giữ lại với tên {name}.",
        "en": "The file that was there is kept as {name}.",
    },
    "open-elsewhere": {
        "vi": "Tệp đang mở ở chương trình khác; kết quả được ghi sang {name}.",
        "en": "The file is open in another program; the result was written to {name}.",
    },
}


@dataclass(frozen=True, slots=True)
class Written:
    """A path that was written, or the address of a database without its password, and what the user should know."""

    path: Path | str
    notes: tuple[Warning, ...] = ()


def note(code: str, lang: str, path: Path) -> Warning:
    """One of `NOTES` in that language, about that file."""
    return Warning(code, NOTES[code][lang].format(name=path.name))


def kept_names(path: Path) -> re.Pattern[str]:
    """The names that a file and those written beside it have."""
    stem, suffix = re.escape(path.stem), re.escape(path.suffix)
    return re.compile(rf"{stem}(?:\.truoc-\d+| \(\d+\))?{suffix}", re.IGNORECASE)


def make_folder(folder: Path) -> None:
    """Creates the folder and those above it. Raises `OutputError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(folder, error) from error


def put(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Writes a file, given whole or part by part, whole or not at all, over what was there. Raises `OutputError`."""
    make_folder(path.parent)
    temporary = _temporary(path, data)
    try:
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _refused(path, error) from error


def holds(path: Path, data: bytes) -> bool:
    """Whether the file is there with these bytes. One that cannot be read is not: writing it says why."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def sweep(folder: Path) -> None:
    """Removes half a file that a process left there which is no more. Raises `OutputError`."""
    import psutil

    for path in folder.glob(".dondoc-*.tmp"):
        found = re.fullmatch(r"\.dondoc-([0-9]{1,9})\.tmp", path.name)
        if found and (int(found[1]) == os.getpid() or not psutil.pid_exists(int(found[1]))):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise _refused(path, error) from error


def put_beside(path: Path, data: bytes, lang: str) -> Written:
    """Writes a file whose predecessor may hold a person's words: that one is kept under another name.

    Nothing happens where the same bytes are there already. On Windows a file that is open in Excel cannot be
    replaced: then it is left alone, and the new one gets another name. Raises `OutputError`.
    """
    make_folder(path.parent)
    kept = _keep(path, data)
    if kept == path:
        return Written(path)
    if not _replace(path, data, kept):
        other = put_new(path, data)
        return Written(other, (note("open-elsewhere", lang, other),))
    return Written(path, () if kept is None else (note("kept", lang, kept),))


def put_kept(path: Path, data: bytes) -> Path | None:
    """Writes a file over the one that is there, and returns where that one is kept; None where it is open elsewhere.

    Then nothing was changed. Raises `OutputError`.
    """
    kept = _keep(path, data)
    return kept if _replace(path, data, kept) else None


def put_new(path: Path, data: bytes) -> Path:
    """Writes a file under the next free name behind that of `path`. Raises `OutputError`."""
    try:
        return _create(_numbered(path), path, data)
    except OSError as error:
        raise _refused(path, error) from error


def _replace(path: Path, data: bytes, kept: Path | None) -> bool:
    """Whether the file could be written. On Windows one that is open in Excel cannot; then nothing is left behind."""
    temporary = _temporary(path, data)
    try:
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if not isinstance(error, PermissionError):
            raise _refused(path, error) from error
        if kept is not None:
            kept.unlink()
        return False
    return True


def _keep(path: Path, data: bytes) -> Path | None:
    """A copy of what is there, under the next free name; the path itself where it holds `data`; None: nothing there."""
    try:
        before = path.read_bytes()
        if before == data:
            return path
        names = (path.with_name(f"{path.stem}.truoc-{number}{path.suffix}") for number in count(1))
        return _create(names, path, before)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _refused(path, error) from error


def _create(names: Iterator[Path], path: Path, data: bytes) -> Path:
    """Writes a new file, whole or not at all, under the first of the names that is free."""
    temporary = _temporary(path, data)
    try:
        return next(name for name in names if _claim(temporary, name))
    finally:
        temporary.unlink(missing_ok=True)


def _claim(temporary: Path, name: Path) -> bool:
    """Gives a file that name, unless it is taken: of two programs at the same moment one gets it."""
    try:
        os.link(temporary, name)
    except FileExistsError:
        return False
    except OSError:  # a file system without links: USB sticks, some shares
        if name.exists():
            return False
        temporary.rename(name)
    return True


def _numbered(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))


def _temporary(path: Path, data: bytes | Iterable[bytes]) -> Path:
    temporary = path.with_name(f".dondoc-{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as stream:
            stream.writelines([data] if isinstance(data, bytes) else data)
            stream.flush()
            os.fsync(stream.fileno())  # before it gets its name: after a power cut the name must not stand for nothing
    except BaseException as error:
        with suppress(OSError):  # the first error is the one to tell
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _refused(path, error) from error
        raise
    return temporary


def _refused(path: Path, error: OSError) -> OutputError:
    message = f"Không ghi được {path}. Hãy kiểm tra quyền ghi và dung lượng đĩa, hoặc chọn nơi khác với -o."
    return OutputError("cannot-write", message, f"{type(error).__name__}: {error}")
