"""What a name was read as, and what is known of the document that it stands in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pipeline.units.directory import Body
from pipeline.units.places import communes, provinces
from pipeline.units.words import Phrases, Word


@dataclass(frozen=True, slots=True)
class Link:
    """A body in the chain from a part to the whole, and what it puts into the id: its id and its own name."""

    body: Body
    part: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A name taken apart. `links` lead from the part to the whole; `head` stands for what is no body of the directory.

    `level` and `place` are of the last link. `gone` is the first day without the kind of place that was named.
    """

    links: tuple[Link, ...] = ()
    head: str = ""
    level: str | None = None
    place: str = ""
    extra: str = ""
    group: bool = False
    person: str = ""
    gone: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a mention leaves to its document: whose it is, of which day, where, and the short forms that it defines.

    `level` and `home` are those of the issuer; `places` are the slugs of its own place; `city` is the level that
    “thành phố” has here.
    """

    date: dt.date | None = None
    level: str | None = None
    city: str = "tinh"
    places: frozenset[str] = frozenset()
    home: Reading | None = None
    terms: Phrases[tuple[Word, ...]] = field(default_factory=Phrases)

    def province(self) -> str | None:
        """The slug of the document's province of today, None where it is not certain."""
        now = provinces().now
        if self.level == "tinh":
            return next((now[place] for place in sorted(self.places) if place in now), None)
        found = {communes().province(place) for place in self.places} - {None} if self.level == "xa" else set()
        return found.pop() if len(found) == 1 else None
