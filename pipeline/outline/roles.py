"""What a heading is for: the rules of `sections.yaml`."""

from __future__ import annotations

from pipeline.ruleset import Ruleset


def role_of(title: str, rules: Ruleset) -> str | None:
    """The role that a heading's own words give, or None where they give none."""
    plain = title.strip(" .:;*-–").lower()
    for rule in rules["sections"]:
        if rule.regex is not None and rule.regex.search(plain):
            return str(rule["role"])
    return None
