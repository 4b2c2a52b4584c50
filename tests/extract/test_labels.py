"""Labels in all their places: lines, bullets, points, the block's own line, and bodies beneath an empty label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline import ruleset
from pipeline.extract import extract
from pipeline.labels import parts_of
from pipeline.model import Line, Paragraph, Source, Task
from pipeline.normalise import normalise
from pipeline.outline import build

RULES = ruleset.load()
HEAD = ("KẾ HOẠCH", "Giảm nghèo năm 2026", "UBND xã ban hành Kế hoạch như sau:", "I. NHIỆM VỤ")


def tasks(*lines: str) -> tuple[Task, ...]:
    source = Source("x.txt", "0" * 64, "text/plain", 1, tuple(Paragraph((Line(line),)) for line in (*HEAD, *lines)))
    document = normalise(source, RULES)
    return extract(replace(document, outline=build(document, RULES)), RULES).tasks


# (lines beneath "1. Hỗ trợ sinh kế", why): each is one task of the economic office with the police, due in the quarter
SAME = [
    (
        ["a) Nội dung: Mở 02 lớp dạy nghề.", "b) Chủ trì: Phòng Kinh tế.", "c) Phối hợp: Công an xã.", "d) Hạn: Quý II."],
        "points that are labels",
    ),
    (
        ["1.1. Mở 02 lớp dạy nghề.", "1.2. Chủ trì: Phòng Kinh tế; phối hợp: Công an xã.", "1.3. Thời gian: Quý II."],
        "numbers that are labels, two labels in one",
    ),
    (
        ["- Nội dung: Mở 02 lớp dạy nghề.", "+ Đơn vị đảm nhận: Phòng Kinh tế.", "+ Lực lượng tham gia: Công an xã.",
         "+ Mốc hoàn thành: Quý II."],
        "plain words",
    ),
    (
        ["- Mở 02 lớp dạy nghề. Chủ trì: Phòng Kinh tế; phối hợp: Công an xã; hoàn thành: quý II."],
        "on the block's own line",
    ),
    (
        ["- Mở 02 lớp dạy nghề.", "- Đơn vị chủ trì:", "+ Phòng Kinh tế.", "- Đơn vị phối hợp:", "+ Công an xã;",
         "- Thời gian: Quý II."],
        "bodies beneath a label",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "why"), SAME)
def test_labels_are_fields_of_the_work_above_them(lines: list[str], why: str) -> None:
    (task,) = tasks("1. Hỗ trợ sinh kế", *lines)
    assert (task.lead, task.coordinating, str(task.due)) == (("Phòng Kinh tế",), ("Công an xã",), "2026-06-30"), why
    assert "Mở 02 lớp dạy nghề" in task.text


def test_points_that_are_labels_speak_of_all_points_above() -> None:
    found = tasks(
        "1. Sinh kế", "a) Mở lớp dạy nghề.", "b) Cấp giống cây.", "c) Chủ trì: Phòng Kinh tế.", "d) Hạn: Quý I."
    )
    assert [(task.section, task.lead) for task in found] == [
        ("I.1.a", ("Phòng Kinh tế",)),
        ("I.1.b", ("Phòng Kinh tế",)),
    ]


def test_a_title_with_nothing_but_labels_is_one_task() -> None:
    (task,) = tasks("1. Tổ chức hội thi nấu ăn", "a) Đơn vị chủ trì: Hội LHPN xã.", "b) Thời gian: Tháng 3/2026.")
    assert (task.section, task.lead, str(task.due)) == ("I.1", ("Hội LHPN xã",), "2026-03-31")


def test_a_label_without_a_value() -> None:
    # bodies beneath it are its value, also where the title alone is the work
    (task,) = tasks("1. Trồng mới 300 cây xanh.", "- Đơn vị chủ trì:", "+ Phòng Kinh tế.", "- Thời gian: Quý I.")
    assert (task.lead, str(task.due)) == (("Phòng Kinh tế",), "2026-03-31")
    # orders beneath it are tasks of whom the heading names
    found = tasks(
        "1. Phòng Kinh tế", "- Thực hiện:", "+ Lập kế hoạch hỗ trợ hộ nghèo.", "+ Cấp giống cây cho các thôn."
    )
    assert [(task.section, task.lead) for task in found] == [("I.1", ("Phòng Kinh tế",))] * 2


def test_points_that_order_are_no_labels() -> None:
    # what the role does is told, not who it is
    found = tasks("1. Cơ quan chủ trì: xây dựng kế hoạch chi tiết.", "2. Cơ quan phối hợp: cử cán bộ tham gia.")
    assert [task.section for task in found] == ["I.1", "I.2"]
    # they tell of the plan as a whole
    found = tasks("1. Trồng mới 300 cây.", "II. THỜI GIAN, ĐỊA ĐIỂM", "1. Thời gian: Tháng 3.", "2. Chủ trì: Đoàn xã.")
    assert [task.section for task in found if task.section.startswith("I.")] == ["I.1"]
    assert all(task.text != "THỜI GIAN, ĐỊA ĐIỂM" for task in found)


def test_a_colon_that_tells_how_is_no_label() -> None:
    (task,) = tasks("1. Công khai thủ tục; thực hiện: Niêm yết tại trụ sở và đăng trên cổng thông tin.")
    assert task.lead == ()


def test_a_line_is_cut_where_labels_begin_and_not_in_brackets() -> None:
    line = "Chủ trì: Công an xã (số liệu; thời hạn: quý I); thời gian: quý II"
    assert [(field, line[value:end]) for field, _, value, end in parts_of(line, RULES)] == [
        ("lead", "Công an xã (số liệu; thời hạn: quý I)"),
        ("time", "quý II"),
    ]
    assert [field for field, *_ in parts_of("Rà soát hộ nghèo. Chủ trì: Công an xã", RULES)] == [None, "lead"]
    comma = "Chủ trì: Công an xã, phối hợp: Quân sự xã - thời gian: quý II"
    assert [comma[value:end] for _, _, value, end in parts_of(comma, RULES)] == ["Công an xã", "Quân sự xã", "quý II"]
    assert [name for name, *_ in parts_of("Rà soát. Đơn vị chủ trì, phối hợp: Công an xã", RULES)] == [None, "lead"]
