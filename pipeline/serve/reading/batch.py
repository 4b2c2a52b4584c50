"""Uploads that are read together in one run, each saved as soon as it is read."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import OutputError
from pipeline.ingest import FOR_OFFICE, OPENED, PICTURES, SUFFIXES
from pipeline.serve.reading.events import Events
from pipeline.serve.security.faults import note
from pipeline.store import files, intake, leases, saving
from pipeline.store.database import Database
from pipeline.store.files import DONE, FAILED, READING, Upload
from pipeline.store.readings import Origin

if TYPE_CHECKING:
    from pipeline.engine import Run
    from pipeline.inputs import Problem
    from pipeline.model import Directive
    from pipeline.steps import Item, Step

    _Read = Sequence[tuple[tuple[int, ...], Step]]  # of an upload: the place of each document in it, and its result

__all__ = ["Batch", "Desk"]

_EVERY = 2.0  # seconds between two entries of how far a long document has come
_MOST_LINES = 20  # of what could not be read of a container
CLASSIFIED = (
    "Văn bản này đóng dấu mật nên máy chủ không nhận và đã xóa tệp. Chỉ xử lý tài liệu mật trên máy được phép, theo "
    "quy định về bảo vệ bí mật nhà nước."
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a batch needs of the server: where results go, what time it is, who is told, what reads (`version`).

    `reader` is the name that the server takes uploads under: what another one has taken over is not written.
    """

    database: Database
    now: Callable[[], dt.datetime]
    events: Events
    version: str
    reader: str

    def fail(self, upload: Upload, reason: str) -> None:
        """It could not be read, and everybody is told; or what another server has made of it. Raises `OutputError`."""
        if files.fail(self.database, upload.id, reason, self.now(), self.reader):
            self.events.tell(upload.id, state=FAILED)
        else:
            self.tell_of(upload)

    def tell_of(self, upload: Upload) -> None:
        """Tells what has become of an upload elsewhere."""
        for state in leases.states(self.database, [upload.id]).values():
            self.events.tell(upload.id, state=state)


