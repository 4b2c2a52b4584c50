"""What rows are told apart by, and what their tables say of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import ruleset
from pipeline.errors import RuleError
from pipeline.extract import extract
from pipeline.extract.confidence import ASPECTS, FEW, LOW, Count, Table, grade, groups, load, lower
from pipeline.model import Document, Evidence, Line, Paragraph, Piece, Source, Task
from pipeline.normalise import normalise
from pipeline.outline import build

RULES = ruleset.load()


def tasks(*lines: str) -> tuple[tuple[Task, ...], str]:
    """The tasks of a plan with these lines under a heading that directs work, and its text."""
    head = ("ỦY BAN NHÂN DÂN XÃ TÂN LẬP", "Số: 12/KH-UBND", "KẾ HOẠCH", "Công tác năm 2026", "I. NHIỆM VỤ")
    source = Source("x.txt", "0" * 64, "text/plain", 1, tuple(Paragraph((Line(line),)) for line in (*head, *lines)))
    document = normalise(source, RULES)
    from dataclasses import replace

    return extract(replace(document, outline=build(document, RULES)), RULES).tasks, document.text


GROUPS = [
    # the body that leads opens the row, and its time is read
    ("1. Phòng Kinh tế rà soát danh sách hộ nghèo trước ngày 15/6/2026.", "named/time", "subject/one/proper/clear", "own/clear"),
    # a verb opens it; nobody leads, nothing is dated
    ("1. Rà soát danh sách hộ nghèo trên địa bàn.", "verb/no-time", "none/clear", "none/clear"),
    # two leads; a plural; a plain noun
    (
        "1. Phòng Kinh tế, Công an xã rà soát danh sách hộ nghèo trước ngày 15/6/2026.",
        "named/time", "subject/several/proper/clear", "own/clear",
    ),
    ("1. Các chi bộ rà soát danh sách hộ nghèo trước ngày 15/6/2026.", "named/time", "subject/one/plural/clear", "own/clear"),
    # words of time that nothing was read from
    (
        "1. Phòng Kinh tế rà soát danh sách hộ nghèo do huyện lập tháng 3, cứ mười lăm ngày một lần.",
        "named/no-time", "subject/one/proper/clear", "none/many-left",
    ),
    # the date of a document is no deadline that was missed
    (
        "1. Phòng Kinh tế rà soát danh sách theo Quyết định số 12/QĐ-UBND ngày 12/8/2025.",
        "named/no-time", "subject/one/proper/clear", "none/clear",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "task", "lead", "time"), GROUPS)
def test_groups(line: str, task: str, lead: str, time: str) -> None:
    (found,), text = tasks(line)
    assert groups(found, text, RULES) == {"task": task, "lead": lead, "time": time}


def row(text: str, lead: tuple[int, int] | None = None, **more: object) -> Task:
    evidence = {"text": (Evidence(0, len(text), 1, None, "block"),)}
    if lead is not None:
        evidence["lead"] = (Evidence(*lead, 1, None, "subject"),)
        more["lead"] = (text[slice(*lead)],)
    return Task(id="", section="", order=1, text=text, evidence=evidence, **more)


@pytest.mark.parametrize(
    ("text", "lead", "group"),
    [
        # the list seems to go on behind the last name that was read
        ("Phòng Kinh tế, hộ gia đình kinh doanh rà soát", (0, 13), "subject/one/proper/goes-on"),
        ("Chủ nhà trọ tự kiểm tra hệ thống điện", (0, 11), "subject/one/plain/clear"),
        # two bodies that nothing was read from: one may well be what the work is on
        ("Phòng Kinh tế mời Công an xã, Hội Nông dân xã", (0, 13), "subject/one/proper/bodies-left"),
        ("Trao quà cho hộ nghèo (Phòng Kinh tế)", None, "none/bodies-left"),
        # one name with several capitals is one body
        ("Phòng Kinh tế mời Ủy ban Mặt trận Tổ quốc Việt Nam xã", (0, 13), "subject/one/proper/clear"),
    ],
)
def test_leads(text: str, lead: tuple[int, int] | None, group: str) -> None:
    assert groups(row(text, lead), text, RULES)["lead"] == group


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Phạm vi giám sát: toàn xã", "label/no-time"),
        ("Chất lượng nước sạch", "other/no-time"),
        ("Rà soát hồ sơ", "verb/no-time"),
    ],
)
def test_beginnings(text: str, group: str) -> None:
    assert groups(row(text), text, RULES)["task"] == group


def test_codes_of_review_tell_rows_apart() -> None:
    text = "Phòng Kinh tế rà soát"
    found = groups(row(text, (0, 13), review=("unit-unknown", "year-inferred")), text, RULES)
    assert found["lead"].endswith("/unknown")
    assert found["time"].endswith("/year-inferred")


# ── the tables ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("caution", [0.0, 1.0, 2.0])
def test_few_rows_are_put_lower(caution: float) -> None:
    assert lower(10, 10, caution) <= lower(100, 100, caution) <= 1.0
    assert lower(9, 10, caution) <= 0.9
    assert lower(0, 10, caution) == pytest.approx(0.0)


def test_no_rows_say_nothing() -> None:
    assert lower(0, 0, 1.0) == 0.5


def test_a_small_group_is_judged_with_its_kin() -> None:
    table = Table(
        {"lead": {"subject/one": Count(50, 50), "subject/several": Count(0, FEW - 1), "none": Count(0, 100)}}, 0.0
    )
    assert table.share("lead", "subject/one") == 1.0
    assert table.share("lead", "subject/several") == pytest.approx(50 / (50 + FEW - 1))
    # a rule that no gold has seen: all rows together
    assert table.share("lead", "new/one/clear") == pytest.approx(50 / (150 + FEW - 1))
    # "subject" is no kin of "subject.run-in"
    assert (
        Table({"lead": {"subject.run-in": Count(0, 50), "subject/one": Count(50, 50)}}, 0.0).share("lead", "subject")
        == 1.0
    )


def test_confidence_is_the_product() -> None:
    counts = {"task": {"a": Count(9, 10)}, "lead": {"b": Count(8, 10)}, "time": {"c": Count(5, 10)}}
    assert Table(counts, 0.0).sure({"task": "a", "lead": "b", "time": "c"}) == pytest.approx(0.9 * 0.8 * 0.5)


def test_the_shipped_tables_are_counts() -> None:
    table = load()
    for aspect in ASPECTS:
        assert table.counts[aspect]
        assert all(0 <= count.right <= count.rows > 0 for count in table.counts[aspect].values())
    # lead and time are counted of tasks alone
    tasks_right = sum(count.right for count in table.counts["task"].values())
    for aspect in ("lead", "time"):
        assert sum(count.rows for count in table.counts[aspect].values()) == tasks_right


@pytest.mark.parametrize(
    "text",
    [
        "",
        "caution: 1\n",
        "caution: x\ntask: {}\nlead: {}\ntime: {}\n",
        "task: [",
        "caution: 1\ntask: {a: {right: 1}}\nlead: {}\ntime: {}\n",
    ],
)
def test_wrong_tables_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "confidence.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match="calibrate"):
        load(path)


# ── grading ───────────────────────────────────────────────────────────────────────────────


def scanned(text: str, sure: float | None) -> Document:
    return Document("x", "0" * 64, "x", 1, text, (), (Piece(0, len(text), 1, None, sure),))


@pytest.mark.parametrize(
    ("sure", "codes"),
    [
        # words that the file held itself
        (None, set()),
        (0.97, set()),
        (0.6, {"ocr-doubt", "low-confidence"}),
    ],
)
def test_a_row_is_no_surer_than_its_words_were_recognised(sure: float | None, codes: set[str]) -> None:
    text = "Phòng Kinh tế rà soát danh sách hộ nghèo"
    graded = grade(row(text, (0, 13)), scanned(text, sure), RULES)
    assert graded.confidence <= (1.0 if sure is None else sure)
    assert set(graded.review) == codes


def test_low_confidence_is_told() -> None:
    text = "Phạm vi: toàn xã, tháng 3 và tháng 4, mỗi tháng 02 lần (Phòng Kinh tế)"
    graded = grade(row(text), scanned(text, None), RULES)
    assert graded.confidence < LOW
    assert "low-confidence" in graded.review
