"""What a conversion finds out about a tracker: what the log, the sheet of extensions and the new lines are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pipeline.model import Directive, Task

__all__ = ["Entry", "Extension", "Merged"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log: `what` is a key of `Wording.log`."""

    what: str
    document: str = ""
    id: str = ""
    column: str = ""
    old: object = None
    new: object = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A deadline that became a later one, for the `number`th time."""

    id: str
    text: str
    old: dt.date
    new: dt.date
    number: int
    document_date: dt.date | None


@dataclass(slots=True)
class Merged:
    """What came of it: records without a line of their own yet, by key, and all there is to tell."""

    new: dict[str, tuple[Task, Directive]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    touched: set[tuple[int, int]] = field(default_factory=set)  # line, column

    def count(self, what: str) -> int:
        """How many tasks that happened to."""
        return len({(entry.document, entry.id) for entry in self.entries if entry.what == what})
