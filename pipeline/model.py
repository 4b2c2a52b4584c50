"""Every noun of the program, in the order in which a document meets it.

    bytes → Source → Document (canonical text, outline) → Directive (meta, sections, tasks)

All types are frozen. Every offset is a half-open interval ``[start, end)`` of characters in
``Document.text``; ``document.text[e.start:e.end]`` are the words an `Evidence` was read from.
"""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

# ── ingest: what a reader found in the file ────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch), measured from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def union(self, other: Box) -> Box:
        """The smallest rectangle that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class Word(NamedTuple):  # a tuple: of all nouns the one that a document has most of, and a tuple is made fastest
    """A word of a line with its place: ``line.text[start:end]``. `confidence` is 0..1, None outside OCR."""

    start: int
    end: int
    box: Box
    confidence: float | None = None


class Words(Sequence[Word]):
    """The words of a line as the file holds them, each made when it is asked for: of most no place is ever asked."""

    @abstractmethod
    def box(self, first: int, stop: int) -> Box:
        """The rectangle around the words ``[first, stop)``, which are not none."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line of a page, or a whole paragraph where the format keeps none. Pages count from 1."""

    text: str
    page: int = 1
    words: Sequence[Word] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks. None stands for what the format does not say."""

    bold: bool = False
    italic: bool = False
    size: float | None = None
    alignment: str | None = None  # left, center, right, justify
    heading: int | None = None  # level of a heading style: 1, 2, …


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that the file holds together. An automatic number that Word shows is part of the text."""

    lines: tuple[Line, ...]
    style: Style = Style()

    @property
    def text(self) -> str:
        """The lines joined by a line feed."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell once, however many rows and columns it spans. Rows and columns count from 0."""

    row: int
    column: int
    paragraphs: tuple[Paragraph, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of `rows` by `columns`; cells in reading order, none for a place that holds nothing."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    page: int = 1


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that is not part of the body and is kept apart: a page number, a running head, a footnote."""

    kind: str  # page-number, running-head, footnote, comment, …
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """Something a person should know. `code` is for programs, `message` is Vietnamese for the officer.

    `detail` is for the developer; it may name paths of this machine, so it is shown and never written to a result.
    """

    code: str
    message: str
    page: int | None = None
    detail: str = ""


class PageSize(NamedTuple):
    """A page as its words were read, in points; `quarters` is how often its picture was turned clockwise for that."""

    width: float
    height: float
    quarters: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader found: paragraphs and tables in order, as they stand in the file.

    `sizes` are those of its pages in order, none where the format has no places.
    """

    name: str
    sha256: str
    media_type: str
    pages: int
    blocks: tuple[Paragraph | Table, ...]
    asides: tuple[Aside, ...] = ()
    warnings: tuple[Warning, ...] = ()
    errors: tuple[Warning, ...] = ()  # what could not be read of it
    sizes: tuple[PageSize, ...] = ()


# ── normalise: one canonical text ──────────────────────────────────────────────────────────


class Piece(NamedTuple):  # a tuple, as the words that it comes from
    """A stretch of the canonical text that came from one place of one page: the map back.

    It is a word with its `box`, or several of a line, of which `words` knows the places; or neither is known.
    """

    start: int
    end: int
    page: int
    box: Box | None = None
    confidence: float | None = None
    words: Words | None = None

    def box_in(self, text: str, start: int, end: int) -> Box | None:
        """The box of its words in ``[start, end)`` of the canonical text; None where they have none."""
        if self.words is None:
            return self.box
        begin = self.start
        if start <= begin and self.end <= end:
            return self.words.box(0, len(self.words))
        first = text.count(" ", begin, start + 1)
        stop = text.count(" ", begin, min(end, self.end) - 1) + 1
        return self.words.box(first, stop) if first < stop else None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the canonical text. It never holds a line feed."""

    start: int
    end: int
    page: int
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A table cell of the canonical text; `blocks` is empty where the cell is."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the canonical text. A cell stands once, at its top left place."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    page: int

    @property
    def start(self) -> int:
        """Offset of the first word in the table, 0 in an empty one."""
        return min((b.start for c in self.cells for b in c.blocks), default=0)

    @property
    def end(self) -> int:
        """Offset behind the last word in the table, 0 in an empty one."""
        return max((b.end for c in self.cells for b in c.blocks), default=0)


@dataclass(frozen=True, slots=True)
class Document:
    """A document in canonical text: NFC, one blank between words, one line a paragraph or cell paragraph.

    `outline` is None until the outline stage has read it; `pipeline.read` always fills it.
    """

    name: str
    sha256: str
    media_type: str
    pages: int
    text: str
    blocks: tuple[Block | Grid, ...]
    pieces: tuple[Piece, ...] = ()
    asides: tuple[Aside, ...] = ()
    warnings: tuple[Warning, ...] = ()
    errors: tuple[Warning, ...] = ()
    outline: Outline | None = None
    sizes: tuple[PageSize, ...] = ()

    def pieces_at(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that overlap ``[start, end)``, in order."""
        first = max(bisect_left(self.pieces, (start + 1,)) - 1, 0)
        found = []
        for index in range(first, len(self.pieces)):  # no slice: that would copy the rest of the document at each call
            piece = self.pieces[index]
            if piece.start >= end:
                break
            if piece.end > start:
                found.append(piece)
        return tuple(found)

    def place(self, start: int, end: int) -> tuple[int, Box | None]:
        """The page on which ``[start, end)`` begins, and the box of its words on that page."""
        pieces = self.pieces_at(start, end)
        if not pieces:
            return 1, None
        page = pieces[0].page
        found = [piece.box_in(self.text, start, end) for piece in pieces if piece.page == page]
        boxes = [box for box in found if box is not None]
        if len(boxes) < 2:
            return page, boxes[0] if boxes else None
        return page, Box(
            min([box.left for box in boxes]),
            min([box.top for box in boxes]),
            max([box.right for box in boxes]),
            max([box.bottom for box in boxes]),
        )


# ── outline: what stands where, and what it is for ─────────────────────────────────────────


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


# ── time: what a phrase says of when ────────────────────────────────────────────────────────


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


# ── extract: tasks with evidence ───────────────────────────────────────────────────────────


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
