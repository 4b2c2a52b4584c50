"""One check for each rule file: does the rule read its example, and leave its counter-example alone?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from pipeline.compare.content import lists
from pipeline.compare.spheres import spheres
from pipeline.extract.actors import read_actors
from pipeline.extract.amounts import find_quantities
from pipeline.extract.lexicon import lexicon, tokens_of
from pipeline.extract.units import read_list
from pipeline.extract.values import find_urgency
from pipeline.labels import label_of
from pipeline.model import Meta, TimeMention
from pipeline.outline.roles import role_of
from pipeline.outline.titles import find_type
from pipeline.ruleset import Rule, Ruleset
from pipeline.time.clock import Clock
from pipeline.time.mentions import UNBOUND, combine, search
from pipeline.units import Context, Resolver, directory
from pipeline.units.context import context_of
from pipeline.units.reader import read as read_name

__all__ = ["CHECKS"]

Check = Callable[[Rule, Ruleset], Iterator[str]]

_WRITTEN = Clock(dt.date(2025, 1, 10))  # the date of the document that the examples of time stand in
_BOUNDS = frozenset({"bound", "day-bound", "range-bound", "period-bound", "moment", "going-on"})
_TAKES_AWAY = frozenset({"veto", "offset-veto", "window", "nothing"})


def _missed(rule: Rule, other: str | None = None) -> str:
    taken = f"; quy tắc {other} đọc trước" if other else ""
    return f"không đọc được ví dụ “{rule.example}”{taken}"


def _caught(rule: Rule) -> str:
    return f"vẫn đọc phản ví dụ “{rule.counter}”"


def _sections(rule: Rule, rules: Ruleset) -> Iterator[str]:
    role = role_of(_unnumbered(rule.example), rules)
    if role != rule["role"]:
        yield f"ví dụ “{rule.example}” được đọc là “{role}”, không phải “{rule['role']}”"
    if role_of(_unnumbered(rule.counter), rules) == rule["role"]:
        yield f"phản ví dụ “{rule.counter}” cũng được đọc là “{rule['role']}”"


def _unnumbered(title: str) -> str:
    head, _, rest = title.partition(" ")
    return rest if head.endswith(".") else title


def _labels(rule: Rule, rules: Ruleset) -> Iterator[str]:
    read = label_of(f"{rule.example}: Sở Nội vụ", rules)
    if read is None or read[:2] != (rule["field"], rule.id):
        yield _missed(rule, read[1] if read else None)
    other = label_of(f"{rule.counter}: Sở Nội vụ", rules)
    if other is not None and other[1] == rule.id:
        yield _caught(rule)


def _columns(rule: Rule, rules: Ruleset) -> Iterator[str]:
    read = _first_column(rule.example, rules)
    if read != rule.id:
        yield _missed(rule, read)
    if _first_column(rule.counter, rules) == rule.id:
        yield _caught(rule)


def _first_column(header: str, rules: Ruleset) -> str | None:
    found = (r.id for r in rules["columns"] if r.regex is not None and r.regex.search(header.lower()))
    return next(found, None)


def _actors(rule: Rule, rules: Ruleset) -> Iterator[str]:
    if rule.id not in _fired(rule.example, rules):
        yield _missed(rule)
    if rule.id in _fired(rule.counter, rules):
        yield _caught(rule)


def _fired(text: str, rules: Ruleset) -> set[str]:
    actors = read_actors(text, 0, len(text), rules)
    claims = [actors.subject, actors.aside, actors.directed, *actors.coordinating, *actors.reports]
    return {claim.rule for claim in claims if claim is not None}


def _exclusions(rule: Rule, rules: Ruleset) -> Iterator[str]:
    if rule.regex is None or not rule.regex.search(rule.example):
        yield _missed(rule)
    if rule.regex is not None and rule.regex.search(rule.counter):
        yield _caught(rule)


def _quantities(rule: Rule, rules: Ruleset) -> Iterator[str]:
    if _amounts(rule.example, rules) != [f"quantity.{rule.id}"]:
        yield _missed(rule, ", ".join(_amounts(rule.example, rules)))
    if f"quantity.{rule.id}" in _amounts(rule.counter, rules):
        yield _caught(rule)


def _amounts(text: str, rules: Ruleset) -> list[str]:
    return [read for _, _, read in find_quantities(text, 0, len(text), rules)]


def _urgency(rule: Rule, rules: Ruleset) -> Iterator[str]:
    example, counter = (find_urgency(text, 0, len(text), rules) for text in (rule.example, rule.counter))
    if [read for _, _, read in example] != [f"urgency.{rule.id}"]:
        yield _missed(rule, ", ".join(read for _, _, read in example))
    if any(read == f"urgency.{rule.id}" for _, _, read in counter):
        yield _caught(rule)


def _types(rule: Rule, rules: Ruleset) -> Iterator[str]:
    found, other = find_type(rule.example, rules), find_type(rule.counter, rules)
    if found is None or found[0].id != rule.id:
        yield _missed(rule, found[0].id if found else None)
    if other is not None and other[0].id == rule.id:
        yield _caught(rule)


def _words(rule: Rule, rules: Ruleset) -> Iterator[str]:
    # a list only collects words; the grammar that uses them decides, so that its counter-example is for the reader
    if not any(word.lower() in rule.example.lower() for word in rule["words"]):
        yield f"ví dụ “{rule.example}” không chứa từ nào của danh sách"


def _fields(rule: Rule, rules: Ruleset) -> Iterator[str]:
    words = lexicon(rules)
    sentence = f"{rule.example} rà soát"
    listed = read_list(sentence, tokens_of(sentence), 0, words)
    held = any(rule.example.lower().endswith(f" {word.lower()}") for word in rule["words"])
    if not held or listed is None or [unit.name for unit in listed.units] != [rule.example]:
        yield _missed(rule)
    if read_list(rule.counter, tokens_of(rule.counter), 0, words) is not None:
        yield _caught(rule)


def _units(rule: Rule, rules: Ruleset) -> Iterator[str]:
    read = _body(rule.example, rules)
    if read != rule.id:
        yield _missed(rule, read)
    if _body(rule.counter, rules) == rule.id:
        yield _caught(rule)


def _body(name: str, rules: Ruleset) -> str | None:
    """The rule of the body that a name stands for, where nothing is known of its document."""
    found = read_name(name, directory(rules), Context())
    return found.links[0].body.rule if found is not None and found.links else None


def _naming(rule: Rule, rules: Ruleset) -> Iterator[str]:
    bodies = directory(rules)
    resolver = Resolver(bodies, context_of("", Meta(issuer=rule.keys.get("issuer")), bodies))
    read, other = (resolver.resolve(name).canonical for name in (rule.example, rule.counter))
    if read != rule["gives"]:
        yield f"ví dụ “{rule.example}” được đọc là {read}, không phải {rule['gives']}"
    if other == rule["gives"]:
        yield f"phản ví dụ “{rule.counter}” cũng được đọc là {rule['gives']}"


def _deadlines(rule: Rule, rules: Ruleset) -> Iterator[str]:
    shown = _shown(combine(_times(rule, rule.example, rules)))
    if rule["value"] == "nothing":
        if shown.get("due", "none") != "none" or shown.get("cadence"):
            yield f"ví dụ “{rule.example}” phải không có thời gian, nhưng đọc được {shown}"
    else:
        wanted = dict(part.split("=", 1) for part in rule["value"].split())
        read = {key: shown.get(key) for key in wanted}
        if read != wanted:
            yield f"ví dụ “{rule.example}” phải là {wanted}, nhưng đọc được {read}"
    found = _times(rule, rule.counter, rules)
    if rule["reads"] in _BOUNDS:
        caught = any(mention.due and UNBOUND not in mention.flags for mention in found)
    elif rule["reads"] in _TAKES_AWAY:
        caught = not any(mention.due for mention in found)
    else:
        caught = any(mention.rule == rule.id for mention in found)
    if caught:
        yield _caught(rule)


def _cadences(rule: Rule, rules: Ruleset) -> Iterator[str]:
    codes = {code for mention in _times(rule, rule.example, rules) for code in mention.cadence}
    against = _times(rule, rule.counter, rules)
    if rule["cadence"]:
        if not set(rule["cadence"]) <= codes:
            yield _missed(rule)
    elif codes:
        yield f"ví dụ “{rule.example}” phải không có chu kỳ, nhưng đọc được {sorted(codes)}"
    if any(mention.rule == rule.id for mention in against):
        yield _caught(rule)


def _times(rule: Rule, text: str, rules: Ruleset) -> tuple[TimeMention, ...]:
    scope = rule["scope"] if rule["scope"] in ("cell", "phrase") else "prose"
    return search(text, _WRITTEN, scope, rules)


def _shown(mention: TimeMention | None) -> dict[str, str]:
    """What a mention says, in the spelling of the rules' `value`."""
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


