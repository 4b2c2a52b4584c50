"""The results of a run: folders of Parquet or JSON, written by the workers, and files of this machine."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import export
from pipeline.cluster.documents import Documents
from pipeline.cluster.session import Session, Task
from pipeline.cluster.store import Folder, is_address, is_store, shown
from pipeline.cluster.work import write_json, write_part
from pipeline.errors import OutputError, UsageError
from pipeline.export import dataset, document_json
from pipeline.ruleset import Ruleset
from pipeline.runs import failures

__all__ = ["Outputs", "Place", "split", "write"]


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that workers write to; `kind` is one of `export.FOLDER` and `export.DATASET`."""

    folder: Folder
    kind: str


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a run writes: at least one folder, and files or databases that the caller writes itself."""

    folders: tuple[Place, ...]
    files: tuple[export.Target, ...]


def split(outputs: Iterable[str | Path]) -> Outputs:
    """What each output is. Raises `UsageError` for what cannot be written."""
    named = [os.fspath(output) for output in outputs]
    stores = [text for text in named if is_store(text)]
    own = export.targets(text for text in named if text not in stores)
    places = [_place(text) for text in stores]
    places += [
        Place(Folder(str(target.path.absolute())), target.kind)
        for target in own
        if target.kind in (export.FOLDER, export.DATASET)
    ]
    if not places:
        message = (
            "Với --engine dask cần một nơi ghi là thư mục mà mọi máy làm việc thấy: ….parquet/ (bảng theo tỉnh và "
            "tháng) hoặc …/ (JSON), ở ổ đĩa chung, s3://… hay sftp://…"
        )
        raise UsageError("no-shared-output", message, ", ".join(shown(text) for text in named))
    files = tuple(target for target in own if target.kind not in (export.FOLDER, export.DATASET))
    return Outputs(tuple(dict.fromkeys(places)), files)


def _place(address: str) -> Place:
    if not address.endswith("/"):
        message = f"{shown(address)}: ở địa chỉ này chỉ ghi được thư mục. Hãy viết ….parquet/ hoặc …/ ở cuối."
        raise UsageError("not-a-folder", message, shown(address))
    return Place(Folder(address), export.DATASET if address.endswith(export.DATASET) else export.FOLDER)


def write(
    session: Session,
    documents: Documents,
    outputs: Outputs,
    lang: str,
    rules: Ruleset,
    when: dt.datetime | None,
) -> tuple[export.Written, ...]:
    """Writes every output. Raises the first `OutputError` after all others were written."""
    nothing_read = all(receipt.status == "failed" for receipt in documents.receipts)
    written: list[export.Written] = []
    failed: list[OutputError] = []
    for place in outputs.folders:
        if nothing_read and place.kind == export.DATASET:
            continue  # an empty table would only take the place of a good one
        try:
            written.append(_write_folder(session, documents, place, lang))
        except OutputError as error:
            failed.append(error)
    for target in () if nothing_read else outputs.files:
        try:
            written.append(export.write(documents, target, lang, rules, when))
        except OutputError as error:
            failed.append(error)
    try:
        written += _write_failures(documents, lang)
    except OutputError as error:
        failed.append(error)
    if failed:
        raise failed[0]
    return tuple(written)


def _write_failures(documents: Documents, lang: str) -> list[export.Written]:
    """The list of what could not be read, or not wholly, beside the intermediate files; none where all was read."""
    rows = [
        [receipt.path, receipt.status, error.code, failures.reason_of(error.message, len(others), lang), ""]
        for receipt in documents.receipts
        if receipt.errors
        for error, *others in [receipt.errors]
    ]
    if not rows:
        return []
    documents.staging.put(failures.NAME, failures.encoded(rows))
    return [_named(documents.staging, failures.NAME)]


def _named(folder: Folder, name: str = "") -> export.Written:
    """An output as people are told of it."""
    address = shown(folder.address)
    return export.Written(f"{address.rstrip('/')}/{name}" if is_address(address) else Path(address, name))


def _write_folder(session: Session, documents: Documents, place: Place, lang: str) -> export.Written:
    tasks = _parts(documents, place.folder) if place.kind == export.DATASET else _jsons(documents, place.folder, lang)
    written = {str(outcome) for _, outcome in session.run(tasks)}
    if place.kind == export.FOLDER:
        return _named(place.folder)
    old = dataset.left_over(place.folder.names(), written)
    place.folder.remove(old)
    return replace(_named(place.folder), notes=dataset.notes(len(old), lang))


def _parts(documents: Documents, output: Folder) -> Iterator[tuple[int, Task]]:
    for number, part in enumerate(dataset.parts(documents.partitions)):
        yield number, (write_part, (documents.staging, output, part.name, documents.stretches(part.documents)))


def _jsons(documents: Documents, output: Folder, lang: str) -> Iterator[tuple[int, Task]]:
    name_of = document_json.Names()
    names = [name_of(receipt.document) for receipt in documents.receipts]
    for number, (inside, stretch) in enumerate(documents.blocks()):
        chosen = tuple(names[document] for document in inside)
        yield number, (write_json, (documents.staging, output, chosen, stretch, lang))
