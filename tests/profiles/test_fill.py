"""Where values come from, and what becomes of those that a target has no column for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from profile_rows import directive, rows_of, sheet_of, task

from pipeline.export.profiles.values import FIELDS, Row, plain
from pipeline.model import Milestone, Task, UnitMention

FULL = task(
    text="Phòng Kinh tế tổ chức ít nhất 02 cuộc kiểm tra.",
    section="II.1",
    lead=("Phòng Kinh tế", "Văn phòng"),
    coordinating=("Công an xã", "Trạm Y tế"),
    report_to=("Thường trực Đảng ủy",),
    due=dt.date(2026, 9, 20),
    start=dt.date(2026, 9, 1),
    due_text="từ 01/9 đến 20/9/2026",
    due_precision="day",
    cadence=("annual",),
    milestones=(Milestone("gửi dự thảo", dt.date(2026, 9, 10)),),
    deliverable="báo cáo",
    quantity=("ít nhất 02 cuộc",),
    urgency="khẩn trương",
    page=3,
)
CODES = ("kt,Phòng Kinh tế,don-vi", "vp,Văn phòng,don-vi", "ca,Công an xã,don-vi")


def test_what_vigov_has_no_column_for_stands_in_the_description(write: Callable, table: Callable) -> None:
    (row,) = rows_of(write("vigov", [directive(FULL)], table(*CODES)))
    assert row["Đơn vị thực hiện (mã)"] == "kt"
    assert row["Mức ưu tiên (mã)"] == "cao"
    assert row["Kết quả thực hiện / Sản phẩm đầu ra"] == "báo cáo"
    assert row["Ghi chú"] == "Mục II.1, trang 3"
    assert row["Mô tả"].splitlines() == [
        "Chủ trì: Văn phòng",  # the first lead stands in its column
        "Phối hợp: Công an xã; Trạm Y tế",
        "Báo cáo về: Thường trực Đảng ủy",
        "Chu kỳ: Hằng năm",
        "Bắt đầu: 01/09/2026",
        "Các mốc: gửi dự thảo: 10/09/2026",
    ]


def test_what_no_column_takes_is_counted_in_a_note(write: Callable, table: Callable) -> None:
    written = write("nq57", [directive(FULL, FULL)], table(*CODES))
    (row, _) = rows_of(written)
    assert (row["Mã ĐV chủ trì"], row["Đơn vị thực hiện"]) == ("kt", "kt,vp,ca")
    (note,) = [note.message for note in written.notes if note.code == "no-column"]
    assert "Phối hợp (2)" in note  # Trạm Y tế has no code: left blank in the row, and told
    assert "Chủ trì" not in note
    for name in ("Báo cáo về", "Chu kỳ", "Các mốc", "Sản phẩm", "Mức khẩn", "Văn bản giao"):
        assert f"{name} (2)" in note
    english = write("nq57", [directive(FULL)], table(*CODES), lang="en")
    assert any("Coordinating (1)" in note.message for note in english.notes)


@pytest.mark.parametrize(
    ("fields", "rest"),
    [
        # a day alone does not tell the hour
        ({"due": dt.date(2026, 9, 20), "due_text": "trước 16h00 ngày 20/9", "due_precision": "hour"},
         "Thời hạn: Trước 16h00 ngày 20/9"),
        ({"due": dt.date(2026, 9, 20), "due_text": "trước ngày 20/9", "due_precision": "day"}, None),
        # without a day the words are the deadline; the cadence that they say is not said twice
        ({"due_text": "ngày 20 hằng tháng", "cadence": ("monthly",)}, "Thời hạn: Ngày 20 hằng tháng"),
        ({"cadence": ("once",)}, None),
        # an amount stands in the text, unless the text is another one
        ({"text": "Đạt 90% số hộ.", "quantity": ("90%",)}, None),
        ({"text": "Đạt chỉ tiêu được giao.", "quantity": ("90%",)}, "Chỉ tiêu: 90%"),
    ],
)  # fmt: skip
def test_the_rest_of_a_row(write: Callable, fields: dict[str, Any], rest: str | None) -> None:
    (row,) = rows_of(write("xa-6", [directive(task(**fields))]))
    lines = [line for line in row["Mô tả"].splitlines() if not line.startswith("Văn bản giao: ")]
    assert "\n".join(lines) == (rest or "")


@pytest.mark.parametrize(
    ("issuer", "bloc", "column"),
    [
        ("Đảng ủy xã Tân Lập", "khoi-dang", "Văn bản chỉ đạo của Đảng uỷ"),
        # a committee above the commune's
        ("Huyện ủy Bình Lương", "khoi-dang", "Văn bản cấp trên giao"),
        ("Ủy ban nhân dân tỉnh Kim Hải", "khoi-uy-ban", "Văn bản cấp trên giao"),
        ("UBND xã Tân Lập", "khoi-uy-ban", "Văn bản cấp trên giao"),
        ("Ban Thường trực Ủy ban MTTQ Việt Nam xã", "khac", "Văn bản cấp trên giao"),
        (None, "khac", "Văn bản cấp trên giao"),
    ],
)
def test_the_bloc_is_the_issuers(write: Callable, table: Callable, issuer: str | None, bloc: str, column: str) -> None:
    plan = directive(task(lead=("Phòng Kinh tế",)), issuer=issuer)
    (row,) = rows_of(write("vigov", [plan], table(*CODES)))
    assert row["Khối nhiệm vụ (mã)"] == bloc
    sources = {name: row[name] for name in ("Văn bản cấp trên giao", "Văn bản chỉ đạo của Đảng uỷ")}
    assert {name for name, value in sources.items() if value} == {column}


def test_staff_and_units_go_to_their_own_columns(write: Callable, table: Callable) -> None:
    codes = table(*CODES, "CB-00311,đồng chí Chủ tịch,can-bo")
    plan = directive(task(lead=("đồng chí Chủ tịch", "Phòng Kinh tế")), task(lead=("đồng chí Chủ tịch",)))
    rows = rows_of(write("vigov", [plan], codes))
    names = ("Đơn vị thực hiện (mã)", "Người thực hiện (mã cán bộ)")
    assert [[row[name] for name in names] for row in rows] == [["kt", "CB-00311"], [None, "CB-00311"]]


@pytest.mark.parametrize(
    ("written", "name", "canonical"),
    [
        ("Phòng Kinh tế", "phòng  kinh tế", None),
        ("Phong Kinh te", "Phòng Kinh tế", None),
        ("Uỷ ban nhân dân xã", "Ủy ban nhân dân xã", None),
        # the code itself
        ("Tên khác", "KT", None),
        # an id of the directory as the name
        ("phong-kinh-te/xa", "Phòng Kinh tế xã", "phong-kinh-te/xa"),
        # two names of one body: the short one, and one that leaves out the place that is the document's own
        ("UBND xã", "Ủy ban nhân dân xã Tân Lập", "ubnd/xa"),
        ("Ủy ban nhân dân xã Tân Lập", "UBND xã", "ubnd/xa"),
    ],
)
def test_a_name_finds_its_code(
    write: Callable, table: Callable, written: str, name: str, canonical: str | None
) -> None:
    units = () if canonical is None else (UnitMention(name, canonical, "lead"),)
    plan = directive(task(lead=(name,), units=units))
    (row,) = rows_of(write("nq57", [plan], table(f"KT,{written},don-vi", "X,Đội Bốn,don-vi")))
    assert row["Mã ĐV chủ trì"] == "KT"


def test_rows_are_sorted_by_letters_and_empty_ones_stand_last(write: Callable, own: Callable) -> None:
    folder = own("title: Nhà\nsheet: Nhà\norder: [lead.all, text]\ncolumns:\n  - {title: Việc, value: text}\n")
    tasks = [("Đ", "d"), ("E", "e"), ("", "z"), ("C", "ẵ"), ("C", "b"), ("C", "A")]
    plan = directive(*(task(lead=(lead,) if lead else (), text=text) for lead, text in tasks))
    rows = rows_of(write("own", [plan], rules=folder))
    assert [row["Việc"] for row in rows] == ["A", "ẵ", "b", "d", "e", "z"]


def test_every_field_reads_every_task() -> None:
    from pipeline.export.profiles.values import NAMES, names_of, value_of

    bare = Row(task(), directive(task(), type=None, number=None, issuer=None, date=None, place=None), 1)
    full = Row(FULL, directive(FULL, signer="Trần Văn Mẫu"), 1)
    empty = {"review", "rate"}
    for name in FIELDS:
        read = names_of if name in NAMES else value_of
        read(name, bare)
        assert read(name, full) or name in empty, name


def test_plain_letters() -> None:
    assert plain("  ĐẢNG  Uỷ\txã ") == "dang uy xa"


def test_a_date_before_excel_knows_any_is_written_in_letters(write: Callable) -> None:
    plan = directive(task(due=dt.date(1899, 12, 30)), Task("1", "", 2, "Khác.", due=dt.date(2026, 1, 2)))
    rows = rows_of(write("don-vi-25", [plan]))
    assert [row["Ngày hoàn thành"] for row in rows] == ["30/12/1899", dt.datetime(2026, 1, 2)]


def test_a_failed_document_has_no_rows_and_an_empty_file_has_its_header(write: Callable) -> None:
    assert rows_of(write("xa-6", [directive(task())][:0])) == []


@pytest.mark.parametrize(
    ("letters", "number_format", "value"),
    [
        ("dd/mm/yyyy", "dd/mm/yyyy", dt.datetime(2026, 9, 2)),
        ("d/m/yyyy", "d/m/yyyy", dt.datetime(2026, 9, 2)),
        # Excel takes mm behind an hour for minutes
        ("dd/mm/yyyy HH:MM", "dd/mm/yyyy hh:mm", dt.datetime(2026, 9, 2, 16, 30)),
    ],
)
@pytest.mark.parametrize("kind", ["date", "text"])
def test_dates_are_real_ones_or_letters(
    write: Callable, own: Callable, letters: str, number_format: str, value: dt.datetime, kind: str
) -> None:
    column = f"{{title: Hạn, value: due, type: {kind}, format: {letters}}}"
    folder = own(f"title: Nhà\nsheet: Nhà\ncolumns:\n  - {column}\n")
    due = task(due=dt.date(2026, 9, 2), due_text="trước 16 giờ 30 ngày 02/9", due_precision="hour")
    cell = sheet_of(write("own", [directive(due)], rules=folder))["A2"]
    if kind == "date":
        assert (cell.value, cell.number_format) == (value, number_format)
    else:
        shown = {"dd/mm/yyyy": "02/09/2026", "d/m/yyyy": "2/9/2026", "dd/mm/yyyy HH:MM": "02/09/2026 16:30"}
        assert (cell.value, cell.number_format) == (shown[letters], "General")
