"""The documents that a run is given, found in paths and addresses of stores, in the order of the local engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline import inputs
from pipeline.cluster.store import is_address, opened, reached, shown
from pipeline.export import Target, is_ours
from pipeline.inputs import Problem

__all__ = ["Entry", "expand"]

_MAGIC = frozenset("*?[")
# What a store says of when a file was changed: S3, SFTP and local disks, memory.
_STAMPS = ("ETag", "etag", "LastModified", "mtime", "created")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its `path` in the store of the address `root`, which is empty for a path of every machine.

    `size` is in bytes; `stamp` is another when the file was changed.
    """

    root: str
    path: str
    size: int
    stamp: str

    @property
    def name(self) -> str:
        """The name that people know it by."""
        return PurePosixPath(self.path).name if self.root else Path(self.path).name

    @property
    def shown(self) -> str:
        """Where it is, for people."""
        return f"{shown(self.root).partition('://')[0]}://{self.path.lstrip('/')}" if self.root else self.path


def expand(sources: Iterable[str | Path], targets: Sequence[Target]) -> tuple[list[Entry], list[Problem]]:
    """The files that paths and addresses name, sorted by name and place, each once; none of those that are written.

    Raises `OutputError` where a store cannot be reached, `UsageError` where its library is missing.
    """
    from pipeline.ingest import is_candidate

    named = [str(source) for source in sources]
    paths, problems = inputs.expand(
        [text for text in named if not is_address(text)],
        lambda path: is_candidate(path) and not is_ours(path, targets),
    )
    entries = {("", str(path.absolute())): _local(path.absolute()) for path in paths}
    for address in (text for text in named if is_address(text)):
        found = list(_searched(address))
        if not found:
            message = f"Không có tệp nào khớp với “{shown(address)}”. Hãy kiểm tra lại."
            problems.append(Problem(shown(address), "no-match", message))
        entries.update({(entry.root.partition("://")[0], entry.path): entry for entry in found})
    return sorted(entries.values(), key=lambda entry: (entry.name, entry.path)), problems


def _local(path: Path) -> Entry:
    try:
        status = path.stat()
    except OSError:  # it is read all the same, and that says why it cannot be
        return Entry("", str(path), 0, "")
    return Entry("", str(path), status.st_size, str(status.st_mtime_ns))


def _searched(address: str) -> Iterator[Entry]:
    """What an address names: a file, those below a folder, those that match and those below folders that do."""
    with reached(address):
        store, path = opened(address)
        store.invalidate_cache()
        matches = store.glob(path) if _MAGIC & set(path) else [path]
        found: dict[str, dict[str, Any]] = {}
        for match in matches:
            if store.isdir(match):
                below = store.find(match, detail=True)
                found.update({name: facts for name, facts in below.items() if _is_wanted(name, match)})
            elif store.exists(match):
                found[match] = store.info(match)
    for name in sorted(found):
        facts = found[name]
        stamp = next((str(facts[key]) for key in _STAMPS if facts.get(key) is not None), "")
        yield Entry(address, name, int(facts.get("size") or 0), stamp)


def _is_wanted(name: str, folder: str) -> bool:
    """As in a search through a folder of this machine: a document, and nothing hidden."""
    from pipeline.ingest import is_candidate

    below = PurePosixPath(name[len(folder.rstrip("/")) + 1 :])
    return is_candidate(Path(below.name)) and not any(part.startswith(".") for part in below.parts)
