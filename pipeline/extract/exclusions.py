"""Why a block that reads like work is none: the rules of exclusions.yaml, asked of every block."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.ruleset import Rule, Ruleset
from pipeline.time.branches import alternatives


class Exclusions:
    """The exclusions by what they speak of. Most look at how a block begins: they are first tried all at once."""

    def __init__(self, rules: Ruleset) -> None:
        self._scopes = {
            scope: _Scope(rule for rule in rules["exclusions"] if rule["scope"] == scope)
            for scope in ("block", "paragraph", "lead-in")
        }

    def reason(self, text: str, scope: str) -> str | None:
        """The reason of the first rule of a scope that fits a block, None where none does."""
        return self._scopes[scope].reason(text)


class _Scope:
    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = list(rules)
        opening = [rule.pattern for rule in self.rules if rule.pattern is not None and _opens(rule.pattern)]
        self.opening = re.compile("|".join(f"(?:{pattern})" for pattern in opening), re.IGNORECASE)
        self.elsewhere = [rule for rule in self.rules if rule.pattern is not None and not _opens(rule.pattern)]

    def reason(self, text: str) -> str | None:
        low = text.lower()
        begins = self.opening.match(text) is not None
        fitting = (
            rule
            for rule in (self.rules if begins else self.elsewhere)
            if rule.may_match(low) and rule.regex is not None and rule.regex.search(text)
        )
        first = next(fitting, None)
        return str(first["reason"]) if first is not None else None


def _opens(pattern: str) -> bool:
    """Whether a pattern can match at the beginning of a text alone."""
    return all(branch.startswith("^") for branch in alternatives(pattern))


@lru_cache(maxsize=4)
def exclusions(rules: Ruleset) -> Exclusions:
    """The exclusions of a rule set, made once."""
    return Exclusions(rules)
