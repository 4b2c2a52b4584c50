"""Which block stands under which, and what each is: headings, items, lead-ins, labels."""

from __future__ import annotations

import pytest

from pipeline import ruleset
from pipeline.model import Line, Node, Paragraph, Source
from pipeline.normalise import normalise
from pipeline.outline.kinds import settle
from pipeline.outline.tree import TreeBuilder

RULES = ruleset.load()


def tree(*lines: str) -> list[tuple[str, Node]]:
    source = Source("x.txt", "0" * 64, "text/plain", 1, tuple(Paragraph((Line(line),)) for line in lines))
    document = normalise(source, ruleset.load())
    builder = TreeBuilder(document, RULES)
    for block in document.blocks:
        builder.add(block)
    return [(document.text[n.body : n.end], n) for n in settle(document, builder.nodes, RULES)]


def paths(*lines: str) -> list[str]:
    return [node.path for _, node in tree(*lines)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # roman, arabic, letters; bullets are no step
        (["II. NỘI DUNG", "1. Về thể chế", "a) Rà soát văn bản.", "- Báo cáo."], ["II", "II.1", "II.1.a", "II.1.a"]),
        # "1.1." names the chain below the roman number
        (["II. NHIỆM VỤ", "2. Giải pháp", "2.1. Tổ chức", "2.1.1. Về bộ máy"], ["II", "II.2", "II.2.1", "II.2.1.1"]),
        # a new sibling closes what was open
        (["I. A", "1. Mục đích", "- x.", "II. B", "1. C"], ["I", "I.1", "I.1", "II", "II.1"]),
        # articles and clauses
        (["Điều 1. Phạm vi", "1. Quy chế này.", "a) Cơ quan.", "Điều 2. Nguyên tắc"], ["1", "1.1", "1.1.a", "2"]),
        # (1) under 1.
        (["1. Hạ tầng", "(1) Rà soát.", "(2) Đầu tư.", "2. Dữ liệu", "(1) Số hóa."], ["1", "1.1", "1.2", "2", "2.1"]),
        # an annex opens paths of its own
        (["I. A", "PHỤ LỤC II", "1. Rà soát."], ["I", "PLII", "PLII.1"]),
    ],
)
def test_section_paths(lines: list[str], expected: list[str]) -> None:
    assert paths(*lines) == expected


def parents(*lines: str) -> list[int | None]:
    return [node.parent for _, node in tree(*lines)]


def test_plus_above_minus_and_the_other_way_round() -> None:
    lines = ["1. Về bộ máy", "+ Đối với Đảng ủy:", "- Rà soát.", "- Báo cáo.", "+ Đối với HĐND:", "- Giám sát."]
    assert parents(*lines) == [None, 0, 1, 1, 0, 4]
    assert parents("1. Về bộ máy", "- Đối với Đảng ủy:", "+ Rà soát.", "- Đối với HĐND:", "+ Giám sát.") == [
        None,
        0,
        1,
        0,
        3,
    ]


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        # a phrase with bullets beneath is a heading, also with a full stop
        (["1. Công tác tuyên truyền.", "- Phát thanh."], ["heading", "item"]),
        # a numbered sentence with nothing beneath is an item
        (["1. Các chi bộ tổ chức quán triệt. Báo cáo kết quả."], ["item"]),
        # a sentence that ends in a colon introduces
        (
            [
                "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính và Công an tỉnh trong các việc:",
                "a) Rà soát.",
                "b) Báo cáo.",
            ],
            ["lead-in", "item", "item"],
        ),
        # labelled lines
        (["- Rà soát.", "Đơn vị chủ trì: Sở Y tế.", "Thời gian thực hiện: Quý II."], ["item", "label", "label"]),
        (["(1) Rà soát.", "- Đơn vị thực hiện: Sở Y tế."], ["item", "label"]),
        # a colon in a sentence is no label
        (["- Lồng ghép nội dung vào: hội nghị, sinh hoạt."], ["item"]),
        # a heading without a number, in capitals
        (["TỔ CHỨC THỰC HIỆN", "Các phòng thực hiện."], ["heading", "paragraph"]),
    ],
)
def test_kinds(lines: list[str], kinds: list[str]) -> None:
    assert [node.kind for _, node in tree(*lines)] == kinds


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        # purpose and requirements beneath it, though "Nội dung" would direct elsewhere
        (["I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "- Nâng cao nhận thức."], ["purpose"] * 3),
        (
            ["I. MỤC TIÊU, NHIỆM VỤ", "1. Thể chế", "a) Mục tiêu", "- 100% văn bản.", "b) Nhiệm vụ", "- Rà soát."],
            ["task", "task", "target", "target", "task", "task"],
        ),
        (
            ["III. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế", "- Rà soát.", "2. Kinh phí thực hiện", "- Từ ngân sách."],
            ["implementation"] * 3 + ["funding"] * 2,
        ),
        # paragraphs before the first heading are the preamble
        (["Thực hiện Chỉ thị số 10-CT/TU.", "I. NỘI DUNG", "1. Rà soát."], ["preamble", "task", "task"]),
        # an outline of a report stays one
        (
            ["PHỤ LỤC", "ĐỀ CƯƠNG BÁO CÁO", "I. Kết quả", "1. Nhiệm vụ đã làm", "- Số cuộc giám sát."],
            ["annex", *["annex-outline"] * 4],
        ),
    ],
)
def test_roles(lines: list[str], roles: list[str]) -> None:
    assert [node.role for _, node in tree(*lines)] == roles


def test_every_node_stands_behind_its_parent() -> None:
    nodes = [node for _, node in tree("I. A", "1. B", "- c.", "d", "+ e:", "- f.", "II. G", "đ) h", "PHỤ LỤC", "- i")]
    assert all(node.parent is None or node.parent < node.index for node in nodes)
