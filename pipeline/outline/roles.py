"""What a heading is for, and which lines are labels: the rules of `sections.yaml` and `labels.yaml`."""

from __future__ import annotations

import re

from pipeline.ruleset import Ruleset

_LABEL = re.compile(r"([^\W\d_][^:.;!?]{1,58}?)\s*:\s*")


def role_of(title: str, rules: Ruleset) -> str | None:
    """The role that a heading's own words give, or None where they give none."""
    plain = title.strip(" .:;*-–").lower()
    for rule in rules["sections"]:
        if rule.regex is not None and rule.regex.search(plain):
            return str(rule["role"])
    return None


def label_of(text: str, rules: Ruleset) -> tuple[str, str, int] | None:
    """The field, the rule and the offset of the value of a labelled line, or None for any other line."""
    match = _LABEL.match(text)
    if match is None:
        return None
    name = match.group(1).lower()
    for rule in rules["labels"]:
        if rule.regex is not None and rule.regex.fullmatch(name):
            return str(rule["field"]), rule.id, match.end()
    return None
