"""Which document of this conversion is which of the tracker, and which of its tasks stands in which line.

Which task is which, `pipeline.matching` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.export.update.memory import Memory
from pipeline.matching import Said, fold, matched
from pipeline.model import Directive, Task

__all__ = ["Line", "documents", "lines_of"]

OVERLAP = 0.5  # share of its tasks that a document of the same name must have in common with the one it was


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tracker: its number, the id, section and words that stand in it now, and its key in the memory.

    `gone`: an earlier conversion marked it as one that its document no longer says.
    """

    number: int
    id: str
    text: str
    section: str = ""
    key: str | None = None
    gone: bool = False


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
    """The line of each task of a document among `lines`, None where it has none; no line is given twice."""
    before = [Said(line.id, line.section, line.text, line.gone) for line in lines]
    found = matched(before, [Said(task.id, task.section, task.text) for task in tasks])
    return [lines[found[place]] if place in found else None for place in range(len(tasks))]
