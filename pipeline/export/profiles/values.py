"""Where the value of a column comes from: the fields that a profile may name, and what of a task each one tells.

This is the whole vocabulary; rules/profiles/README.md lists it with an example each.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.export.page import Value
from pipeline.export.task_sheet import source
from pipeline.export.wording import VI
from pipeline.model import Directive, Task

__all__ = ["FIELDS", "KEPT", "NAMES", "ROLES", "TOLD", "WORDS", "Row", "hour_of", "names_of", "plain", "value_of"]

# An hour in the words of a deadline: 17h00, 17 giờ 30 phút, 9h.
_HOUR = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s*(?:giờ|h|g|:)\s*([0-5]\d)?(?!\d)", re.IGNORECASE)
_RATE = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class Row:
    """A task on its way into a row, with the document that assigns it; `number` counts the rows from 1."""

    task: Task
    directive: Directive
    number: int = 0


def plain(text: str) -> str:
    """The text in small letters without accents, one blank between words: what names are compared by."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).split())


def hour_of(task: Task) -> dt.time | None:
    """The hour of a deadline that names one: the last in its words, for a range ends there."""
    found = _HOUR.findall(task.due_text or "") if task.due_precision == "hour" else []
    return dt.time(int(found[-1][0]), int(found[-1][1] or 0)) if found else None


def _capital(text: str | None) -> str:
    return (text[:1].upper() + text[1:]) if text else ""


def _cadence(task: Task) -> str:
    """The cadence in words; a task that is done once has none to tell."""
    return _capital("; ".join(VI.cadence.get(code, code) for code in task.cadence if code != "once"))


def _milestones(task: Task) -> str:
    return "; ".join(f"{step.text}: {step.due:%d/%m/%Y}" for step in task.milestones)


def _rate(task: Task) -> float | None:
    """The first percentage that the task sets as its amount."""
    found = next((match for text in task.quantity if (match := _RATE.search(text))), None)
    return float(found[1].replace(",", ".")) if found else None


def _place(row: Row) -> str:
    section = f"mục {row.task.section}, " if row.task.section else ""
    return _capital(f"{section}trang {row.task.page}")


def _section(row: Row) -> str | None:
    """The title of the section that the task stands in, or of the nearest above it that has one."""
    path = row.task.section
    titles = {section.path: section.title for section in row.directive.sections}
    while path and path not in titles:
        path = path.rpartition(".")[0]
    return titles.get(path)


def _all_units(task: Task) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*task.lead, *task.coordinating)))


# Fields that are names of units: what a row may write by code.
NAMES: Mapping[str, Callable[[Task], tuple[str, ...]]] = {
    "lead.first": lambda task: task.lead[:1],
    "lead.rest": lambda task: task.lead[1:],
    "lead.all": lambda task: task.lead,
    "coordinating.all": lambda task: task.coordinating,
    "units.all": _all_units,
    "report_to.all": lambda task: task.report_to,
}

_WORDS: Mapping[str, Callable[[Row], Value]] = {
    "number": lambda row: row.number,
    "id": lambda row: row.task.id,
    "text": lambda row: row.task.text,
    "kind": lambda row: row.task.kind,
    "due": lambda row: row.task.due,
    "start": lambda row: row.task.start,
    "due_text": lambda row: _capital(row.task.due_text),
    "cadence": lambda row: _cadence(row.task),
    "milestones": lambda row: _milestones(row.task),
    "deliverable": lambda row: row.task.deliverable,
    "quantity": lambda row: "; ".join(row.task.quantity),
    "rate": lambda row: _rate(row.task),
    "urgency": lambda row: row.task.urgency,
    "review": lambda row: "; ".join(VI.review.get(code, code) for code in row.task.review),
    "section": lambda row: row.task.section,
    "section.title": _section,
    "page": lambda row: row.task.page,
    "place": _place,
    "source": lambda row: source(row.directive, VI),
    "source.type": lambda row: _capital(row.directive.meta.type),
    "source.number": lambda row: row.directive.meta.number,
    "source.date": lambda row: row.directive.meta.date,
    "source.issuer": lambda row: row.directive.meta.issuer,
    "source.signer": lambda row: row.directive.meta.signer,
    "source.file": lambda row: row.directive.document,
}

WORDS = frozenset(_WORDS)
FIELDS = WORDS | frozenset(NAMES)

# The roles of units: the field that holds all names of one, and its name in Vietnamese and English.
ROLES: tuple[tuple[str, str, str], ...] = (
    ("lead.all", "Chủ trì", "Lead"),
    ("coordinating.all", "Phối hợp", "Coordinating"),
    ("report_to.all", "Báo cáo về", "Report to"),
)
# The roles that a field of names tells of.
TOLD: Mapping[str, frozenset[str]] = {
    **{name: frozenset({"lead.all"}) for name in ("lead.first", "lead.rest", "lead.all")},
    "coordinating.all": frozenset({"coordinating.all"}),
    "units.all": frozenset({"lead.all", "coordinating.all"}),
    "report_to.all": frozenset({"report_to.all"}),
}

# What must not be lost of a row: its name in Vietnamese and English, the value, and the fields that tell it. The words
# of a deadline tell it as its date does, and the day on which a range begins.
KEPT: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    ("Thời hạn", "Deadline", "due_text", frozenset({"due", "due_text"})),
    ("Chu kỳ", "Cadence", "cadence", frozenset({"cadence"})),
    ("Bắt đầu", "Start", "start", frozenset({"start", "due_text"})),
    ("Các mốc", "Milestones", "milestones", frozenset({"milestones"})),
    ("Sản phẩm", "Deliverable", "deliverable", frozenset({"deliverable"})),
    ("Chỉ tiêu", "Quantity", "quantity", frozenset({"quantity", "rate"})),
    ("Mức khẩn", "Urgency", "urgency", frozenset({"urgency"})),
    ("Văn bản giao", "Source", "source", frozenset({"source", "source.number"})),
)


def value_of(field: str, row: Row) -> Value:
    """What a field that is not of names holds; None or empty: nothing."""
    return _WORDS[field](row)


def names_of(field: str, row: Row) -> tuple[str, ...]:
    """The names that a field of units holds."""
    return NAMES[field](row.task)
