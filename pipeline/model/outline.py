"""What stands where in a document, what it is for, and what the document says of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.model.canonical import Grid
from pipeline.model.found import Style, Warning

__all__ = ["Citation", "Marker", "Meta", "Node", "Outline", "Section"]


@dataclass(frozen=True, slots=True)
class Marker:
    """What opens an item: ``II.``, ``2.1.``, ``a)``, ``đ)``, ``-``, ``+``, ``(1)``, ``Điều 3.``.

    `kind` is one of part, chapter, article, letter, roman, arabic, decimal, paren, alpha, dash, plus, bullet;
    `label` is its step in a section path (``II``, ``2.1``, ``a``), empty for bullets; `value` its place in the row.
    """

    kind: str
    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Node:
    """A block in the tree of the document: `parent` is the index of the node that it stands under.

    `kind` is heading, lead-in, item, paragraph, label or table; `role` is inherited from the nearest
    heading that has one: preamble, assessment, purpose, target, task, timeline, implementation, funding,
    inspection, recommendation, report-content, subject-matter, general-aim, unknown; in an annex annex-tasks (a task
    table), annex-outline (of a report), annex-form, annex-list, or annex where its title does not say.
    `body` is the offset where the words begin behind the marker. `field` names the field that a labelled
    line fills (``Đơn vị chủ trì: …`` → lead); its `body` stands behind the colon.
    """

    index: int
    parent: int | None
    kind: str
    marker: Marker | None
    start: int
    body: int
    end: int
    path: str
    role: str
    style: Style = Style()
    grid: Grid | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: its path (``II.2.1``), its title without the number, and its role."""

    path: str
    title: str
    role: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that this one cites. `title` is kept for one cited without a number."""

    number: str | None
    date: dt.date | None
    issuer: str | None
    title: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Meta:
    """What the document says of itself. None or empty: it does not say."""

    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: dt.date | None = None
    title: str | None = None
    signer_title: str | None = None
    signer: str | None = None
    recipients: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    addressees: tuple[str, ...] = ()  # Kính gửi
    year: int | None = None  # the year that the plan is for ("năm 2026" in its title)


@dataclass(frozen=True, slots=True)
class Outline:
    """The document as a tree: nodes in order, each naming its parent, and what stands around them.

    `classification` is MẬT, TỐI MẬT or TUYỆT MẬT where the document is marked so; `urgency` is where HỎA TỐC, THƯỢNG
    KHẨN or KHẨN stands at its head; `remarks` are warnings that the
    letterhead gives rise to.
    """

    meta: Meta
    nodes: tuple[Node, ...]
    sections: tuple[Section, ...]
    classification: str | None = None
    urgency: tuple[int, int] | None = None
    remarks: tuple[Warning, ...] = ()
