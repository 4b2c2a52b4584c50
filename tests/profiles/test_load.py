"""A profile or a table of codes that is wrong is refused with file and line, before any document is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline import ruleset
from pipeline.errors import RuleError, UsageError
from pipeline.export import profiles
from pipeline.export.profiles.load import load, names
from pipeline.export.profiles.shape import Column, Profile
from pipeline.export.profiles.values import FIELDS

HEAD = "title: Nhà\nsheet: Nhà\n"
COLUMN = "columns:\n  - title: Việc\n    value: text\n"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (HEAD + "sheets: x\n" + COLUMN, 3, "khóa lạ “sheets”"),
        ("title: Nhà\n" + COLUMN, 1, "thiếu khóa “sheet”"),
        (HEAD, 1, "thiếu khóa “columns”"),
        (HEAD + "title: Hai\n" + COLUMN, 3, "khóa “title” viết hai lần"),
        (HEAD + "columns: []\n", 3, "“columns” phải là danh sách"),
        (HEAD + "columns: [Việc]\n", 3, "phải là một nhóm khóa: giá trị"),
        ("- title: Nhà\n", 1, "phải là một nhóm khóa: giá trị"),
        (HEAD + "columns:\n  - value: text\n", 4, "thiếu khóa “title”"),
        (HEAD + COLUMN + "    valu: text\n", 6, "khóa lạ “valu”"),
        (HEAD + "columns:\n  - title: Việc\n    value: texts\n", 5, "“value” phải là một hay nhiều trong: "),
        (HEAD + COLUMN + "    fixed: x\n", 4, "một cột chỉ có “value” hoặc “fixed”"),
        (HEAD + COLUMN + "    type: day\n", 6, "“type” phải là một trong: text, number, date"),
        (HEAD + COLUMN + "    format: ngày dd\n", 6, "“format” phải là dạng ngày"),
        (HEAD + COLUMN + "    format: '%d'\n", 6, "“format” phải là dạng ngày"),
        # YAML takes 17:00 without quotes for a number of seconds
        (HEAD + COLUMN + "    hour: 17:00\n", 6, "“hour” phải là giờ trong ngoặc kép"),
        (HEAD + COLUMN + "    codes: don-vi\n", 4, "“codes” chỉ dùng cho tên đơn vị"),
        (HEAD + COLUMN + "    unknown: drop\n", 6, "“unknown” phải là một trong: refuse, blank"),
        (HEAD + COLUMN + "    map: [a]\n", 6, "“map” phải là nhóm"),
        (HEAD + COLUMN + "    when: {value: source.issuer}\n", 6, "thiếu khóa “has”"),
        (HEAD + COLUMN + "    required: có\n", 6, "“required” phải là true hoặc false"),
        (HEAD + COLUMN + "  - title: Việc\n", 1, "hai cột cùng tên “Việc”"),
        (HEAD + "one-of: [[Người]]\n" + COLUMN, 3, "“one-of” phải là danh sách các nhóm tên cột có trong mẫu"),
        (HEAD + "header: 0\n" + COLUMN, 3, "“header” phải là số nguyên dương"),
        (HEAD + "above: [Một]\n" + COLUMN, 1, "“header” là 1 mà “above” có 1 dòng"),
        ("title: Nhà\nsheet: 'a/b'\n" + COLUMN, 2, "“sheet” phải là tên trang"),
        (HEAD + "groups: unit\n" + COLUMN, 3, "“groups” phải là một trong: section, lead"),
        (HEAD + "formats: [.pdf]\n" + COLUMN, 3, "“formats” phải là một hay nhiều trong: .docx, .xlsx"),
    ],
)
def test_a_wrong_profile(own: Callable[[str], Path], text: str, line: int, reason: str) -> None:
    with pytest.raises(RuleError) as caught:
        load("own", own(text))
    assert f"own.yaml, dòng {line}: {reason}" in caught.value.message
    assert f"own.yaml:{line}: " in caught.value.detail


@pytest.mark.parametrize("text", ["title: [", "\x00", "a: &b [*b]\n*b"])
def test_a_file_that_is_no_yaml(own: Callable[[str], Path], text: str) -> None:
    with pytest.raises(RuleError):
        load("own", own(text))


@pytest.mark.parametrize("name", ["../vigov", "", "Vigov", "none"])
def test_an_unknown_name_is_answered_with_those_there_are(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(name, None)
    assert "vigov, xa-6" in caught.value.message


def test_a_profile_of_the_office_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "xa-6.yaml").write_text(HEAD + COLUMN, encoding="utf-8")
    assert load("xa-6", tmp_path).title == "Nhà"
    assert names(tmp_path) == names(None)


def test_the_page_lists_every_key_and_every_field() -> None:
    page = (ruleset.shipped() / "profiles" / "README.md").read_text("utf-8")
    profile, column, values = (re.split(r"^## ", page, flags=re.M))[1:4]
    keys = {key.name.replace("_", "-") for key in fields(Profile)} - {"name"}
    assert _listed(profile) == keys
    assert _listed(column) == {"map" if key.name == "mapping" else key.name for key in fields(Column)}
    assert _listed(values) == FIELDS


def _listed(text: str) -> set[str]:
    """What the first cells of a table name."""
    cells = re.findall(r"^\| (`.+?) \|", text, re.M)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "thiếu cột ma, ten, loai"),
        ("ma,ten\na,b\n", 1, "thiếu cột loai"),
        ("ma,ten,loai\na,b,don-vi\n\nc,,don-vi\n", 4, "thiếu giá trị ở cột ten"),
        ("ma,ten,loai\na,Tổ  Một,don-vi\nb,tổ một,don-vi\n", 3, "“tổ một” đã có mã khác ở dòng 2"),
        ('ma,ten,loai\na,"b,don-vi\n', 2, "không đọc được"),
    ],
)
def test_a_wrong_table_of_codes(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "don-vi.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        profiles.order("vigov", path, None)
    assert f"don-vi.csv, dòng {line}: {reason}" in caught.value.message


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_as_programs_write_them(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "don-vi.csv"
    lines = (
        ("loai", "Mã", "TEN", "ghi chú"),
        ("Don-Vi", "dia-chinh", "Phòng Kinh tế", "x"),
        ("can-bo", "CB-1", "A", ""),
    )
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode("utf-8-sig"))
    codes = profiles.order("vigov", path, None).codes.codes
    assert [(code.code, code.name, code.kind) for code in codes] == [
        ("dia-chinh", "Phòng Kinh tế", "don-vi"),
        ("CB-1", "A", "can-bo"),
    ]


def test_a_table_in_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    path = tmp_path / "don-vi.csv"
    path.write_bytes("ma,ten,loai\na,Ph\u00f2ng,don-vi\n".encode("latin-1"))
    with pytest.raises(UsageError, match="CSV UTF-8"):
        profiles.order("vigov", path, None)


@pytest.mark.parametrize(
    ("name", "codes", "code"),
    [("vigov", None, "codes-missing"), ("vigov", "none.csv", "codes-file"), ("xa-6", "don-vi.csv", "codes-unused")],
)
def test_codes_are_wanted_where_a_profile_uses_them(tmp_path: Path, name: str, codes: str | None, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        profiles.order(name, None if codes is None else tmp_path / codes, None)
    assert caught.value.code == code
