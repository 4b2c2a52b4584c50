"""Every rule of time says what its example says, and is silent on its counter-example."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from pipeline.model import TimeMention
from pipeline.ruleset import Rule, Ruleset, load
from pipeline.time.clock import Clock
from pipeline.time.mentions import combine, search
from pipeline.time.readings import READERS
from pipeline.time.recurrence import RECURRING
from pipeline.time.relative import RELATIVE

CLOCK = Clock(dt.date(2025, 1, 10))
PARTS = {"bound", "range-bound", "period-bound", "veto", "nothing", "hour", "weekday", "day-of-month", "onward"}
CODES = {
    *("continuous", "daily", "weekly", "monthly", "quarterly", "semiannual"),
    *("annual", "term", "per_event", "periodic", "ad_hoc"),
}
DEADLINES = load()["deadlines"]
CADENCES = load()["cadences"]


def _found(rule: Rule, text: str, rules: Ruleset) -> tuple[TimeMention, ...]:
    scope = rule["scope"] if rule["scope"] in ("cell", "phrase") else "prose"
    return search(text, CLOCK, scope, rules)


def _shown(mention: TimeMention | None) -> dict[str, str]:
    if mention is None:
        return {}
    return {
        "due": str(mention.due).lower(),
        "begin": str(mention.begin).lower(),
        "precision": str(mention.precision),
        "cadence": ",".join(mention.cadence),
        "rrule": str(mention.rrule),
        "flags": ",".join(mention.flags),
    }


@pytest.mark.parametrize("rule", DEADLINES, ids=lambda rule: rule.id)
def test_deadline_example_says_its_value(rule: Rule, rules: Ruleset) -> None:
    shown = _shown(combine(_found(rule, rule.example, rules)))
    if rule["value"] == "nothing":
        assert shown.get("due", "none") == "none" and not shown.get("cadence")
    else:
        expected = dict(part.split("=", 1) for part in rule["value"].split())
        assert {key: shown.get(key) for key in expected} == expected


@pytest.mark.parametrize("rule", DEADLINES, ids=lambda rule: rule.id)
def test_deadline_counter_example_is_not_that_rule(rule: Rule, rules: Ruleset) -> None:
    found = _found(rule, rule.counter, rules)
    if rule["reads"] in ("bound", "range-bound", "period-bound"):
        assert not any(mention.due for mention in found)
    elif rule["reads"] in ("veto", "nothing"):
        assert any(mention.due for mention in found)
    else:
        assert all(mention.rule != rule.id for mention in found)


@pytest.mark.parametrize("rule", CADENCES, ids=lambda rule: rule.id)
def test_cadence_example_and_counter(rule: Rule, rules: Ruleset) -> None:
    codes = {code for mention in _found(rule, rule.example, rules) for code in mention.cadence}
    against = _found(rule, rule.counter, rules)
    if rule["cadence"]:
        assert set(rule["cadence"]) <= codes
        assert all(mention.rule != rule.id for mention in against)
    else:
        assert not codes
        assert not any(rule.id == mention.rule for mention in against)


def test_every_rule_names_a_reader_and_a_scope_that_exist() -> None:
    for rule in DEADLINES:
        assert rule["reads"] in READERS.keys() | RECURRING.keys() | RELATIVE.keys() | PARTS, rule.id
        assert rule["scope"] in ("any", "cell", "phrase"), rule.id
    for rule in CADENCES:
        assert set(rule["cadence"]) <= CODES, rule.id
        assert rule["scope"] in ("any", "prose", "cell", "list"), rule.id


def test_patterns_are_spelled_in_folded_letters() -> None:
    # They are matched on small letters without re.IGNORECASE: a capital could never match.
    for rule in (*DEADLINES, *CADENCES):
        bare = re.sub(r"\(\?P<|\\[A-Z]", "", rule["pattern"])
        assert bare == bare.lower(), rule.id
