"""The work grows with the number of plans, and hostile text neither stops it nor makes it endless."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from compare.papers import FROM_PARENT, directive, paper, parent_paper

from pipeline import ruleset
from pipeline.compare import compare
from pipeline.compare.families import families_of, member_of
from pipeline.compare.model import COVERED, Member, Reference
from pipeline.export import comparison as export
from pipeline.model import Directive

RULES = ruleset.load()
WORK = "{n}. Rà soát công trình cấp nước số {n} thuộc cụm dân cư {n}, lập danh mục hạng mục hư hỏng trước ngày 30/6/2026."


def works(count: int) -> str:
    return "\n".join(WORK.format(n=n) for n in range(1, count + 1))


def plans(folder: Path, count: int, tasks: int) -> list[Directive]:
    """As many plans, each of its own commune: one is read, the others are named anew."""
    read = directive(folder, paper(FROM_PARENT, works(tasks)), "a.txt")
    issuer = read.meta.issuer
    return [
        replace(read, document=f"a{n:03}.txt", sha256=f"{n:064}", meta=replace(read.meta, issuer=f"{issuer} {n}"))
        for n in range(count)
    ]


def seconds(work: Callable[[], object]) -> float:
    """The least of three runs, in the time of this process."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("with_parent", [True, False])
def test_twice_the_plans_take_about_twice_the_time(tmp_path: Path, with_parent: bool) -> None:
    """With the parent named, and with it found among the documents. Four times the plans would take 16 times as long."""
    parent = directive(tmp_path, parent_paper(works(12)), "p.txt")
    few, many = plans(tmp_path, 12, 12), plans(tmp_path, 48, 12)

    def work(given: Sequence[Directive]) -> object:
        return compare(given, parent) if with_parent else compare([parent, *given])

    work(few)  # the rules are loaded once
    assert seconds(lambda: work(many)) < 4 * 2 * seconds(lambda: work(few))


def test_citations_are_looked_up_by_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many documents that cite many others: each is held against those of its number only."""
    families = import_module("pipeline.compare.families")  # the package has a function of that name
    asked = 0
    whether = families.names

    def counted(reference: Reference, member: Member) -> bool:
        nonlocal asked
        asked += 1
        return whether(reference, member)

    monkeypatch.setattr(families, "names", counted)
    plan = member_of(directive(tmp_path, paper()), RULES)
    cited = plan.implements[0]

    def members(count: int) -> list[Member]:
        return [
            replace(
                plan,
                directive=replace(plan.directive, meta=replace(plan.directive.meta, number=f"{n}/KH-UBND")),
                implements=(replace(cited, number=f"{n + count}/CT-UBND"),),
            )
            for n in range(count)
        ]

    counts = []
    for size in (40, 80):
        asked = 0
        families_of(members(size))
        counts.append(asked)
    assert counts[1] <= 2 * counts[0] + 1
    assert counts[1] <= 80


def test_two_thousand_tasks(tmp_path: Path) -> None:
    """Twice the tasks on both sides are four times the pairs; beyond that nothing grows."""
    parent = directive(tmp_path, parent_paper(works(60)), "p.txt")
    read = directive(tmp_path, paper(FROM_PARENT, works(1)), "a.txt")

    def plan(count: int) -> Directive:
        return replace(read, tasks=tuple(replace(read.tasks[0], id=f"t{n}", order=n) for n in range(count)))

    few, many = plan(500), plan(2000)
    assert seconds(lambda: compare([many], parent)) < 4 * 3 * seconds(lambda: compare([few], parent))
    (one,) = compare([many], parent).comparisons
    assert len(one.plans[0].answers) == len(parent.tasks)


HOSTILE = {
    "long": "Rà soát công trình cấp nước " * 1500,
    "one word": "x" * 40_000,
    "control characters": "Rà soát\x00\x07\x1b[31m công trình\u202e cấp nước \ud800\u200b",
    "formula": '=HYPERLINK("http://example.org";"Rà soát công trình cấp nước")',
    "markup": "<script>alert(1)</script> Rà soát công trình cấp nước]]>&amp;",
    "brackets": "((((" * 5000 + "Rà soát",
    "commas": "và, " * 10_000,
    "numbers": "1.000.000.000,5 % " * 3000,
    "empty": "",
    "blank": " \u00a0 ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(tmp_path: Path, text: str) -> None:
    """On both sides, as a task's text, product, time, amount and lead."""
    parent = directive(tmp_path, parent_paper(works(3)), "p.txt")
    plan = directive(tmp_path, paper(FROM_PARENT, works(2)), "a.txt")

    def with_text(one: Directive) -> Directive:
        bad = replace(
            one.tasks[0], id="bad", text=text, deliverable=text or None, due_text=text or None,
            quantity=(text,), lead=(text,), evidence={},
        )  # fmt: skip
        return replace(one, tasks=(*one.tasks[1:], bad))

    result = compare([with_text(parent), with_text(plan)], rules=RULES)
    (one,) = result.comparisons
    # the tasks beside it are compared as ever
    assert [answer.status for answer in one.plans[0].answers[:1]] == [COVERED]
    assert len(one.plans[0].answers) == len(parent.tasks)
    for suffix in ("xlsx", "html", "json"):
        assert export.write(result, tmp_path / f"x.{suffix}", "vi", RULES)
    assert "<script>alert" not in (tmp_path / "x.html").read_text("utf-8")


def test_equal_input_gives_an_equal_result(tmp_path: Path) -> None:
    parent = directive(tmp_path, parent_paper(works(5)), "p.txt")
    given = plans(tmp_path, 4, 4)
    assert compare(given, parent) == compare(given, parent)
