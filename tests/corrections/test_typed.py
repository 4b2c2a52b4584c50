"""What is typed into a box of a row: bodies, times, the other fields, and what completes a name."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from corrected import RULES, correct, plan, task
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corrections.model import FIELDS
from pipeline.corrections.replay import replay
from pipeline.corrections.typed import Problem, Value, read, suggest_units

READ = plan()


@pytest.mark.parametrize(
    ("typed", "names", "unknown"),
    [
        ("Phòng Kinh tế; Công an xã", ["Phòng Kinh tế", "Công an xã"], ()),
        ("Phòng Kinh tế, Công an xã", ["Phòng Kinh tế", "Công an xã"], ()),
        ("Phòng Kinh tế và Công an xã", ["Phòng Kinh tế", "Công an xã"], ()),
        ("phong kinh te\ncong an xa", ["Phòng Kinh tế", "Công an xã"], ()),  # in haste, pasted in two lines
        ("công an xã", ["Công an xã"], ()),  # capitals as the document has them
        ("Văn phòng HĐND và UBND", ["Văn phòng HĐND và UBND"], ()),  # an “và” of its name
        ("Ban Chính sách, chiến lược Trung ương", ["Ban Chính sách, chiến lược Trung ương"], ()),  # a comma of its name
        ("Liên minh Sữa", ["Liên minh Sữa"], ("Liên minh Sữa",)),
        ("Công an xã; Công an xã", ["Công an xã"], ()),
        (" ; ", [], ()),
        ("", [], ()),
    ],
)
def test_bodies(typed: str, names: list[str], unknown: tuple[str, ...]) -> None:
    assert read("lead", typed, READ, RULES) == Value({"lead": names}, unknown)


@pytest.mark.parametrize(
    ("typed", "due", "precision", "cadence", "rrule"),
    [
        ("quý II/2026", "2026-06-30", "quarter", ["once"], None),
        ("quy II/2026", "2026-06-30", "quarter", ["once"], None),
        ("30/6", "2026-06-30", "day", ["once"], None),  # the year of the document
        ("trước 15/7/2026", "2026-07-15", "day", ["once"], None),
        ("2026-06-30", "2026-06-30", "day", ["once"], None),  # what a date box of a browser gives
        ("tháng 9", "2026-09-30", "month", ["once"], None),
        ("hằng quý", None, None, ["quarterly"], None),
        ("hang quy", None, None, ["quarterly"], None),
        ("thường xuyên", None, None, ["continuous"], None),
        ("trước ngày 15 hằng tháng", None, "day", ["monthly"], "FREQ=MONTHLY;BYMONTHDAY=15"),
    ],
)
def test_times(typed: str, due: str | None, precision: str | None, cadence: list[str], rrule: str | None) -> None:
    value = read("due", typed, READ, RULES)
    assert isinstance(value, Value)
    assert value.fields == {
        "due": due, "due_text": typed, "due_precision": precision, "cadence": cadence, "rrule": rrule,
    }  # fmt: skip


def test_a_time_counts_from_the_day_that_is_given() -> None:
    bare = replace(READ, meta=replace(READ.meta, year=None))
    value = read("due", "30/6", bare, RULES, dt.date(2031, 1, 1))
    assert isinstance(value, Value)
    assert (value.fields["due"], value.year_inferred) == ("2031-06-30", True)


def test_an_emptied_box_empties_all_that_it_showed() -> None:
    value = read("due", " ", READ, RULES)
    assert isinstance(value, Value)
    row = task(READ, "phòng cháy")
    done = task(replay(READ, [correct(1, "edit", row, **value.fields)], RULES).directive, "phòng cháy")
    assert (done.due, done.due_text, done.due_precision, done.cadence, done.rrule) == (None, None, None, (), None)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("kind", "chỉ tiêu", {"kind": "target"}),
        ("kind", "bao cao", {"kind": "report"}),
        ("text", "  Rà soát;\n báo cáo ", {"text": "Rà soát; báo cáo"}),
        ("quantity", "02 cuộc; 100%", {"quantity": ["02 cuộc", "100%"]}),
        ("cadence", "hằng tháng", {"cadence": ["monthly"], "rrule": None}),
        ("start", "1/4/2026", {"start": "2026-04-01"}),
        ("deliverable", "Báo cáo", {"deliverable": "Báo cáo"}),
        ("deliverable", "", {"deliverable": None}),
        ("section", "II.3", {"section": "II.3"}),
    ],
)
def test_other_fields(field: str, typed: str, value: dict[str, object]) -> None:
    found = read(field, typed, READ, RULES)
    assert isinstance(found, Value)
    assert found.fields == value


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("due", "bao giờ cũng được", "Chưa hiểu “bao giờ cũng được”"),
        ("due", "30/2/2026", "Lịch không có ngày"),
        ("start", "hằng quý", "không phải một ngày"),
        ("cadence", "30/6/2026x", "Chưa hiểu"),
        ("kind", "việc", "Không có loại"),
        ("text", "  ", "đang trống"),
        ("units", "Công an xã", "Không sửa được"),
        ("lead", "x" * 4001, "dài hơn"),
        ("rrule", "FREQ=SECONDLY", "Không ghi được"),
    ],
)
def test_what_is_no_value_is_told(field: str, typed: str, says: str) -> None:
    found = read(field, typed, READ, RULES)
    assert isinstance(found, Problem)
    assert says in found.message


@given(
    st.sampled_from(FIELDS),
    st.text(max_size=30) | st.lists(st.sampled_from("quý tháng 30/2 II ; , và Phòng 9999 hằng".split())).map(" ".join),
)
@settings(deadline=None, max_examples=200)
def test_whatever_is_typed_is_a_problem_or_a_value_that_a_row_takes(field: str, typed: str) -> None:
    found = read(field, typed, READ, RULES)
    if isinstance(found, Value):
        row = task(READ, "hệ thống loa")
        before = {"section": row.section}
        assert not replay(
            READ, [correct(1, "edit", row, **{"section": "II.4", **found.fields, "before": before})], RULES
        ).lost


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("Công a", "Công an xã"),  # the document names it
        ("cong an", "Công an xã"),
        ("PKT", "Phòng Kinh tế"),
        ("Phòng Kinh tế; công", "Công an xã"),
        ("ubnd ph", "Ủy ban nhân dân phường"),
        ("hành chính công", "Trung tâm Phục vụ hành chính công"),  # words inside a name
    ],
)
def test_a_name_is_completed(prefix: str, first: str) -> None:
    assert suggest_units(prefix, READ, RULES)[0] == first


def test_nothing_completes_nothing() -> None:
    assert suggest_units("Công an xã; ", READ, RULES) == []
    assert suggest_units("xyzzy", READ, RULES) == []
