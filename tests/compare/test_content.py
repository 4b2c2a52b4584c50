"""What a task's words say: short forms, quotes of the title, purposes, words for one and the same work."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare.papers import directive, paper
from compare.rows import RULES, task

from pipeline.compare.content import GENERAL, PURPOSE, SAME, Reader, bare, lists, plain, short_forms

TITLE = "Cấp nước sạch nông thôn năm 2026 trên địa bàn tỉnh"
READER = Reader(RULES, {"pbgdpl": "phổ biến giáo dục pháp luật"}, TITLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # words that offices choose for the same work
        ("Tập huấn hòa giải viên", "Bồi dưỡng hòa giải viên"),
        ("Kiểm tra công trình", "Giám sát công trình"),
        ("tại các thôn, bản", "tại tổ dân phố"),
        # a short form that the document explains, and one that everybody knows
        ("PBGDPL", "phổ biến giáo dục pháp luật"),
        ("UBND", "Ủy ban nhân dân"),
        # old spelling of the tone, letters put together in two ways, capitals
        ("Hoà giải, uỷ quyền", "HÒA GIẢI, ủy quyền"),
        ("Hòa giải", "Ho\u0300a gia\u0309i"),
        # words that say nothing
        ("Rà soát các công trình trên địa bàn xã", "Rà soát công trình"),
        # numbers are compared as amounts
        ("Sửa 12 công trình", "Sửa 15 công trình"),
    ],
)
def test_other_words_for_the_same_content(one: str, other: str) -> None:
    assert READER.text(one).terms == READER.text(other).terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tập huấn hòa giải viên", "Khen thưởng hòa giải viên"),
        ("Kiểm tra công trình", "Kiểm tra kinh phí"),
        # a letter with another tone is another word; “quý” keeps its y
        ("quy chế", "quý chế"),
        ("Hòa giải", "Hoa giải"),
    ],
)
def test_other_content(one: str, other: str) -> None:
    assert READER.text(one).terms != READER.text(other).terms


@pytest.mark.parametrize(
    ("text", "term", "weight"),
    [
        ("Sửa giếng làng", "giếng", 1.0),
        ("Sửa giếng làng", "sửa giếng", 1.0),
        ("Tập huấn kỹ thuật", "~same.train", SAME),
        ("Tập huấn kỹ thuật", "~same.train>kỹ", 1.0),
        ("Tăng cường sửa giếng", "tăng cường", GENERAL),
        # what a purpose says counts half, up to the next clause
        ("Sửa giếng nhằm giảm bệnh; trồng tre", "bệnh", PURPOSE),
        ("Sửa giếng nhằm giảm bệnh; trồng tre", "tre", 1.0),
        ("Sửa giếng nhằm nâng cao sức khỏe", "nâng cao", GENERAL * PURPOSE),
        # … but a task that begins with such a word is about it
        ("Bảo đảm nguồn nước", "nguồn", 1.0),
        # a word said twice counts as where it counts most
        ("Sửa giếng nhằm có giếng", "giếng", 1.0),
        # a quotation of the title is one word; single words of it are themselves
        ("Rà soát việc cấp nước sạch nông thôn năm 2026", "~topic", 1.0),
        ("Rà soát việc cấp nước sạch nông thôn năm 2026", "nông", None),
        ("Rà soát nguồn nước sạch", "nước", 1.0),
        ("Rà soát nguồn nước sạch", "~topic", None),
        ("Rà soát các công trình", "các", None),
        ("Sửa 12 giếng", "12", None),
    ],
)
def test_what_a_term_weighs(text: str, term: str, weight: float | None) -> None:
    assert READER.text(text).terms.get(term) == (pytest.approx(weight) if weight is not None else None)


def test_the_head_is_what_the_work_is_done_to() -> None:
    content = READER.text("Tổ chức tập huấn vận hành trạm bơm cho cán bộ kỹ thuật viên thuộc hợp tác xã dùng nước")
    assert "trạm bơm" in content.head
    assert content.head.keys() < content.terms.keys()
    assert not {"tổ chức", "dùng nước"} & content.head.keys()


def test_bodies_and_the_time_are_left_out() -> None:
    row = task(
        "Sở Tư pháp rà soát giếng, xong trước ngày 30/6/2026", lead=("Sở Tư pháp",), due_text="trước ngày 30/6/2026"
    )
    assert not {"sở", "tư pháp", "ngày"} & READER.task(row).terms.keys()
    assert "30/6/2026" not in bare(row)
    assert "30/6/2026" in bare(row, time=True)


def test_whom_it_is_reported_to_is_content() -> None:
    terms = READER.task(task("Báo cáo kết quả", report_to=("Sở Tư pháp",))).terms
    assert [term for term in terms if term[0] == "@"] == ["@so-tu-phap/tinh"]


def test_short_forms_are_read_from_the_document(tmp_path: Path) -> None:
    preamble = (
        "Nhằm phổ biến, giáo dục pháp luật (PBGDPL) và phòng cháy và chữa cháy (sau đây viết tắt là PCCC), công tác dân "
        "vận (XYZ), Ủy ban nhân dân xã ban hành Kế hoạch:"
    )
    found = short_forms(directive(tmp_path, paper(preamble)))
    assert found == {"pbgdpl": "phổ biến giáo dục pháp luật", "pccc": "phòng cháy và chữa cháy"}


def test_plain_keeps_what_no_tone_mark_changes() -> None:
    assert plain("HOÀN toàn Thuỷ quỳ quý uỷ") == "hoàn toàn thủy quỳ quý ủy"


@pytest.mark.parametrize("rule", [rule.id for rule in RULES["content"]])
def test_every_list_finds_its_example(rule: str) -> None:
    entry = next(one for one in RULES["content"] if one.id == rule)
    assert lists(RULES).holds(entry["kind"], rule, entry.example)
    assert not lists(RULES).holds(entry["kind"], rule, entry.counter)
