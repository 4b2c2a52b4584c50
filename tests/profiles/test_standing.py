"""A file that is there already: replaced where the same profile wrote it, else left as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from profile_rows import directive, task

from pipeline import export
from pipeline.export.profiles.load import load, names
from pipeline.export.profiles.standing import is_export

Write = Callable[..., Any]
PLAN = directive(task(lead=("Phòng Kinh tế",)))


def tracker(path: Path, lang: str = "vi") -> bytes:
    export.write([PLAN], *export.targets([path]), lang)
    return path.read_bytes()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_tracker_is_no_file_of_any_profile(lang: str, tmp_path: Path) -> None:
    tracker(tmp_path / "so.xlsx", lang)
    assert [name for name in names(None) if is_export(tmp_path / "so.xlsx", load(name, None))] == []


def test_a_tracker_in_the_way_is_not_touched(write: Write, tmp_path: Path) -> None:
    there = tracker(tmp_path / "xa-6.xlsx")
    written = write("xa-6", [PLAN])
    assert (tmp_path / "xa-6.xlsx").read_bytes() == there
    assert (written.path.name, is_export(written.path, load("xa-6", None))) == ("xa-6 (2).xlsx", True)
    (note,) = [one for one in written.notes if one.code == "not-an-export"]
    assert note.message == (
        "Tệp đã có xa-6.xlsx không phải tệp đã xuất theo mẫu xa-6 nên được để nguyên; kết quả được ghi sang xa-6 (2).xlsx."
    )
    assert "was left alone" in write("xa-6", [PLAN], lang="en").notes[0].message
    assert not list(tmp_path.glob("*.truoc-*"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", "của tôi".encode()])
@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_neither_is_a_file_that_cannot_be_read(write: Write, tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"phu-luc{suffix}"
    path.write_bytes(data)
    assert write("phu-luc", [PLAN], suffix=suffix).path.name == f"phu-luc (2){suffix}"
    assert path.read_bytes() == data


def test_another_profile_s_rows_are_not_touched(write: Write, tmp_path: Path) -> None:
    other = write("phuong-12", [PLAN]).path.rename(tmp_path / "xa-6.xlsx")
    there = other.read_bytes()
    assert write("xa-6", [PLAN]).path.name == "xa-6 (2).xlsx"
    assert other.read_bytes() == there


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_the_profile_s_own_rows_are_kept_beside_the_new_ones(write: Write, tmp_path: Path, suffix: str) -> None:
    first = write("phu-luc", [PLAN], suffix=suffix).path.read_bytes()
    written = write("phu-luc", [directive(task(text="Việc mới."))], suffix=suffix)
    assert written.path.name == f"phu-luc{suffix}"
    assert (tmp_path / f"phu-luc.truoc-1{suffix}").read_bytes() == first
    assert "not-an-export" not in [note.code for note in written.notes]


def test_so_are_those_that_an_officer_filled_in(write: Write, tmp_path: Path) -> None:
    path = write("xa-6", [PLAN]).path
    book = openpyxl.load_workbook(path)
    (sheet,) = book.worksheets
    sheet.title = "Đã điền"
    sheet.cell(sheet.max_row, sheet.max_column + 1).value = "cột của tôi"
    book.save(path)
    assert write("xa-6", [PLAN]).path == path
    assert openpyxl.load_workbook(tmp_path / "xa-6.truoc-1.xlsx").sheetnames == ["Đã điền"]
