"""Parquet: types, meanings, and the same values as in JSON Lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from pipeline import __version__, export
from pipeline.export import parquet as ours
from pipeline.export.json_lines import as_json
from pipeline.model import Directive, Meta, Task

Make = Callable[..., Directive]


def read(directives: list[Directive], folder: Path) -> pyarrow.Table:
    """The table of the file."""
    path = folder / "t.parquet"
    export.write(directives, export.targets([path])[0])
    return parquet.read_table(path)


def plain(value: Any) -> Any:
    """A value of Parquet as JSON has it: dates in ISO form, a map as an object."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value


def test_rows_are_the_lines_of_json(make: Make, task: Callable[..., Task], tmp_path: Path) -> None:
    directives = [make(), make(task(), meta=Meta(), document="trống.txt")]
    rows = read(directives, tmp_path).to_pylist(maps_as_pydicts="strict")
    expected = [as_json(one, directive) for directive in directives for one in directive.tasks]
    assert [plain(row) for row in rows] == expected
    assert [list(row) for row in rows] == [list(line) for line in expected]


TYPES = [
    ("due", pyarrow.date32()),
    ("lead", pyarrow.list_(pyarrow.string())),
    ("order", pyarrow.int32()),
    ("confidence", pyarrow.float64()),
]


@pytest.mark.parametrize(("name", "kind"), TYPES)
def test_types(make: Make, tmp_path: Path, name: str, kind: pyarrow.DataType) -> None:
    assert read([make()], tmp_path).schema.field(name).type.equals(kind)


def test_the_file_says_what_it_is(make: Make, tmp_path: Path) -> None:
    schema = read([make()], tmp_path).schema
    assert schema.metadata[b"dondoc.version"].decode() == __version__
    assert all(column.metadata[b"description"] for column in schema)
    group = parquet.ParquetFile(tmp_path / "t.parquet").metadata.row_group(0)
    assert {group.column(index).compression for index in range(group.num_columns)} == {"ZSTD"}


def test_without_tasks_there_are_columns(make: Make, tmp_path: Path) -> None:
    table = read([Directive("x", "", "", 1, "ok")], tmp_path)
    assert table.num_rows == 0
    assert table.schema.equals(ours.schema())


def test_row_groups_hold_all_rows_in_order(
    make: Make, task: Callable[..., Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "AT_ONCE", 3)
    directives = [make(*(task(id=f"{place}{number}") for number in range(4))) for place in "ab"]
    table = read(directives, tmp_path)
    assert parquet.ParquetFile(tmp_path / "t.parquet").num_row_groups == 3
    assert table["id"].to_pylist() == [one.id for directive in directives for one in directive.tasks]
