"""Provinces and communes: the 34 and 3,321 of today, and the 63 and 10,040 that they were made of on 1 July 2025.

The tables in rules/places/ come from the package vietnamadminunits (see tests/gazetteer.py). Each is read when it is
first asked. A commune is known only within its province: 369 of the 2,745 names of communes occur in several.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.ruleset import shipped
from pipeline.units.words import slug

MERGED = dt.date(2025, 7, 1)
"""The day from which the map is that of today (Nghị quyết 202/2025/QH15)."""


@dataclass(frozen=True, slots=True)
class Provinces:
    """`now` leads from the slug of every province, past and present, to that of today; `cities` are not called tỉnh."""

    now: Mapping[str, str]
    cities: frozenset[str]

    def since(self, province: str) -> str | None:
        """The province that a province of the past is part of now, None for one that is still there or unknown."""
        now = self.now.get(province)
        return now if now != province else None


@dataclass(frozen=True, slots=True)
class Communes:
    """Communes by the slug of their province of today.

    `homes` leads from a commune to its provinces, `former` from a commune of the past to those of today; `typed` holds
    the slugs of names that only accents keep apart within a province, by the name in small letters.
    """

    homes: Mapping[str, frozenset[str]]
    former: Mapping[tuple[str, str], tuple[str, ...]]
    typed: Mapping[tuple[str, str], str]

    def province(self, commune: str) -> str | None:
        """The province of a commune whose name occurs in no other."""
        homes = self.homes.get(commune, frozenset())
        return next(iter(homes)) if len(homes) == 1 else None

    def slug(self, name: str, province: str | None) -> str:
        """The slug of a commune of a province."""
        return self.typed.get((province or "", name.lower())) or slug(name)

    def since(self, commune: str, province: str) -> tuple[str, ...]:
        """The communes that a commune of the past went into, none for one that is still there or unknown."""
        if province in self.homes.get(commune, frozenset()):
            return ()
        return self.former.get((province, commune), ())


@lru_cache(maxsize=1)
def provinces() -> Provinces:
    """The table of provinces, read once."""
    now: dict[str, str] = {}
    cities: set[str] = set()
    for name, made_of in _rows("provinces.tsv"):
        now |= {_bare(part): _bare(name) for part in made_of.split("; ")}
        if name.startswith("thành phố "):
            cities.add(_bare(name))
    return Provinces(now, frozenset(cities))


@lru_cache(maxsize=1)
def communes() -> Communes:
    """The table of communes, read once."""
    homes: dict[str, set[str]] = {}
    former: dict[tuple[str, str], list[str]] = {}
    typed: dict[tuple[str, str], str] = {}
    province_slugs: dict[str, str] = {}
    for row in _rows("communes.tsv"):
        home, name, apart, made_of = (*row, "", "")[:4]
        province = province_slugs.setdefault(home, _bare(home))
        homes.setdefault(_bare(name), set()).add(province)
        if apart:
            typed[province, name.partition(" ")[2].lower()] = apart
        for part in filter(None, made_of.split("; ")):
            former.setdefault((province, _bare(part)), []).append(apart or _bare(name))
    return Communes(
        {commune: frozenset(found) for commune, found in homes.items()},
        {key: tuple(found) for key, found in former.items()},
        typed,
    )


def _rows(name: str) -> list[list[str]]:
    text = (shipped() / "places" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def _bare(name: str) -> str:
    """The slug of a name without the word for its kind: “thị trấn Sịa” is sia."""
    for kind in ("xã ", "phường ", "thị trấn ", "tỉnh ", "thành phố ", "đặc khu "):
        if name.startswith(kind):
            return slug(name[len(kind) :])
    return slug(name)
