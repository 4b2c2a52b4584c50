"""The end of a name: at which levels, in which places, and what narrows a group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.units.directory import CITY, LEVELS, Directory
from pipeline.units.nouns import Context, Reading
from pipeline.units.places import communes, provinces
from pipeline.units.words import Word, slug

MOST_OWN = 14
"""No name of its own, and no limit, is longer than this many words."""

_INSIDE = frozenset({"", "-", "–", "."})
_IN_PERSON = frozenset({"", "."})


@dataclass(frozen=True, slots=True)
class Where:
    """Reads what stands behind a body. `inner` reads the words from an index to the end as a name of their own."""

    words: tuple[Word, ...]
    directory: Directory
    context: Context
    inner: Callable[[int], Reading | None]

    def before(self, index: int) -> tuple[int, bool, bool]:
        """The first word behind numbers, plurals and addresses; whether several are meant, and whether a person is."""
        group = honoured = False
        while index < len(self.words):
            counted = self.words[index].text.isdecimal() and len(self.words[index].text) <= 3
            size = 1 if counted and index + 1 < len(self.words) else self.size("plural", index)
            if size:
                group = True
            elif size := self.size("person", index):
                group = group or self.words[index].low == "các"
                honoured = True
            else:
                break
            index += size
        return index, group, honoured

    def size(self, kind: str, index: int) -> int:
        """How many words of a list of naming.yaml stand at a word."""
        return self.directory.plain(kind).size(self.words, index)

    def levels(self, index: int) -> tuple[Reading, int] | None:
        """“xã”, “các xã, phường, đặc khu”: the levels named at a word, and the word behind them."""
        found: list[str] = []
        gone = None
        group = False
        while index < len(self.words):
            start, several, _ = self.before(index)
            match = self.directory.levels.at(self.words, start) if not self._compound(start) else []
            if not match or (found and not self.words[index].listed):
                break
            size, word = match[0]
            found.append(word.level)
            gone = word.gone
            group = group or several or len(found) > 1 or (self.words[start].low == "cấp" and self._below(word.level))
            index = start + size
        if not found:
            return None
        plain = {level for level in found if level != CITY} or {self._city(index)}
        level = "+".join(sorted(plain, key=LEVELS.index))
        return Reading(level=level, group=group, gone=gone if len(found) == 1 else None), index

    def _compound(self, index: int) -> bool:
        """Whether the word is half of another: the “xã” of “xã hội”, the “thôn” of “nông thôn”."""
        before = index > 0 and self.size("compound", index - 1) > 1
        return before or bool(self.size("compound", index))

    def _below(self, level: str) -> bool:
        """Whether it is below the issuer's, so that “Công an cấp xã” are many."""
        own = self.context.level
        return own in LEVELS and level in LEVELS and LEVELS.index(level) > LEVELS.index(own)

    def _city(self, index: int) -> str:
        place = self.slug(index, self.run(index))
        if place in provinces().cities:
            return "tinh"
        # Every city that is a province is known, so that another, in a real province, was a district.
        named = place and place not in self.context.places
        return "huyen" if named and self.context.province() is not None else self.context.city

    def placed(self, reading: Reading, index: int) -> Reading | None:
        """The places behind a level, and what narrows them: to the end of the name, or None."""
        places: list[str] = []
        while index < len(self.words):
            again = self.directory.levels.size(self.words, index) if places else 0
            start = index + again
            start += start < len(self.words) and self.words[start].low == "số"
            behind = self.run(start) if not self.named(start) else start
            if behind == start or (places and not self.words[index].listed):
                break
            places.append(self._place(reading.level, start, behind))
            index = behind
        reading = replace(reading, place="+".join(places), group=reading.group or len(places) > 1)
        if index == len(self.words):
            return reading
        if reading.level is None and not places:
            return None
        if self.size("limit", index):
            return replace(reading, extra=self.limit(index))
        owner = self.size("owner", index)
        outer = self.inner(index + owner)
        if outer is None or outer.person or outer.head or (outer.links and not owner):
            return None
        known = not outer.place or outer.place in self.context.places
        return reading if known else replace(reading, place="/".join(filter(None, (reading.place, outer.place))))

    def named(self, index: int) -> bool:
        """Whether a body begins here, and no name of a place ("Trường Lĩnh")."""
        alone = self.size("self", index)
        return self.directory.heads.size(self.words, index) > 1 or (alone > 0 and index + alone == len(self.words))

    def _place(self, level: str | None, start: int, end: int) -> str:
        """The slug of a place; "khu vực 2 - Nghệ An" is the second area, whosever document it is."""
        province = self.context.province() if level == "xa" else None
        if province is not None:
            return communes().slug(" ".join(word.text for word in self.words[start:end]), province)
        place = self.slug(start, end)
        for own in sorted(self.context.places):
            place = place.removesuffix(f"-{own}")
        return place

    def run(self, index: int, *, person: bool = False) -> int:
        """The word behind the capital words and numbers that begin at `index`, as of a place or a person."""
        behind = index
        inside = _IN_PERSON if person else _INSIDE
        while behind < len(self.words) and self.words[behind].capital:
            joint = self.words[behind].joint
            if behind > index and (joint not in inside or (joint and self.named(behind))):
                break
            behind += 1
        return behind

    def limit(self, index: int) -> str:
        """What narrows a group, without words that add nothing: “có liên quan”, “trực thuộc Sở”."""
        words = list(self.words[index:])
        if words[0].low == "trực" and self.inner(index + 2) is not None:
            words = words[:2]
        if words[0].low == "có" and len(words) > 2 and words[1].low == "liên":
            words = words[1:]
        return slug(" ".join(word.text for word in words[:MOST_OWN]))

    def slug(self, start: int, end: int) -> str:
        """The slug of a stretch of words."""
        return slug(" ".join(word.text for word in self.words[start:end]))
