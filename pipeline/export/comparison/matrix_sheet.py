"""The sheet `Ma trận` of a family: a line a task of the parent, a column a plan, coloured by coverage.

Above the headings stands what each plan comes to; before the plans what each task asks, and in how many plans it is
found. A cell has the word for the coverage and short signs for what else was found; its note quotes the plan's rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.compare.model import ADDED, COVERAGE, NOT_APPLICABLE, Answer, Comparison, Finding, PlanColumn
from pipeline.compare.wording import KIND_NAMES
from pipeline.export.comparison import phrases
from pipeline.export.comparison.cell_notes import Notes
from pipeline.export.comparison.wording import SIGNS, TEXTS
from pipeline.export.page import CENTRE, DATE, LINK, SHARE, TEXT, Value, cell, heading, height, points, put, set_up
from pipeline.model import Directive, Task

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from pipeline.export.sheet import Sheet
    from pipeline.export.workbook import Book

__all__ = ["add"]

WARNING = "#C00000"  # ink of the signs for what is weaker than the parent asks
SUMS = (*COVERAGE, ADDED)
HEAD = len(SUMS) + 2  # the line of the headings: above it the share of coverage, the sums, links to the pages
WHOLE = {"align": "center", "num_format": "#,##0"}
PLAN_WIDTH, COUNT_WIDTH = 15, 9
TOGETHER = 512  # lines held in memory: one has a cell for each of some hundred plans
ON_ONE_PAGE = 12  # plans that one page of A4 takes in width; more go on further pages, the tasks again on each
SCALE = 55  # per cent, where several pages stand side by side


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of what a task asks: key of its heading, width, look, and whether it scrolls away."""

    head: str
    width: float
    look: Mapping[str, object]
    kept: bool = False


FIELDS = (
    _Field("number", 5, CENTRE, kept=True),
    _Field("section-head", 8, CENTRE, kept=True),
    _Field("page-head", 7, CENTRE, kept=True),
    _Field("task", 46, TEXT, kept=True),
    _Field("lead", 18, TEXT),
    _Field("due", 13, DATE),
    _Field("cadence", 12, TEXT),
    _Field("product", 16, TEXT),
    _Field("amount", 12, TEXT),
)
HOME = _Field("home", 20, TEXT)
KEPT = sum(field.kept for field in FIELDS)


def add(
    book: Book, comparison: Comparison, number: int, name: str, pages: Sequence[str], notes: Notes, lang: str
) -> None:
    """Adds the sheet of family `number` under that name; `pages` are the sheets of its plans, in their order."""
    matrix = _Matrix(book, comparison, number, name, notes, lang)
    matrix.write(pages)


