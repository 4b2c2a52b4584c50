"""Reads task tables: which rows are tasks, which are headings of groups, and what their cells add."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline import time
from pipeline.extract.actors import Claim, unit_title
from pipeline.extract.candidates import Candidate, Label
from pipeline.extract.cell_values import lines_of, values_of
from pipeline.extract.cells import Cells
from pipeline.extract.headers import NUMBERS, Columns, HeaderReader
from pipeline.model import Document, GridCell, Node, Unplaced
from pipeline.ruleset import Ruleset

_GROUP = re.compile(r"^(?:[IVX]+|[A-H])[.)]?$")
_TOTAL = re.compile(r"^(?:tổng (?:cộng|số)\b|(?:tổng|cộng)\s*(?:[:(\d]|$))", re.IGNORECASE)  # "Tổng kết …" is work
# Columns that a row of a group may fill as well ("I | Hoạt động trong nước | … | 4.910").
_NOT_OF_A_TASK = frozenset({"task", "number", "funding", "measure", "note"})
# Columns of which every cell of a row counts; of the others the first one that is filled.
_ALL_COUNT = frozenset({"time", "month", "quarter"})
_STEP = re.compile(r"^[\dIVXa-zđ.]{1,8}[.)]?$")
_MONTH = re.compile(r"(?:t|tháng)?\s*(\d{1,2})", re.IGNORECASE)
# "Các nhiệm vụ trọng tâm cần hoàn thành trong | tháng 3": what may stand before the time that heads a group.
_WORK_OF = re.compile(
    r"(?:[IVX\d]+[.)]\s*)?(?:các |những )?"
    r"(?:(?:nội dung|nhiệm vụ|công việc|công tác|hoạt động|việc|kế hoạch|chương trình)(?:,? |$))?"
    r"(?:(?:trọng tâm|cần|phải|làm|thực hiện|triển khai|hoàn thành|xong|trong|của|theo|được|mang tính)\s)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Group:
    """What the heading of a group of rows says of them: its kind, when they are due and who leads."""

    kind: str
    number: str
    when: tuple[int, int] | None
    lead: Claim | None


class TableReader:
    """Reads one grid. `left` are the rows that name a body, a time or a product and no task.

    `lead` and `when` are what the headings above the table say; they count where it has no column for it.
    """

    def __init__(
        self,
        document: Document,
        node: Node,
        rules: Ruleset,
        lead: Claim | None = None,
        when: tuple[int, int] | None = None,
    ) -> None:
        assert node.grid is not None
        self.document = document
        self.node = node
        self.rules = rules
        self.cells = Cells(document, node.grid)
        self.left: list[Unplaced] = []
        self._above = _Group("", "", when, lead)
        self._groups: list[_Group] = []
        self._header: list[str] = []  # its lowest row

    def tasks(self) -> list[Candidate]:
        """The rows that are tasks, in order; empty where this is no task table."""
        columns = HeaderReader(self.cells, self.rules).columns()
        if columns is None:
            return []
        self._header = [self.cells.said(columns.first_row - 1, column) for column in range(self.cells.grid.columns)]
        found: list[Candidate] = []
        number, last = "", None
        for row in range(columns.first_row, self.cells.grid.rows):
            if self._is_furniture(row, columns):
                continue
            task = self.cells.at(row, columns.first("task"))
            step = self._step(row, columns)
            if self._is_group(row, columns, task, step):
                self._open_group(row, columns, step)
                continue
            if task is None or not task.blocks:
                self._leave(row, columns)
                continue
            if last is not None and self._goes_on(row, columns, task, step):
                self._join(row, columns, task, found)
                continue
            number = step.rstrip(".)") or number
            if last is task and self._same_values(row, columns, found[-1]):
                continue
            found.append(self._candidate(row, columns, task, number))
            last = task
        return found

    # ── the rows ──

    def _step(self, row: int, columns: Columns) -> str:
        step = self.cells.said(row, self._number_column(columns))
        return step if _STEP.match(step) else ""

    def _number_column(self, columns: Columns) -> int | None:
        """The column of numbers: the first one where no header says it, unless it holds something else."""
        return columns.first("number") if "number" in columns.fields else None if 0 in columns.rules else 0

    def _is_furniture(self, row: int, columns: Columns) -> bool:
        """A row of column numbers, a repeated header, a total."""
        texts = [self.cells.said(row, column) for column in range(self.cells.grid.columns)]
        filled = [text for text in texts if text]
        if filled and all(NUMBERS.match(text) for text in filled):
            return True
        return texts == self._header or bool(
            filled and (_TOTAL.match(filled[0]) or _TOTAL.match(texts[columns.fields["task"][0]]))
        )

    def _leave(self, row: int, columns: Columns) -> None:
        """Lists a row without a task where a cell of its own, beside the number, says something."""
        number = columns.first("number")
        own = (cell for cell in self.cells.grid.cells if cell.row == row and cell.column != number)
        words = " | ".join(filter(None, map(self.cells.text, sorted(own, key=lambda cell: cell.column))))
        if words:
            self.left.append(Unplaced(words, self.node.path, "row without a task"))

    def _goes_on(self, row: int, columns: Columns, task: GridCell, step: str) -> bool:
        """Whether a row is the rest of the one above, which a page break has cut: no number, and it begins small.

        Where the cut fell before a capital, another of its cells shows it, and neither who nor when is said anew.
        """
        if step or task.row < row or "number" not in columns.fields:
            return False
        if self.cells.text(task)[:1].islower():
            return True
        said = [self.cells.said(row, column) for column in range(self.cells.grid.columns)]
        anew = any(said[column] for name in ("lead", "time") for column in columns.fields.get(name, ()))
        return not anew and any(text[:1].islower() for text in said)

    def _join(self, row: int, columns: Columns, task: GridCell, found: list[Candidate]) -> None:
        """Adds the cells of a row to the row above."""
        above = found[-1]
        found[-1] = replace(
            above,
            more=(*above.more, *((block.start, block.end) for block in task.blocks)),
            labels=[*above.labels, *self._labels(row, columns)],
        )

    # ── groups ──

    def _is_group(self, row: int, columns: Columns, task: GridCell | None, step: str) -> bool:
        """A row with a group number or none, and text alone."""
        others = [
            self.cells.at(row, column)
            for name, places in columns.fields.items()
            if name not in _NOT_OF_A_TASK
            for column in places
        ]
        if task is None or not task.blocks or any(c is not None and c is not task and c.blocks for c in others):
            return False
        number = self.cells.at(row, self._number_column(columns))
        plain = bool(_GROUP.match(step)) or not step or task.column_span > 1 or number is task
        # "13 | Xây dựng các đề án" above "13.1 | Đề án …" is a heading as well.
        return plain or self._step(row + 1, columns).startswith(f"{step.rstrip('.')}.")

    def _open_group(self, row: int, columns: Columns, step: str) -> None:
        """Remembers what a heading says of the rows beneath it, until one of its kind or a higher one follows."""
        number = step.rstrip(".)") if _GROUP.match(step) else ""
        kind = ("roman" if number[0] in "IVX" else "letter") if number else "plain"
        kinds = [group.kind for group in self._groups]
        if kind in kinds:
            del self._groups[kinds.index(kind) :]
        span = self.cells.span(self.cells.at(row, columns.first("task")))
        when = span if span is not None and self._is_when(*span) else None
        lead = unit_title(self.document.text, *span, self.rules) if span is not None and when is None else None
        self._groups.append(_Group(kind, number, when, lead))

    def _is_when(self, start: int, end: int) -> bool:
        """Whether the heading of a group is a time: "Tháng 3", "Các nhiệm vụ hoàn thành trong quý I"."""
        words = self.document.text[start:end]
        rest = words[match.end() :] if (match := _WORK_OF.match(words)) else words
        found = time.find(rest, None, year=2000, cell=True, rules=self.rules)
        return 4 * sum(mention.end - mention.start for mention in found) >= 3 * len(rest.strip(" .:")) > 0

    # ── the cells of a row ──

    def _same_values(self, row: int, columns: Columns, above: Candidate) -> bool:
        """Whether a row under one merged task cell adds nothing to the row above it."""
        said = {(label.field, label.start) for label in above.labels}
        return all((label.field, label.start) in said for label in self._labels(row, columns))

    def _labels(self, row: int, columns: Columns) -> list[Label]:
        """The cells of a row beside its task and number. A deadline that was put off counts where no other is said."""
        found: list[Label] = []
        for name, places in columns.fields.items():
            if name in {"task", "number"}:
                continue
            filled = [column for column in places if self.cells.span(self.cells.at(row, column)) is not None]
            if name == "calendar":
                found.extend(self._of_calendar(columns, filled))
                continue
            for column in filled if name in _ALL_COUNT else filled[:1]:
                cell = self.cells.at(row, column)
                assert cell is not None
                found.extend(values_of(self.document, cell, name, columns.rules[column], self.rules))
        if any(label.field == "time" for label in found):
            return [label for label in found if label.field != "time-before"]
        return [replace(label, field="time") if label.field == "time-before" else label for label in found]

    def _of_calendar(self, columns: Columns, crossed: list[int]) -> list[Label]:
        """The head of the last month or quarter that is crossed in a row."""
        span = self.cells.span(self.cells.at(columns.first_row - 1, crossed[-1])) if crossed else None
        if span is None:
            return []
        digits = _MONTH.fullmatch(self.document.text, *span)
        place = digits.span(1) if digits else span
        return [Label("month" if digits else "time", *place, "column.calendar")]

    def _candidate(self, row: int, columns: Columns, task: GridCell, number: str) -> Candidate:
        group = next((group.number for group in reversed(self._groups) if group.number), "")
        step = ".".join(filter(None, (group, number)))
        lines, own = lines_of(self.document, task, self.rules)
        scopes = [*reversed(self._groups), self._above]
        return Candidate(
            lines[0].start,
            lines[0].end,
            ".".join(filter(None, (self.node.path, step))),
            self.node.role,
            self.node.index,
            lead=next((scope.lead for scope in scopes if scope.lead and "lead" not in columns.fields), None),
            labels=[*self._labels(row, columns), *own],
            from_table=True,
            step=step,
            more=tuple((block.start, block.end) for block in lines[1:]),
            when=next((scope.when for scope in scopes if scope.when), None),
        )
