"""What each row beside a document shows: its values, the words that each was read from, doubts, who changed what.

The words for codes are handed in (`Sayings`): they are those of the workbook, so that an officer reads the same
sentence in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.corrections.model import Mark, Replayed
from pipeline.model import Directive, Evidence, Task
from pipeline.review.marks import Said, in_words, last_changes, said_of, words_of
from pipeline.review.wording import FIELD_NAMES, PANE_WORDS

__all__ = ["FIELDS", "Doubt", "Passage", "Row", "Sayings", "Value", "passages_of", "rows_of"]

# What a row shows, in this order; the names are those of the model.
FIELDS = ("text", "lead", "coordinating", "due", "due_text", "cadence", "deliverable", "report_to", "quantity")
# The field whose words a value stands on that has none of its own: a day is read from the words that say when.
_FROM = {"due": "due_text", "due_text": "due", "cadence": "due_text"}


@dataclass(frozen=True, slots=True)
class Sayings:
    """Words for codes in one language: cadences, reasons to look at a row, what to do about them, why no task."""

    lang: str
    cadence: Mapping[str, str]
    review: Mapping[str, str]
    advice: Mapping[str, str]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a row. `spans` are ``start-end@page`` apart by blanks, as the scripts read them; `mark` the last."""

    field: str
    name: str
    words: str
    spans: str
    mark: Said | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a person should look at a row, and what to do."""

    code: str
    words: str
    advice: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is shown. `state` is read, corrected, confirmed or rejected; `seen` the last `seq` that it shows."""

    number: int
    task: Task
    values: tuple[Value, ...]
    doubts: tuple[Doubt, ...]
    state: str
    marks: tuple[Said, ...] = ()
    seen: int = 0

    @property
    def percent(self) -> int:
        """How sure the program is, in whole percent."""
        return int(self.task.confidence * 100)

    @property
    def codes(self) -> str:
        """The codes of its doubts, apart by blanks."""
        return " ".join(doubt.code for doubt in self.doubts)

    def words(self, field: str) -> str:
        """What it shows of a field, empty where that has no value."""
        return next((value.words for value in self.values if value.field == field), "")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that look like a task and became none; `spans` as in `Value`, empty where they were not found again."""

    words: str
    section: str
    why: str
    spans: str


def rows_of(decided: Replayed | Directive, sayings: Sayings) -> list[Row]:
    """The rows of a document in their order; rejected ones stand where they stood."""
    replayed = decided if isinstance(decided, Replayed) else Replayed(decided)
    rejected = {task.id for task in replayed.rejected}
    found = []
    for number, task in enumerate(_in_order(replayed), start=1):
        marks = replayed.marks.get(task.id, ())
        state = "corrected" if marks else "read"
        if task.id in rejected:
            state = "rejected"
        elif task.id in replayed.confirmed:
            state = "confirmed"
        found.append(
            Row(
                number,
                task,
                tuple(_values(task, marks, sayings)),
                tuple(_doubts(task, sayings)) if state != "rejected" else (),
                state,
                tuple(said_of(task, marks, sayings.lang, sayings.cadence)),
                max((mark.seq for mark in marks), default=0),
            )
        )
    return found


def _in_order(replayed: Replayed) -> Iterator[Task]:
    """The rows that count in their order, each rejected one before the first whose words begin behind its own.

    The order that a row has does not tell: those that count are numbered anew.
    """
    waiting = replayed.rejected
    at = 0
    for task in replayed.directive.tasks:
        while at < len(waiting) and _begin(waiting[at]) <= _begin(task):
            yield waiting[at]
            at += 1
        yield task
    yield from waiting[at:]


def _begin(task: Task) -> int:
    found = task.evidence.get("text", ())
    return found[0].start if found else 0


def _doubts(task: Task, sayings: Sayings) -> Iterator[Doubt]:
    look = PANE_WORDS[sayings.lang]["look"]
    for code in task.review:
        yield Doubt(code, sayings.review.get(code, code), sayings.advice.get(code, look))


# ── values ─────────────────────────────────────────────────────────────────────────────────


def _values(task: Task, marks: Sequence[Mark], sayings: Sayings) -> Iterator[Value]:
    last = last_changes(task, marks)
    for field in FIELDS:
        words = words_of(field, getattr(task, field), sayings.lang, sayings.cadence)
        mark = last.get(field)
        if words or mark is not None:
            said = None if mark is None else in_words(mark, sayings.lang, sayings.cadence)
            yield Value(field, FIELD_NAMES[sayings.lang][field], words, _spans(task, field) if words else "", said)


def _spans(task: Task, field: str) -> str:
    found = task.evidence.get(field) or task.evidence.get(_FROM.get(field, ""), ())
    return " ".join(dict.fromkeys(_span(one) for one in found if one.end > one.start))


def _span(one: Evidence) -> str:
    return f"{one.start}-{one.end}@{one.page}"


# ── what became no row ─────────────────────────────────────────────────────────────────────


def passages_of(directive: Directive, sayings: Sayings) -> list[Passage]:
    """The passages that look like a task and became none, with the words of the document that they are."""
    found, cursor = [], 0
    for one in directive.unplaced:
        start = directive.text.find(one.text, cursor) if one.text else -1
        spans = ""
        if start >= 0:
            cursor = start
            spans = f"{start}-{start + len(one.text)}@1"
        found.append(Passage(one.text, one.section, sayings.reasons.get(one.reason, one.reason), spans))
    return found
