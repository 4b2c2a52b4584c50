"""Compiles the rules of time once, and finds their words in folded text.

All rules that may begin at the same place become one regular expression, whose branches are tried in the order of
the file at the start of each word. So a scan is one pass, however many rules there are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.ruleset import Rule, Ruleset
from pipeline.time.branches import branches, gathered

# Which rules speak where: running prose, a time cell or label, a phrase that is read by itself.
SCOPES: Mapping[str, frozenset[str]] = {
    "prose": frozenset({"any", "prose"}),
    "cell": frozenset({"any", "cell"}),
    "phrase": frozenset({"any", "cell", "phrase"}),
}
CONTEXT = ("bound", "day-bound", "range-bound", "period-bound", "moment", "going-on", "veto", "offset-veto", "window")
ALIASES = {"bare": "day", "sunday": "weekday"}
SENTENCE_END = re.compile(r"[;!?\n]|\.(?= |$)")


@dataclass(frozen=True, slots=True)
class Atom:
    """The words ``[start, end)`` of folded text that one rule matched, with the groups that were filled."""

    start: int
    end: int
    rule: Rule
    kind: str
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cadence:
    """Words ``[start, end)`` of folded text that say how often. `codes` is empty in a trap."""

    start: int
    end: int
    rule: Rule
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rules as one expression: branch i of `regex` is ``rules[i]``. `regex` is None where there are none."""

    regex: re.Pattern[str] | None
    rules: tuple[Rule, ...]

    def which(self, match: re.Match[str]) -> Rule:
        """The rule whose branch matched."""
        return self.rules[int((match.lastgroup or "r0_0")[1:].partition("_")[0])]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of one scope: times, words left of a time or right of it, words that say how often."""

    atoms: Table
    bounds: Table
    day_bounds: Table
    range_bounds: Table
    period_bounds: Table
    moments: Table
    going_on: Table
    windows: Table
    vetoes: Table
    offset_vetoes: Table
    loose_vetoes: Table
    cadences: Table
    lists: Table


@lru_cache(maxsize=8)
def grammar(rules: Ruleset, scope: str) -> Grammar:
    """The compiled rules for ``prose``, ``cell`` or ``phrase``."""
    deadlines, cadences = rules["deadlines"], rules["cadences"]
    here = SCOPES[scope]

    def context(reads: str, scopes: Iterable[str]) -> Table:
        return _table((r for r in deadlines if r["reads"] == reads and r["scope"] in scopes), _ending)

    return Grammar(
        atoms=_table((r for r in deadlines if r["reads"] not in CONTEXT and r["scope"] in here), _opening),
        bounds=context("bound", here),
        day_bounds=context("day-bound", here),
        range_bounds=context("range-bound", here),
        period_bounds=context("period-bound", here),
        moments=context("moment", here),
        going_on=_table((r for r in deadlines if r["reads"] == "going-on"), lambda joined: joined),
        windows=context("window", here),
        vetoes=context("veto", {"any"}),
        offset_vetoes=context("offset-veto", here),
        loose_vetoes=context("veto", {"cell"}),
        cadences=_table((r for r in cadences if r["scope"] in here), _opening),
        lists=_table((r for r in cadences if r["scope"] == "list"), lambda joined: joined),
    )


def _opening(joined: str) -> str:
    """At the start of a word. The mark before it is taken too, which lets the engine leap from word to word."""
    return rf"[^\w/.](?:{joined})"


def _ending(joined: str) -> str:
    """At the end of a text with a blank in front, from the start of a word. As in `_opening` the mark is taken too."""
    return rf"\W(?:{joined}) ?\Z"


def _table(rules: Iterable[Rule], around: Callable[[str], str]) -> Table:
    """Rules as one expression. It is matched on small letters, which spares the slower matching without case.

    An empty group ends each branch and says which rule it came from; at its beginning it would hide the first letter.
    """
    chosen = tuple(rules)
    marked = [
        f"{branch}(?P<r{i}_{j}>)" for i, rule in enumerate(chosen) for j, branch in enumerate(branches(rule["pattern"]))
    ]
    return Table(re.compile(around(gathered(marked))) if chosen else None, chosen)


def atoms(text: str, rules: Grammar) -> Iterator[Atom]:
    """The times in folded text, in order and not overlapping."""
    if rules.atoms.regex is None:
        return
    for match in rules.atoms.regex.finditer(f" {text}"):
        start, end = match.start(), match.end() - 1  # the blank in front moves every place by one
        rule = rules.atoms.which(match)
        detail = rule.regex.match(text, start) if rule.regex else None
        found = detail.groupdict() if detail else {}
        groups = {ALIASES.get(name, name): value for name, value in found.items() if value}
        if end > start:
            yield Atom(start, end, rule, rule["reads"], groups)


def cadences(text: str, rules: Grammar) -> Iterator[Cadence]:
    """The words in folded text that say how often, in order; traps are among them, with no codes."""
    regex, padded = rules.cadences.regex, f" {text}"
    match = regex.search(padded) if regex else None
    while regex is not None and match is not None:
        rule = rules.cadences.which(match)
        start, end = match.start(), match.end() - 1
        yield Cadence(start, end, rule, tuple(rule["cadence"]))
        while rule["cadence"] and (more := _listed(text, end, rules.lists)) is not None:
            yield more
            end = more.end
        match = regex.search(padded, max(end, start + 1))


LIST_GLUE = re.compile(r", ?(?:và |hoặc )?| (?:và|hoặc) | ?/ ?")


def _listed(text: str, end: int, lists: Table) -> Cadence | None:
    """The next interval of a list such as ``hằng tháng, quý, năm``, None where the list ends."""
    glue = LIST_GLUE.match(text, end)
    match = lists.regex.match(text, glue.end()) if glue and lists.regex else None
    if match is None or match.end() == match.start():
        return None
    rule = lists.which(match)
    return Cadence(match.start(), match.end(), rule, tuple(rule["cadence"]))


def left_of(text: str, start: int, limit: int = 160) -> str:
    """The words left of a place, within its sentence."""
    window = text[max(0, start - limit) : start]
    last = 0
    for match in SENTENCE_END.finditer(window):
        last = match.end()
    return window[last:]


def same_sentence(text: str, start: int, end: int) -> bool:
    """Whether no sentence ends between two places."""
    return SENTENCE_END.search(text, start, end) is None
