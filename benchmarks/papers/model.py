"""What a made document says, before it is Word, PDF or text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

PAGE_LINES = 39  # of a page of A4 as `pdf_form` sets it
LINE_LETTERS = 84  # of a line across the page, on average


class Look(Enum):
    """How a line is set."""

    TITLE = "centred and bold"
    HEADING = "bold"
    NOTE = "centred and italic"
    BASIS = "italic"
    BODY = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `label` is its counter or bullet: ``II.``, ``1.``, ``a)``, ``-``; Word may count it itself."""

    text: str
    look: Look = Look.BODY
    label: str = ""

    @property
    def typed(self) -> str:
        """The paragraph with its counter."""
        return f"{self.label} {self.text}" if self.label else self.text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: letterhead (`left`, `right`), body, closing (`recipients`, `signature`), annex on a page of its own.

    `tasks` is how many rows a careful reader would make of it, targets among them. `counted` says that Word counts
    the paragraphs itself.
    """

    sort: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    body: tuple[Line | Table, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    annex: tuple[Line | Table, ...]
    tasks: int
    counted: bool


@dataclass(slots=True)
class Draft:
    """A body that is being written: its blocks, the lines that they fill, the tasks in them."""

    blocks: list[Line | Table] = field(default_factory=list)
    lines: int = 0
    tasks: int = 0

    def add(self, text: str, look: Look = Look.BODY, label: str = "", tasks: int = 0) -> None:
        """A paragraph with so many tasks in it."""
        self.blocks.append(Line(text, look, label))
        self.lines += 1 + (len(text) + len(label)) // LINE_LETTERS
        self.tasks += tasks
