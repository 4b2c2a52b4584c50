"""What a row of JSON Lines and of Parquet holds, field by field: the types are the model's, the meanings stand here.

The JSON Schema (`docs/schema/task.schema.json`), the schema of the Parquet file and their page (`docs/formats.md`) are
made of `row`, so that they cannot tell different things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_type_hints

from pipeline.model import Evidence, Meta, Milestone, Task, UnitMention

__all__ = ["CODES", "Field", "fields_of", "row"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its name in the model, with its type there and what it means."""

    attribute: str
    type: Any
    meaning: str

    @property
    def name(self) -> str:
        """Its name in the file."""
        return "bbox" if self.attribute == "box" else self.attribute


# In the order of the contract; of `Meta` what a document is cited by.
_MEANINGS: Mapping[type, Mapping[str, str]] = {
    Meta: {
        "type": "kind of the document: kế hoạch, chỉ thị, …",
        "number": "number and symbol, such as 85-KH/HU",
        "issuer": "body that issued it",
        "date": "date of issue",
        "title": "trích yếu",
    },
    Task: {
        "id": "the same for the same task of the same document, whatever file it is read from",
        "parent": "id of the task that this one is a part of",
        "section": "path of the numbered headings that hold it, such as III.3",
        "order": "place in the document, from 1",
        "text": "the task's own words, on one line",
        "kind": "task, target (a measurable goal) or report",
        "lead": "bodies that must do it, as written",
        "coordinating": "bodies that work with the lead, as written",
        "due": "last day on which it may be finished; null for work that comes back or names no day",
        "start": "first day",
        "due_text": "words that say when",
        "due_precision": "what the words name: hour, day, month, quarter, half, year or event",
        "milestones": "steps with a date of their own",
        "cadence": "how often: once, daily, weekly, monthly, quarterly, semiannual, annual, term, per_event, periodic, "
        "continuous, ad_hoc",
        "rrule": "RFC 5545 rule of how the work comes back",
        "report_to": "who receives the report or the result",
        "deliverable": "what is handed in",
        "quantity": "measurable amounts, as written",
        "urgency": "words that press for haste",
        "related": "ids of tasks with the same words",
        "units": "bodies that are named, with their ids in the directory",
        "confidence": "how often rows like this one were right on documents with a known answer, 0 to 1",
        "review": "why a person should look at it: no-lead, several-leads, no-deadline, year-inferred, ocr-doubt, …",
        "page": "page on which it begins, from 1",
        "evidence": "for each field the places in the document's text (see the JSON of the document) that it was read "
        "from",
    },
    Milestone: {"text": "what is to be done by then", "due": "last day"},
    UnitMention: {
        "name": "as written",
        "canonical": "id in the directory, such as van-phong/cap-uy/huyen; null where the directory lacks it",
        "role": "lead, coordinating or report_to",
    },
    Evidence: {
        "start": "first character",
        "end": "character behind the last",
        "page": "page, from 1",
        "box": "left, top, right, bottom in points from the top left corner of the page; null where the format has no "
        "places",
        "rule": "id of the rule that read it",
    },
}
# Fields whose values are one of these and no others.
CODES: Mapping[str, tuple[str, ...]] = {
    "kind": ("task", "target", "report"),
    "due_precision": ("hour", "day", "month", "quarter", "half", "year", "event"),
    "role": ("lead", "coordinating", "report_to"),
}


@cache
def fields_of(noun: type) -> tuple[Field, ...]:
    """The fields of one of the model's nouns, in the order of the file."""
    hints = get_type_hints(noun)
    return tuple(Field(name, hints[name], meaning) for name, meaning in _MEANINGS[noun].items())


def row() -> tuple[Field, ...]:
    """The fields of a row: the document that assigns the task, and the task."""
    document = Field("document", str, "name of the file")
    return (document, Field("meta", Meta, "what the document is cited by"), *fields_of(Task))
