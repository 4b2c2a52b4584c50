"""What the user named, as a list of files: folders searched through, globs expanded, each file once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Problem:
    """An input from which no document came, and why. `message` is Vietnamese and says what to do."""

    input: str
    code: str
    message: str


def expand(inputs: Iterable[str | Path], wanted: Callable[[Path], bool]) -> tuple[list[Path], list[Problem]]:
    """The files that the inputs name, sorted by name and full path whatever the order of the inputs.

    `wanted` chooses what a search through a folder picks up; a file that is named itself is always taken, also one
    that does not exist, so that reading it says so. Hidden files and folders are passed over in a search.
    """
    files: list[Path] = []
    problems: list[Problem] = []
    for item in inputs:
        path = Path(item)
        if not path.exists() and _MAGIC & set(str(item)):
            found = sorted(_glob(path))
            if not found:
                message = f"Không có tệp nào khớp với “{item}”. Hãy kiểm tra lại."
                problems.append(Problem(str(item), "no-match", message))
        else:
            found = [path]
        for match in found:
            files.extend(_search(match, wanted, problems) if match.is_dir() else [match])
    return _once(files), problems


def _glob(pattern: Path) -> Iterator[Path]:
    """The paths that match, found from the last folder that is spelt out; hidden ones are left out as in a shell."""
    depth = next(i for i, part in enumerate(pattern.parts) if _MAGIC & set(part))
    root = Path(*pattern.parts[:depth])
    for path in root.glob(str(Path(*pattern.parts[depth:]))):
        if not any(part.startswith(".") for part in path.relative_to(root).parts):
            yield path


def _search(folder: Path, wanted: Callable[[Path], bool], problems: list[Problem]) -> list[Path]:
    """The documents below a folder. A subfolder that may not be read becomes a problem, not a gap."""
    found: list[Path] = []

    def refused(error: OSError) -> None:
        where = error.filename or folder
        message = f"Không mở được thư mục {where}. Hãy xin quyền đọc thư mục này."
        problems.append(Problem(str(where), "unreadable-folder", message))

    before = len(problems)
    for root, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.extend(path for name in names if not name.startswith(".") and wanted(path := Path(root, name)))
    if not found and len(problems) == before:
        message = f"Thư mục {folder} không có văn bản nào đọc được. Hãy kiểm tra lại đường dẫn."
        problems.append(Problem(str(folder), "empty-folder", message))
    return found


def _once(files: Iterable[Path]) -> list[Path]:
    """Each file once: under two names or two spellings of its path it is still one document."""
    seen: dict[Path, Path] = {}
    for path in sorted(files, key=lambda path: (path.name, str(path.absolute()))):
        seen.setdefault(_resolved(path), path)
    return list(seen.values())


def _resolved(path: Path) -> Path:
    """The file that a path leads to. One that leads nowhere (links in a circle, a name with NUL) stands for itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()
