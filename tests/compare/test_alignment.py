"""Which rows carry out which tasks: all together, splits, merges, strangers; and the union of plans without a parent."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare.papers import FROM_PARENT, directive, paper, parent_paper
from compare.rows import scored

from pipeline.compare import compare
from pipeline.compare.alignment import LINK, MERGE, SPLIT, STRANGERS, SURE, align
from pipeline.compare.model import ADDED, COVERED, MISSING

LITTLE = 0.01


@pytest.mark.parametrize(
    ("table", "pairs"),
    [
        ([[0.9]], {(0, 0)}),
        ([[LINK - LITTLE]], set()),
        ([[LINK]], {(0, 0)}),
        # the best of all together: the row that fits both goes to the task that only it fits
        ([[0.8, 0.7], [0.75, 0.0]], {(0, 1), (1, 0)}),
        # one task carried out by three rows
        ([[0.9, SPLIT, 0.4], [0.0, 0.0, 0.0]], {(0, 0), (0, 1), (0, 2)}),
        ([[0.9, SPLIT - LITTLE]], {(0, 0)}),
        # three tasks gathered in one row
        ([[0.9], [MERGE], [MERGE - LITTLE]], {(0, 0), (1, 0)}),
        # a task that was pushed into a poor row by one that took its own gets it back
        ([[0.97, SPLIT - LITTLE], [0.98, 0.0]], {(0, 0), (1, 0)}),
        ([[SURE - LITTLE, 0.2], [0.98, 0.0]], {(0, 1), (1, 0)}),
    ],
)
def test_links(table: list[list[float]], pairs: set[tuple[int, int]]) -> None:
    parent, plan, scores = scored(table)
    links = align(parent, plan, scores)
    assert {(int(link.parent.id[1:]), int(link.row.id[1:])) for link in links} == pairs
    assert all(link.score == table[int(link.parent.id[1:])][int(link.row.id[1:])] for link in links)


@pytest.mark.parametrize(
    ("table", "pairs"),
    [
        ([[STRANGERS]], {(0, 0)}),
        ([[STRANGERS - LITTLE]], set()),
        # no splits, no merges
        ([[0.9, 0.9]], {(0, 0)}),
        ([[0.9], [0.9]], {(0, 0)}),
    ],
)
def test_strangers_are_linked_where_it_is_sure(table: list[list[float]], pairs: set[tuple[int, int]]) -> None:
    parent, plan, scores = scored(table)
    found = align(parent, plan, scores, strangers=True)
    assert {(int(link.parent.id[1:]), int(link.row.id[1:])) for link in found} == pairs


def test_links_stand_in_the_order_of_both_and_name_their_parts() -> None:
    links = align(*scored([[0.0, 0.9], [0.8, 0.0]]))
    assert [(link.parent.id, link.row.id) for link in links] == [("p0", "r1"), ("p1", "r0")]
    assert links[0].parts == {"cosine": 0.9}


# ── real documents ─────────────────────────────────────────────────────────────────────────

WORKS = (
    "1. Rà soát các công trình cấp nước tập trung, lập danh mục công trình hư hỏng.",
    "2. Tập huấn vận hành trạm bơm cho tổ quản lý nước.",
    "3. Xét nghiệm mẫu nước giếng khoan của hộ dân.",
)


def plan(tasks: str, commune: str = "An Lạc") -> str:
    return paper(FROM_PARENT, tasks, head=f"ỦY BAN NHÂN DÂN\nXÃ {commune.upper()}", place=commune)


@pytest.mark.parametrize(
    ("tasks", "statuses", "added"),
    [
        ("\n".join(WORKS), [COVERED] * 3, []),
        # in another order and other words
        ("1. Lấy mẫu nước giếng khoan của hộ dân để xét nghiệm.\n2. Bồi dưỡng tổ quản lý nước về vận hành trạm bơm.",
         [MISSING, COVERED, COVERED], []),
        (WORKS[0] + "\n2. Trồng cây bóng mát dọc đường liên thôn.", [COVERED, MISSING, MISSING],
         ["Trồng cây bóng mát dọc đường liên thôn."]),
        ("1. Trồng cây bóng mát dọc đường liên thôn.", [MISSING] * 3, ["Trồng cây bóng mát dọc đường liên thôn."]),
    ],
)  # fmt: skip
def test_a_plan_against_its_parent(tmp_path: Path, tasks: str, statuses: list[str], added: list[str]) -> None:
    parent = directive(tmp_path, parent_paper("\n".join(WORKS)), "p.txt")
    (one,) = compare([parent, directive(tmp_path, plan(tasks), "a.txt")]).comparisons
    assert [answer.status for answer in one.plans[0].answers] == statuses
    assert [finding.plan_says for finding in one.plans[0].added] == added
    assert {finding.kind for finding in one.plans[0].added} <= {ADDED}


def test_the_union_holds_each_task_once_in_the_words_of_the_first(tmp_path: Path) -> None:
    more = "4. Trồng cây bóng mát dọc đường liên thôn."
    papers = {
        "b": plan("\n".join(WORKS[:2]), "Bình Hòa"),
        "a": plan("\n".join(WORKS)),
        "c": plan(f"1. Bồi dưỡng tổ quản lý nước về vận hành trạm bơm.\n{more}", "Cẩm Sơn"),
    }
    (one,) = compare(directive(tmp_path, text, f"{name}.txt") for name, text in papers.items()).comparisons
    assert one.parent is None
    assert [task.text for task in one.tasks] == [work[3:] for work in (*WORKS, more)]
    # the plan with most tasks begins
    assert one.homes == ("a.txt", "a.txt", "a.txt", "c.txt")
    assert {column.plan.document: [answer.status for answer in column.answers] for column in one.plans} == {
        "b.txt": [COVERED, COVERED, MISSING, MISSING],
        "a.txt": [COVERED, COVERED, COVERED, MISSING],
        "c.txt": [MISSING, COVERED, MISSING, COVERED],
    }


def test_in_a_union_a_task_is_not_compared_with_itself_and_none_is_of_another_level(tmp_path: Path) -> None:
    first = plan("1. Sở Tư pháp chủ trì rà soát các công trình cấp nước tập trung, lập danh mục công trình hư hỏng.")
    second = plan("1. Trồng cây bóng mát dọc đường liên thôn.", "Bình Hòa")
    (one,) = compare([directive(tmp_path, first, "a.txt"), directive(tmp_path, second, "b.txt")]).comparisons
    assert [[finding.kind for finding in column.findings] for column in one.plans] == [
        [COVERED, MISSING],
        [MISSING, COVERED],
    ]
