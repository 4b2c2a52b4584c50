"""Writing without loss: whole or not at all, never over an officer's words, and beside a file that is open."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
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
    """A path that was written, and what the user should know about it."""

    path: Path
    notes: tuple[Warning, ...] = ()


def note(code: str, lang: str, path: Path) -> Warning:
    """One of `NOTES` in that language, about that file."""
    return Warning(code, NOTES[code][lang].format(name=path.name))


def kept_names(path: Path) -> re.Pattern[str]:
    """The names that a file and those written beside it (`keep`, `replace_kept`) have."""
    stem, suffix = re.escape(path.stem), re.escape(path.suffix)
    return re.compile(rf"{stem}(?:\.truoc-\d+| \(\d+\))?{suffix}", re.IGNORECASE)


def make_folder(folder: Path) -> None:
    """Creates the folder and those above it. Raises `OutputError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(folder, error) from error


def put(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all, over what was there. Raises `OutputError`."""
    make_folder(path.parent)
    temporary = _temporary(path, data)
    try:
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
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
    temporary = _temporary(path, data)
    try:
        temporary.replace(path)
    except PermissionError:
        if kept is not None:
            kept.unlink()
        other = _move(temporary, path)
        return Written(other, (note("open-elsewhere", lang, other),))
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _refused(path, error) from error
    return Written(path, () if kept is None else (note("kept", lang, kept),))


def _keep(path: Path, data: bytes) -> Path | None:
    """A copy of what is there, under the next free name; the path itself where it holds `data`; None: nothing there."""
    try:
        before = path.read_bytes()
        if before == data:
            return path
        for number in count(1):
            kept = path.with_name(f"{path.stem}.truoc-{number}{path.suffix}")
            if _create(kept, before):
                return kept
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _refused(path, error) from error
    raise AssertionError("count() does not end")


def _create(path: Path, data: bytes) -> bool:
    """Whether the file was new; one that exists is left alone."""
    try:
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        return False
    return True


def _move(temporary: Path, path: Path) -> Path:
    other = next(name for name in _numbered(path) if not name.exists())
    try:
        temporary.replace(other)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _refused(other, error) from error
    return other


def _numbered(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))


def _temporary(path: Path, data: bytes) -> Path:
    temporary = path.with_name(f".dondoc-{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
    except OSError as error:
        raise _refused(path, error) from error
    return temporary


def _refused(path: Path, error: OSError) -> OutputError:
    message = f"Không ghi được {path}. Hãy kiểm tra quyền ghi và dung lượng đĩa, hoặc chọn nơi khác với -o."
    return OutputError("cannot-write", message, f"{type(error).__name__}: {error}")
