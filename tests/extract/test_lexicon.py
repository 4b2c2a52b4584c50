"""Words and marks with their offsets, the longest phrase at one, and the rules that a clause is worth trying."""

from __future__ import annotations

import itertools

import pytest

from pipeline import ruleset
from pipeline.extract.lexicon import Phrases, tokens_of
from pipeline.extract.scopes import openers


def test_tokens_stand_where_their_words_do_whatever_lies_between_them() -> None:
    text = "Sở Sở\u00a0\t Y tế/UBND: 12/KH __ (“a”) a"
    tokens = tokens_of(text, 3)
    assert all(text[token.start : token.end] == token.word for token in tokens)
    assert tokens[0].start == 3 and tokens[-1].end == len(text)
    assert not any(text[one.end : two.start].strip() for one, two in itertools.pairwise(tokens))


@pytest.mark.parametrize("filling", ["", "x" * 1_990 + " ", "x " * 1_500])  # lines short, just too long, and long
def test_tokens_of_any_stretch_are_those_of_its_words_alone(filling: str) -> None:
    text = f"Sở Y tế/UBND xã.\n{filling}- 12/KH __ (“a”), TP.HCM\n\nđ/c A"
    places = sorted({*range(25), *range(len(text) - 35, len(text) + 1)})
    for start, end in itertools.combinations_with_replacement(places, 2):
        alone = tokens_of(text[start:end])
        moved = [(token.start + start, token.end + start, token.word, token.low) for token in alone]
        assert [tuple(token) for token in tokens_of(text, start, end)] == moved


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("ban", 1),
        ("Ban Quản lý", 3),
        ("ban quản lý dự án", 3),
        ("ban quản lý khu kinh tế", 6),
        ("ban quản", 1),
        ("quản lý", 0),
        ("khu kinh", 0),
        ("", 0),
    ],
)
def test_the_longest_of_phrases_with_one_beginning_is_found(text: str, size: int) -> None:
    phrases = Phrases(("ban quản lý khu kinh tế", "ban", "ban quản lý", "khu kinh tế"))
    assert phrases.match(tokens_of(text), 0) == size


def test_the_rules_worth_trying_are_those_whose_needs_are_met_in_the_order_of_the_file() -> None:
    rules = ruleset.load()
    for rule in rules["actors"]:
        for sentence in (rule.example, rule.counter):
            low = sentence.lower()
            expected = [one.id for one in rules["actors"] if one.may_match(low)]
            assert [one.id for one in openers(rules).worth_trying(low)] == expected
