"""The directory as data: an office adds to it, wrong entries are refused, everything is in canonical spelling."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline import ruleset
from pipeline.errors import RuleError
from pipeline.model import Meta
from pipeline.normalise import canonical
from pipeline.units import Resolver, directory
from pipeline.units.context import context_of
from pipeline.units.directory import LEVELS

RULES = ruleset.load()
BODIES = directory(RULES)


def resolve(name: str, rules: ruleset.Ruleset, date: dt.date | None = None) -> tuple[str | None, tuple[str, ...]]:
    meta = Meta(issuer="Ủy ban nhân dân xã Tân Lập Hạ", date=date)
    unit = Resolver(directory(rules), context_of("", meta, directory(rules))).resolve(name)
    return unit.canonical, unit.successors


def test_an_office_adds_a_body(tmp_path: Path) -> None:
    (tmp_path / "units.yaml").write_text(
        "- id: phong-viec-chung\n  sort: room\n  names: [Phòng Việc chung, PVC]\n  levels: [xa]\n  gone: 2026-05-01\n"
        "  into: [phong-kinh-te/xa]\n  example: PVC\n  counter: Phòng Kinh tế\n",
        encoding="utf-8",
    )
    assert resolve("Phòng Việc chung", RULES) == (None, ())
    rules = ruleset.load(tmp_path)
    assert resolve("Phòng Việc chung", rules, dt.date(2026, 4, 30)) == ("phong-viec-chung/xa", ())
    assert resolve("PVC xã", rules, dt.date(2026, 5, 1)) == ("phong-viec-chung/xa", ("phong-kinh-te/xa",))


def test_an_office_adds_a_short_form(tmp_path: Path) -> None:
    (tmp_path / "naming.yaml").write_text(
        "- {id: short.own, kind: short, words: {KTX: Phòng Kinh tế}, example: KTX, gives: phong-kinh-te, counter: x}\n",
        encoding="utf-8",
    )
    assert resolve("KTX", ruleset.load(tmp_path)) == ("phong-kinh-te/xa", ())


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("- {id: a, sort: room, example: x, counter: y}", "thiếu khóa “names”"),
        ("- {id: a, sort: room, names: Phòng A, example: x, counter: y}", "khóa “names” phải là danh sách"),
        ("- {id: a, sort: room, names: [A], gone: năm 2025, example: x, counter: y}", "khóa “gone” phải là ngày"),
        ("- {id: a, sort: room, names: [A], nguon: x, example: x, counter: y}", "khóa lạ “nguon”"),
    ],
)
def test_wrong_entries_are_refused(tmp_path: Path, entry: str, says: str) -> None:
    (tmp_path / "units.yaml").write_text(entry + "\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"units\.yaml, dòng 1") as caught:
        ruleset.load(tmp_path)
    assert says in str(caught.value)


def test_names_are_in_canonical_spelling() -> None:
    # A mention is canonical, so that a name in another spelling would never be met.
    words = [word for rule in RULES["naming"] for word in rule["words"]]
    words += [long for rule in RULES["naming"] if rule["kind"] == "short" for long in rule["words"].values()]
    names = [name for rule in RULES["units"] for name in (*rule["names"], *rule.keys.get("short", ()))]
    assert [word for word in (*words, *names) if canonical(word) != word] == []


def test_levels_bodies_and_sorts_that_entries_name_are_there() -> None:
    sorts = {body.sort for body in BODIES.bodies.values()}
    wrong = [
        (body.id, what)
        for body in BODIES.bodies.values()
        for what in (
            *(set(body.levels) - set(LEVELS)),
            *(set(body.of) - BODIES.bodies.keys() - {"any"}),
            *(body.house - BODIES.bodies.keys()),
            *(body.inside - sorts),
        )
    ]
    assert wrong == []
    posts = {what for rule in RULES["naming"] if rule["kind"] == "post" for what in rule.keys.get("of", ())}
    assert posts - sorts == set()
