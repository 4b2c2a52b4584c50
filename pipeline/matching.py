"""Which task of before a task of now is, where its id changed: with the number of its document, its section, its words.

Trackers and databases ask here, so that both keep an officer's status with the same task. First the id; then the same
words, those of the same section first; then the same but for figures (a deadline put off, “02 cuộc” that became “03
cuộc”: `changed_figures` says so); last those that are most alike (a sentence that was mended).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Said", "changed_figures", "fold", "matched"]

ALIKE = 0.65  # share of words and pairs of words in common: a word mended in a task of six leaves 0.67
COMMON = 30  # a mark that stands in more tasks than this tells none of them apart; it also bounds the work
_WORD = re.compile(r"\w+")
_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_FIGURE = re.compile(r"\d+(?:[./,]\d+)*")  # 02, 1.500, 15/11/2026
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")

Mark = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a task is known by. `gone`: its document had stopped saying it already."""

    id: str
    section: str
    text: str
    gone: bool = False


def fold(text: str) -> str:
    """Words without case, marks and blanks, as ids are made of them."""
    return _NOT_WORD.sub("", text.lower())


def matched(before: Sequence[Said], now: Sequence[Said]) -> dict[int, int]:
    """The place in `now` → the place in `before` of the tasks of one document; none is given twice.

    Linear but for marks that few tasks share.
    """
    found: dict[int, int] = {}
    for key, revives in _KEYS:
        taken = set(found.values())
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for place in reversed(range(len(before))):
            if place not in taken and (revives or not before[place].gone):
                waiting[key(before[place])].append(place)
        for place, one in enumerate(now):
            mark = key(one)
            if place not in found and mark and waiting.get(mark):
                found[place] = waiting[mark].pop()
    return found | _most_alike(before, now, found)


def _in_section(key: Callable[[str], str]) -> Callable[[Said], Hashable]:
    return lambda one: (one.section, words) if (words := key(one.text)) else None


def _without_figures(text: str) -> str:
    return _DIGITS.sub("", fold(text))


# What two tasks have in common that are one, in the order asked; and whether it brings back one that had gone. What had
# gone and only resembles a new task is not revived.
_KEYS: tuple[tuple[Callable[[Said], Hashable], bool], ...] = (
    (lambda one: one.id, True),
    (_in_section(fold), True),
    (lambda one: fold(one.text), True),
    (_in_section(_without_figures), False),
    (lambda one: _without_figures(one.text), False),
)


def _most_alike(before: Sequence[Said], now: Sequence[Said], found: Mapping[int, int]) -> dict[int, int]:
    """The pairs that share most, best first; looked up by their marks, so that the time grows with the tasks only."""
    taken = set(found.values())
    marks = {place: _marks(one.text) for place, one in enumerate(before) if place not in taken and not one.gone}
    index: dict[Mark, list[int]] = defaultdict(list)
    for place, own in marks.items():
        for mark in own:
            index[mark].append(place)
    pairs = []
    for place, one in enumerate(now):
        if place in found:
            continue
        own = _marks(one.text)
        for old, likeness in _likeness(own, marks, index).items():
            if likeness >= ALIKE:
                pairs.append((-likeness, before[old].id, one.id, old, place))
    more: dict[int, int] = {}
    for *_, old, place in sorted(pairs):
        if place not in more and old not in taken:
            more[place] = old
            taken.add(old)
    return more


def _marks(text: str) -> frozenset[Mark]:
    words = _WORD.findall(text.lower())
    return frozenset([*((word,) for word in words), *pairwise(words)])


def _likeness(
    own: frozenset[Mark], marks: Mapping[int, frozenset[Mark]], index: Mapping[Mark, Sequence[int]]
) -> dict[int, float]:
    near = Counter(place for mark in own if len(index.get(mark, ())) <= COMMON for place in index.get(mark, ()))
    nearest = (place for place, _ in near.most_common(COMMON))
    return {place: 2 * len(own & marks[place]) / (len(own) + len(marks[place])) for place in nearest}


def changed_figures(old: str, new: str) -> tuple[str, str] | None:
    """The figures that differ between the words of a task before and now (“02”, “03”); None where none does.

    Of sentences with as many figures those that differ in their place, of sentences that are the same but for figures
    all of them. Where words with figures came, went or changed places, that is told anyway.
    """
    were, are = ([_ZEROS.sub("", one) for one in _FIGURE.findall(text)] for text in (old, new))
    same = _without_figures(old) == _without_figures(new)
    if were == are or (not same and Counter(were) == Counter(are)):
        return None
    shown = _FIGURE.findall(old), _FIGURE.findall(new)
    if len(were) == len(are):
        differ = [place for place, pair in enumerate(zip(were, are, strict=True)) if pair[0] != pair[1]]
        return ", ".join(shown[0][place] for place in differ), ", ".join(shown[1][place] for place in differ)
    if same:
        return ", ".join(shown[0]), ", ".join(shown[1])
    return None
