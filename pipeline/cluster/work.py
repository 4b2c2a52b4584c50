"""What runs on a worker: the documents of a group read as on one machine, and the files of the result written.

A worker is a process of dask; each document is read in a child of it that can be stopped (`pipeline.workers`). A task
that runs twice, or on two workers at once, writes the same bytes under the same names.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline import steps
from pipeline.cluster import readers, staging
from pipeline.cluster.groups import Group
from pipeline.cluster.sources import Entry
from pipeline.cluster.staging import Staged, Stretch
from pipeline.cluster.store import Folder, opened, reached
from pipeline.errors import OutputError, UsageError
from pipeline.inputs import Problem
from pipeline.runs.reading import digest_of, digest_of_rules, machine
from pipeline.workers import Failure, Limits

__all__ = ["Orders", "Seen", "examine", "given_up", "read_group", "write_json", "write_part"]

_LONGEST = 255  # bytes of a name on the file systems of Linux
_Rules = tuple[tuple[str, bytes], ...]
_temporary: list[tempfile.TemporaryDirectory[str]] = []  # rules, kept as long as the worker lives


@dataclass(frozen=True, slots=True)
class Orders:
    """How every group of a run is read, and where to; `run` is this run's own.

    `rules` are the files of ``--rules``: a worker has no such folder. `worker` is what every worker must be.
    """

    run: str
    reference_date: dt.date | None
    ocr: str
    allow_classified: bool
    rules: _Rules | None
    limits: Limits
    staging: Folder
    worker: Seen


@dataclass(frozen=True, slots=True)
class Seen:
    """What a worker is: a digest of the program and its rules, the programs and libraries that reading asks for.

    `sees` is whether it sees a file that the caller has just written.
    """

    program: str
    machine: str
    sees: bool = True


def examine(folder: Folder, name: str | None = None) -> Seen:
    """Looks at what a run needs of the machine that this is called on."""
    return Seen(_program(), machine(), name is None or folder.find(name) is not None)


@lru_cache(maxsize=1)
def _program() -> str:
    return digest_of(steps.Options(), digest_of_rules(None)).hex()


def read_group(orders: Orders, group: Group) -> Staged:
    """Reads the documents of a group, unless that was done before. Raises `OutputError` where a store fails.

    Errors of an earlier run that may have been the machine's are no result.
    """
    done = staging.load(orders.staging, group.key)
    if done is not None and (done.run == orders.run or not done.doubtful):
        return done
    if examine(orders.staging) != orders.worker:  # one that came later
        message = f"Máy làm việc {socket.gethostname()} không cài như các máy khác. Hãy dừng hoặc cài lại máy đó."
        raise UsageError("workers-differ", message, f"{examine(orders.staging)}")
    rules_dir = None if orders.rules is None else _rules_folder(orders.rules)
    options = steps.Options(orders.reference_date, rules_dir, orders.ocr, orders.allow_classified)
    with tempfile.TemporaryDirectory(prefix="dondoc-", ignore_cleanup_errors=True) as scratch:
        paths, notes = _fetched(group.entries, Path(scratch))
        found, passed_over = readers.read(options, orders.limits, list(paths))
    documents = [(paths.get(step.path, str(step.path)), step.seconds, step.directive) for step in found]
    rules = steps.load_rules(rules_dir)
    notes += passed_over
    return staging.save(orders.staging, group.key, orders.run, len(group.entries), documents, notes, rules)


def given_up(orders: Orders, group: Group) -> Staged:
    """The documents of a group as failed: the workers that were to read it died. Called where the run was started."""
    rules = steps.load_rules(None)
    failure = Failure("died", "worker killed")
    items = [steps.Item(Path(entry.path), entry.name) for entry in group.entries]
    failed = [steps.stopped(orders.limits, item, failure) for item in items]
    documents = [(entry.shown, step.seconds, step.directive) for entry, step in zip(group.entries, failed, strict=True)]
    return staging.save(orders.staging, group.key, orders.run, len(group.entries), documents, [], rules)


def _fetched(entries: tuple[Entry, ...], scratch: Path) -> tuple[dict[Path, str], list[Problem]]:
    """Files of this machine for the entries, in their order, with what people are shown for them."""
    paths: dict[Path, str] = {}
    notes: list[Problem] = []
    for number, entry in enumerate(entries):
        if entry.root:
            path = scratch / f"{number:05}" / _name(entry)
            path.parent.mkdir()
            notes += _download(entry, path)
        else:
            path = Path(entry.path)
        paths[path] = entry.shown
    own = [entry for entry in entries if not entry.root and entry.stamp]
    if own and not any(Path(entry.path).exists() for entry in own):
        message = (
            f"Máy làm việc không thấy {own[0].path}. Hãy đặt văn bản ở ổ đĩa mà mọi máy làm việc thấy dưới cùng một "
            "đường dẫn, hoặc ở s3://…, sftp://…"
        )
        raise OutputError("not-shared", message, own[0].path)
    return paths, notes


def _name(entry: Entry) -> str:
    """The name in the store where a disk can hold it."""
    from pipeline.ingest import container

    fits = sys.platform != "win32" and len(os.fsencode(entry.name)) <= _LONGEST and entry.name not in {"", ".", ".."}
    return entry.name if fits and "\0" not in entry.name else container.clean(entry.name).replace("/", "_") or "_"


def _download(entry: Entry, path: Path) -> list[Problem]:
    """Copies a file here. One that is gone or may not be read is left out: reading it then says that it is missing."""
    with reached(entry.root):
        store, _ = opened(entry.root)
        try:
            data = store.cat_file(entry.path)
        except (FileNotFoundError, PermissionError):
            message = f"Không lấy được {entry.shown}: tệp đã bị xóa hoặc không có quyền đọc."
            return [Problem(entry.shown, "not-fetched", message)]
    path.write_bytes(data)
    return []


@lru_cache(maxsize=4)
def _rules_folder(rules: _Rules) -> Path:
    """A folder of this worker with the rules of the caller, made once."""
    folder = tempfile.TemporaryDirectory(prefix="dondoc-rules-")
    _temporary.append(folder)
    for name, data in rules:
        Path(folder.name, name).write_bytes(data)
    return Path(folder.name)


def write_part(source: Folder, output: Folder, name: str, stretches: tuple[Stretch, ...]) -> str:
    """Writes a file of a Parquet folder, and says which."""
    from pipeline.export import parquet

    output.put(name, parquet.encode(directive for stretch in stretches for directive in stretch.read(source)))
    return name


def write_json(source: Folder, output: Folder, names: tuple[str, ...], stretch: Stretch, lang: str) -> int:
    """Writes the JSON of documents under these names, and says how many."""
    from pipeline.export import document_json

    for name, directive in zip(names, stretch.read(source), strict=True):
        output.put(name, document_json.encode(directive, lang))
    return len(names)
