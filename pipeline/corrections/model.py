"""What people changed, kept apart from what was extracted.

A document's corrections are a log that only grows: a correction is never changed and never deleted, an ``undo`` names
the one that no longer counts. So does one that a person puts on another row, in the place of one that lost its own.
`pipeline.corrections.replay` makes the rows of a document from what was extracted and this log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.model import Directive, Task

KINDS = ("edit", "confirm", "reject", "split", "merge", "add", "undo")
FIELDS = (
    "text",
    "kind",
    "lead",
    "coordinating",
    "due",
    "start",
    "due_text",
    "due_precision",
    "cadence",
    "rrule",
    "deliverable",
    "report_to",
    "quantity",
    "section",
)  # what an ``edit`` and an ``add`` may set


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of a person about rows of one document.

    `seq` orders the log; `document` is the id of the documents table. `kind` is one of `KINDS`. `tasks` are the ids of
    the rows as they were shown when it was made (``add``: the id of the new row), `texts` what these rows said then and
    ``values["section"]`` where the first of them stood, so that a row whose id changed is found again.

    `values`, of plain JSON only (lists, words, numbers; a day as ``YYYY-MM-DD``), holds by kind:

    edit     a new value for each of `FIELDS` that changes, and ``before``: the old ones by field
    split    ``parts``: the words of each new row
    add      ``start`` and ``end``, characters of the document's text, ``quote``: its words there, ``section``, and any
             of `FIELDS` (a day as ``start`` excludes the place of that name; it is looked for by its words then)
    confirm  ``rows``, which `fields.as_confirmed` makes: what was signed
    reject, merge, undo   nothing that is needed

    An ``edit`` that sets ``section`` has the old section in ``before["section"]``.

    `undoes` is the `seq` of the correction that no longer counts: for an ``undo``, and for one of any other kind that
    stands in the place of a lost one of its kind. ``values["of"]`` are the ids of the rows of that correction for which
    it no longer counts; where it is missing, for all. An ``add`` in the place of another keeps the id of its row, so
    that what was decided of that row holds on. `at` is aware of its time zone.
    """

    seq: int
    document: str
    kind: str
    tasks: tuple[str, ...]
    texts: tuple[str, ...]
    values: Mapping[str, object]
    by: str
    at: dt.datetime
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Who changed what of a row, and when.

    `what` is a field for an ``edit``, the kind of the correction for all others. `before` is the value as it was
    extracted or corrected last, in plain JSON as in `Correction.values`; None for what has none. `first` is the
    correction that was put on this row by `seq`, where that had lost its own: who had decided it, and when.
    """

    what: str
    before: object
    by: str
    at: dt.datetime
    seq: int
    first: Correction | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """A document as the office decided it.

    `directive` holds the rows that count, in the order of the document; `rejected` those that are no tasks, kept to be
    shown. `marks` and `confirmed` go by the id of a row, rejected ones included. `lost` are the corrections for which
    no row is found any more: a person has to look at them.
    """

    directive: Directive
    rejected: tuple[Task, ...] = ()
    marks: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    lost: tuple[Correction, ...] = ()
