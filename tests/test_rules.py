"""Every rule holds for its example and not for its counter-example; wrong rule files are refused with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import ruleset
from pipeline.errors import RuleError
from pipeline.extract.actors import read_actors
from pipeline.extract.lexicon import tokens_of
from pipeline.extract.values import find_quantities
from pipeline.normalise import canonical
from pipeline.outline.roles import label_of, role_of
from pipeline.ruleset import Rule, Ruleset

RULES = ruleset.load()


def each(name: str) -> list[object]:
    return [pytest.param(rule, id=rule.id) for rule in RULES[name]]


@pytest.mark.parametrize("rule", each("sections"))
def test_section_rules(rule: Rule) -> None:
    assert role_of(_unnumbered(rule.example), RULES) == rule["role"]
    assert role_of(_unnumbered(rule.counter), RULES) != rule["role"]


@pytest.mark.parametrize("rule", each("labels"))
def test_label_rules(rule: Rule) -> None:
    read = label_of(f"{rule.example}: Sở Nội vụ", RULES)
    assert read is not None
    assert read[:2] == (rule["field"], rule.id)
    other = label_of(f"{rule.counter}: Sở Nội vụ", RULES)
    assert other is None or other[1] != rule.id


@pytest.mark.parametrize("rule", each("columns"))
def test_column_rules(rule: Rule) -> None:
    assert _column(rule.example) == rule.id
    assert _column(rule.counter) != rule.id


@pytest.mark.parametrize("rule", each("actors"))
def test_actor_rules(rule: Rule) -> None:
    assert rule.id in _fired(rule.example)
    assert rule.id not in _fired(rule.counter)


@pytest.mark.parametrize("rule", each("exclusions"))
def test_exclusion_rules(rule: Rule) -> None:
    assert rule.regex is not None
    assert rule.regex.search(rule.example)
    assert not rule.regex.search(rule.counter)


@pytest.mark.parametrize("rule", each("quantities"))
def test_quantity_rules(rule: Rule) -> None:
    assert [r for _, _, r in find_quantities(rule.example, 0, len(rule.example), RULES)] == [f"quantity.{rule.id}"]
    assert f"quantity.{rule.id}" not in [r for _, _, r in find_quantities(rule.counter, 0, len(rule.counter), RULES)]


@pytest.mark.parametrize("rule", each("words"))
def test_word_lists_hold_their_example(rule: Rule) -> None:
    assert any(word.lower() in rule.example.lower() for word in rule["words"])


@pytest.mark.parametrize("rule", each("words"))
def test_words_are_canonical(rule: Rule) -> None:
    # The text is canonical, so a word in another spelling would never be found.
    assert [word for word in rule["words"] if canonical(word) != word or not tokens_of(word)] == []


@pytest.mark.parametrize("kind", sorted({str(rule["kind"]) for rule in RULES["words"]}))
def test_a_word_stands_once_in_the_lists_of_its_kind(kind: str) -> None:
    words = [word for rule in RULES["words"] if rule["kind"] == kind for word in rule["words"]]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("name", sorted(ruleset.KEYS))
def test_patterns_are_canonical(name: str) -> None:
    assert [
        rule.id
        for rule in RULES[name]
        if rule.regex is not None and canonical(rule.regex.pattern) != rule.regex.pattern
    ] == []


@pytest.mark.parametrize("name", sorted(ruleset.KEYS))
def test_ids_are_unique(name: str) -> None:
    ids = [rule.id for rule in RULES[name]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        # an unknown key is most often a typing error
        ("- id: a\n  role: task\n  patern: x\n  example: x\n  counter: y\n", "dòng 1: khóa lạ “patern”"),
        # the second entry is the wrong one
        (
            "- {id: a, role: task, pattern: x, example: x, counter: y}\n- {id: b, role: x, pattern: x, example: x}\n",
            "dòng 2: thiếu khóa “counter”",
        ),
        # a pattern that is no regular expression
        ("- {id: a, role: task, pattern: '(', example: x, counter: y}\n", "dòng 1: mẫu không hợp lệ"),
        # an entry that is no mapping
        ("- just words\n", "dòng 1: mỗi quy tắc"),
    ],
)
def test_wrong_rule_files_are_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "sections.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"sections\.yaml") as caught:
        ruleset.load(tmp_path)
    assert says in str(caught.value)


def test_a_folder_of_rules_adds_and_replaces(tmp_path: Path) -> None:
    (tmp_path / "sections.yaml").write_text(
        "- {id: funding, role: task, pattern: '^kinh phí', example: Kinh phí, counter: x}\n"
        "- {id: own, role: task, pattern: '^việc riêng của xã', example: Việc riêng của xã, counter: x}\n",
        encoding="utf-8",
    )
    rules = ruleset.load(tmp_path)
    assert role_of("Kinh phí thực hiện", rules) == "task"
    assert role_of("Việc riêng của xã", rules) == "task"
    assert len(rules["sections"]) == len(RULES["sections"]) + 1
    assert rules["labels"] == RULES["labels"]


def _unnumbered(title: str) -> str:
    head, _, rest = title.partition(" ")
    return rest if head.endswith(".") else title


def _column(header: str) -> str | None:
    return next((r.id for r in RULES["columns"] if r.regex is not None and r.regex.search(header.lower())), None)


def _fired(text: str) -> set[str]:
    actors = read_actors(text, 0, len(text), RULES)
    claims = [actors.subject, actors.aside, actors.directed, *actors.coordinating, *actors.reports]
    return {claim.rule for claim in claims if claim is not None}


def test_a_ruleset_can_be_a_cache_key() -> None:
    assert {RULES: 1}[RULES] == 1
    assert isinstance(RULES, Ruleset)
