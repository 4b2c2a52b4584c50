"""CSV: what a spreadsheet makes of it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import export
from pipeline.export.csv_file import encode
from pipeline.export.task_sheet import COLUMNS
from pipeline.export.wording import VI
from pipeline.model import Directive, Task

Make = Callable[..., Directive]
TEXT = "Nội dung nhiệm vụ"
SIGNS = "=+-@＝＋－＠"


def lines(data: bytes) -> list[dict[str, str]]:
    """The lines by heading, as the module csv reads them."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cell(make: Make, task: Callable[..., Task], words: str) -> str:
    """What stands in the file for a text of a document."""
    (line,) = lines(encode([make(task(text=words))], "vi"))
    return line[TEXT]


def test_form(make: Make) -> None:
    data = encode([make()], "vi")
    assert data.startswith("\ufeffSTT,Mã nhiệm vụ,".encode())
    assert data.count(b"\r\n") == data.count(b"\n") == 2  # headings and a task


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_columns_are_those_of_the_sheet(make: Make, lang: str) -> None:
    (line,) = lines(encode([make()], lang))
    assert list(line) == [column.heading(lang) for column in COLUMNS]


def test_values(make: Make) -> None:
    (line,) = lines(encode([make()], "vi"))
    assert line["Thời hạn"] == "2022-11-20"
    assert line["Đơn vị chủ trì"] == "Văn phòng Huyện ủy; Ban Tổ chức"
    assert line["Độ tin cậy"] == "97%"
    assert line["Trạng thái"] == VI.states[0]
    assert line["Ghi chú"] == line["Tình trạng"] == line["Còn lại, ngày"] == ""
    assert line["Văn bản giao"] == "Kế hoạch số 85-KH/HU ngày 04/11/2022 của Huyện ủy Sông Trong"


FORMULAS = [
    "=1+1", "+84 900", "-5", "@SUM(A1)", "\tx", "\nx", "\rx", "＝1", "＋1", "－1", "＠x",
    # some programs pass over blanks in front
    "  =1+1", "\u00a0=1",
    # a character that is dropped does not shield the sign
    "\x00=1", "\x1b=1",
]  # fmt: skip
FIGURES = [
    "3/4", "15/11/2022", "2022-11-20", "0123", "01", "123456789012", "2.10", "1.234", "1.234,5", "0,5", "07:30", "12e3",
    # an id of a task is twelve hexadecimal digits, and may be this
    "12345678e901", "3/4 ",
]  # fmt: skip
PLAIN = [
    "Rà soát hồ sơ.", "1", "45", "31-CT/TU", "III.3", "a=b", "x-y", "ngày 3/4", "0123456789ab", "2.5", "100%", "'đã có",
]  # fmt: skip


@pytest.mark.parametrize("words", [*FORMULAS, *FIGURES])
def test_what_a_spreadsheet_would_change_begins_with_an_apostrophe(
    make: Make, task: Callable[..., Task], words: str
) -> None:
    assert cell(make, task, words) == "'" + re.sub("[\x00\x1b]", "", words)


@pytest.mark.parametrize("words", PLAIN)
def test_other_words_are_left_alone(make: Make, task: Callable[..., Task], words: str) -> None:
    assert cell(make, task, words) == words


@pytest.mark.parametrize("separator", [";", "\t"])
@given(words=st.text(st.sampled_from(f"{SIGNS};\t\n\r\"', a1"), max_size=12))
def test_no_cell_begins_with_a_sign_where_cells_are_parted_otherwise(separator: str, words: str) -> None:
    # where semicolons part cells, quotes that do not begin a cell hold nothing together
    directive = Directive("x", "", "", 1, "ok", tasks=(Task("0", "", 1, words),))
    body = encode([directive], "vi").decode("utf-8-sig").split("\r\n", 1)[1]
    for line in re.split(r"[\r\n]", body):
        for part in line.split(separator):
            assert not part.lstrip(" \u00a0\"").startswith(tuple(SIGNS)), (words, part)


def test_a_long_text_ends_in_a_mark(make: Make, task: Callable[..., Task]) -> None:
    for words in ("ấ" * 40_000, "=" + "😀" * 40_000):
        shown = cell(make, task, words)
        assert len(shown.encode("utf-16-le")) <= 2 * 32767
        assert shown.endswith(VI.cut)
    assert cell(make, task, "a" * 32767) == "a" * 32767


def test_a_csv_that_was_filled_in_is_kept(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    (target,) = export.targets([path])
    assert export.write([make()], target).notes == ()
    assert export.write([make()], target).notes == ()  # the same bytes are there already
    path.write_bytes(path.read_bytes().replace("Chưa thực hiện".encode(), "Hoàn thành".encode()))
    written = export.write([make()], target)
    assert [note.code for note in written.notes] == ["kept"]
    assert "Hoàn thành" in (tmp_path / "t.truoc-1.csv").read_text("utf-8-sig")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice opens the file")
def test_a_spreadsheet_shows_every_word_as_it_is(make: Make, task: Callable[..., Task], tmp_path: Path) -> None:
    words = [text for text in (*FORMULAS, *FIGURES, *PLAIN) if text.isprintable()]
    tasks = [task(id=f"{number:012x}", text=text) for number, text in enumerate(words)]
    (tmp_path / "t.csv").write_bytes(encode([make(*tasks)], "vi"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    # comma, quote, UTF-8, from line 1, columns by what they hold, evaluating formulas: the most trusting way to open it
    way = "--infilter=CSV:44,34,76,1,,1033,false,true,false,false,false,-1,true"
    command = ["soffice", profile, "--headless", way, "--convert-to", "xlsx", "--outdir", str(tmp_path), str(tmp_path / "t.csv")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    column = [name.value for name in sheet[1]].index(TEXT) + 1
    numbers = {"1", "45", "2.5", "100%"}  # numbers that stay what they are
    for line, text in enumerate(words, start=2):
        found = sheet.cell(line, column)
        assert found.data_type != "f", text
        if text not in numbers:
            assert found.value in (text, f"'{text}", f"'{text}".rstrip()), text
