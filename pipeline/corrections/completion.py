"""Names of bodies that complete what a person has begun to type, with and without accents, long and short forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from pipeline.model import Directive
from pipeline.ruleset import Ruleset
from pipeline.units import directory
from pipeline.units.directory import CITY
from pipeline.units.words import slug, words_of

__all__ = ["spelt", "suggest_units"]

_LEVELS = frozenset({"tinh", "xa"})  # whose bodies are named with the word: “Công an xã”, but “Bộ Công an”
MOST = 12  # names that a list under a box shows without scrolling


def suggest_units(prefix: str, directive: Directive, rules: Ruleset) -> list[str]:
    """The names that `prefix` may become, at most `MOST`: those of the document first, the most frequent in front.

    What stands before the last semicolon is finished and is not looked at.
    """
    last = prefix.rpartition(";")[2]
    long = " ".join(word.low for word in directory(rules).expand(words_of(last.upper())))  # “ubnd x” too
    begun = tuple(dict.fromkeys(form for form in (slug(last), slug(long)) if form))
    found: dict[str, str] = {}  # of two spellings of one name the first
    for inside in (False, True):
        for name, forms in _names(directive, rules):
            if any(_inside(form, begun) if inside else form.startswith(begun) for form in forms):
                found.setdefault(slug(name), name)
    return list(found.values())[:MOST]


def _inside(form: str, begun: tuple[str, ...]) -> bool:
    """Whether a word of a name, and not its first, begins so."""
    return any(f"-{one}" in form for one in begun)


def spelt(typed: str, directive: Directive, rules: Ruleset) -> str | None:
    """The name of the document or the directory that was typed without capitals, or without accents as well."""
    wanted, low, bare = slug(typed), typed.lower(), typed.isascii()
    names = (name for name, forms in _names(directive, rules) if forms[0] == wanted and (bare or name.lower() == low))
    return next(names, None) if wanted else None


def _names(directive: Directive, rules: Ruleset) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every name with the forms that it is found by, its own first."""
    told = Counter(
        name for task in directive.tasks for role in (task.lead, task.coordinating, task.report_to) for name in role
    )
    for name, _ in told.most_common():
        yield name, _forms(name, rules)
    yield from _known(rules)


@lru_cache(maxsize=4)
def _known(rules: Ruleset) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of the directory, made once: first as its file has them, then with each level that they exist at."""
    words = _level_words(rules)
    plain = [name for rule in rules["units"] for name in rule["names"]]
    at_levels = [
        f"{name} {word}"
        for rule in rules["units"]
        for name in rule["names"]
        for level in rule.keys.get("levels", ())
        for word in words.get(level, ())
    ]
    return tuple((name, _forms(name, rules)) for name in dict.fromkeys([*plain, *at_levels]))


def _level_words(rules: Ruleset) -> dict[str, list[str]]:
    """The short words of each level that there still is: tỉnh, thành phố; xã, phường, đặc khu."""
    words: dict[str, list[str]] = {}
    for rule in rules["naming"]:
        if rule["kind"] == "level" and "gone" not in rule.keys:
            level = "tinh" if rule["level"] == CITY else rule["level"]
            short = [word for word in rule["words"] if word.count(" ") < 2 and not word.startswith("cấp ")]
            words.setdefault(level, []).extend(short)
    return {level: found for level, found in words.items() if level in _LEVELS}


@lru_cache(maxsize=10_000)
def _forms(name: str, rules: Ruleset) -> tuple[str, ...]:
    words = words_of(name)
    long = directory(rules).expand(words)
    initials = "".join(word.text[0] for word in long)
    forms = (slug(name), slug(" ".join(word.text for word in long)), slug(initials))
    return tuple(dict.fromkeys(form for form in forms if form))