def _content(rule: Rule, rules: Ruleset) -> Iterator[str]:
    known = lists(rules)
    if not known.holds(rule["kind"], rule.id, rule.example):
        yield _missed(rule)
    if known.holds(rule["kind"], rule.id, rule.counter):
        yield _caught(rule)


def _spheres(rule: Rule, rules: Ruleset) -> Iterator[str]:
    known, bodies = spheres(rules), directory(rules)
    for body in rule["bodies"]:
        if body not in bodies.bodies:
            yield f"không có cơ quan “{body}” trong units.yaml"
    names = (rule.example, rule.counter)
    read = [read_name(name, bodies, Context()) for name in names]
    of = [known.of(one.links[0].body.id) if one is not None and one.links else frozenset() for one in read]
    if rule.id not in of[0]:
        yield _missed(rule)
    if rule.id in of[1]:
        yield _caught(rule)


CHECKS: Mapping[str, Check] = {
    "sections": _sections,
    "labels": _labels,
    "columns": _columns,
    "actors": _actors,
    "cadences": _cadences,
    "deadlines": _deadlines,
    "exclusions": _exclusions,
    "quantities": _quantities,
    "types": _types,
    "urgency": _urgency,
    "units": _units,
    "naming": _naming,
    "words": _words,
    "fields": _fields,
    "content": _content,
    "spheres": _spheres,
}
