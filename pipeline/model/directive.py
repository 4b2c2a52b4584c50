"""What was made of a document: tasks, each value with the words that it was read from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from pipeline.model.found import Box, Warning
from pipeline.model.outline import Meta, Section

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Directive", "Evidence", "Milestone", "Task", "TimeMention", "UnitMention", "Unplaced"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A stretch ``[start, end)`` of the text that was searched which says when something is due or how often.

    `due` is the last day, inclusive; `begin` the first day of a range; `precision` is hour, day, month, quarter,
    half, year or event; `cadence` holds the codes of the guideline; `rrule` an RFC 5545 rule; `flags` may hold
    year-inferred, tentative, fuzzy, open-end, unbound (a day that no word makes a deadline, for want of a better one),
    frame (a year at the head of its clause, which a date in it may narrow).
    A mention may have a cadence and no date, or a date and no cadence.
    """

    start: int
    end: int
    rule: str
    due: dt.date | None = None
    begin: dt.date | None = None
    precision: str | None = None
    cadence: tuple[str, ...] = ()
    rrule: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a value was read from, where they stand, and the rule that read them."""

    start: int
    end: int
    page: int
    box: Box | None
    rule: str


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A body that a task names. `canonical` is None where the directory does not know it."""

    name: str
    canonical: str | None
    role: str  # lead, coordinating, report_to


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of a task with a date of its own."""

    text: str
    due: dt.date


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the tracker: fields as in the guideline, evidence for each filled one."""

    id: str
    section: str
    order: int
    text: str
    kind: str = "task"  # task, target, report
    parent: str | None = None
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    due: dt.date | None = None
    start: dt.date | None = None
    due_text: str | None = None
    due_precision: str | None = None  # hour, day, month, quarter, half, year, event
    milestones: tuple[Milestone, ...] = ()
    cadence: tuple[str, ...] = ()
    rrule: str | None = None
    report_to: tuple[str, ...] = ()
    deliverable: str | None = None
    quantity: tuple[str, ...] = ()
    urgency: str | None = None
    related: tuple[str, ...] = ()
    units: tuple[UnitMention, ...] = ()
    confidence: float = 1.0
    review: tuple[str, ...] = ()
    page: int = 1
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words that look like a task and became none, with the reason."""

    text: str
    section: str
    reason: str


@dataclass(frozen=True, slots=True)
class Directive:
    """What the program made of one document. `status` is ok, partial or failed; `errors` say why."""

    document: str
    sha256: str
    media_type: str
    pages: int
    status: str
    meta: Meta = Meta()
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    text: str = ""
    errors: tuple[Warning, ...] = ()
    warnings: tuple[Warning, ...] = ()

    def to_spacy(self) -> Doc:
        """The text as a spaCy `Doc` with tasks, bodies and times as spans: see `pipeline.spacy_view.to_spacy`."""
        # By name: the nouns know no stage, and who never asks for it needs no spaCy.
        return import_module("pipeline.spacy_view").to_spacy(self)  # type: ignore[no-any-return]
