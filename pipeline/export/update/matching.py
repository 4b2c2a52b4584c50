"""Which document of this conversion is which of the tracker, and which of its tasks stands in which line.

By id first. An id changes with the number of the document, the path of the section and the words; then the words say
which line it is: the same ones, the same but for figures (a deadline put off), or most of them (a sentence mended).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.export.update.memory import Memory
from pipeline.model import Directive, Task

__all__ = ["Line", "documents", "lines_of"]

LIKE = 0.6  # shared words of all words from which two sentences count as one that was mended
OVERLAP = 0.5  # share of its tasks that a document of the same name must have in common with the one it was
COMMON = 20  # a word in more lines than these tells nothing; it also bounds the work
_NOT_WORD = re.compile(r"[\W_]+")
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tracker: its number, the id and the words that stand in it now, and its key in the memory."""

    number: int
    id: str
    text: str
    key: str | None = None


def fold(text: str) -> str:
    """Words without case, marks and blanks, as ids are made of them."""
    return _NOT_WORD.sub("", text.lower())


# ── documents ──────────────────────────────────────────────────────────────────────────────


def documents(directives: Sequence[Directive], memory: Memory, texts: Mapping[str, str]) -> list[str | None]:
    """The key of each directive in the memory, None for a document that is new; no key is given twice.

    `texts` are the words of the lines by key of their record.
    """
    ids: dict[str, set[str]] = defaultdict(set)
    said: dict[str, set[str]] = defaultdict(set)
    for key, record in memory.records.items():
        ids[record.document].add(record.task.id)
        if key in texts:
            said[record.document].add(fold(texts[key]))
    found: list[str | None] = [None] * len(directives)
    for same in _sames(ids, said):
        free = {key: one for key, one in memory.documents.items() if key not in found}
        index = defaultdict(list)
        for key, one in free.items():
            for mark in same.marks(key, one):
                index[mark].append(key)
        for place, directive in enumerate(directives):
            if found[place] is None:
                keys = {key for mark in same.marks("", directive) for key in index.get(mark, ())} - set(found)
                fit = sorted((key for key in keys if same.fits(key, directive)), key=_rank)
                found[place] = fit[0] if fit else None
    return found


def _rank(key: str) -> tuple[int, str]:
    return len(key), key


@dataclass(frozen=True, slots=True)
class _Same:
    """A way to tell that two documents are one: a mark that both have, and a condition."""

    marks: Callable[[str, Directive], Iterable[object]]
    fits: Callable[[str, Directive], bool]


def _sames(ids: Mapping[str, set[str]], said: Mapping[str, set[str]]) -> list[_Same]:
    def overlap(key: str, directive: Directive) -> bool:
        old, new = said.get(key, set()), {fold(task.text) for task in directive.tasks}
        return not old or not new or len(old & new) >= OVERLAP * min(len(old), len(new))

    def always(key: str, directive: Directive) -> bool:
        return True

    def named(key: str, one: Directive) -> Iterable[object]:
        meta = one.meta
        return [(meta.number, meta.type, meta.issuer)] if meta.number else []

    def mended(key: str, one: Directive) -> Iterable[object]:
        meta = one.meta
        return [(meta.type, meta.issuer, meta.date)] if meta.date and (meta.type or meta.issuer) else []

    def by_ids(key: str, one: Directive) -> Iterable[object]:
        return ids.get(key, ()) if key else [task.id for task in one.tasks]

    return [
        _Same(lambda key, one: [one.sha256] if one.sha256 else [], always),
        _Same(by_ids, always),
        _Same(named, always),
        _Same(mended, overlap),
        _Same(lambda key, one: [one.document], overlap),
    ]


# ── tasks ──────────────────────────────────────────────────────────────────────────────────


def lines_of(tasks: Sequence[Task], lines: Sequence[Line]) -> list[Line | None]:
    """The line of each task of a document among `lines`, None where it has none; no line is given twice.

    Linear but for words that few lines share.
    """
    found: list[Line | None] = [None] * len(tasks)
    taken: set[int] = set()

    def give(place: int, line: Line) -> None:
        found[place] = line
        taken.add(line.number)

    for mark in (_by_id, _by_words, _by_words_without_figures):
        waiting: dict[str, list[Line]] = defaultdict(list)
        for line in reversed(lines):
            if line.number not in taken:
                waiting[mark(line.id, line.text)].append(line)
        for place, task in enumerate(tasks):
            same = waiting.get(mark(task.id, task.text)) if found[place] is None else None
            if same and mark(task.id, task.text):
                give(place, same.pop())
    _by_likeness(tasks, lines, found, taken, give)
    return found


def _by_id(name: str, text: str) -> str:
    return name


def _by_words(name: str, text: str) -> str:
    return fold(text)


def _by_words_without_figures(name: str, text: str) -> str:
    return _FIGURES.sub("", fold(text))


def _by_likeness(
    tasks: Sequence[Task],
    lines: Sequence[Line],
    found: Sequence[Line | None],
    taken: set[int],
    give: Callable[[int, Line], None],
) -> None:
    """Gives each task that is left the line that shares most words with it, the best pairs first."""
    left = [line for line in lines if line.number not in taken and line.text]
    words = {line.number: frozenset(line.text.lower().split()) for line in left}
    index: dict[str, list[Line]] = defaultdict(list)
    for line in left:
        for word in words[line.number]:
            index[word].append(line)
    pairs = []
    for place, task in enumerate(tasks):
        if found[place] is not None:
            continue
        own = frozenset(task.text.lower().split())
        near = {line.number: line for word in own if len(index[word]) <= COMMON for line in index[word]}
        for line in near.values():
            likeness = len(own & words[line.number]) / len(own | words[line.number])
            if likeness >= LIKE:
                pairs.append((-likeness, place, line.number, line))
    given = set()
    for _, place, number, line in sorted(pairs, key=lambda pair: pair[:3]):
        if place not in given and number not in taken:
            given.add(place)
            give(place, line)
