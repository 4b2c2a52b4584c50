"""Each profile, written from real rows, is what its target's template says: sheet, header, place and types."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from profile_rows import rows_of, sheet_of

from pipeline.export.profiles.load import load, names
from pipeline.model import Directive

TEMPLATES = Path(__file__).resolve().parents[3] / "shared" / "templates"

# The titles as the offices' own files have them.
HEADERS = {
    "vigov": "Tên nhiệm vụ · Mô tả · Đơn vị thực hiện (mã) · Người thực hiện (mã cán bộ) · Mức ưu tiên (mã) · Hạn hoàn thành (ngày giờ) · Loại nhiệm vụ (mã) · Khối nhiệm vụ (mã) · Văn bản cấp trên giao · Văn bản chỉ đạo của Đảng uỷ · Kết quả thực hiện / Sản phẩm đầu ra · Lãnh đạo phê duyệt (x) · Cấp trên đã công nhận (x) · Ghi chú",
    "nq57": "Tên nhiệm vụ · Mã ĐV chủ trì · Ngày bắt đầu · Ngày kết thúc · Đơn vị thực hiện",
    "nq57-targets": "Tên chỉ tiêu · Cách tính · Nội dung chỉ tiêu phải thực hiện · Nội dung kết quả thực hiện · Tỉ lệ được giao · Hiệu lực từ · Hiệu lực đến · Đơn vị chủ trì · Đơn vị thực hiện",
    "moet-2017": "TT · Tên nhiệm vụ · Lãnh đạo Bộ · Nguồn chỉ đạo · Ngày chỉ đạo · Đơn vị/Cá nhân chủ trì · Đơn vị/Cá nhân phối hợp · Thời hạn hoàn thành · Yêu cầu sản phẩm · Thư ký lãnh đạo Bộ · Mức · Đánh giá",
    "don-vi-25": "STT · Tên nhiệm vụ · LĐVP chủ trì · Đơn vị chủ trì thực hiện · Đơn vị phối hợp · Đầu mối thực hiện · Ngày thực hiện · Ngày hoàn thành · Loại nhiệm vụ · Nguồn gốc · Trạng thái nhiệm vụ · Kết quả thực hiện · Mức độ hoàn thành · Khó khăn · Đề xuất · ID nhiệm vụ · Người giao nhiệm vụ · Lộ trình thực hiện · Ngày cập nhật · Ngày hoàn thành thực tế · Gia hạn - Số lần · Gia hạn - Mốc cũ · Người phê duyệt - Họ tên · Người phê duyệt - Email · Người phê duyệt - Điện thoại",
    "phuong-12": "STT · Nội dung nhiệm vụ · Số/ký hiệu văn bản · Ngày ban hành · Thời hạn hoàn thành · Chủ trì thực hiện · Đơn vị phối hợp · Lãnh đạo phụ trách · Tiến độ (%) · Trạng thái · Kết quả xử lý · Ghi chú",
    "xa-6": "Tiêu đề nhiệm vụ (*) · Mô tả · Đơn vị phụ trách · Deadline · Ưu tiên · Ngày bắt đầu",
    "phu-luc": "TT · Nhiệm vụ · Cơ quan chủ trì · Cơ quan phối hợp · Sản phẩm · Thời gian hoàn thành · Ghi chú",
}
# Templates with an example of a row: profile → file, sheet to fill, sheet with the example and its line.
EXAMPLES = {
    "nq57": ("nq57-import.xlsx", "import", "hướng dẫn", 4),
    "nq57-targets": ("nq57-targets.xlsx", "Import", "Hướng dẫn", 4),
}
# What the columns of those examples hold where the template is not at hand: s words, n a number, d a date.
TYPES = {"nq57": "sssss", "nq57-targets": "ssssnddss"}
CODED = {"vigov", "nq57", "nq57-targets"}


@pytest.fixture
def written(request: pytest.FixtureRequest, write: Callable, led: Sequence[Directive], codes: Path) -> Any:
    name = request.param
    directives = led if name == "vigov" else request.getfixturevalue("directives")
    return name, write(name, directives, codes if name in CODED else None)


every_profile = pytest.mark.parametrize("written", HEADERS, indirect=True)


def test_the_profiles_of_the_offices_are_shipped() -> None:
    assert set(names(None)) == set(HEADERS)


@every_profile
def test_header_and_sheet(written: Any) -> None:
    name, file = written
    sheet, profile = sheet_of(file), load(name, None)
    assert sheet.title == profile.sheet
    assert [cell.value for cell in sheet[profile.header]] == HEADERS[name].split(" · ")
    assert sheet.max_row > profile.header + 3  # real rows
    assert profile.header == 1 or name == "phu-luc"


@every_profile
def test_the_table_of_the_offices_says_the_same(written: Any) -> None:
    page = TEMPLATES / "README.md"
    if not page.is_file():
        pytest.skip("the offices' templates are not at hand; HEADERS holds their titles")
    stated = dict(re.findall(r"^\| `([\w-]+)` \| [^|]* \| ([^|]*?) \|", page.read_text("utf-8"), re.M))
    name, file = written
    if name in stated:  # the targets of Nghị quyết 57 have a file alone
        header = [cell.value for cell in sheet_of(file)[load(name, None).header]]
        assert header == stated[name].split(" · ")


@pytest.mark.parametrize("written", EXAMPLES, indirect=True)
def test_the_template_has_the_same_sheet_header_and_types(written: Any) -> None:
    name, file = written
    template, title, guide, line = EXAMPLES[name]
    ours = sheet_of(file)
    types = TYPES[name]
    if (TEMPLATES / template).is_file():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a list in it whose source is gone
            book = openpyxl.load_workbook(TEMPLATES / template)
        assert ours.title == title
        assert [cell.value for cell in ours[1]] == [cell.value for cell in book[title][1]]
        types = _types(book[guide], line)[: len(TYPES[name])]
        assert types == TYPES[name]
    for row in range(2, ours.max_row + 1):
        found = _types(ours, row)
        assert all(one in {" ", expected} for one, expected in zip(found, types, strict=True)), (row, found)


def _types(sheet: Worksheet, line: int) -> str:
    """A letter a cell: what it holds, a blank where it holds nothing."""
    return "".join(" " if cell.value is None else "d" if cell.is_date else cell.data_type for cell in sheet[line])


# Of each profile columns that are filled from these documents, and what must hold of every value in them.
DAY = r"\d\d/\d\d/\d{4}"
SHAPES = [
    ("vigov", "Hạn hoàn thành (ngày giờ)", rf"{DAY} \d\d:\d\d"),
    ("vigov", "Đơn vị thực hiện (mã)", r"DV\d\d"),
    ("vigov", "Mức ưu tiên (mã)", "khan|cao|thuong"),
    ("vigov", "Loại nhiệm vụ (mã)", "theo-van-ban|co-ban"),
    ("vigov", "Khối nhiệm vụ (mã)", "khoi-uy-ban|khoi-dang|khac"),
    ("nq57", "Mã ĐV chủ trì", r"DV\d\d"),
    ("nq57", "Ngày bắt đầu", DAY),
    ("nq57", "Ngày kết thúc", DAY),
    ("nq57", "Đơn vị thực hiện", r"DV\d\d(,DV\d\d)*"),
    ("moet-2017", "Ngày chỉ đạo", DAY),
    ("moet-2017", "Thời hạn hoàn thành", r"(?s)[A-ZĐ0-9].*"),
    ("xa-6", "Deadline", DAY),
    ("xa-6", "Ưu tiên", "low|medium|high|urgent"),
]


@pytest.mark.parametrize(("written", "title", "shape"), SHAPES, indirect=["written"])
def test_values_are_written_as_the_target_reads_them(written: Any, title: str, shape: str) -> None:
    values = [row[title] for row in rows_of(written[1]) if row[title] is not None]
    assert values
    assert [value for value in values if not re.fullmatch(shape, value)] == []


@pytest.mark.parametrize("written", ["don-vi-25"], indirect=True)
def test_the_report_of_a_unit_is_sorted_by_deadline_then_title(written: Any) -> None:
    rows = rows_of(written[1])
    dues = [row["Ngày hoàn thành"] for row in rows]
    dated = [due for due in dues if isinstance(due, dt.datetime)]
    assert dated
    assert dated == sorted(dated)
    assert [isinstance(due, dt.datetime) for due in dues] == [True] * len(dated) + [False] * (len(dues) - len(dated))
    assert [row["STT"] for row in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("written", ["nq57-targets"], indirect=True)
def test_the_officer_chooses_how_a_target_is_counted(written: Any) -> None:
    (rule,) = sheet_of(written[1]).data_validations.dataValidation
    assert rule.formula1 == '"Số liệu trong kỳ báo cáo,Số liệu tại thời điểm báo cáo"'
    assert "Cách tính" in next(note.message for note in written[1].notes if note.code == "to-fill")


@pytest.mark.parametrize("written", ["nq57"], indirect=True)
def test_what_a_target_has_no_place_for_is_told(written: Any, directives: Sequence[Directive]) -> None:
    notes = {note.code: note.message for note in written[1].notes}
    targets = sum(task.kind == "target" for one in directives for task in one.tasks)
    assert f"{targets} mục" in notes["other-kinds"]
    assert "nq57-targets" in notes["other-kinds"]
    assert "Sản phẩm (" in notes["no-column"]
    assert "Thời hạn (" in notes["no-column"]  # hours, and deadlines without a day


@every_profile
def test_equal_rows_give_equal_bytes(written: Any, request: pytest.FixtureRequest, codes: Path) -> None:
    name, first = written
    before = first.path.read_bytes()
    write = request.getfixturevalue("write")
    directives = request.getfixturevalue("led" if name == "vigov" else "directives")
    again = write(name, directives, codes if name in CODED else None)
    assert again.path.read_bytes() == before
    assert "kept" not in {note.code for note in again.notes}
