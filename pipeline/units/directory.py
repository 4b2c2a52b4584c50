"""The directory of bodies that the rules hold, and what became of a body that is no more.

An id is the body, what it belongs to, the level and the place, as far as they are known: ``van-phong/cap-uy/huyen``,
``ubnd/xa/tan-lap``. ``nhom/…`` stands for several bodies, ``nguoi/…`` for a person or a post, ``kenh/…`` for a channel.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipeline.ruleset import Rule, Ruleset
from pipeline.units.words import Phrases, Word, slug, words_of

LEVELS = ("tw", "tinh", "huyen", "khu-vuc", "xa", "co-so", "thon")
"""From the top down; the place in this row is the rank of a level."""

CITY = "thanh-pho"
"""The level of the word “thành phố”, which a document decides: a province or a district."""

Dated = Mapping[str | None, dt.date]


@dataclass(frozen=True, slots=True)
class Body:
    """An entry of the directory; the keys are those that rules/units.yaml explains. None as a level stands for all."""

    id: str
    rule: str
    sort: str
    levels: tuple[str, ...] = ()
    open: bool = False
    of: tuple[str, ...] = ()
    house: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    gone: Dated = field(default_factory=dict)
    into: Mapping[str | None, tuple[str, ...]] = field(default_factory=dict)

    def gone_on(self, level: str | None, date: dt.date) -> bool:
        """Whether it is no more at that level on that day."""
        day = self.gone.get(level, self.gone.get(None))
        return day is not None and date >= day


@dataclass(frozen=True, slots=True)
class LevelWord:
    """What a word for a level stands for, and the first day without such places."""

    level: str
    gone: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post, and the sorts of bodies that have it."""

    id: str
    of: frozenset[str]


