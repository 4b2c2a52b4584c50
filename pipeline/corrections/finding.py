"""Which row of the reading of today a correction is about, where the id of the row changed since.

Rows are found as trackers find theirs, by `pipeline.matching`. A log may hold corrections of several readings of a
document, so that one row of today may have had several ids, one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.corrections.model import Correction
from pipeline.matching import Said, changed_figures, fold, matched
from pipeline.model import Task

__all__ = ["known_again", "stood_in"]

_MOST_READINGS = 8  # ids that one row had one after the other and that are looked for; more are told as lost
_ROMAN = re.compile(r"\b[IVX]+\b")


@dataclass(slots=True)
class _Named:
    """A row that the log names: what it said, and the first and last correction of it."""

    said: Said
    first: int
    last: int


def stood_in(correction: Correction) -> str:
    """The section that the first row of a correction stood in when it was made."""
    before = correction.values.get("before")
    named = before.get("section") if isinstance(before, dict) else None
    section = named if named is not None else correction.values.get("section")
    return section if isinstance(section, str) else ""


def known_again(log: Iterable[Correction], tasks: Sequence[Task], made: Collection[str]) -> dict[str, str]:
    """The id of today for each id of the log that no row of `tasks` has. `made` are ids that corrections gave.

    What was first said of a row counts: later corrections may show it with their own words. The order of corrections of
    different rows changes nothing.
    """
    named = _named(log)
    today = {task.id: task for task in tasks}
    absent = sorted((key for key in named if key not in today and key not in made), key=_place)
    if not absent:
        return {}
    holders = {key: [named[key]] for key in today if key in named}
    fresh = [task for task in tasks if task.id not in named]
    found = _pairs([named[key].said for key in absent], fresh)
    for key, task in found.items():
        holders[task] = [named[key]]
    rest = [key for key in absent if key not in found]
    for _ in range(_MOST_READINGS):
        more = _earlier(rest, named, [today[key] for key in today if key in holders], holders)
        if not more:
            break
        found |= more
        rest = [key for key in rest if key not in found]
    return found


def _named(log: Iterable[Correction]) -> dict[str, _Named]:
    named: dict[str, _Named] = {}
    for one in log:
        section = stood_in(one)
        for key, text in zip(one.tasks, one.texts, strict=False):
            if key in named:
                named[key].last = one.seq
            else:
                named[key] = _Named(Said(key, section, text), one.seq, one.seq)
    return named


def _place(key: str) -> tuple[str, int, str]:
    """Rows that say the same are told apart by a number behind their id (see `extract.identity`)."""
    base, _, number = key.partition("-")
    return base, int(number) if number.isdecimal() and len(number) < 10 else 0, key


def _pairs(before: Sequence[Said], tasks: Sequence[Task]) -> dict[str, str]:
    now = [Said(task.id, task.section, task.text) for task in tasks]
    return {before[old].id: now[new].id for new, old in matched(before, now).items()}


def _earlier(
    rest: Sequence[str], named: dict[str, _Named], tasks: Sequence[Task], holders: dict[str, list[_Named]]
) -> dict[str, str]:
    """Ids that a row had before the one that it was found by.

    Two rows of one reading must never become one, for a rejected one would take the other with it: so the corrections
    of both must lie one behind the other, and their words may differ in no figure.
    """
    found = {}
    texts = {task.id: task.text for task in tasks}
    for key, task in _pairs([named[key].said for key in rest], tasks).items():
        own = named[key]
        apart = all(own.last < other.first or other.last < own.first for other in holders[task])
        twin = any(_place(key)[0] == _place(other.said.id)[0] for other in holders[task])
        if apart and not twin and _same_work(own.said.text, texts[task]):
            found[key] = task
            holders[task].append(own)
    return found


def _same_work(old: str, new: str) -> bool:
    return fold(old) == fold(new) or (changed_figures(old, new) is None and _ROMAN.findall(old) == _ROMAN.findall(new))
