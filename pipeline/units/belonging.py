"""What a name of a body leaves out: what it belongs to and its level, from the issuer or from what is usual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.units.directory import Body, Directory
from pipeline.units.nouns import Context, Link, Reading


class Belonging:
    """Completes bodies in a document."""

    def __init__(self, directory: Directory, context: Context) -> None:
        self.directory = directory
        self.context = context
        self.home = context.home.links if context.home is not None else ()
        self.house = frozenset().union(*({link.body.id, *link.body.house} for link in self.home))

    def of_issuer(self, fits: Callable[[Body], bool]) -> Reading | None:
        """The issuer, from the first body of its chain that fits."""
        home = self.context.home
        at = next((k for k, link in enumerate(self.home) if fits(link.body)), None)
        return Reading(self.home[at:], level=home.level) if home is not None and at is not None else None

    def alone(self, link: Link) -> Reading | None:
        """A body of which the name says no more: what it belongs to and its level are the issuer's, or the usual."""
        body = link.body
        if body.inside or body.of:
            whole = self.of_issuer(lambda home: home.sort in body.inside or home.id in body.of)
            if whole is not None:
                return replace(whole, links=(link, *whole.links))
            if body.inside:
                return None
        default = self.directory.bodies.get(body.of[0]) if body.of else None
        links = (link, Link(default, default.id)) if default is not None else (link,)
        return Reading(links, level=self._usual_level(links))

    def _usual_level(self, links: tuple[Link, ...]) -> str | None:
        """The issuer's level, where there is such a body; else the only one at which there is one on that day."""
        levels = next((link.body.levels for link in links if link.body.levels), ())
        body = next((link.body for link in links if link.body.levels), None)
        there = [level for level in levels if body is not None and not self._over(body, level)]
        if self.context.level in there:
            return self.context.level
        if len(there) == 1 or len(levels) == 1:
            return [*there, *levels][0]
        return None

    def _over(self, body: Body, level: str) -> bool:
        date = self.context.date
        day = self.directory.level_gone.get(level)
        return date is not None and (body.gone_on(level, date) or (day is not None and date >= day))

    def composed(self, link: Link, inner: Reading, *, owned: bool) -> Reading | None:
        """A part with the whole that is named: known as a part of it, or only placed by it."""
        body = link.body
        if inner.person or inner.head.startswith(("nguoi/", "kenh/")):
            return None
        if not inner.links:
            if inner.head:
                return replace(inner, head=f"{link.part}/{inner.head}") if "any" in body.of else None
            return merged(self.alone(link), inner)
        whole = inner.links[0].body
        if body.inside and whole.sort not in body.inside:
            return None
        if body.of and "any" not in body.of and whole.id not in body.of:
            return None
        if body.of or body.inside:
            return replace(inner, links=(link, *inner.links))
        if whole.sort in {"committee", "council"}:
            return replace(inner, links=(link,))
        return replace(inner, links=(link, *inner.links)) if owned else None


def at_its_level(found: Reading) -> bool:
    """Whether a body is named at a level at which there is one: no Văn phòng HĐND và UBND at the province."""
    if len(found.links) != 1 or found.level is None or not found.links[0].body.levels:
        return True
    return set(found.level.split("+")) <= set(found.links[0].body.levels)


def merged(body: Reading | None, placed: Reading) -> Reading | None:
    """A body with the level and place that its name says."""
    if body is None:
        return None
    return replace(
        body,
        level=None if placed.extra.startswith("truc-thuoc") else placed.level or body.level,
        place=placed.place,
        extra=placed.extra,
        group=body.group or placed.group,
        gone=placed.gone,
    )