class Directory:
    """All bodies and all words that their names are made of, from units.yaml and naming.yaml."""

    def __init__(self, rules: Ruleset) -> None:
        self.bodies: dict[str, Body] = {}
        self.heads: Phrases[Body] = Phrases()
        self.short_heads: Phrases[Body] = Phrases()
        self.shorts: Phrases[tuple[Word, ...]] = Phrases()
        self.levels: Phrases[LevelWord] = Phrases()
        self.posts: Phrases[Post] = Phrases()
        self.lists: defaultdict[str, Phrases[str]] = defaultdict(Phrases)
        self.level_gone: dict[str, dt.date] = {}
        for rule in rules["naming"]:
            self._learn(rule)
        for rule in rules["units"]:
            self._add(rule)

    def plain(self, kind: str) -> Phrases[str]:
        """The words of naming.yaml of a kind, each with its slug."""
        return self.lists[kind]

    def expand(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The words with short forms written out: “UBND xã” is “Ủy ban nhân dân xã”."""
        done: list[Word] = []
        index = 0
        while index < len(words):
            found = self.shorts.at(words, index)
            if not found:
                done.append(words[index])
                index += 1
                continue
            size, long = found[0]
            done.append(Word(long[0].text, long[0].low, words[index].joint))
            done.extend(long[1:])
            index += size
        return tuple(done)

    def successors(self, canonical: str, on: dt.date) -> tuple[str, ...]:
        """The ids of what does the work of a body on a day; the id itself where the body is still there.

        Empty where the directory does not say. A place in the id is kept where the level stays the same.
        """
        group, parts = _without_group(canonical.split("/"))
        chain, level, place = self._taken_apart(parts)
        dead = next((body for body in chain if body.gone_on(level, on)), None)
        lost = level is not None and level in self.level_gone and on >= self.level_gone[level]
        if dead is None and not lost:
            return (canonical,)
        body = dead or (chain[-1] if chain else None)
        if body is None:
            return ()
        at = parts.index(body.id)
        before = "/".join(parts[:at])
        found = body.into.get(level, body.into.get(None))
        if found is None and (at + 1 == len(parts) or parts[at + 1] == level):
            found = self._next_level(body, level)
        return tuple(f"{group}{_joined(before, self._placed(new, level, place))}" for new in found or ())

    def _placed(self, new: str, level: str | None, place: str) -> str:
        """A successor with the level, where its entry leaves it open, and the place of the body that went."""
        at = _level_of(new) or (None if level in self.level_gone else level)
        named = new if _level_of(new) or at is None else f"{new}/{at}"
        return _joined(named, place) if at == level else named

    def _next_level(self, body: Body, level: str | None) -> tuple[str, ...]:
        """Where the level went and the entry says no more: the same body a level down, else a level up."""
        if level is None or level not in self.level_gone:
            return ()
        return next(((f"{body.id}/{other}",) for other in ("xa", "tinh") if other in body.levels), ())

    def _taken_apart(self, parts: list[str]) -> tuple[list[Body], str | None, str]:
        chain = [self.bodies[part] for part in parts if part in self.bodies]
        at = next((k for k, part in enumerate(parts) if part in LEVELS), None)
        if at is None:
            return chain, None, ""
        return chain, parts[at], "/".join(parts[at + 1 :])

    # ── the rules ──

    def _learn(self, rule: Rule) -> None:
        kind = rule["kind"]
        if kind == "short":
            for short, long in rule["words"].items():
                self.shorts.add(short, words_of(long))
            return
        for word in rule["words"]:
            if kind == "level":
                self.levels.add(word, LevelWord(rule["level"], rule.keys.get("gone")))
            elif kind == "post":
                self.posts.add(word, Post(slug(word), frozenset(rule.keys.get("of", ()))))
            else:
                self.plain(kind).add(word, slug(word))
        # A level goes with its first word; “thị trấn” is a word for a level that stays.
        if kind == "level" and "gone" in rule.keys and f"cấp {rule['words'][0]}" in rule["words"]:
            self.level_gone[rule["level"]] = rule["gone"]

    def _add(self, rule: Rule) -> None:
        for body, names in _bodies(rule):
            self.bodies.setdefault(body.id, body)
            for heads, phrases in ((self.heads, names), (self.short_heads, rule.keys.get("short", ()))):
                for name in phrases:
                    heads.put(tuple(word.low for word in self.expand(words_of(name))), body)


def _bodies(rule: Rule) -> Iterator[tuple[Body, list[str]]]:
    entries = [(slug(name), [name]) for name in rule["names"]] if rule.keys.get("each") else [(rule.id, rule["names"])]
    for name, names in entries:
        body = Body(
            id=name,
            rule=rule.id,
            sort=rule["sort"],
            levels=tuple(rule.keys.get("levels", ())),
            open=bool(rule.keys.get("open")),
            of=tuple(rule.keys.get("of", ())),
            house=frozenset(rule.keys.get("house", ())),
            inside=frozenset(rule.keys.get("inside", ())),
            gone=_by_level(rule.keys.get("gone")),
            into={level: tuple(ids) for level, ids in _by_level(rule.keys.get("into")).items()},
        )
        yield body, names


def _by_level(value: Any) -> Mapping[str | None, Any]:
    """A value for all levels, or one for each."""
    if value is None:
        return {}
    return value if isinstance(value, dict) else {None: value}


def _without_group(parts: list[str]) -> tuple[str, list[str]]:
    """The parts without the words that say whether several, or a person, are meant; and these words."""
    size = 0
    if parts[:1] == ["nhom"]:
        size = 1
    if parts[size : size + 1] == ["nguoi"]:
        size += 2
    return "".join(f"{part}/" for part in parts[:size]), parts[size:]


def _level_of(canonical: str) -> str | None:
    return next((part for part in canonical.split("/") if part in LEVELS), None)


def _joined(*parts: str) -> str:
    return "/".join(part for part in parts if part)


@lru_cache(maxsize=4)
def directory(rules: Ruleset) -> Directory:
    """The directory of a rule set, made once."""
    return Directory(rules)
