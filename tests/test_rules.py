"""Every rule holds for its example and not for its counter-example; wrong rule files are refused with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import ruleset
from pipeline.errors import RuleError
from pipeline.extract.lexicon import tokens_of
from pipeline.normalise import canonical
from pipeline.outline.roles import role_of
from pipeline.rulecheck import CHECKS, FILLS, check
from pipeline.ruleset import Rule, Ruleset

RULES = ruleset.load()


def each(name: str) -> list[object]:
    return [pytest.param(rule, id=rule.id) for rule in RULES[name]]


@pytest.mark.parametrize(
    ("name", "rule"), [pytest.param(name, rule, id=f"{name}-{rule.id}") for name in RULES for rule in RULES[name]]
)
def test_a_rule_reads_its_example_and_not_its_counter_example(name: str, rule: Rule) -> None:
    assert check(name, rule, RULES) == []


def test_every_rule_file_has_a_check_and_a_meaning() -> None:
    assert CHECKS.keys() == FILLS.keys() == ruleset.KEYS.keys()


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


def test_a_ruleset_can_be_a_cache_key() -> None:
    assert {RULES: 1}[RULES] == 1
    assert isinstance(RULES, Ruleset)
