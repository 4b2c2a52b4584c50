"""What changed of the rows since a page was made: the fragments that bring it up to date.

A page knows the last correction that it shows (`base`) and the reading that its rows are of. The rows as they were then
are made anew from these, and what differs from the rows of now is sent: whoever changed it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import ruleset
from pipeline.corrections.replay import replay
from pipeline.export.review_page import sayings
from pipeline.review.rows import Row, Sayings, rows_of
from pipeline.ruleset import Ruleset
from pipeline.serve.house import House
from pipeline.serve.pages.review_told import Lost, lost_of
from pipeline.store.corrections import Decided

__all__ = ["Changed", "Changes", "Standing", "changes", "in_words", "rules_of", "standing_of"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A document as a whole: `seen` is the last correction that is shown, `reading` names what its rows are of."""

    seen: int
    reading: str
    rows: int
    doubts: int
    confirmed: int
    rejected: int
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A row to be put in: `swap` is how, as htmx says it; `where` for one that is new: behind which element."""

    row: Row
    swap: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows that differ, and the ids of those that are no more. `whole`: the page has to be made anew."""

    rows: tuple[Changed, ...]
    gone: tuple[str, ...]
    whole: bool = False


def rules_of(house: House) -> Ruleset:
    """The rules of the office."""
    return ruleset.load() if house.database.rules is None else house.database.rules


def standing_of(found: Decided, lang: str) -> Standing:
    """The document as it stands."""
    kept = found.replayed
    tasks = kept.directive.tasks
    return Standing(
        found.seen,
        _stamp(found),
        len(tasks),
        sum(1 for task in tasks if task.review),
        sum(1 for task in tasks if task.id in kept.confirmed),
        len(kept.rejected),
        tuple(lost_of(one, lang) for one in kept.lost),
    )


def _stamp(found: Decided) -> str:
    """A word that is another one when the document was read again and something else came of it."""
    reading = found.reading
    ids = (task.id for task in reading.directive.tasks)
    said = (reading.at.isoformat(), reading.version, reading.directive.text, *ids)
    return hashlib.sha256("|".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def changes(house: House, found: Decided, base: int, reading: str, lang: str, before: Decided | None = None) -> Changes:
    """What differs from a page that shows the corrections up to `base` of that reading.

    `before` is the document as it was found before something was written: mostly just what the page shows.
    """
    if reading != _stamp(found):
        return Changes((), (), whole=True)
    said = sayings(lang)
    if before is not None and before.seen == base and _stamp(before) == reading:
        was = before.replayed
    else:
        was = replay(found.reading.directive, [one for one in found.log if one.seq <= base], rules_of(house))
    return _between(rows_of(was, said), rows_of(found.replayed, said))


def _between(was: Sequence[Row], now: Sequence[Row]) -> Changes:
    old = {row.task.id: _shown(row) for row in was}
    new = {row.task.id for row in now}
    stayed = [row.task.id for row in was if row.task.id in new]
    if stayed != [row.task.id for row in now if row.task.id in old]:
        return Changes((), (), whole=True)  # rows changed places
    rows, before = [], ""
    for row in now:
        key = row.task.id
        if key not in old:
            rows.append(Changed(row, "", f"afterend:#row-{before}" if before else "afterbegin:[data-list]"))
        elif old[key] != _shown(row):
            rows.append(Changed(row, "true"))
        before = key
    return Changes(tuple(rows), tuple(key for key in old if key not in new))


def _shown(row: Row) -> tuple[Any, ...]:
    """All that is seen of a row but its number, which the page counts itself."""
    task = row.task
    return row.values, row.doubts, row.state, row.marks, row.seen, task.section, task.page, task.kind, row.percent


def in_words(field: str, value: object, said: Sayings) -> str:
    """A value as a box shows it and as `pipeline.corrections.typed` reads it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(in_words(field, one, said) for one in value)
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    return said.cadence.get(str(value), str(value)) if field == "cadence" else str(value)
