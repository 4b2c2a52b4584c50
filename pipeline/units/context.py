"""What a document says of itself that its mentions of bodies leave out: issuer, level, place, day, short forms."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pipeline.model import Meta
from pipeline.units.directory import CITY, Directory
from pipeline.units.nouns import Context, Reading
from pipeline.units.places import MERGED, provinces
from pipeline.units.reader import read
from pipeline.units.words import slug, words_of

# What the tail of a number says of the level: 85-KH/HU, 12-CTr/TU, 217-QĐ/TW, 23/CT-TTg, 76/NQ-CP.
_TAILS = {"TW": "tw", "TTG": "tw", "CP": "tw", "TU": "tinh", "HU": "huyen", "QU": "huyen", "THU": "huyen"}
_TAIL = re.compile(r"[/-]\w*?(TW|TTG|CP|TU|HU|QU|THU)$", re.IGNORECASE)
# The level of most of the bodies that a text names, for a document whose issuer does not say.
_NAMED = re.compile(r"(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Đảng ủy|Công an) (?=\w)")
_FEWEST = 2
# Bodies at a level that tells a document of a tỉnh from one of a city; the word of the level first, to be found fast.
_BODIES = ("UBND", "Ủy ban nhân dân", "HĐND", "Hội đồng nhân dân")
_BODIES_OF = {
    level: re.compile(f" {level}(?:{'|'.join(f'(?<={body} {level})' for body in _BODIES)})")
    for level in ("tỉnh", "thành phố", "TP")
}


def context_of(text: str, meta: Meta, directory: Directory) -> Context:
    """The context of a document with its canonical text and what its letterhead says."""
    date = meta.date or (dt.date(meta.year, 1, 1) if meta.year else None)
    context = Context(date=date, level=level_of_number(meta.number))
    context = replace(context, city=_city(text, meta, context))
    home = _home(meta.issuer or "", directory, context)
    level = context.level or (home.level if home is not None else None) or _level_of_text(text, directory)
    places = {slug(meta.place or ""), *(home.place.split("+") if home is not None else ())} - {""}
    context = replace(context, level=level, places=frozenset(places))
    if home is not None:
        home = replace(home, level=home.level or level, place="", extra="")
    return replace(context, home=home)


def _home(issuer: str, directory: Directory, context: Context) -> Reading | None:
    """The issuer as a body; of two that issue together, the first."""
    for name in (issuer, *issuer.split(" - ")[:1]):
        found = read(name, directory, context)
        if found is not None and found.links:
            return replace(found, person="", group=False)
    return None


def level_of_number(number: str | None) -> str | None:
    """The level of who gave a document its number, None where the number does not say."""
    tail = _TAIL.search(number or "")
    return _TAILS[tail.group(1).upper()] if tail else None


def _level_of_text(text: str, directory: Directory) -> str | None:
    counts = Counter(_levels_in(text, directory))
    if not counts:
        return None
    level, count = min(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return level if count >= _FEWEST else None


def _levels_in(text: str, directory: Directory) -> Iterator[str]:
    for match in _NAMED.finditer(text):
        found = directory.levels.at(words_of(text[match.end() : match.end() + 20]), 0)
        if found and found[0][1].level != CITY:
            yield found[0][1].level


def _names_body(text: str, level: str) -> bool:
    return _BODIES_OF[level].search(text) is not None


def _city(text: str, meta: Meta, context: Context) -> str:
    """The level of “thành phố”: a district where the document is older than the map of today and of a tỉnh.

    Under the map of today it still is one, that of the past, where the document is of a tỉnh and of no city.
    """
    issuer = (meta.issuer or "").lower()
    if slug(meta.place or "") in provinces().cities:
        return "tinh"
    if meta.date is None or meta.date >= MERGED:
        of_province = "Tỉnh ủy" in text or _names_body(text, "tỉnh")
        of_city = "Thành ủy" in text or _names_body(text, "thành phố") or _names_body(text, "TP")
        return "huyen" if of_province and not of_city and "thành phố" not in issuer else "tinh"
    if "tỉnh" in issuer:
        return "huyen"
    if "thành phố" in issuer:
        return context.level or "huyen"
    return "tinh" if context.level == "huyen" or "quận" in issuer else "huyen"
