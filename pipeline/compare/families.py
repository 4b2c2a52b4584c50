"""Which documents implement the same one: families by their citations, and versions of one document.

Two citations are of one document where their numbers are equal and neither dates nor provinces differ: `12/KH-UBND`
alone is issued by every office each year. A parent whose number is still blank, as in drafts and where it is written by
hand, is known by its issuer's level, its date and its title.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.compare.issuers import Reader, rank
from pipeline.compare.model import Family, Member, Reference
from pipeline.compare.references import implemented
from pipeline.model import Directive
from pipeline.ruleset import Ruleset
from pipeline.units.directory import LEVELS

__all__ = ["families_of", "member_of", "members_of", "names"]

_ALIKE = 90  # of 100: titles that are one, whatever stands around them


def member_of(directive: Directive, rules: Ruleset) -> Member:
    """A document with its issuer and what it implements."""
    reader = Reader(directive, rules)
    own = reader.own(directive.meta.issuer)
    return Member(directive, own, implemented(directive, own, reader))


def members_of(directives: Iterable[Directive], rules: Ruleset) -> tuple[Member, ...]:
    """The documents that were read, each once: of copies and versions the newest, which names the others."""
    groups: dict[object, list[Member]] = {}
    for directive in directives:
        if directive.status != "failed":
            groups.setdefault(_identity(directive), []).append(member_of(directive, rules))
    return tuple(_newest(group) for group in groups.values())


def _identity(directive: Directive) -> object:
    """What versions of a document have in common: number, issuer and year; without a number the file itself."""
    meta = directive.meta
    if meta.number and meta.issuer:
        return meta.number.casefold(), meta.issuer.casefold(), meta.date.year if meta.date else meta.year
    return directive.sha256


def _newest(group: Sequence[Member]) -> Member:
    first = dt.date.min
    best = max(
        group,
        key=lambda one: (one.directive.status == "ok", one.directive.meta.date or first, len(one.directive.tasks)),
    )
    return replace(best, versions=tuple(one.document for one in group if one is not best))


def families_of(members: Sequence[Member]) -> tuple[tuple[Family, ...], tuple[Member, ...]]:
    """The families among documents, and the documents of none: those whose parent nobody shares and nobody has."""
    references = _References(members)
    plans: defaultdict[int, list[Member]] = defaultdict(list)
    for member in members:
        if member.implements:
            plans[references.direct(member)].append(member)
    _move_down(plans, references)
    found = [family for key, group in plans.items() if group and (family := _family(key, group, members, references))]
    taken = {id(one) for family in found for one in (*family.plans, family.parent, *family.above) if one is not None}
    left = [member for member in members if id(member) not in taken]
    found = [replace(family, kin=_kin(family, left, references)) for family in found]
    taken |= {id(one) for family in found for one in family.kin}
    return tuple(found), tuple(member for member in left if id(member) not in taken)


def _kin(family: Family, left: Sequence[Member], references: _References) -> tuple[Member, ...]:
    """The documents of no family that implement what a plan of this one, or its parent, implements as well."""
    heads = (*family.plans, *([family.parent] if family.parent is not None else []))
    keys = {key for member in heads for key in references.of(member)}
    return tuple(member for member in left if keys.intersection(references.of(member)))


def names(reference: Reference, member: Member) -> bool:
    """Whether a citation is of that document."""
    meta = member.directive.meta
    if meta.number:
        own = Reference(meta.number, meta.date, level=member.issuer.level, province=member.issuer.province)
        return _number(reference) == _number(own) and _agree(reference, own)
    same_day = reference.date is not None and meta.date is not None and reference.date == meta.date
    level = reference.level is None or member.issuer.level is None or reference.level == member.issuer.level
    if not level or (reference.date and meta.date and not same_day) or not (reference.title and meta.title):
        return False
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(reference.title.lower(), meta.title.lower()) >= _ALIKE


class _References:
    """The documents cited, each with a key; citations that differ only in what they leave out are one.

    `known` holds them by key. A document stands above another where it is said so (“Kế hoạch 12 về triển khai Chỉ thị
    40”), or where the other is at hand and names it.
    """

    def __init__(self, members: Sequence[Member]) -> None:
        self.known: list[Reference] = []
        self._numbered: defaultdict[str, list[int]] = defaultdict(list)
        self._of = {id(member): [self._add(one) for one in member.implements] for member in members}
        self._above: defaultdict[int, set[int]] = defaultdict(set)
        self._cited: Counter[int] = Counter(key for keys in self._of.values() for key in keys)
        self._at_hand: defaultdict[int, list[Member]] = defaultdict(list)
        for member in members:
            self._learn(member)

    def _add(self, reference: Reference) -> int:
        fits = [key for key in self._numbered[_number(reference)] if _agree(self.known[key], reference)]
        exact = [key for key in fits if self.known[key].date == reference.date]
        key = next(iter(exact or fits), None)
        if key is None:
            self._numbered[_number(reference)].append(len(self.known))
            self.known.append(reference)
            return len(self.known) - 1
        self.known[key] = _filled(self.known[key], reference)
        return key

    def _learn(self, member: Member) -> None:
        keys = self._of[id(member)]
        by_number = {one.number: key for one, key in zip(member.implements, keys, strict=True)}
        for reference, key in zip(member.implements, keys, strict=True):
            if reference.below in by_number:
                self._above[by_number[reference.below]].add(key)
        number = member.directive.meta.number
        # By number, so that a document is held against the few citations of its number and not against all of them.
        near = self._numbered.get(_plain(number), ()) if number else range(len(self.known))
        for key in near:
            if names(self.known[key], member):
                self._above[key].update(keys)
                self._at_hand[key].append(member)

    def at_hand(self, key: int) -> Sequence[Member]:
        """The documents at hand that a citation is of."""
        return self._at_hand.get(key, ())

    def of(self, member: Member) -> Sequence[int]:
        """The keys of what a member implements."""
        return self._of[id(member)]

    def direct(self, member: Member) -> int:
        """The direct parent: none of the others implements it. Of several, the one at hand, else the most cited."""
        keys = self._of[id(member)]
        lowest = [key for key in keys if not any(key in self.above(other) for other in keys if other != key)] or keys
        # max() takes the first of equals, and the nearest stands first.
        return max(lowest, key=lambda key: (key in self._at_hand, self._cited[key]))

    def above(self, key: int) -> set[int]:
        """What stands above a document, all the way up."""
        found: set[int] = set()
        waiting = [key]
        while waiting:
            new = self._above[waiting.pop()] - found
            found |= new
            waiting += new
        return found

    def top(self, key: int) -> int:
        """What stands at the head of the chain: of the highest level, and implementing nothing that is known."""
        chain = [*sorted(self.above(key)), key]
        return min(chain, key=lambda one: (bool(self._above[one]), _rank(self.known[one])))


def _rank(reference: Reference) -> int:
    level = rank(reference.level)
    return len(LEVELS) if level is None else level


def _move_down(plans: defaultdict[int, list[Member]], references: _References) -> None:
    """A plan that names only the top of a chain joins the plans of its level that name a nearer parent below it.

    Where there are several nearer parents, as of two provinces, nothing tells which one it is, and it stays.
    """
    for key in list(plans):
        nearer = [other for other, group in plans.items() if group and other != key and key in references.above(other)]
        staying: list[Member] = []
        for member in plans[key]:
            fits = [other for other in nearer if _below(member, references.known[other])]
            (plans[fits[0]] if len(fits) == 1 else staying).append(member)
        plans[key] = staying


def _below(member: Member, reference: Reference) -> bool:
    """Whether a document is of a lower level than another, and in its province."""
    mine, other = rank(member.issuer.level), rank(reference.level)
    lower = mine is not None and other is not None and mine > other
    mine_in, other_in = _fold(member.issuer.province), _fold(reference.province)
    return lower and (mine_in is None or other_in is None or mine_in == other_in)


def _family(key: int, group: Sequence[Member], members: Sequence[Member], references: _References) -> Family | None:
    reference = references.known[key]
    own = {id(member) for member in group}
    parent = next((member for member in references.at_hand(key) if id(member) not in own), None)
    if parent is None and len(group) < 2:
        return None
    order = {id(member): place for place, member in enumerate(members)}
    plans = tuple(sorted(group, key=lambda member: order[id(member)]))
    top = references.known[references.top(key)]
    below = (*plans, *([parent] if parent else []))
    chain = {one for member in below for one in references.of(member)}
    above = {id(one): one for link in chain for one in references.at_hand(link)}
    others = sorted(above.keys() - own - {id(parent)}, key=order.__getitem__)
    return Family(reference, top, parent, plans, tuple(above[one] for one in others))


_ZEROS = re.compile(r"^0+(?=\d)")


def _number(reference: Reference) -> str:
    return _plain(reference.number)


def _plain(number: str | None) -> str:
    return _ZEROS.sub("", (number or "").casefold())


def _agree(one: Reference, other: Reference) -> bool:
    """Whether nothing that both say differs."""
    pairs = ((one.date, other.date), (one.level, other.level), (_fold(one.province), _fold(other.province)))
    return all(left is None or right is None or left == right for left, right in pairs)


def _fold(name: str | None) -> str | None:
    return name.casefold() if name else None


def _filled(one: Reference, other: Reference) -> Reference:
    return replace(
        one,
        date=one.date or other.date,
        issuer=one.issuer or other.issuer,
        title=one.title or other.title,
        level=one.level or other.level,
        province=one.province or other.province,
    )
