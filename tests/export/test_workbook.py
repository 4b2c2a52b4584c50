"""The tracker workbook, read back with another library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import export
from pipeline.model import Directive, Meta, Task

Make = Callable[..., Directive]
MakeTask = Callable[..., Task]

# The contract, word for word.
COLUMNS = (
    "STT · Mã nhiệm vụ · Nội dung nhiệm vụ · Đơn vị chủ trì · Đơn vị phối hợp · Thời hạn · Hạn theo văn bản · Chu kỳ · "
    "Sản phẩm · Nơi nhận báo cáo · Chỉ tiêu · Văn bản giao · Mục · Trang · Trạng thái · % hoàn thành · "
    "Ngày hoàn thành · Kết quả · Ghi chú · Tình trạng · Còn lại, ngày · Độ tin cậy · Cần rà soát"
).split(" · ")


def written(path: Path, *directives: Directive, lang: str = "vi") -> Worksheet:
    """The sheet of the tasks in the workbook that is written of these directives."""
    (target,) = export.targets([path / "t.xlsx"])
    export.write(directives, target, lang)
    book = openpyxl.load_workbook(path / "t.xlsx")
    return book[book.sheetnames[0]]


def row(sheet: Worksheet, line: int = 2) -> dict[str, Any]:
    """The values of a line by heading."""
    return {str(head.value): cell.value for head, cell in zip(sheet[1], sheet[line], strict=True)}


def test_columns_are_those_of_the_contract(make: Make, tmp_path: Path) -> None:
    sheet = written(tmp_path, make())
    assert sheet.title == "Nhiệm vụ"
    assert [cell.value for cell in sheet[1]] == COLUMNS


def test_values(make: Make, tmp_path: Path) -> None:
    values = row(written(tmp_path, make()))
    assert values["STT"] == 1
    assert values["Mã nhiệm vụ"] == "0123456789ab"
    assert values["Đơn vị chủ trì"] == "Văn phòng Huyện ủy; Ban Tổ chức"
    assert values["Thời hạn"] == dt.datetime(2022, 11, 20)
    assert values["Hạn theo văn bản"] == "trước ngày 20/11/2022"
    assert values["Chu kỳ"] == "một lần; hằng năm"
    assert values["Chỉ tiêu"] == "100%; ít nhất 02 cuộc"
    assert values["Văn bản giao"] == "Kế hoạch số 85-KH/HU ngày 04/11/2022 của Huyện ủy Sông Trong"
    assert values["Trang"] == 2
    assert values["Trạng thái"] == "Chưa thực hiện"
    assert values["Độ tin cậy"] == pytest.approx(0.967)
    # a code without wording is shown, not dropped
    assert values["Cần rà soát"] == "Nhiều đơn vị chủ trì; not-a-known-code"
    assert [values[name] for name in COLUMNS[15:19]] == [None] * 4


@pytest.mark.parametrize(
    ("meta", "source"),
    [
        # nothing is known: the name of the file
        (Meta(), "KH 85.docx"),
        # a number alone says which document it is
        (Meta(number="12/TB-UBND"), "Văn bản số 12/TB-UBND"),
        # drafts have no number
        (Meta(type="công văn", date=dt.date(2026, 1, 2)), "Công văn ngày 02/01/2026"),
        # a type alone would not tell one plan from another
        (Meta(type="kế hoạch"), "KH 85.docx"),
    ],
)
def test_source(make: Make, tmp_path: Path, meta: Meta, source: str) -> None:
    assert row(written(tmp_path, make(meta=meta)))["Văn bản giao"] == source


@pytest.mark.parametrize(
    "words",
    [
        '=HYPERLINK("http://example.org","bấm vào đây")',
        "=1+1",
        "+84 24 3804 0000",
        "-Tổ chức hội nghị",
        "@SUM(1)",
        "\t=1+1",
        "{=1+1}",
        "http://example.org/x",
        "internal:Sheet1!A1",
        "00123",
    ],
)
def test_words_of_a_document_stay_words(make: Make, task: MakeTask, tmp_path: Path, words: str) -> None:
    hostile = task(text=words, lead=(words,), due_text=words, deliverable=words, report_to=(words,), section=words)
    sheet = written(tmp_path, make(hostile, meta=Meta(type=words, number=words, issuer=words)))
    for name in ("Nội dung nhiệm vụ", "Đơn vị chủ trì", "Hạn theo văn bản", "Sản phẩm", "Nơi nhận báo cáo", "Mục"):
        cell = sheet.cell(2, COLUMNS.index(name) + 1)
        assert (cell.data_type, cell.value, cell.hyperlink) == ("s", words, None), name


def test_only_two_columns_are_formulas(make: Make, task: MakeTask, tmp_path: Path) -> None:
    sheet = written(tmp_path, make(task(text="=1+1"), task()))
    formulas = {
        sheet.cell(1, cell.column).value for line in sheet.iter_rows() for cell in line if cell.data_type == "f"
    }
    assert formulas == {"Tình trạng", "Còn lại, ngày"}


def test_characters_that_a_cell_cannot_hold_are_removed(make: Make, task: MakeTask, tmp_path: Path) -> None:
    sheet = written(tmp_path, make(task(text="Rà\x00 soát\x0b hồ\ud800 sơ\ufffe")))
    assert row(sheet)["Nội dung nhiệm vụ"] == "Rà soát hồ sơ"


@pytest.mark.parametrize("letter", ["x", "ạ", "😀"])
def test_a_text_past_the_limit_of_a_cell_ends_in_a_mark(
    make: Make, task: MakeTask, tmp_path: Path, letter: str
) -> None:
    text = row(written(tmp_path, make(task(text=letter * 40_000))))["Nội dung nhiệm vụ"]
    assert text.endswith("… (xem tiếp trong văn bản)")
    assert 32_000 < len(text.encode("utf-16-le")) // 2 <= 32_767


def test_a_date_that_excel_does_not_know_is_written_as_words(make: Make, task: MakeTask, tmp_path: Path) -> None:
    assert row(written(tmp_path, make(task(due=dt.date(1890, 5, 19)))))["Thời hạn"] == "19/05/1890"


def test_validation(make: Make, tmp_path: Path) -> None:
    sheet = written(tmp_path, make())
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["O2"].formula1 == '"Chưa thực hiện,Đang thực hiện,Hoàn thành,Tạm dừng,Hủy"'
    assert (rules["P2"].type, rules["P2"].formula1, rules["P2"].formula2) == ("whole", "0", "100")
    assert rules["F2"].type == rules["Q2"].type == "date"


def test_set_up_for_screen_and_paper(make: Make, tmp_path: Path) -> None:
    sheet = written(tmp_path, make())
    assert sheet.freeze_panes == "D2"
    assert sheet.tables["NhiemVu"].autoFilter.ref == "A1:W2"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    # one page wide is what the file format takes for granted
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert "&P" in sheet.oddFooter.center.text
    cell = sheet["C2"]
    assert (cell.alignment.wrap_text, cell.alignment.vertical, cell.font.name) == (True, "top", "Times New Roman")
    assert sheet["F2"].number_format == "dd/mm/yyyy"


def test_a_row_is_as_high_as_its_words(make: Make, task: MakeTask, tmp_path: Path) -> None:
    sheet = written(tmp_path, make(task(), task(text="rà soát hồ sơ " * 20), task(text="x" * 20_000)))
    short, long, endless = (sheet.row_dimensions[line].height for line in (2, 3, 4))
    assert short < 60 < long < 400 < endless <= 409


def test_a_word_longer_than_a_line_begins_on_the_line_that_is_there(make: Make, task: MakeTask, tmp_path: Path) -> None:
    sheet = written(tmp_path, make(task(text="x" * 50), task(text="x" * 60), meta=Meta()))
    # a line of the column holds 55 letters; the state takes two lines in any row
    assert sheet.row_dimensions[2].height == sheet.row_dimensions[3].height


def test_no_task_at_all_is_still_a_workbook(make: Make, tmp_path: Path) -> None:
    sheet = written(tmp_path, make(meta=Meta(), tasks=()))
    assert [cell.value for cell in sheet[1]] == COLUMNS
    assert row(sheet)["Nội dung nhiệm vụ"] is None


def test_english(make: Make, tmp_path: Path) -> None:
    values = row(written(tmp_path, make(), lang="en"))
    assert (values["Task id"], values["State"], values["Cadence"]) == ("0123456789ab", "Not begun", "once; yearly")


def test_equal_directives_give_equal_bytes(make: Make, tmp_path: Path) -> None:
    written(tmp_path, make())
    first = (tmp_path / "t.xlsx").read_bytes()
    (tmp_path / "t.xlsx").unlink()
    written(tmp_path, make())
    assert (tmp_path / "t.xlsx").read_bytes() == first
