"""A page for each commune: of each of its plans the figures, the tasks with what is missing first, what it added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.compare.model import ADDED, COVERAGE, COVERED, KINDS, MISSING, NOT_APPLICABLE, PARTLY, Answer, Finding
from pipeline.compare.wording import KIND_NAMES
from pipeline.export.comparison import phrases
from pipeline.export.comparison.matrix_sheet import link_to
from pipeline.export.comparison.page_names import Block, Page
from pipeline.export.comparison.wording import TEXTS
from pipeline.export.page import CENTRE, SHARE, Value, cell, heading, height, points, put, set_up
from pipeline.export.task_sheet import source
from pipeline.model import Task

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from pipeline.export.sheet import Sheet
    from pipeline.export.workbook import Book

__all__ = ["add"]

WIDTHS = (6, 18, 50, 15, 62, 56)
HEADS = ("number", "section-head", "task", "status", "rows", "found")
ORDER = {status: place for place, status in enumerate((MISSING, PARTLY, COVERED, NOT_APPLICABLE))}
WHOLE = {"align": "center", "num_format": "#,##0"}
BACK = {"font_color": "#0563C1", "underline": 1}


def add(book: Book, page: Page, matrices: Sequence[str], lang: str) -> None:
    """Adds the sheet of one commune; `matrices` are the sheets of the families."""
    _CommunePage(book, page, lang).write(matrices)


class _CommunePage:
    """The sheet in the making: `line` is the next free one, counted from 0."""

    def __init__(self, book: Book, page: Page, lang: str) -> None:
        self.book, self.page, self.lang = book, page, lang
        self.texts, self.kinds = TEXTS[lang], KIND_NAMES[lang]
        self.sheet: Sheet = book.add_sheet(page.name)
        self.line = 0
        self.cells = {
            "text": cell(book), "centre": cell(book, **CENTRE), "whole": cell(book, **WHOLE),
            "share": cell(book, **SHARE), "head": heading(book),
        }  # fmt: skip
        self.statuses: Mapping[str, Format] = {
            status: cell(book, align="center", font_color=ink, bg_color=paper)
            for status, (ink, paper) in phrases.COLOURS.items()
        }

    def write(self, matrices: Sequence[str]) -> None:
        """Writes all of it."""
        for index, width in enumerate(WIDTHS):
            self.sheet.set_column(index, index, width)
        self._words(self.page.title, bold=True, font_size=15)
        for block in self.page.blocks:
            self._introduce(block, matrices[block.number - 1])
            self._figures(block)
            self._tasks(block)
            self._added(block)
        self.sheet.freeze_panes(1, 0)
        title = f"{self.texts['title']}: {self.page.name}"
        set_up(self.book, self.sheet, title, self.line - 1, len(WIDTHS), repeated=None)

    def _words(self, words: str, **look: object) -> None:
        """A line of words across the page."""
        shape = self.book.format(text_wrap=True, valign="vcenter", **look)
        self.sheet.merge_range(self.line, 0, self.line, len(WIDTHS) - 1, self.book.text(words), shape)
        self.sheet.set_row(self.line, max(height([(words, sum(WIDTHS))]), points(1) + 4))
        self.line += 1

    def _put(self, *shown: tuple[Value, Format]) -> None:
        """A line of cells from the left."""
        for index, (value, look) in enumerate(shown):
            put(self.book, self.sheet, self.line, index, value, look)
        self.sheet.set_row(self.line, height((value, width) for (value, _), width in zip(shown, WIDTHS, strict=False)))
        self.line += 1

    # ── a plan ─────────────────────────────────────────────────────────────────────────────

    def _introduce(self, block: Block, matrix: str) -> None:
        plan, parent, words = block.column.plan, block.comparison.parent, self.book.wording
        if block is not self.page.blocks[0]:
            self.line += 1
        self._words(self.texts["plan"].format(name=source(plan.directive, words)), bold=True, font_size=13)
        self._words(self.texts["file"].format(name="; ".join((plan.document, *plan.versions))))
        if parent is None:
            self._words(self.texts["against-union"])
        else:
            self._words(self.texts["against"].format(name=source(parent.directive, words)))
        link_to(self.sheet, self.line, 0, matrix, self.texts["back"], self.book.format(**BACK))
        self.line += 2

    def _figures(self, block: Block) -> None:
        """Coverage in figures, then how often each other finding was made."""
        column, union = block.column, block.comparison.parent is None
        found = Counter(finding.kind for finding in column.findings)
        figures: list[tuple[str, Value, Format]] = [
            (self.texts["coverage"], column.coverage, self.cells["share"]),
            (self.texts["tasks-union" if union else "tasks-above"], len(column.answers), self.cells["whole"]),
            *((self.kinds[status], column.count(status), self.statuses[status]) for status in COVERAGE),
            (self.kinds[ADDED], len(column.added), self.statuses[ADDED]),
            (self.texts["days-after"], column.days, self.cells["whole"]),
            *((self.kinds[kind], found[kind], self.cells["whole"])
              for kind in KINDS if found[kind] and kind not in (*COVERAGE, ADDED)),
        ]  # fmt: skip
        for place, words in ((2, self.texts["figure"]), (3, self.texts["value"])):
            put(self.book, self.sheet, self.line, place, words, self.cells["head"])
        self.line += 1
        for name, value, look in figures:
            put(self.book, self.sheet, self.line, 2, name, self.cells["text"])
            put(self.book, self.sheet, self.line, 3, value, look)
            self.line += 1
        self.line += 1

    def _tasks(self, block: Block) -> None:
        """The tasks with the plan's rows and what was found, what is missing first."""
        self._words(self.texts["list"], bold=True, font_size=13)
        union = block.comparison.parent is None
        names = ["task-union" if union and name == "task" else name for name in HEADS]
        self._put(*((self.texts[name], self.cells["head"]) for name in names))
        answers = sorted(enumerate(block.column.answers, start=1), key=lambda pair: (ORDER[pair[1].status], pair[0]))
        for number, answer in answers:
            self._answer(block, number, answer)
        if not answers:
            self._words(self.texts["no-tasks"])
        self.line += 1

    def _answer(self, block: Block, number: int, answer: Answer) -> None:
        plan, text, centre = block.column.plan.directive, self.cells["text"], self.cells["centre"]
        rows = "\n".join(phrases.row_line(link, plan, self.lang) for link in answer.links)
        found = "\n".join(phrases.said(one, self.lang) for one in answer.findings if one.kind not in COVERAGE)
        if answer.status == MISSING:
            found = "\n".join(filter(None, (self._asked(answer.parent), found)))
        where = phrases.place(answer.parent, self.lang)
        status = self.kinds[answer.status]
        self._put((number, centre), (where, centre), (answer.parent.text, text),
                  (status, self.statuses[answer.status]), (rows, text), (found, text))  # fmt: skip

    def _asked(self, task: Task) -> str:
        """What a missing task asks for, so that it can be written into the plan; empty where nothing is said."""
        values = {"lead": phrases.joined(task.lead), "due": phrases.when(task, self.lang), "product": task.deliverable,
                  "amount": phrases.joined(task.quantity)}  # fmt: skip
        asked = "; ".join(f"{self.texts[name].lower()}: {value}" for name, value in values.items() if value)
        return self.texts["asked"].format(what=asked) if asked else ""

    def _added(self, block: Block) -> None:
        """The plan's own tasks."""
        self._words(self.texts["own"], bold=True, font_size=13)
        if not block.column.added:
            self._words(self.texts["no-own"])
            return
        names = ("number", "section-head", "rows", "due", "lead", "product")
        self._put(*((self.texts[name], self.cells["head"]) for name in names))
        for number, finding in enumerate(block.column.added, start=1):
            self._own(number, block, finding)

    def _own(self, number: int, block: Block, finding: Finding) -> None:
        text, centre = self.cells["text"], self.cells["centre"]
        for task in finding.rows:
            own = phrases.quotation(task, block.column.plan.directive)
            deadline = phrases.when(task, self.lang)
            self._put((number, centre), (phrases.place(task, self.lang), centre), (own, text), (deadline, centre),
                      (phrases.joined(task.lead), text), (task.deliverable, text))  # fmt: skip