class _Matrix:
    """The sheet in the making. Columns: what a task asks, its counts, the plans."""

    def __init__(self, book: Book, comparison: Comparison, number: int, name: str, notes: Notes, lang: str) -> None:
        self.book, self.comparison, self.notes, self.lang = book, comparison, notes, lang
        self.texts, self.kinds = TEXTS[lang], KIND_NAMES[lang]
        self.title = phrases.family(comparison, number, lang)
        self.sheet: Sheet = book.add_sheet(name)
        self.fields = FIELDS if comparison.parent else (*FIELDS, HOME)
        self.counts_from = len(self.fields)
        self.plans_from = self.counts_from + len(COVERAGE) + 1
        self.width = self.plans_from + len(comparison.plans)
        self.widths = [*(field.width for field in self.fields), *[COUNT_WIDTH] * (len(COVERAGE) + 1),
                       *[PLAN_WIDTH] * len(comparison.plans)]  # fmt: skip
        self.looks = {status: cell(book, align="center", font_color=ink, bg_color=paper)
                      for status, (ink, paper) in phrases.COLOURS.items()}  # fmt: skip
        self.inks = {status: book.format(font_color=ink) for status, (ink, _) in phrases.COLOURS.items()}
        self.warning = book.format(font_color=WARNING, bold=True)
        self.signs = Counter[str]()  # kinds that some cell has a sign for

    def write(self, pages: Sequence[str]) -> None:
        """Writes all of it."""
        for index, width in enumerate(self.widths):
            self.sheet.set_column(index, index, width)
        self._head(pages)
        self._sums()
        homes = phrases.homes(self.comparison)
        for index, (task, home) in enumerate(zip(self.comparison.tasks, homes, strict=True)):
            self._task(HEAD + 1 + index, index, task, home)
            if index % TOGETHER == TOGETHER - 1:
                self.sheet.put_away()
        last = HEAD + max(len(self.comparison.tasks), 1)
        if not self.comparison.tasks:
            put(self.book, self.sheet, last, KEPT - 1, self.texts["no-tasks"], cell(self.book))
        self.sheet.autofilter(HEAD, 0, last, self.width - 1)
        self.sheet.freeze_panes(HEAD + 1, KEPT)
        end = self._legend(last + 2)
        self._paper(end)
        self.sheet.put_away()

    # ── above the tasks ────────────────────────────────────────────────────────────────────

    def _head(self, pages: Sequence[str]) -> None:
        union = self.comparison.parent is None
        names = [self.texts["task-union" if union and field.head == "task" else field.head] for field in self.fields]
        names += [*(self.kinds[status] for status in COVERAGE), self.texts["coverage"]]
        look = heading(self.book)
        for index, name in enumerate(names):
            put(self.book, self.sheet, HEAD, index, name, look)
        heads = phrases.heads(self.comparison)
        linked = cell(self.book, **LINK)
        for index, (name, page) in enumerate(zip(heads, pages, strict=True), start=self.plans_from):
            put(self.book, self.sheet, HEAD, index, name, look)
            link_to(self.sheet, HEAD - 1, index, page, self.texts["open"], linked)
        tallest = height(zip((*names, *heads), self.widths, strict=True))
        self.sheet.set_row(HEAD, tallest + points(1))  # the buttons of the filter stand on the last line

    def _sums(self) -> None:
        """What each plan comes to, a line a figure; its name stands over the counts of the tasks."""
        names = [self.texts["coverage"], *(self.kinds[status] for status in SUMS), self.texts["own-page"]]
        left, right = self.counts_from, self.plans_from - 1
        for line, name in enumerate(names):
            status = SUMS[line - 1] if 0 < line <= len(SUMS) else None
            ink = {"bg_color": phrases.COLOURS[status][1]} if status else {"bold": True}
            self.sheet.merge_range(line, left, line, right, name, cell(self.book, align="right", **ink))
            self.sheet.set_row(line, points(1))
            if line == HEAD - 1:
                continue  # the links stand there already
            look = cell(self.book, **(WHOLE if status else SHARE), **ink)
            for index, column in enumerate(self.comparison.plans, start=self.plans_from):
                put(self.book, self.sheet, line, index, _figure(column, status), look)
        self.sheet.merge_range(0, 0, HEAD - 1, KEPT - 1, self.book.text(self.title),
                               self.book.format(bold=True, font_size=14, text_wrap=True, valign="vcenter"))  # fmt: skip

    # ── tasks ──────────────────────────────────────────────────────────────────────────────

    def _task(self, line: int, index: int, task: Task, home: Directive) -> None:
        answers = [column.answers[index] for column in self.comparison.plans]
        asked: list[Value] = [index + 1, task.section, task.page, task.text, phrases.joined(task.lead),
                              phrases.due(task), phrases.cadence(task, self.lang), task.deliverable,
                              phrases.joined(task.quantity)]  # fmt: skip
        values = asked if self.comparison.parent else [*asked, home.document]
        for place, (value, field) in enumerate(zip(values, self.fields, strict=True)):
            put(self.book, self.sheet, line, place, value, cell(self.book, **field.look))
        self._counts(line, answers)
        shown = []
        for place, (answer, column) in enumerate(
            zip(answers, self.comparison.plans, strict=True), start=self.plans_from
        ):
            shown.append(self._answer(line, place, answer, column.plan.directive))
        cells = [*zip(values, self.widths, strict=False), *((words, PLAN_WIDTH) for words in shown)]
        self.sheet.set_row(line, height(cells))

    def _counts(self, line: int, answers: Sequence[Answer]) -> None:
        """In how many plans the task is found, and the share of those that it applies to."""
        counts = Counter(answer.status for answer in answers)
        for place, status in enumerate(COVERAGE, start=self.counts_from):
            put(self.book, self.sheet, line, place, counts[status], cell(self.book, **WHOLE))
        applicable = len(answers) - counts[NOT_APPLICABLE]
        found = (counts["covered"] + counts["partly"] / 2) / applicable if applicable else None
        put(self.book, self.sheet, line, self.plans_from - 1, found, cell(self.book, **SHARE))

    def _answer(self, line: int, place: int, answer: Answer, plan: Directive) -> str:
        """Writes what a plan makes of a task; returns its words."""
        found = [one for one in answer.findings if one.kind in SIGNS[self.lang]]
        signs = ["\n" + self._sign(one) for one in found]
        self.signs.update(one.kind for one in found)
        status, look, ink = self.kinds[answer.status], self.looks[answer.status], self.inks[answer.status]
        if any(one.kind in phrases.WORSE for one in found):
            parts: list[object] = [ink, status]
            for one, sign in zip(found, signs, strict=True):
                parts += [self.warning if one.kind in phrases.WORSE else ink, sign]
            self.sheet.write_rich_string(line, place, *parts, look)
        else:
            self.sheet.write_string(line, place, "".join((status, *signs)), look)
        if answer.links:
            self.notes.add(self.sheet, line, place, self._note(answer, plan))
        return "".join((status, *signs))

    def _sign(self, finding: Finding) -> str:
        days = "" if finding.amount is None else f"{abs(finding.amount):.0f}"
        return SIGNS[self.lang][finding.kind].format(days=days)

    def _note(self, answer: Answer, plan: Directive) -> str:
        """The document, its rows with their places, and what was found."""
        rows = [phrases.row_line(link, plan, self.lang) for link in answer.links]
        found = [f"• {phrases.said(finding, self.lang)}" for finding in answer.findings]
        return "\n".join([plan.document, *rows, *found])

    # ── below the tasks ────────────────────────────────────────────────────────────────────

    def _legend(self, line: int) -> int:
        """What the signs mean that some cell has; returns the last line."""
        put(self.book, self.sheet, line, KEPT - 1, self.texts["legend"], self.book.format(bold=True))
        for status in COVERAGE:
            line += 1
            put(self.book, self.sheet, line, KEPT - 1, self.kinds[status], self.looks[status])
        for kind, sign in SIGNS[self.lang].items():
            if not self.signs[kind]:
                continue
            line += 1
            form = "legend-days" if "{days}" in sign else "legend-sign"
            words = self.texts[form].format(sign=sign.format(days="N"), kind=self.kinds[kind])
            worse = {"font_color": WARNING, "bold": True} if kind in phrases.WORSE else {}
            put(self.book, self.sheet, line, KEPT - 1, words, cell(self.book, **worse))
        return line

    def _paper(self, last: int) -> None:
        set_up(self.book, self.sheet, self.texts["matrix-title"], last, self.width, repeated=HEAD)
        self.sheet.repeat_columns(0, KEPT - 1)
        if len(self.comparison.plans) > ON_ONE_PAGE:
            self.sheet.set_print_scale(SCALE)


def _figure(column: PlanColumn, status: str | None) -> Value:
    if status is None:
        return column.coverage
    return len(column.added) if status == ADDED else column.count(status)


def link_to(sheet: Sheet, line: int, column: int, page: str, words: str, look: Format) -> None:
    """Makes a cell lead to another sheet of the workbook. `words` are short: LibreOffice breaks no line in a link."""
    place = page.replace("'", "''")
    sheet.write_url(line, column, f"internal:'{place}'!A1", look, words)
