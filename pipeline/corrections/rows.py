"""The rows of one document while its corrections are put in, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.corrections.model import Mark
from pipeline.matching import fold
from pipeline.model import Directive, Task

__all__ = ["Key", "Rows"]

Key = tuple[int | str, ...]
"""Where a row stands among the others: its first character, 0 or 1 for one that a person added, and its place there."""


class Rows:
    """Rows by id. `known` leads from ids that a correction named to those that the rows have now."""

    def __init__(self, directive: Directive) -> None:
        self.tasks = {task.id: task for task in directive.tasks}
        self.keys: dict[str, Key] = dict(zip(self.tasks, _keys(self.tasks.values()), strict=True))
        self.known: dict[str, str] = {}
        self.marks: dict[str, list[Mark]] = {}
        self.confirmed: set[str] = set()
        self.rejected: set[str] = set()
        self.heirs: dict[str, str] = {}  # of a row that is no more the one that stands for it
        self._said: dict[tuple[str, str], str] = {}
        for task in reversed(directive.tasks):
            self._said["", fold(task.text)] = task.id
            self._said[task.section, fold(task.text)] = task.id

    def find(self, key: str) -> str | None:
        """The id of today of a row that a correction names; None where there is no such row."""
        now = key if key in self.tasks else self.known.get(key)
        return now if now in self.tasks else None

    def says(self, text: str, section: str) -> str | None:
        """The row that was extracted with just these words, best in that section."""
        words = fold(text)
        found = self._said.get((section, words)) or self._said.get(("", words))
        return found if words and found in self.tasks else None

    def mark(self, key: str, marks: Iterable[Mark]) -> None:
        """Notes who changed what of a row."""
        self.marks.setdefault(key, []).extend(marks)

    def put(self, task: Task, key: Key) -> None:
        """Puts in a new row."""
        self.tasks[task.id] = task
        self.keys[task.id] = key

    def take(self, key: str, heir: str) -> list[Mark]:
        """Takes a row out that others stand for now, and hands over its marks."""
        del self.tasks[key], self.keys[key]
        self.confirmed.discard(key)
        self.rejected.discard(key)
        self.heirs[key] = heir
        return self.marks.pop(key, [])

    def decided(self, key: str) -> set[str]:
        """What a person has set of a row."""
        return {mark.what for mark in self.marks.get(key, ())}

    # ── what comes out ──

    def kept(self) -> tuple[Task, ...]:
        """The rows that count, in the order of the document, numbered and with their kin among them."""
        order = sorted(self.tasks.keys() - self.rejected, key=self.keys.__getitem__)
        kept = [self._finished(key) for key in order]
        ids = {task.id for task in kept}
        return tuple(self._placed(task, number, ids) for number, task in enumerate(kept, 1))

    def out(self) -> tuple[Task, ...]:
        """The rejected rows, in the order of the document."""
        return tuple(self.tasks[key] for key in sorted(self.rejected, key=self.keys.__getitem__))

    def _finished(self, key: str) -> Task:
        task = self.tasks[key]
        return replace(task, review=(), confidence=1.0) if key in self.confirmed else task

    def _placed(self, task: Task, order: int, ids: set[str]) -> Task:
        kin = dict.fromkeys(self._heir(one) for one in task.related)
        related = tuple(one for one in kin if one in ids and one != task.id)
        alone = "duplicate" in task.review and not related
        review = tuple(code for code in task.review if code != "duplicate") if alone else task.review
        return replace(task, order=order, parent=self._above(task, ids), related=related, review=review)

    def _heir(self, key: str) -> str:
        while key in self.heirs and key not in self.tasks:
            key = self.heirs[key]
        return key

    def _above(self, task: Task, ids: set[str]) -> str | None:
        """The nearest row above that counts: where one was rejected, the one above it."""
        seen = {task.id}
        key = task.parent and self._heir(task.parent)
        while key and key not in ids and key not in seen:
            seen.add(key)
            above = self.tasks[key].parent if key in self.tasks else None
            key = above and self._heir(above)
        return key if key in ids and key != task.id else None


def _keys(tasks: Iterable[Task]) -> Iterator[Key]:
    """The order of the document as it was read: a row never stands before the one in front of it."""
    at = 0
    for place, task in enumerate(tasks):
        spans = task.evidence.get("text", ())
        at = max(at, spans[0].start if spans else at)
        yield at, 0, place