class Batch:
    """The uploads of one run: what is `Kept` of it. Their files lie in a folder of their own.

    A file is named by its upload and its hash: no name from outside is ever made a path.
    """

    def __init__(self, desk: Desk, uploads: Sequence[Upload], folder: Path) -> None:
        self._desk = desk
        self._open: dict[Path, Upload] = {}
        self._members: dict[Path, list[tuple[tuple[int, ...], Step]]] = {}
        self._put: dict[tuple[Path, tuple[int, ...]], Step] = {}  # until their turn
        self._told: dict[int, float] = {}
        self._run: Run | None = None
        for upload in uploads:
            suffix = Path(upload.name).suffix.lower()
            self._open[folder / f"{upload.id}-{upload.sha256}{suffix if suffix in SUFFIXES else ''}"] = upload
        self._names = {path.name: upload for path, upload in self._open.items()}

    @property
    def open(self) -> list[Upload]:
        """The uploads that have not come to an end yet."""
        return list(self._open.values())

    def read(self, run: Run) -> None:
        """Reads them. Where the run was stopped, those that are `open` then were not read."""
        self._run = run
        for path, upload in list(self._open.items()):
            content = files.bytes_of(self._desk.database, upload.sha256)
            if not content:  # refused under another name meanwhile
                self._failed(path, CLASSIFIED)
                continue
            path.write_bytes(content)
            self._desk.events.tell(upload.id, state=READING)
        # What holds others is done when the next one is placed, so it comes first, and before what takes long.
        ordered = sorted(self._open, key=lambda path: (_length(path), self._open[path].id))
        for _ in run.steps(ordered, self):
            pass

    def end(self) -> None:
        """The run came to its end: what is open is done."""
        for path in list(self._members):
            self._finished(path, self._members[path])

    # ── as the run calls it, see `pipeline.engine.Kept` ──

    def find(self, item: Item) -> Step | None:
        """What this run has read; nothing from before it: who sends a file again after it failed wants it read."""
        return self._put.get((item.path, item.inside))

    def put(self, item: Item, step: Step) -> None:
        """A document that is an upload of its own is saved at once."""
        self._put[item.path, item.inside] = step
        if not item.inside:
            self._finished(item.path, [((), step)])

    def place(self, item: Item, step: Step) -> None:
        """In order: what stands in a container is saved together, when the first behind it comes."""
        self._put.pop((item.path, item.inside), None)
        for path in [path for path in self._members if path != item.path]:
            self._finished(path, self._members[path])
        if item.path not in self._open:
            return
        self._members.setdefault(item.path, []).append((item.inside, step))
        if not item.inside:  # one that was refused before it was opened
            self._finished(item.path, [((), step)])

    def pages(self, name: str, done: int, total: int) -> None:
        """How far a long document has come; called in a thread of the run."""
        upload = self._names.get(name)
        if upload is None:
            return  # inside a container, whose pages nobody has counted
        self._desk.events.tell(upload.id, pages_done=done, pages=total)
        moment = time.monotonic()
        if moment - self._told.get(upload.id, -_EVERY) >= _EVERY:
            self._told[upload.id] = moment
            try:
                files.progress(self._desk.database, upload.id, done, total, self._desk.reader)
            except OutputError as error:
                note(error)  # the pages on the screen have it, and the document is not worse for it

    # ── an upload that is done ──

    def _finished(self, path: Path, found: _Read) -> None:
        self._members.pop(path, None)
        upload, steps = self._open[path], [step for _, step in found]
        if any(error.code == "classified" for step in steps for error in step.directive.errors):
            intake.refuse(self._desk.database, upload.id, CLASSIFIED, self._desk.now())
            self._ended(path, state=FAILED)
            return
        read = [(inside, step) for inside, step in found if step.directive.status != "failed"]
        said = "\n".join(self._said(path, upload, steps))
        if not read:
            self._failed(path, said)
            return
        try:
            self._save(path, upload, read, said)
        except files.TakenOver:
            self._ended(path)
            self._desk.tell_of(upload)
        except OutputError as error:
            note(error)
            self._failed(path, error.message)

    def _save(self, path: Path, upload: Upload, read: _Read, said: str) -> None:
        directives = [_named(step.directive, path, upload) for _, step in read]
        views = {step.directive.sha256: step.view for _, step in read if step.view is not None}
        origins = {step.directive.sha256: Origin(upload.sha256, inside) for inside, step in read}
        desk = self._desk
        documents = saving.take_in(
            desk.database, upload.id, directives, views, desk.version, desk.now(), said or None,
            reader=desk.reader, origins=origins,
        )  # fmt: skip
        found = intake.counts(desk.database, documents).values()
        rows, doubts = sum(rows for rows, _ in found), sum(doubts for _, doubts in found)
        self._ended(path, state=DONE, documents=list(documents), rows=rows, doubts=doubts)

    def _failed(self, path: Path, reason: str) -> None:
        self._desk.fail(self._open[path], reason)
        self._ended(path)

    def _ended(self, path: Path, **facts: object) -> None:
        """Its file goes, and everybody is told of the facts."""
        upload = self._open.pop(path)
        path.unlink(missing_ok=True)
        if facts:
            self._desk.events.tell(upload.id, **facts)

    def _said(self, path: Path, upload: Upload, steps: Sequence[Step]) -> list[str]:
        """Why it could not be read; of a container a line for each document, and for what was passed over."""
        failed = [
            (step.directive.document, step.directive.errors[0].message)
            for step in steps
            if step.directive.status == "failed"
        ]
        if failed and failed[0][0] == path.name:
            return [failed[0][1]]
        inside = len(path.name) + 1
        lines = [f"Không đọc được {name[inside:]}: {message}" for name, message in failed]
        lines += [upload.name + one.message[len(path.name) :] for one in self._notes(path)]
        more = len(lines) - _MOST_LINES
        return lines if more <= 0 else [*lines[:_MOST_LINES], f"… và {more} mục khác trong tệp nén."]

    def _notes(self, path: Path) -> list[Problem]:
        notes = [] if self._run is None else self._run.notes
        return [one for one in notes if one.input == path.name or one.input.startswith(f"{path.name}/")]


def _length(path: Path) -> int:
    """How long it may take, roughly: containers first, pictures last."""
    orders = (OPENED, frozenset[str](), FOR_OFFICE, PICTURES)
    return next((place for place, suffixes in enumerate(orders) if path.suffix in suffixes), 1)


def _named(directive: Directive, path: Path, upload: Upload) -> Directive:
    """The directive under the name that the file came with, and not the one that it was kept under."""
    return replace(directive, document=upload.name + directive.document[len(path.name) :])
