"""Who issued a document: the body, its level, and the commune and province that it is of.

A commune is its name and its province: 369 names of communes occur in several provinces (see `pipeline.units.places`),
and a commune's letterhead names no province, so that one is looked for in what the document cites and says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from pipeline.compare.model import Issuer
from pipeline.letters import UPPER
from pipeline.model import Directive
from pipeline.ruleset import Ruleset
from pipeline.units import Directory, directory
from pipeline.units.context import context_of, level_of_number
from pipeline.units.directory import LEVELS
from pipeline.units.nouns import Context, Reading
from pipeline.units.reader import read

__all__ = ["Reader", "rank"]

_NAME = rf"([{UPPER}][^\W\d_]*(?:[ '’-]+[{UPPER}][^\W\d_]*){{0,4}})"
_COMMUNE = re.compile(rf"(?<!\w)(?i:xã|phường|đặc khu|thị trấn)\s+{_NAME}")
_PROVINCE = re.compile(rf"(?<!\w)(?i:tỉnh|thành phố|Tp\.?|(?:Tỉnh|Thành) ủy)\s+{_NAME}")
# What follows the word for a kind of place and is no name: "Tỉnh Đoàn", "thành phố Tháng 7", "Công an tỉnh Công an xã",
# the motto beside a heading in capitals. Hội An and Trung Thành are places.
_NO_PLACE = re.compile(
    r"(?:ủy|đoàn|đảng|tháng|ngày|quý|số|điều)(?!\w)|cộng hòa|công an|độc lập|việt nam|trung ương"
    r"|hội (?:đồng|liên|nông|cựu)"
)
_SPEAKS_FOR = frozenset(("ban-thuong-vu", "thuong-truc", "ban-chap-hanh"))
_FRONT = 8_000  # characters in which a document says whose it is; annexes name other provinces



def rank(level: str | None) -> int | None:
    """The place of a level from the top: 0 is the centre, None where it is not known."""
    return LEVELS.index(level) if level in LEVELS else None


class Reader:
    """Reads the issuers that one document names: its own, and those of what it cites."""

    def __init__(self, directive: Directive, rules: Ruleset) -> None:
        self._directory: Directory = directory(rules)
        self._context: Context = context_of(directive.text, directive.meta, self._directory)
        self._text = directive.text

    def own(self, name: str | None) -> Issuer:
        """The document's own issuer."""
        home = self._context.home
        level = self._context.level
        commune = _first(_COMMUNE, name) if level == "xa" else None
        province = (_first(_PROVINCE, name) if level == "tinh" else None) or self._province()
        return Issuer(name, _body(home), level, commune, province)

    def level_of(self, name: str | None, number: str | None) -> str | None:
        """The level of the issuer of a cited document, from its number or its name."""
        level = level_of_number(number)
        if level is not None:
            return level
        found = read(name, self._directory, self._context) if name else None
        if found is None or not found.links:
            return None
        return found.level or _only_level(found.links[-1].body.levels) or self._context.level

    def is_own(self, name: str, own: Issuer) -> bool:
        """Whether a name is of the document's issuer, however it is written: UBND xã, Ủy ban nhân dân xã An Lạc."""
        found = read(name, self._directory, self._context)
        if found is None or _body(found) is None:
            return name == own.name
        places = ((_first(_COMMUNE, name), own.commune), (_first(_PROVINCE, name), own.province))
        same = all(said is None or said == known for said, known in places)
        return same and (_body(found), self.level_of(name, None)) == (own.body, own.level)

    def province_of(self, name: str | None) -> str | None:
        """The province that the name of an issuer holds."""
        return _first(_PROVINCE, name)

    def _province(self) -> str | None:
        """The province that the front of the document names most often, of equals the first."""
        names = Counter(name for match in _PROVINCE.finditer(self._text, 0, _FRONT) if (name := _name(match)))
        return max(names, key=names.__getitem__) if names else None


def _body(home: Reading | None) -> str | None:
    """The body that speaks; what stands for a whole body (its Ban Thường vụ, its Thường trực) is that body."""
    if home is None or not home.links:
        return None
    first, whole = home.links[0].body.id, home.links[-1].body.id
    return whole if first in _SPEAKS_FOR else first


@lru_cache(maxsize=256)
def _only_level(levels: tuple[str, ...]) -> str | None:
    return levels[0] if len(levels) == 1 else None


def _first(pattern: re.Pattern[str], name: str | None) -> str | None:
    return next((found for match in pattern.finditer(name or "") if (found := _name(match))), None)


def _name(match: re.Match[str]) -> str | None:
    """A place as it is written in running text: a letterhead in capitals may go on with the motto beside it."""
    name = " ".join(match.group(1).split())
    no_place = next((at for at in _word_starts(name) if _NO_PLACE.match(name.lower(), at)), len(name))
    name = name[:no_place].strip()
    return (name.title() if name.isupper() else name) or None


def _word_starts(name: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(r"\S+", name))
