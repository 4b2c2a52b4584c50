"""What is said of a task that a plan carries out: amounts, deadlines, cadence, leads, products, copies."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import pytest
from compare.papers import FROM_PARENT, directive, paper
from compare.rows import RULES, task

from pipeline.compare.amounts import amounts_of
from pipeline.compare.content import Content, Reader
from pipeline.compare.deadlines import cadence_findings, deadline_findings, says_when
from pipeline.compare.families import member_of
from pipeline.compare.judging import Judge
from pipeline.compare.leads import Alive, concerns, lead_findings
from pipeline.compare.likeness import Weights
from pipeline.compare.model import (
    COVERED,
    KINDS,
    MISSING,
    NOT_APPLICABLE,
    PARTLY,
    Answer,
    Finding,
    Issuer,
    Link,
    Member,
)  # fmt: skip
from pipeline.compare.portions import Portions
from pipeline.compare.spheres import spheres
from pipeline.model import Directive, Evidence, Meta, Task

BODIES = spheres(RULES)
WORDS = partial(says_when, text="")
JUNE, JULY = dt.date(2026, 6, 30), dt.date(2026, 7, 31)


@pytest.mark.parametrize(
    ("words", "value", "thing", "rate"),
    [
        ("ít nhất 02 cuộc", 2, "cuộc", None),
        ("01 cuộc/năm", 1, "cuộc", 1),
        ("mỗi quý 01 cuộc", 1, "cuộc", 4),
        ("01 lượt/tuần", 1, "lượt", 52),
        ("01 cuộc/6 tháng", 1, "cuộc", 2),
        # of a range the least is what is promised
        ("02-04 lớp trong năm", 2, "lớp", 1),
        ("90%", 90, "%", None),
        ("100 % hộ dân", 100, "%", None),
        # thousands with a point, decimals with a comma
        ("1.200 hộ", 1200, "hộ", None),
        ("91,8%", 91.8, "%", None),
        # people are people
        ("10 thành viên", 10, "người", None),
        ("10 đội viên", 10, "người", None),
    ],
)
def test_amounts(words: str, value: float, thing: str, rate: float | None) -> None:
    assert [(one.value, one.thing, one.rate) for one in amounts_of(task(quantity=(words,)))] == [(value, thing, rate)]


@pytest.mark.parametrize("words", ["năm 2026", "Nghị quyết 12/NQ-CP", "15/6/2026", "hai cuộc"])
def test_what_is_no_amount(words: str) -> None:
    assert amounts_of(task(quantity=(words,))) == ()


ONCE, QUARTERLY, ANNUAL, OFTEN = (
    {"cadence": (code,)} for code in ("once", "quarterly", "annual", "regular")
)


def due(day: dt.date, precision: str = "day", **fields: object) -> Task:
    return task(due=day, due_precision=precision, **fields)


@pytest.mark.parametrize(
    ("parent", "rows", "expected"),
    [
        (due(JUNE), [due(JUNE)], [("deadline-equal", 0)]),
        (due(JUNE), [due(JULY)], [("deadline-later", 31)]),
        (due(JULY), [due(JUNE)], [("deadline-earlier", -31)]),
        # the task is done when the last of its rows is
        (due(JUNE), [due(dt.date(2026, 5, 1)), due(JULY)], [("deadline-later", 31)]),
        (due(JUNE), [task(), due(JUNE)], [("deadline-equal", 0)]),
        (due(JUNE), [task()], [("deadline-lost", None)]),
        (task(), [due(JUNE)], [("deadline-added", None)]),
        (task(), [task()], []),
        # what comes back against what is done once, both ways
        (due(JUNE), [task(**QUARTERLY)], [("deadline-kind", None)]),
        (task(**QUARTERLY), [due(JUNE)], [("deadline-kind", None)]),
        (task(**QUARTERLY), [task(**ANNUAL)], []),
        (task(**QUARTERLY), [task()], [("deadline-lost", None)]),
        # “thường xuyên” has no rate: it is no deadline
        (due(JUNE), [task(**OFTEN)], [("deadline-lost", None)]),
        # a day against a month or a quarter, which end on it; the other way nothing is lost
        (due(JUNE), [due(JUNE, "month")], [("deadline-equal", 0), ("deadline-less-precise", None)]),
        (due(JUNE), [due(JUNE, "quarter")], [("deadline-equal", 0), ("deadline-less-precise", None)]),
        (due(JUNE, "month"), [due(JUNE, "half")], [("deadline-equal", 0), ("deadline-less-precise", None)]),
        (due(JUNE, "quarter"), [due(JUNE, "year")], [("deadline-equal", 0)]),
        (due(JUNE, "quarter"), [due(JUNE)], [("deadline-equal", 0)]),
        (due(JUNE, "hour"), [due(JUNE)], [("deadline-equal", 0)]),
    ],
)
def test_deadlines(parent: Task, rows: list[Task], expected: list[tuple[str, float | None]]) -> None:
    assert [(one.kind, one.amount) for one in deadline_findings(parent, rows, WORDS)] == expected


@pytest.mark.parametrize(
    ("parent", "rows", "kinds"),
    [
        (QUARTERLY, [ANNUAL], ["cadence-weaker"]),
        (ANNUAL, [QUARTERLY], ["cadence-stronger"]),
        (ANNUAL, [ANNUAL], []),
        # of several rows the one that comes most often
        (QUARTERLY, [ANNUAL, QUARTERLY], []),
        # nothing can be told where one has no rate
        (ONCE, [ANNUAL], []),
        (QUARTERLY, [OFTEN], []),
    ],
)
def test_cadence(parent: dict[str, object], rows: list[dict[str, object]], kinds: list[str]) -> None:
    found = cadence_findings(task(**parent), [task(**row) for row in rows], WORDS)
    assert [one.kind for one in found] == kinds


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (due(JULY, due_text="31/7"), "31/7"),
        # a rate has no text of its own: the words that it was read from
        (task(cadence=("quarterly",), evidence={"cadence": (Evidence(0, 8, 1, None, "x"),)}), "hằng quý"),
        (task(), ""),
    ],
)
def test_a_time_is_said_in_the_documents_words(row: Task, words: str) -> None:
    assert says_when(row, "hằng quý báo cáo") == words


def test_a_deadline_is_quoted_from_both() -> None:
    rows = [task(), task(due_text="31/7"), task(due_text="31/7"), task(due_text="tháng 8")]
    (one,) = deadline_findings(due(JUNE, due_text="trong tháng 6"), rows, WORDS)
    assert (one.parent_says, one.plan_says) == ("trong tháng 6", "31/7; tháng 8")


# ── leads ──────────────────────────────────────────────────────────────────────────────────


def alive(folder: Path, date: str) -> Alive:
    return Alive(member_of(directive(folder, paper(FROM_PARENT, date=date)), RULES), RULES)


@pytest.mark.parametrize(
    ("parent", "rows", "kinds"),
    [
        (["Sở Tư pháp"], [[]], ["lead-missing"]),
        # one row that names who leads is enough
        (["Sở Tư pháp"], [[], ["Văn phòng HĐND và UBND"]], []),
        (["Sở Tư pháp"], [["Văn phòng HĐND và UBND", "Công an xã"]], ["lead-several"]),
        # counterparts in the commune, by sphere and by their own kind
        (["Sở Tư pháp"], [["Văn phòng HĐND và UBND"]], []),
        (["Sở Nông nghiệp và Môi trường"], [["Phòng Kinh tế"]], []),
        (["Sở Y tế"], [["Phòng Văn hóa - Xã hội"]], []),
        (["Công an tỉnh"], [["Công an xã"]], []),
        (["Bộ Chỉ huy quân sự tỉnh"], [["Ban Chỉ huy quân sự xã"]], []),
        (["Ban Tuyên giáo và Dân vận Tỉnh ủy"], [["Ban Xây dựng Đảng"]], []),
        # of another sphere; not where one of several rows is of the same
        (["Sở Tư pháp"], [["Phòng Kinh tế"]], ["lead-other-class"]),
        (["Công an tỉnh"], [["Phòng Văn hóa - Xã hội"]], ["lead-other-class"]),
        (["Sở Tư pháp"], [["Phòng Kinh tế"], ["Văn phòng HĐND và UBND"]], []),
        # the committee acts through all its bodies; a body that is not known tells nothing
        (["Ủy ban nhân dân các xã"], [["Phòng Kinh tế"]], []),
        (["Sở Tư pháp"], [["Ủy ban nhân dân xã"]], []),
        (["Sở Tư pháp"], [["Ong vàng Sông Trong"]], []),
        ([], [["Phòng Kinh tế"]], []),
    ],
)
def test_leads(tmp_path: Path, parent: list[str], rows: list[list[str]], kinds: list[str]) -> None:
    asked = task(lead=tuple(parent))
    given = [task(name=f"r{i}", lead=tuple(lead)) for i, lead in enumerate(rows)]
    found = lead_findings(asked, given, BODIES, alive(tmp_path, "ngày 10 tháng 4 năm 2026"))
    assert [one.kind for one in found] == kinds


@pytest.mark.parametrize(
    ("date", "kinds"),
    [
        ("ngày 10 tháng 4 năm 2026", ["lead-dissolved"]),
        # districts and their rooms were there until 1 July 2025
        ("ngày 10 tháng 4 năm 2025", []),
    ],
)
def test_a_lead_is_dissolved_on_the_plans_day(tmp_path: Path, date: str, kinds: list[str]) -> None:
    rows = [task(lead=("Phòng Tư pháp huyện",))]
    found = lead_findings(task(lead=("Sở Tư pháp",)), rows, BODIES, alive(tmp_path, date))
    assert [one.kind for one in found] == kinds


COMMUNE, OTHER = Issuer(body="ubnd", level="xa"), Issuer(body="so-y-te", level="tinh")


@pytest.mark.parametrize(
    ("lead", "coordinating", "issuer", "expected"),
    [
        # nobody is named: everybody is asked
        ((), (), COMMUNE, True),
        (("Sở Tư pháp",), (), COMMUNE, False),
        (("Sở Tư pháp",), ("Ủy ban nhân dân các xã, phường",), COMMUNE, True),
        (("Ủy ban nhân dân xã",), (), COMMUNE, True),
        (("Các cơ quan, đơn vị, địa phương",), (), COMMUNE, True),
        # “xã hội” is no commune
        (("Ban Văn hóa - Xã hội HĐND tỉnh",), (), COMMUNE, False),
        # a department of the province: itself, or the departments as a group
        (("Sở Tư pháp",), (), OTHER, False),
        (("Sở Y tế",), (), OTHER, True),
        (("Các sở, ban, ngành",), (), OTHER, True),
        (("Sở Tư pháp",), (), Issuer(), True),
    ],
)
def test_whom_a_task_concerns(
    lead: tuple[str, ...], coordinating: tuple[str, ...], issuer: Issuer, expected: bool
) -> None:
    assert concerns(task(lead=lead, coordinating=coordinating), issuer, BODIES) is expected


# ── everything together ────────────────────────────────────────────────────────────────────

TEXT = "Rà soát danh mục công trình cấp nước tập trung đang hư hỏng tại các thôn vùng cao"


def judged(folder: Path, parent: Task, *rows: Task, issuer: Issuer = COMMUNE) -> Answer:
    """The answer of a plan whose rows carry out the task."""
    reader = Reader(RULES, {})
    contents = [reader.task(parent), reader.task(task("Tập huấn hòa giải viên")), reader.task(task("Trồng tre"))]
    weights = Weights(contents)
    portions = Portions((parent,), contents[:1], weights, reader)
    read: dict[str, Content] = {row.id: reader.task(row) for row in rows}
    member = Member(Directive("KH.txt", "00", "text/plain", 1, "ok", Meta()), issuer)
    judge = Judge(member, BODIES, alive(folder, "ngày 10 tháng 4 năm 2026"), portions, read, dict.fromkeys((parent.id, *read), ""))
    links = [Link(parent, row, 0.5 + place / 10) for place, row in enumerate(rows)]
    return judge.answer(parent, links)


def kinds(answer: Answer) -> dict[str, float | None]:
    assert {one.kind for one in answer.findings} <= set(KINDS)
    return {one.kind: one.amount for one in answer.findings}


def test_without_rows_a_task_is_missing_or_of_another_level(tmp_path: Path) -> None:
    asked, other = task(TEXT), task(TEXT, lead=("Sở Tư pháp",))
    assert judged(tmp_path, asked).findings == (Finding(MISSING, asked),)
    assert judged(tmp_path, other).findings == (Finding(NOT_APPLICABLE, other, (), "Sở Tư pháp"),)


@pytest.mark.parametrize(
    ("wanted", "given", "expected"),
    [
        (["ít nhất 02 cuộc"], [["01 cuộc"]], {"number-lower": -1}),
        (["01 cuộc"], [["02 cuộc"]], {"number-higher": 1}),
        (["02 cuộc"], [["02 cuộc"]], {}),
        (["02 cuộc"], [[]], {"number-lost": None}),
        # another thing is counted
        (["02 cuộc"], [["02 lớp"]], {"number-lost": None}),
        # several rows together; percentages are not added up
        (["02 cuộc"], [["01 cuộc"], ["01 cuộc"]], {}),
        (["90%"], [["60%"], ["40%"]], {"number-lower": -30}),
        # in a year, where it is said for how long
        (["01 cuộc/quý"], [["02 cuộc/năm"]], {"number-lower": -2}),
        (["02 cuộc/năm"], [["01 cuộc/quý"]], {"number-higher": 2}),
        ([], [["02 cuộc"]], {}),
    ],
)
def test_numbers(
    tmp_path: Path, wanted: list[str], given: list[list[str]], expected: dict[str, float | None]
) -> None:
    rows = [task(TEXT, f"r{i}", lead=("Phòng Kinh tế",), quantity=tuple(each)) for i, each in enumerate(given)]
    found = kinds(judged(tmp_path, task(TEXT, quantity=tuple(wanted)), *rows))
    assert {kind: amount for kind, amount in found.items() if kind.startswith("number")} == expected


@pytest.mark.parametrize(
    ("product", "row", "lost"),
    [
        ("danh mục công trình", task("Sửa giếng"), True),
        ("danh mục công trình", task("Sửa giếng", deliverable="bảng kê"), False),
        # the row's own words name it; a report is what a row that reports gives
        ("danh mục công trình", task("Lập danh mục các công trình"), False),
        ("Báo cáo kết quả", task("Gửi Sở trước ngày 15", kind="report"), False),
        (None, task("Sửa giếng"), False),
    ],
)
def test_products(tmp_path: Path, product: str | None, row: Task, lost: bool) -> None:
    assert ("product-lost" in kinds(judged(tmp_path, task(TEXT, deliverable=product), row))) is lost


@pytest.mark.parametrize(
    ("row", "copied"),
    [
        (task(TEXT), True),
        # the kinds of places are what a plan has to change; a time of its own at the end is no other word
        (task(TEXT.replace("thôn", "tổ dân phố")), True),
        (task(TEXT + ", xong trước 30/6/2026", due_text="xong trước 30/6/2026"), True),
        (task(TEXT.replace("hư hỏng", "xuống cấp")), False),
        (task("Đang hư hỏng công trình cấp nước tập trung tại các thôn vùng cao, rà soát danh mục"), False),
    ],
)
def test_copies(tmp_path: Path, row: Task, copied: bool) -> None:
    assert ("copied" in kinds(judged(tmp_path, task(TEXT), row))) is copied


def test_short_tasks_are_alike_by_chance(tmp_path: Path) -> None:
    assert "copied" not in kinds(judged(tmp_path, task("Sửa giếng làng"), task("Sửa giếng làng")))


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (["Rà soát đội ngũ báo cáo viên", "Tập huấn kỹ năng nghiệp vụ"], COVERED),
        # one of the two parts
        (["Rà soát đội ngũ báo cáo viên"], PARTLY),
        # the same in other words
        (["Thống kê đội ngũ báo cáo viên, bồi dưỡng kỹ năng nghiệp vụ tuyên truyền miệng"], COVERED),
    ],
)
def test_portions(tmp_path: Path, rows: list[str], status: str) -> None:
    parent = task("Rà soát đội ngũ báo cáo viên và tập huấn kỹ năng nghiệp vụ tuyên truyền miệng")
    answer = judged(tmp_path, parent, *(task(text, f"r{i}") for i, text in enumerate(rows)))
    assert answer.status == answer.findings[0].kind == status
    assert (answer.findings[0].amount is None) is (status == COVERED)


def test_both_sources_stand_in_a_finding_and_the_best_row_first(tmp_path: Path) -> None:
    rows = [task(TEXT, "r1"), task("Sửa giếng", "r2")]
    answer = judged(tmp_path, task(TEXT), *rows)
    assert [row.id for row in answer.rows] == ["r2", "r1"]
    assert (answer.findings[0].parent_says, answer.findings[0].plan_says) == (TEXT, f"Sửa giếng / {TEXT}")
