"""Which body a name stands for: the ids of the directory, filled in from the document that names it.

    resolver = units.resolver(document, rules)
    resolver.resolve("Thường trực HĐND").canonical        # thuong-truc-hdnd/xa in a commune's plan

The directory is rules/units.yaml, the words of names are rules/naming.yaml. An id says what the mention says; a place
that is the document's own is left out, so that “UBND xã” and “UBND xã Tân Lập” are one body in Tân Lập's own plan.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from pipeline.model import Document, Meta
from pipeline.ruleset import Ruleset
from pipeline.units.context import context_of
from pipeline.units.definitions import definitions
from pipeline.units.directory import Directory, directory
from pipeline.units.nouns import Context, Reading
from pipeline.units.places import MERGED, communes, provinces
from pipeline.units.reader import read

__all__ = ["Context", "Directory", "Resolver", "Unit", "directory", "resolver", "resolver_of"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A mention with its id. `successors` are the ids of what does its work, where it is no more on the document's day.

    `review` holds ``unit-unknown`` where `canonical` is None, ``unit-dissolved`` where there are, or should be,
    successors.
    """

    name: str
    canonical: str | None
    review: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()


class Resolver:
    """Resolves the mentions of one document."""

    def __init__(self, directory: Directory, context: Context) -> None:
        self.directory = directory
        self.context = context
        self._known: dict[str, Unit] = {}

    def resolve(self, name: str) -> Unit:
        """The unit of a name in canonical spelling. Never raises."""
        if name not in self._known:
            self._known[name] = self._unit(name)
        return self._known[name]

    def _unit(self, name: str) -> Unit:
        found = read(name, self.directory, self.context)
        if found is None:
            return Unit(name, None, ("unit-unknown",))
        canonical = canonical_id(found, self.context)
        date = self.context.date
        places = self._places_since(found)
        if date is None or not (places or self._dissolved(found, date)):
            return Unit(name, canonical)
        moved = [canonical_id(replace(found, place=place), self.context) for place in places]
        successors = moved or self.directory.successors(canonical, date)
        return Unit(name, canonical, ("unit-dissolved",), tuple(new for new in successors if new != canonical))

    def _dissolved(self, found: Reading, date: dt.date) -> bool:
        """Whether the body, or the kind of place that it is of, is no more."""
        if any(link.body.gone_on(found.level, date) for link in found.links):
            return True
        days = (found.gone, self.directory.level_gone.get(found.level or ""))
        return any(day is not None and date >= day for day in days)

    def _places_since(self, found: Reading) -> tuple[str, ...]:
        """What a province or a commune was merged into, where that is certain; nothing for one that is there."""
        date, place = self.context.date, found.place
        if date is None or date < MERGED or not place or place in self.context.places:
            return ()
        if found.level == "tinh":
            now = provinces().since(place)
            return (now,) if now is not None else ()
        home = self.context.province() if found.level == "xa" else None
        return communes().since(place, home) if home is not None else ()


def canonical_id(found: Reading, context: Context) -> str:
    """The id of a reading. The level of plain nouns and the place are left out where they are the document's own."""
    parts = ["nhom"] if found.group else []
    parts += ["nguoi", found.person] if found.person else []
    parts += [link.part for link in found.links] or ([found.head] if found.head else [])
    own = found.level == context.level
    if found.level and not (found.head and own and not found.place):
        parts.append(found.level)
    if found.place and not (own and found.place in context.places):
        parts.append(found.place)
    if found.extra:
        parts.append(found.extra)
    return "/".join(parts)


def resolver(document: Document, rules: Ruleset) -> Resolver:
    """The resolver for a document with an outline."""
    return resolver_of(document.text, document.outline.meta if document.outline is not None else Meta(), rules)


def resolver_of(text: str, meta: Meta, rules: Ruleset) -> Resolver:
    """The resolver for a document of which the canonical text and what its letterhead says are at hand."""
    bodies = directory(rules)
    context = context_of(text, meta, bodies)
    return Resolver(bodies, replace(context, terms=definitions(text, bodies, context)))
