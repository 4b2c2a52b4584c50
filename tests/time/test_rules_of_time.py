"""The rules of time name readers, scopes and codes that exist. Their examples are run by tests/test_rules.py."""

from __future__ import annotations

import re

from pipeline.ruleset import load
from pipeline.time.grammar import CONTEXT
from pipeline.time.readings import READERS
from pipeline.time.recurrence import RECURRING
from pipeline.time.relative import RELATIVE

PARTS = {*CONTEXT, "nothing", "hour", "weekday", "day-of-month", "onward"}
CODES = {
    *("continuous", "daily", "weekly", "monthly", "quarterly", "semiannual"),
    *("annual", "term", "per_event", "periodic", "ad_hoc"),
}
DEADLINES = load()["deadlines"]
CADENCES = load()["cadences"]


def test_every_rule_names_a_reader_and_a_scope_that_exist() -> None:
    for rule in DEADLINES:
        assert rule["reads"] in READERS.keys() | RECURRING.keys() | RELATIVE.keys() | PARTS, rule.id
        assert rule["scope"] in ("any", "prose", "cell", "phrase"), rule.id
    for rule in CADENCES:
        assert set(rule["cadence"]) <= CODES, rule.id
        assert rule["scope"] in ("any", "prose", "cell", "list"), rule.id


def test_patterns_are_spelled_in_folded_letters() -> None:
    # They are matched on small letters without re.IGNORECASE: a capital could never match.
    for rule in (*DEADLINES, *CADENCES):
        bare = re.sub(r"\(\?P<|\\[A-Z]", "", rule["pattern"])
        assert bare == bare.lower(), rule.id
