"""Where the words of a corrected value stand: in the row, else anywhere in the document, else the row itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.model import Directive, Evidence, Task

__all__ = ["RULE", "Words", "of_row"]

RULE = "correction"
_BREAKS = re.compile(r"[\n\t\u00a0]")  # one character for one: offsets stay


def of_row(task: Task) -> tuple[Evidence, ...]:
    """The words of the row itself, as evidence of a decision about it."""
    return tuple(replace(entry, rule=RULE) for entry in task.evidence.get("text", ()))


class Words:
    """Finds words in the text of one document. A word is looked for in the whole text once."""

    def __init__(self, directive: Directive) -> None:
        self.text = _BREAKS.sub(" ", directive.text)
        self._pages = sorted(
            (entry.start, entry.page) for task in directive.tasks for entry in task.evidence.get("text", ())
        )
        self._found: dict[str, int] = {}

    def of(self, task: Task, values: Iterable[str], known: Sequence[Evidence] = ()) -> tuple[Evidence, ...]:
        """The evidence of values of a row, one entry for each that stands in the text.

        `known` is the evidence that the field had. Where none of the values is in the text: the words of the row.
        """
        near = [*task.evidence.get("text", ()), *known]
        found = [entry for value in values if value and (entry := self._near(value, near)) is not None]
        return tuple(dict.fromkeys(found)) or of_row(task)

    def entry(self, start: int, end: int, page: int | None = None) -> Evidence:
        """Words chosen by their place. The page is that of the row before them where it is not told."""
        return Evidence(start, end, page or self.page(start), None, RULE)

    def page(self, start: int) -> int:
        """The page of the last row that begins before a place, 1 before the first."""
        from bisect import bisect_right

        place = bisect_right(self._pages, (start, 1 << 30))
        return self._pages[place - 1][1] if place else 1

    def anywhere(self, words: str, guess: int = 0) -> int:
        """Where words stand: at `guess`, else first behind it, else first in the document; -1 where they do not."""
        words = _BREAKS.sub(" ", words)
        if not words or (guess >= 0 and self.text.startswith(words, guess)):
            return guess if words else -1
        if words not in self._found:
            self._found[words] = self.text.find(words)
        first = self._found[words]
        behind = self.text.find(words, guess) if first >= 0 and guess > first else -1
        return behind if behind >= 0 else first

    def _near(self, value: str, near: Sequence[Evidence]) -> Evidence | None:
        for entry in near:
            at = self.text.find(value, entry.start, entry.end)
            if at >= 0:
                whole = (at, at + len(value)) == (entry.start, entry.end)
                return Evidence(at, at + len(value), entry.page, entry.box if whole else None, RULE)
        at = self.anywhere(value)
        return self.entry(at, at + len(value)) if at >= 0 else None
