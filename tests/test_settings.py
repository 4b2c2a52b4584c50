"""The office's own settings: read where they stand, and refused with the place where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import export
from pipeline.errors import UsageError
from pipeline.settings import NAME, Settings, beside, load

FULL = """\
[office]
name = "Huyện ủy Sông Trong"
superior = "Tỉnh ủy Quảng Hải"
letterhead = "party"
warning-days = 3
[calendar]
year = 2027
days-off = "after"
"""


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_text(text, encoding=encoding)
    return folder / NAME


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])  # Windows writes a mark in front
def test_every_key_is_read(tmp_path: Path, encoding: str) -> None:
    found = load(write(tmp_path, FULL, encoding))
    assert found == Settings("Huyện ủy Sông Trong", "Tỉnh ủy Quảng Hải", "party", 3, 2027, "after")
    assert (found.shift, found.later) == (True, True)


def test_nothing_said_is_the_default(tmp_path: Path) -> None:
    assert load(write(tmp_path, "")) == Settings()
    assert (Settings().warning_days, Settings().shift) == (7, False)


def test_the_file_beside_the_output_goes_before_that_of_the_folder_one_works_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    output = tmp_path / "out" / "t.xlsx"
    assert beside(output) == Settings()
    write(tmp_path, "[office]\nwarning-days = 1\n")
    assert beside(output).warning_days == 1
    write(tmp_path / "out", "[office]\nwarning-days = 2\n")
    assert beside(output).warning_days == 2


WRONG = [
    ("[office]\nnmae = 'x'\n", "nmae"),
    ("[văn phòng]\n", "văn phòng"),
    ("[ofice]\nname = 'x'\n", "ofice"),
    ("office = 1\n", "office"),
    ("[office]\nname = 5\n", "name"),
    (f"[office]\nname = '{'x' * 201}'\n", "name"),
    ("[office]\nletterhead = 'nhà nước'\n", "letterhead"),
    ("[office]\nwarning-days = -1\n", "warning-days"),
    ("[office]\nwarning-days = true\n", "warning-days"),  # true is a number in Python
    ("[office]\nwarning-days = '7'\n", "warning-days"),
    ("[calendar]\nyear = 26\n", "year"),
    ("[calendar]\ndays-off = ['before']\n", "days-off"),
]


@pytest.mark.parametrize(("text", "named"), WRONG)
def test_what_is_not_known_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        load(path)
    assert str(path) in str(caught.value)
    assert named in str(caught.value) or caught.value.code == "settings-unreadable"


def test_wrong_settings_are_told_before_any_document_is_read(tmp_path: Path) -> None:
    write(tmp_path, "[office]\nnmae = 'x'\n")
    with pytest.raises(UsageError, match="nmae"):
        export.targets([tmp_path / "t.xlsx"])
    export.targets([tmp_path / "t.csv"])


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\xff\xfe[office]")
    with pytest.raises(UsageError, match="UTF-8"):
        beside(tmp_path / "t.xlsx")
