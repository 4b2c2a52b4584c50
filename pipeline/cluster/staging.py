"""What workers hand to each other: the directives of a group, written once beside the result.

For each group two files: ``KEY.directives`` with its directives by partition, so that a part of the result is made of
few stretches of bytes, and ``KEY.json`` with what the caller must know of them. The second is written last: where it
is, the group is done, and a run that was stopped goes on behind it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline import codec
from pipeline.cluster.store import Folder
from pipeline.errors import OutputError
from pipeline.export.partition import Partition, partition_of
from pipeline.inputs import Problem
from pipeline.model import Directive, Warning
from pipeline.ruleset import Ruleset
from pipeline.runs.reading import is_doubtful

__all__ = ["Block", "Receipt", "Staged", "Stretch", "load", "save"]

_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the caller keeps of a document: its directive is number `place` of the block `block`.

    `path` is what people are shown, `seconds` what it took; `tasks` and `unplaced` are counts.
    """

    document: str
    path: str
    status: str
    pages: int
    tasks: int
    unplaced: int
    seconds: float
    errors: tuple[Warning, ...]
    warnings: tuple[Warning, ...]
    block: int
    place: int


@dataclass(frozen=True, slots=True)
class Block:
    """The directives of a partition: bytes from `start` to `end` of the file."""

    partition: Partition
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Staged:
    """A group of `files` that was read in a `run`: its documents in order, and what was passed over.

    `doubtful` says that an error among them may have been the machine's.
    """

    key: str
    run: str
    files: int
    doubtful: bool
    blocks: tuple[Block, ...]
    receipts: tuple[Receipt, ...]
    notes: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Directives of a block, by their places in it."""

    key: str
    start: int
    end: int
    places: tuple[int, ...]

    def read(self, staging: Folder) -> Iterator[Directive]:
        """The directives, one after the other. Raises `OutputError` where what was written is damaged."""
        data = memoryview(staging.read(f"{self.key}.directives", self.start, self.end))
        wanted, offset, place = set(self.places), 0, 0
        try:
            while offset < len(data):
                (size,) = _LENGTH.unpack_from(data, offset)
                offset += _LENGTH.size
                if place in wanted:
                    yield codec.decode(bytes(data[offset : offset + size]))
                offset, place = offset + size, place + 1
        except (codec.Damaged, struct.error) as error:
            raise _damaged(staging, self.key, error) from error


def save(
    staging: Folder,
    key: str,
    run: str,
    files: int,
    documents: Sequence[tuple[str, float, Directive]],
    notes: Iterable[Problem],
    rules: Ruleset,
) -> Staged:
    """Writes a group: the path that people are shown, the seconds and the directive of each document, in order."""
    partitions = [partition_of(directive, rules) for _, _, directive in documents]
    names = sorted(set(partitions))
    packed, places = [bytearray() for _ in names], [0] * len(names)
    receipts = []
    for (path, seconds, directive), partition in zip(documents, partitions, strict=True):
        block = names.index(partition)
        data = codec.encode(directive)
        packed[block] += _LENGTH.pack(len(data)) + data
        receipts.append(_receipt(path, seconds, directive, block, places[block]))
        places[block] += 1
    staging.put(f"{key}.directives", b"".join(packed))
    doubtful = any(is_doubtful(directive) for _, _, directive in documents)
    staged = Staged(key, run, files, doubtful, tuple(_blocks(names, packed)), tuple(receipts), tuple(notes))
    staging.put(f"{key}.json", _as_json(staged))
    return staged


def load(staging: Folder, key: str) -> Staged | None:
    """A group that was written before, None where it was not."""
    import msgspec

    data = staging.find(f"{key}.json")
    try:
        return None if data is None else msgspec.json.decode(data, type=Staged)
    except msgspec.MsgspecError as error:
        raise _damaged(staging, key, error) from error


def _as_json(staged: Staged) -> bytes:
    import msgspec

    return msgspec.json.encode(staged)


def _receipt(path: str, seconds: float, directive: Directive, block: int, place: int) -> Receipt:
    return Receipt(
        document=directive.document,
        path=path,
        status=directive.status,
        pages=directive.pages,
        tasks=len(directive.tasks),
        unplaced=len(directive.unplaced),
        seconds=seconds,
        errors=directive.errors,
        warnings=directive.warnings,
        block=block,
        place=place,
    )


def _blocks(partitions: Sequence[Partition], packed: Sequence[bytearray]) -> Iterator[Block]:
    start = 0
    for partition, data in zip(partitions, packed, strict=True):
        yield Block(partition, start, start + len(data))
        start += len(data)


def _damaged(staging: Folder, key: str, error: Exception) -> OutputError:
    message = f"Tệp trung gian {key} bị hỏng. Hãy xóa thư mục {staging.address} rồi chạy lại lệnh này."
    return OutputError("staging-damaged", message, f"{type(error).__name__}: {error}")
