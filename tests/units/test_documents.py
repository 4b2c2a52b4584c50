"""Bodies in whole documents: short forms that they define, codes for review, and how many of the corpus are known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import pipeline
from pipeline import ruleset, units
from pipeline.extract import extract
from pipeline.model import Directive, Document, Line, Paragraph, Source, Task
from pipeline.normalise import normalise
from pipeline.outline import build

RULES = ruleset.load()
CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "docs"
HEAD = (
    "ỦY BAN NHÂN DÂN",
    "XÃ TÂN LẬP HẠ",
    "Số: 18/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Tân Lập Hạ, ngày 14 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Chuyển đổi số năm 2026",
)


def document(*lines: str) -> Document:
    source = Source("x.txt", "0" * 64, "text/plain", 1, tuple(Paragraph((Line(line),)) for line in (*HEAD, *lines)))
    made = normalise(source, RULES)
    return replace(made, outline=build(made, RULES))


def tasks(*lines: str) -> tuple[Task, ...]:
    return extract(document("I. NHIỆM VỤ", *lines), RULES).tasks


def ids(task: Task) -> list[tuple[str, str | None]]:
    return [(unit.role, unit.canonical) for unit in task.units]


def test_the_mentions_of_a_task_have_ids() -> None:
    (task,) = tasks(
        "- Phòng Kinh tế chủ trì, phối hợp với Công an xã và các đơn vị liên quan rà soát; báo cáo Chủ tịch UBND xã "
        "trước ngày 30/6/2026."
    )
    assert ids(task) == [
        ("lead", "phong-kinh-te/xa"),
        ("coordinating", "cong-an/xa"),
        ("coordinating", "nhom/don-vi-lien-quan"),
        ("report_to", "nguoi/chu-tich/ubnd/xa"),
    ]
    assert task.review == ()


def test_bodies_to_look_at_are_marked_once() -> None:
    first, second = tasks(
        "- Giao Phòng Hạnh phúc và Phòng An vui rà soát trước ngày 30/6/2026.",
        "- Giao Phòng Nội vụ huyện rà soát trước ngày 30/6/2026.",
    )
    assert first.review.count("unit-unknown") == 1
    assert {unit.canonical for unit in first.units} == {None}
    assert second.review == ("unit-dissolved",)
    assert ids(second) == [("lead", "phong-noi-vu/huyen")]


@pytest.mark.parametrize(
    ("says", "name", "wanted"),
    [
        (
            "Kiện toàn Ban Chỉ đạo chuyển đổi số xã (sau đây gọi là Ban Chỉ đạo).",
            "Ban Chỉ đạo",
            "ban-chi-dao/chuyen-doi-so/xa",
        ),
        (
            "Kiện toàn Ban Chỉ đạo chuyển đổi số xã (sau đây gọi tắt là Ban Chỉ đạo).",
            "Trưởng Ban Chỉ đạo",
            "nguoi/truong/ban-chi-dao/chuyen-doi-so/xa",
        ),
        (
            "Trung tâm Giám sát điều hành tỉnh (viết tắt là Trung tâm Giám sát) kết nối dữ liệu.",
            "Trung tâm Giám sát",
            "trung-tam/giam-sat-dieu-hanh/tinh",
        ),
        # with quotation marks, without brackets
        (
            "Giao Hợp tác xã Dịch vụ số Tân Lập, sau đây gọi là “Đơn vị vận hành”, duy trì hệ thống.",
            "Đơn vị vận hành",
            "hop-tac-xa/dich-vu-so-tan-lap",
        ),
        # initials in a bracket
        (
            "Phối hợp Trung tâm Giám sát điều hành tỉnh (TTGSĐH) kết nối.",
            "TTGSĐH",
            "trung-tam/giam-sat-dieu-hanh/tinh",
        ),
        # another board than the one that is meant
        (
            "Kiện toàn Ban Chỉ đạo chuyển đổi số xã (sau đây gọi là Ban Chỉ đạo).",
            "Ban Chỉ đạo phòng chống dịch xã",
            "ban-chi-dao/phong-chong-dich/xa",
        ),
    ],
)
def test_short_forms_of_the_document(says: str, name: str, wanted: str) -> None:
    assert units.resolver(document(says), RULES).resolve(name).canonical == wanted


@pytest.mark.parametrize(
    ("says", "name"),
    [
        # the short form of something that is no body
        ("Thực hiện cơ chế một cửa (sau đây gọi là Cơ chế) tại UBND xã.", "Cơ chế"),
        # capitals that are no initials of the body before them
        ("UBND xã (PCTNTC) rà soát.", "PCTNTC"),
        # a definition in another sentence than the body
        ("Giao Công an xã. Việc này (sau đây gọi là Đề án) hoàn thành trong năm.", "Đề án"),
    ],
)
def test_what_is_no_short_form_of_a_body(says: str, name: str) -> None:
    assert units.resolver(document(says), RULES).resolve(name).canonical is None


def directives() -> list[Directive]:
    paths = sorted(path for path in CORPUS.iterdir() if path.suffix == ".txt")
    return [pipeline.extract(pipeline.read(path, ocr="never")) for path in paths]


def test_most_bodies_of_the_corpus_are_known() -> None:
    mentions = [unit for directive in directives() for task in directive.tasks for unit in task.units]
    known = [unit for unit in mentions if unit.canonical is not None]
    assert len(mentions) > 500
    assert len(known) / len(mentions) >= 0.95
