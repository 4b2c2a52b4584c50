"""Parquet for analysts: a row a task, with the fields of JSON Lines as typed columns, compressed with zstd.

Dates are date32, lists are lists, units and milestones lists of structs, evidence a map from field to places. The
metadata of the file hold the version of the program, those of a column what it means. Equal directives give equal bytes
with one version of pyarrow.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pipeline.export.files import Written, put
from pipeline.export.row_fields import Field, fields_of, row
from pipeline.export.words import storable
from pipeline.model import Box, Directive, Task
from pipeline.ruleset import Ruleset
from pipeline.version import __version__

if TYPE_CHECKING:
    import pyarrow

__all__ = ["encode", "schema", "write"]

AT_ONCE = 10_000  # rows of a row group: what is held as Python values at a time


def write(directives: Sequence[Directive], path: Path, lang: str, rules: Ruleset) -> Written:
    """Writes the tasks of all directives, in their order. The names are the same in every `lang`."""
    put(path, encode(directives))
    return Written(path)


def encode(directives: Iterable[Directive]) -> bytes:
    """The bytes of a file with the tasks of the directives; of these no more than `AT_ONCE` rows are held at a time."""
    import pyarrow
    from pyarrow import parquet

    stream, columns = io.BytesIO(), schema()
    tasks = ((task, directive) for directive in directives for task in directive.tasks)
    with parquet.ParquetWriter(stream, columns, compression="zstd") as writer:
        while batch := list(islice(tasks, AT_ONCE)):
            arrays = [
                pyarrow.array(values, column.type)
                for values, column in zip(_columns(batch), columns, strict=True)
            ]
            writer.write_table(pyarrow.table(arrays, schema=columns))
    return stream.getvalue()


def schema() -> pyarrow.Schema:
    """The schema of the file: types of the model, meanings of `row_fields`, version of the program."""
    import pyarrow

    return pyarrow.schema([_field(field) for field in row()], metadata={"dondoc.version": __version__})


def _field(field: Field) -> pyarrow.Field:
    import pyarrow

    kind, nullable = _bare(field.type)
    return pyarrow.field(field.name, _type(kind), nullable, {"description": field.meaning})


def _bare(hint: Any) -> tuple[Any, bool]:
    """A type without None, and whether None was one of its values."""
    if get_origin(hint) is not UnionType:
        return hint, False
    (kind,) = (part for part in get_args(hint) if part is not type(None))
    return kind, True


def _type(kind: Any) -> pyarrow.DataType:
    import pyarrow

    simple = {str: pyarrow.string(), int: pyarrow.int32(), float: pyarrow.float64(), dt.date: pyarrow.date32()}
    if kind in simple:
        return simple[kind]
    if kind is Box:
        return pyarrow.list_(pyarrow.float64())
    if get_origin(kind) is None:
        return pyarrow.struct([_field(field) for field in fields_of(kind)])
    item = _type(get_args(kind)[0 if get_origin(kind) is tuple else 1])
    return pyarrow.list_(item) if get_origin(kind) is tuple else pyarrow.map_(pyarrow.string(), item)


# ── values ─────────────────────────────────────────────────────────────────────────────────


def _columns(batch: Iterable[tuple[Task, Directive]]) -> Iterator[list[Any]]:
    """The values of each column, in the order of `row`."""
    tasks = [task for task, _ in batch]
    yield [storable(directive.document) for _, directive in batch]
    yield [_plain(directive.meta) for _, directive in batch]
    for field in fields_of(Task):
        yield [_plain(getattr(task, field.attribute)) for task in tasks]


def _plain(value: Any) -> Any:
    """A value as pyarrow takes it, rounded as in the JSON of a document."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, Mapping):
        return [(name, _plain(value[name])) for name in sorted(value)]
    if isinstance(value, Box):
        return [round(side, 1) for side in (value.left, value.top, value.right, value.bottom)]
    if value is None or isinstance(value, int | dt.date):
        return value
    return {field.name: _plain(getattr(value, field.attribute)) for field in fields_of(value.__class__)}
