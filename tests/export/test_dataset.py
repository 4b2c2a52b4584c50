"""Parquet by province and month: which folder a document goes to, how files are divided, what readers see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import ruleset
from pipeline.errors import UsageError
from pipeline.export import dataset, parquet, targets
from pipeline.export import write as export
from pipeline.export.partition import Partition, partition_of
from pipeline.model import Directive, Meta

RULES = ruleset.load()
DAY = dt.date(2026, 1, 15)


@pytest.mark.parametrize(
    ("meta", "partition"),
    [
        # a province, by the name that it has now
        (Meta(issuer="UBND tỉnh Lào Cai", place="Lào Cai", date=DAY), Partition("lao-cai", "2026-01")),
        (Meta(issuer="UBND tỉnh Yên Bái", place="Yên Bái", date=dt.date(2024, 3, 1)), Partition("lao-cai", "2024-03")),
        # a commune whose name only one province has
        (Meta(issuer="UBND xã Ia Krêl", place="Ia Krêl", date=DAY), Partition("gia-lai", "2026-01")),
        # one that several have, by whom it reports to
        (
            Meta(issuer="UBND xã Tân Lập", place="Tân Lập", date=DAY, recipients=("UBND tỉnh Thái Nguyên (b/c)",)),
            Partition("thai-nguyen", "2026-01"),
        ),
        (
            Meta(issuer="UBND xã Tân Lập", place="Tân Lập", recipients=("Thường trực Tỉnh ủy Bà Rịa - Vũng Tàu;",)),
            Partition("ho-chi-minh", ""),
        ),
        (Meta(issuer="UBND xã Tân Lập", place="Tân Lập", date=DAY), Partition("", "2026-01")),
        # two are named: nothing is certain
        (
            Meta(issuer="UBND xã Tân Lập", place="Tân Lập", recipients=("UBND tỉnh Thái Nguyên", "Tỉnh ủy tỉnh Lào Cai")),
            Partition("", ""),
        ),
        # a ministry has no province, whomever it writes to
        (Meta(number="12/CV-TW", place="Hà Nội", date=DAY, recipients=("UBND tỉnh Lào Cai",)), Partition("", "2026-01")),
        (Meta(), Partition("", "")),
    ],
)
def test_where_a_document_belongs(meta: Meta, partition: Partition, make: Callable[..., Directive]) -> None:
    assert partition_of(make(meta=meta, text=""), RULES) == partition


def test_files_are_divided_between_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "MOST_ROWS", 10)
    one, other = Partition("lao-cai", "2026-01"), Partition("", "2026-01")
    rows = [(one, 4), (other, 3), (one, 6), (one, 1), (one, 0), (one, 12), (other, 1)]
    found = [(part.partition, part.number, part.documents) for part in dataset.parts(rows)]
    assert found == [(other, 0, (1, 6)), (one, 0, (0, 2)), (one, 1, (3,)), (one, 2, (5,))]


def documents(make: Callable[..., Directive]) -> list[Directive]:
    places = [("Lào Cai", dt.date(2026, 1, 5)), ("Huế", dt.date(2026, 2, 6)), ("Lào Cai", dt.date(2026, 1, 7)), ("", None)]
    metas = [Meta(issuer=f"UBND tỉnh {place}" if place else None, place=place or None, date=day) for place, day in places]
    return [make(meta=meta, document=f"{number}.docx", text="") for number, meta in enumerate(metas)]


def test_readers_see_one_table_with_two_more_columns(make: Callable[..., Directive], tmp_path: Path) -> None:
    import pyarrow.dataset

    target = targets([f"{tmp_path}/tasks.parquet/"])[0]
    assert export(documents(make), target).path == tmp_path / "tasks.parquet"
    table = pyarrow.dataset.dataset(tmp_path / "tasks.parquet", partitioning="hive").to_table()
    assert table.column_names == [*parquet.schema().names, "province", "month"]
    rows = sorted(zip(*(table[name].to_pylist() for name in ("document", "province", "month")), strict=True))
    assert rows == [
        ("0.docx", "lao-cai", "2026-01"),
        ("1.docx", "hue", "2026-02"),
        ("2.docx", "lao-cai", "2026-01"),
        ("3.docx", None, None),
    ]


def test_a_file_is_what_one_for_its_documents_would_be(make: Callable[..., Directive], tmp_path: Path) -> None:
    many = documents(make)
    dataset.write(many, tmp_path / "a", "vi", RULES)
    (part,) = (tmp_path / "a" / "province=lao-cai").rglob("*.parquet")
    parquet.write([many[0], many[2]], tmp_path / "b.parquet", "vi", RULES)
    assert part.read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_what_an_earlier_run_left_goes_and_the_rest_stays(make: Callable[..., Directive], tmp_path: Path) -> None:
    many = documents(make)
    first = dataset.write(many, tmp_path, "vi", RULES)
    own = tmp_path / "province=lao-cai" / "month=2026-01" / "mine.parquet"
    own.write_bytes(b"mine")
    second = dataset.write([replace(directive, tasks=()) for directive in many[:1]] + many[1:2], tmp_path, "en", RULES)
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.parquet")}
    assert files == {"province=hue/month=2026-02/part-00000.parquet", "province=lao-cai/month=2026-01/mine.parquet"}
    assert first.notes == ()
    assert [note.message for note in second.notes] == ["2 files of an earlier run that this one no longer has were removed."]


def test_a_file_is_no_folder_of_parquet(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"x")
    assert targets([tmp_path / "a.parquet"])[0].kind == ".parquet"
    with pytest.raises(UsageError, match="là tệp"):
        targets([f"{tmp_path}/a.parquet/"])
    (tmp_path / "b.parquet").mkdir()
    assert targets([tmp_path / "b.parquet"])[0].kind == ".parquet/"
