"""Numbered lines with a deadline above bullets: what is ordered is a task, any other deadline is listed."""

from __future__ import annotations

import pytest
from extract.test_extract import PLAN, directive

from pipeline.export.review_sheet import REASONS
from pipeline.extract.dated_headings import REASON
from pipeline.model import Directive

BULLETS = ("- Rà soát mạng máy tính tại các thôn.", "- Lập danh sách thiết bị cần thay thế.")
PLACE = PLAN.index("1. Công tác tuyên truyền")


def read(line: str, *beneath: str) -> Directive:
    """The plan with that line, and what stands beneath it, in the place of its second heading."""
    return directive(*PLAN[:PLACE], line, *(beneath or BULLETS), *PLAN[PLACE + 3 :])


def listed(found: Directive) -> list[str]:
    return [one.text for one in found.unplaced if one.reason == REASON]


@pytest.mark.parametrize(
    ("line", "due", "rrule"),
    [
        ("1. Hoàn thành rà soát hạ tầng số trước ngày 31/3/2026", "2026-03-31", None),
        ("1. Triển khai số hóa hồ sơ trước ngày 30/9/2026:", "2026-09-30", None),
        ("a) Tổ chức hội nghị tổng kết, báo cáo kết quả về Tỉnh ủy trước ngày 20/12/2026", "2026-12-20", None),
        ("1. Văn phòng xã theo dõi, báo cáo định kỳ hằng tháng trước ngày 25", None, "FREQ=MONTHLY;BYMONTHDAY=25"),
    ],
)
def test_an_order_with_a_deadline_is_a_task_and_what_follows_is_part_of_it(
    line: str, due: str | None, rrule: str | None
) -> None:
    found = read(line)
    first, *parts = found.tasks[:3]
    assert first.text == line.split(" ", 1)[1]
    assert (first.due and first.due.isoformat(), first.rrule) == (due, rrule)
    assert [(one.text, one.parent, one.due) for one in parts] == [(words[2:], first.id, None) for words in BULLETS]
    assert listed(found) == []


@pytest.mark.parametrize(
    "line",
    [
        "1. Công tác tuyên truyền (hoàn thành trong quý II/2026)",
        "1. Lễ giao quân, ngày 25/02/2026",  # no verb: a title
        "1. Tổ chức các hoạt động trong quý III/2026",  # a quarter may be a part of a name
    ],
)
def test_a_title_with_a_deadline_is_listed_where_the_tasks_beneath_have_none(line: str) -> None:
    found = read(line)
    assert [one.text for one in found.tasks[:2]] == [words[2:] for words in BULLETS]
    assert listed(found) == [line.split(" ", 1)[1]]
    # not where each of them has its own
    assert listed(read(line, *(words.replace(".", " trước ngày 01/6/2026.") for words in BULLETS))) == []


@pytest.mark.parametrize(
    "line",
    [
        "1. Công tác tuyên truyền",
        "1. Tháng 10/2026",  # nothing but a time: the tasks beneath have it
        "1. Thực hiện Kế hoạch số 12-KH/TU, ngày 05/01/2026 của Tỉnh ủy",  # a citation is no deadline
        "1. Nhiệm vụ thường xuyên",
    ],
)
def test_other_headings_are_titles_as_ever(line: str) -> None:
    found = read(line)
    assert [one.text for one in found.tasks[:2]] == [words[2:] for words in BULLETS]
    assert listed(found) == []


def test_a_deadline_above_what_is_no_work_is_listed_as_well() -> None:
    found = read("1. Nội dung báo cáo gửi trước ngày 20/6/2026 gồm", "- Kết quả số hóa hồ sơ.", "- Khó khăn, vướng mắc.")
    assert listed(found) == ["Nội dung báo cáo gửi trước ngày 20/6/2026 gồm"]
    assert [one.text for one in found.tasks] == [directive(*PLAN).tasks[-1].text]


def test_the_reason_has_words_for_the_officer() -> None:
    assert REASON in REASONS


def test_what_a_report_must_hold_stays_what_it_is() -> None:
    """Beneath an outline of a report no line is work, whatever day it names."""
    lines = (*PLAN, "ĐỀ CƯƠNG BÁO CÁO", "I. KẾT QUẢ", "1. Tổ chức hội nghị trước ngày 31/3/2026", *BULLETS)
    assert [one.text for one in directive(*lines).tasks] == [one.text for one in directive(*PLAN).tasks]
