"""Who changed what of a row, in words: what a person typed, and not what follows from it.

A day that is typed brings how exact it is, how often the work comes back and its rule of recurrence along: that is told
as the deadline, which has a box, for nobody typed the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.corrections.fields import plain
from pipeline.corrections.model import FIELDS, Mark
from pipeline.model import Task
from pipeline.review.wording import FIELD_NAMES, PANE_WORDS

__all__ = ["Change", "Said", "fields_typed", "in_words", "last_changes", "said_of", "words_of"]

_PART_OF = {"due_text": "due", "due_precision": "due", "rrule": "cadence"}  # field without a box → the one that has it
_CODES = ("due_precision", "rrule")  # what no person reads
_FOLLOWS = ("cadence", "rrule")  # what a day brings along
_DAY, _MOMENT = "%d/%m/%Y", "%d/%m/%Y %H:%M"

Change = tuple[object, object]
"""What a field said before and after a correction, in plain JSON."""


@dataclass(frozen=True, slots=True)
class Said:
    """A mark in words: `what` was changed, what stood there `before` (empty: nothing, or it was no edit), who, when.

    `same`: what was typed is what stood there. `first` says who had decided it of another row and when, empty where
    nobody had.
    """

    what: str
    before: str
    by: str
    at: str
    same: bool = False
    first: str = ""


def words_of(field: str, value: object, lang: str, cadence: Mapping[str, str]) -> str:
    """A value in words, whether it is the model's own or in plain JSON, as marks hold it; `cadence`: code → words."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.strftime(_DAY)
    if isinstance(value, (list, tuple)):
        return "; ".join(words_of(field, one, lang, cadence) for one in value)
    words = str(value)
    if field == "cadence":
        return cadence.get(words, words)
    if field == "kind":
        return PANE_WORDS[lang].get(f"kind-{words}", words)
    if field in ("due", "start"):
        return _day(words)
    return words


def _day(words: str) -> str:
    try:
        return dt.date.fromisoformat(words).strftime(_DAY)
    except ValueError:  # what somebody typed before it was a day
        return words


# ── what was typed ─────────────────────────────────────────────────────────────────────────


def fields_typed(changes: Mapping[str, Change]) -> dict[str, str]:
    """The fields with a box that one edit changed, each with the field that shows it best; by their order there.

    Where it changed nothing: those that it set.
    """
    moved = [name for name in FIELDS if name in changes and _moves(name, changes[name])]
    set_again = [name for name in FIELDS if name in changes and not ("due" in changes and name in _FOLLOWS)]
    found: dict[str, str] = {}
    for name in moved or set_again:
        found.setdefault(_PART_OF.get(name, name), name)
    return found


def _moves(field: str, change: Change) -> bool:
    before, after = (_bare(field, value) for value in change)
    return before != after


def _bare(field: str, value: object) -> object:
    """The value without what makes no difference to a person."""
    if isinstance(value, (list, tuple)):
        # “once” is no cadence that anybody types: each row with a day has it
        return [one for one in value if not (field == "cadence" and one == "once")] or None
    return value or None


# ── marks ──────────────────────────────────────────────────────────────────────────────────


def last_changes(task: Task, marks: Sequence[Mark]) -> dict[str, Mark]:
    """For each field the last mark that changed it."""
    return {mark.what: mark for mark, change in _changes(task, marks) if change is None or _moves(mark.what, change)}


def said_of(task: Task, marks: Sequence[Mark], lang: str, cadence: Mapping[str, str]) -> Iterator[Said]:
    """The marks of a row in words, one for each thing that a person did, in their order."""
    for _, some in groupby(_changes(task, marks), key=lambda pair: pair[0].seq):
        pairs = list(some)
        own = {mark.what: (mark, change) for mark, change in pairs if change is not None}
        typed = fields_typed({name: change for name, (_, change) in own.items()})
        for field, shown in typed.items():
            mark, change = own[shown]
            before = "" if shown in _CODES else words_of(shown, mark.before, lang, cadence)
            yield _said(mark, field, before, not _moves(shown, change), lang)
        yield from (_said(mark, mark.what, "", False, lang) for mark, change in pairs if change is None)


def in_words(mark: Mark, lang: str, cadence: Mapping[str, str]) -> Said:
    """The mark of one value."""
    return _said(mark, mark.what, words_of(mark.what, mark.before, lang, cadence), False, lang)


def _changes(task: Task, marks: Iterable[Mark]) -> list[tuple[Mark, Change | None]]:
    """Each mark with what its field said before and after it; None for one that is of the whole row."""
    after: dict[str, object] = {}
    found: list[tuple[Mark, Change | None]] = []
    for mark in reversed(list(marks)):
        if mark.what not in FIELDS:
            found.append((mark, None))
            continue
        found.append((mark, (mark.before, after.get(mark.what, plain(task, mark.what)))))
        after[mark.what] = mark.before
    return found[::-1]


def _said(mark: Mark, field: str, before: str, same: bool, lang: str) -> Said:
    words, names = PANE_WORDS[lang], FIELD_NAMES[lang]
    what = names.get(field) or words.get(f"mark-{field}", field)
    first = mark.first
    origin = "" if first is None else words["first"].format(by=first.by, at=_moment(first.at))
    return Said(what, "" if same else before, mark.by, _moment(mark.at), same, origin)


def _moment(at: dt.datetime) -> str:
    return at.astimezone().strftime(_MOMENT)
