"""A folder of Parquet files by province and month: what a result that is too large for one file becomes.

``tasks.parquet/province=quang-ninh/month=2026-01/part-00000.parquet``: pyarrow, pandas, dask, Spark and DuckDB read the
folder as one table with the columns of `parquet` and two more, `province` and `month`. Equal directives in equal order
give the same files with the same bytes, whoever writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.export import parquet
from pipeline.export.files import Written, put
from pipeline.export.partition import FILE, Partition, partition_of
from pipeline.model import Directive, Warning
from pipeline.ruleset import Ruleset

__all__ = ["Part", "left_over", "notes", "parts", "write"]

MOST_ROWS = 100_000
"""Rows of a file: 30 to 60 MB of zstd, what readers of Parquet split work into; a province has as many in a month."""

TEXTS = {
    "vi": "Đã xóa {count} tệp của lần ghi trước mà lần này không còn.",
    "en": "{count} files of an earlier run that this one no longer has were removed.",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a partition, and the places of its documents among all documents, in order."""

    partition: Partition
    number: int
    documents: tuple[int, ...]

    @property
    def name(self) -> str:
        """Its path below the folder of the result."""
        return f"{self.partition.folder}/part-{self.number:05}.parquet"


def write(directives: Sequence[Directive], path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes the tasks of all directives into the folder `path`; files that an earlier run left there go.

    Each file is written whole or not at all. Raises `OutputError`.
    """
    sorted_out = [(partition_of(directive, rules), len(directive.tasks)) for directive in directives]
    written = set()
    for part in parts(sorted_out):
        put(path / part.name, parquet.encode(directives[index] for index in part.documents))
        written.add(part.name)
    there = (file.relative_to(path).as_posix() for file in path.glob("province=*/month=*/part-*.parquet"))
    old = left_over(there, written)
    for name in old:
        _remove(path / name)
    return Written(path, notes(len(old), lang))


def parts(documents: Iterable[tuple[Partition, int]]) -> Iterator[Part]:
    """The files that documents go into, given the partition of each and its number of rows, in order.

    A document without rows is in none; one is never divided, so that a file may have more than `MOST_ROWS`.
    """
    files: dict[Partition, list[list[int]]] = {}
    rows: dict[Partition, int] = {}
    for index, (partition, count) in enumerate(documents):
        if not count:
            continue
        if partition not in files or rows[partition] + count > MOST_ROWS:
            files.setdefault(partition, []).append([])
            rows[partition] = 0
        files[partition][-1].append(index)
        rows[partition] += count
    for partition in sorted(files):
        for number, places in enumerate(files[partition]):
            yield Part(partition, number, tuple(places))


def left_over(there: Iterable[str], written: set[str]) -> list[str]:
    """Those of the paths below the folder that are files of this format and not among those `written`."""
    return sorted(name for name in there if name not in written and FILE.fullmatch(name))


def notes(removed: int, lang: str) -> tuple[Warning, ...]:
    """What the user should know of files that were removed."""
    return (Warning("replaced", TEXTS[lang].format(count=removed)),) if removed else ()


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        message = f"Không xóa được {path} của lần ghi trước. Hãy đóng chương trình đang mở tệp này rồi chạy lại."
        raise OutputError("cannot-remove", message, f"{type(error).__name__}: {error}") from error
