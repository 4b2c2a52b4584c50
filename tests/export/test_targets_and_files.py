"""What an output is, and writing without loss."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline import export
from pipeline.errors import OutputError, UsageError
from pipeline.export.files import put, put_beside


@pytest.mark.parametrize(
    "output", ["t", "t.xls", "t.tsv", "t.json", "t.pdf"]
)
def test_an_output_that_is_not_written_yet_is_refused_by_name(output: str) -> None:
    with pytest.raises(UsageError) as caught:
        export.targets([output])
    assert output in caught.value.message
    assert ".xlsx" in caught.value.message


def test_kinds(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    outputs = ["a/", tmp_path / "there", "t.XLSX", "t.XLSX"]
    assert [(target.path.name, target.folder) for target in export.targets(outputs)] == [
        ("a", True),
        ("there", True),
        ("t.XLSX", False),
    ]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    with pytest.raises(UsageError):
        export.targets([f"{tmp_path}/x/"])


def test_what_was_there_is_kept_each_time(tmp_path: Path) -> None:
    path = tmp_path / "tracker.xlsx"
    assert put_beside(path, b"one", "vi").notes == ()
    first, second = put_beside(path, b"two", "vi"), put_beside(path, b"three", "vi")
    assert [note.code for note in (*first.notes, *second.notes)] == ["kept", "kept"]
    assert "tracker.truoc-2.xlsx" in second.notes[0].message
    contents = {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()}
    assert contents == {"tracker.xlsx": b"three", "tracker.truoc-1.xlsx": b"one", "tracker.truoc-2.xlsx": b"two"}


def test_equal_bytes_leave_everything_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "tracker.xlsx"
    put_beside(path, b"one", "vi")
    assert put_beside(path, b"one", "vi").notes == ()
    assert [entry.name for entry in tmp_path.iterdir()] == ["tracker.xlsx"]


def test_a_workbook_that_is_open_elsewhere_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tracker.xlsx"
    path.write_bytes(b"open")
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == path:
            raise PermissionError(13, "in use")  # what Windows says of a file that Excel holds
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    written = put_beside(path, b"new", "vi")
    assert (written.path.name, [note.code for note in written.notes]) == ("tracker (2).xlsx", ["open-elsewhere"])
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {
        "tracker.xlsx": b"open",
        "tracker (2).xlsx": b"new",
    }


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError) as caught:
        put(tmp_path / "file" / "x.json", b"")
    assert "Không ghi được" in caught.value.message


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError):
        put(path, b"new")
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {"x.json": b"old"}


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("tracker.xlsx", True),
        ("tracker.truoc-3.xlsx", True),
        ("tracker (2).xlsx", True),
        # a workbook of somebody else in the same folder is a candidate, and reported as not readable
        ("tracker cũ.xlsx", False),
        ("tracker.docx", False),
    ],
)
def test_a_search_passes_over_our_own_outputs(tmp_path: Path, name: str, ours: bool) -> None:
    assert export.is_ours(tmp_path / name, export.targets([tmp_path / "tracker.xlsx"])) is ours
    assert not export.is_ours(tmp_path / "elsewhere" / name, export.targets([tmp_path / "tracker.xlsx"]))


def test_a_written_file_may_be_read_by_others(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        put(tmp_path / "x.json", b"{}")
    finally:
        os.umask(before)
    assert (tmp_path / "x.json").stat().st_mode & 0o444 == 0o444
