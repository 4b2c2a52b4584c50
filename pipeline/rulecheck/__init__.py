"""Runs the example and the counter-example of every rule through the code that reads with it.

The suite and ``dondoc rules test`` both use it. `checks` holds one check for each rule file; `report` prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.english import told
from pipeline.rulecheck.checks import CHECKS
from pipeline.ruleset import Rule, Ruleset

__all__ = ["CHECKS", "FILLS", "Failure", "check", "check_all", "fills"]

# The key of each file's entries that says what a rule fills or means.
FILLS: Mapping[str, str | None] = {
    "sections": "role",
    "labels": "field",
    "columns": "field",
    "actors": "role",
    "cadences": "cadence",
    "deadlines": "reads",
    "exclusions": "reason",
    "quantities": None,
    "types": "name",
    "urgency": None,
    "units": "sort",
    "naming": "kind",
    "words": "kind",
    "fields": None,
    "content": "kind",
    "spheres": None,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that does not do what it says. `message` is Vietnamese."""

    file: str
    rule: str
    message: str

    def __str__(self) -> str:
        return self.told("vi")

    def told(self, lang: str) -> str:
        """The file, the rule and what is wrong, in that language."""
        return f"{self.file}.yaml, {self.rule}: {told(self.message, lang)}"


def check(name: str, rule: Rule, rules: Ruleset) -> list[Failure]:
    """What is wrong with one rule of the file `name`; nothing where example and counter-example hold."""
    return [Failure(name, rule.id, message) for message in CHECKS[name](rule, rules)]


def check_all(rules: Ruleset) -> list[Failure]:
    """What is wrong with any rule, in the order of the files."""
    return [failure for name in rules for rule in rules[name] for failure in check(name, rule, rules)]


def fills(name: str, rule: Rule) -> str:
    """What a rule fills, as its file says it: a field, a role, codes; empty where it only keeps something away."""
    key = FILLS[name]
    value = name if key is None else rule.keys.get(key)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
