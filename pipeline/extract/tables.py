"""Reads task tables: which column holds what, which rows are tasks, what their cells add."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.extract.candidates import Candidate, Label
from pipeline.model import Document, Grid, GridCell, Node, Unplaced
from pipeline.ruleset import Ruleset

_NUMBERS = re.compile(r"^[\s()\[\]]*(?:\d{1,2}|[A-H]|[IVX]+)[\s()\[\].=+]*(?:[\d\s=+()]*)$")
_GROUP = re.compile(r"^(?:[IVX]+|[A-H])[.)]?$")
_TOTAL = re.compile(r"^(?:tổng (?:cộng|số)\b|(?:tổng|cộng)\s*(?:[:(\d]|$))", re.IGNORECASE)  # "Tổng kết …" is work
_NO_TASKS = re.compile(
    r"họ (?:và )?tên|chức vụ|chức danh|buổi|(?:^|/ )giờ\b|(?:^|/ )(?:ngày|thứ)(?: /|$)(?=.*địa điểm)|ngày kiểm tra"
    r"|được (?:kiểm tra|giám sát|thanh tra|khảo sát)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"địa điểm", re.IGNORECASE)
_CLOCK = re.compile(r"\W*(?:từ )?\d{1,2}\s?(?:[hg:]|giờ)\s?\d{0,2}\b", re.IGNORECASE)
# Columns that a row of a group may fill as well ("I | Hoạt động trong nước | … | 4.910").
_NOT_OF_A_TASK = frozenset({"task", "number", "funding", "measure", "note"})
_STEP = re.compile(r"^[\dIVXa-zđ.]{1,8}[.)]?$")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a task table: field → column index, and the first row behind the header."""

    fields: Mapping[str, int]
    rules: Mapping[str, str]
    first_row: int


class TableReader:
    """Reads one grid. Cells are looked up by place, so that a merged cell counts wherever it spans.

    `left` are the rows that name a body, a time or a product and no task.
    """

    def __init__(self, document: Document, node: Node, rules: Ruleset) -> None:
        assert node.grid is not None
        self.document = document
        self.node = node
        self.grid: Grid = node.grid
        self.rules = rules
        self.left: list[Unplaced] = []
        self._places = {
            (row, column): cell
            for cell in self.grid.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def text(self, cell: GridCell | None) -> str:
        """All words of a cell."""
        if cell is None:
            return ""
        return " ".join(self.document.text[block.start : block.end] for block in cell.blocks)

    def tasks(self) -> list[Candidate]:
        """The rows that are tasks, in order; empty where this is no task table."""
        columns = self._columns()
        if columns is None:
            return []
        found: list[Candidate] = []
        group, number, last = "", "", None
        for row in range(columns.first_row, self.grid.rows):
            task = self._places.get((row, columns.fields["task"]))
            step = self._step(row, columns)
            if self._is_furniture(row, columns):
                continue
            if task is None or not task.blocks:
                self._leave(row, columns)
                continue
            if self._is_group(row, columns, task, step):
                group = step.rstrip(".)") if _GROUP.match(step) else group
                continue
            if last is not None and self._goes_on(row, columns, task, step):
                self._join(row, columns, task, found)
                continue
            number = step.rstrip(".)") or number
            if last is task and self._same_values(row, columns, found[-1]):
                continue
            found.append(self._candidate(row, columns, task, ".".join(filter(None, (group, number)))))
            last = task
        return found

    # ── the header ──

    def _columns(self) -> Columns | None:
        """The columns, where a task column stands beside a lead or time column in the first rows."""
        for depth in (1, 2, 3):
            if depth >= self.grid.rows:
                break
            fields, names = self._fields(depth)
            if "task" in fields and not fields.keys().isdisjoint({"lead", "time", "month"}):
                deeper, deeper_names = self._fields(depth + 1) if self._is_split(depth) else (fields, names)
                if "task" in deeper:
                    fields, names = deeper, deeper_names
                    depth += self._is_split(depth)
                if self._holds_none(depth, fields) or self._is_agenda(fields.get("time"), depth):
                    return None
                return Columns(fields, names, depth)
        return None

    def _is_split(self, depth: int) -> bool:
        """Whether the header has a second level: some cells of the first go on below, others span columns."""
        return depth + 1 < self.grid.rows and any(
            cell.row < depth and cell.row + cell.row_span > depth for cell in self.grid.cells
        )

    def _fields(self, depth: int) -> tuple[dict[str, int], dict[str, str]]:
        fields: dict[str, int] = {}
        names: dict[str, str] = {}
        for column in range(self.grid.columns):
            header = self._header(column, depth)
            for rule in self.rules["columns"]:
                if header and rule.regex is not None and rule.regex.search(header):
                    name = str(rule["field"])
                    if name not in fields:
                        fields[name], names[name] = column, rule.id
                    break
        return fields, names

    def _header(self, column: int, depth: int) -> str:
        seen: list[GridCell] = []
        for row in range(depth):
            cell = self._places.get((row, column))
            if cell is not None and cell not in seen:
                seen.append(cell)
        return " / ".join(filter(None, (self.text(cell).strip().lower() for cell in seen)))

    def _holds_none(self, depth: int, fields: Mapping[str, int]) -> bool:
        """Whether the header is that of an agenda, a list of members or a schedule of visits.

        A column of places makes it an agenda only where no column says who leads: programmes of events have both.
        """
        header = " / ".join(self._header(column, depth) for column in range(self.grid.columns))
        return _NO_TASKS.search(header) is not None or ("lead" not in fields and _PLACE.search(header) is not None)

    def _is_agenda(self, column: int | None, depth: int) -> bool:
        """Whether the time column holds times of day: the order of a meeting, no deadlines."""
        if column is None:
            return False
        times = [self.text(self._places.get((row, column))) for row in range(depth, self.grid.rows)]
        filled = [time for time in times if time.strip()]
        return 2 * sum(_CLOCK.match(time) is not None for time in filled) > len(filled)

    # ── the rows ──

    def _step(self, row: int, columns: Columns) -> str:
        column = columns.fields.get("number", 0 if columns.fields["task"] > 0 else None)
        cell = self._places.get((row, column)) if column is not None else None
        step = self.text(cell).strip()
        return step if _STEP.match(step) else ""

    def _is_furniture(self, row: int, columns: Columns) -> bool:
        """A row of column numbers, a repeated header, a total."""
        texts = [self.text(self._places.get((row, column))).strip() for column in range(self.grid.columns)]
        filled = [text for text in texts if text]
        if filled and all(_NUMBERS.match(text) for text in filled):
            return True
        header = [self.text(self._places.get((columns.first_row - 1, c))).strip() for c in range(self.grid.columns)]
        return texts == header or bool(
            filled and (_TOTAL.match(filled[0]) or _TOTAL.match(texts[columns.fields["task"]]))
        )

    def _leave(self, row: int, columns: Columns) -> None:
        """Lists a row without a task where a cell of its own, beside the number, says something."""
        number = columns.fields.get("number")
        own = (cell for cell in self.grid.cells if cell.row == row and cell.column != number)
        words = " | ".join(filter(None, map(self.text, sorted(own, key=lambda cell: cell.column))))
        if words:
            self.left.append(Unplaced(words, self.node.path, "row without a task"))

    def _is_group(self, row: int, columns: Columns, task: GridCell, step: str) -> bool:
        """A row with a group number or none, and text alone."""
        others = [
            self._places.get((row, column)) for name, column in columns.fields.items() if name not in _NOT_OF_A_TASK
        ]
        empty = all(cell is None or cell is task or not cell.blocks for cell in others)
        if not empty:
            return False
        return bool(_GROUP.match(step)) or not step or task.column_span > 1 or self._is_number_cell(row, columns, task)

    def _goes_on(self, row: int, columns: Columns, task: GridCell, step: str) -> bool:
        """Whether a row is the rest of the one above, which a page break has cut: no number, and it begins small."""
        begins_small = task.row == row and self.text(task)[:1].islower()
        number = columns.fields.get("number", -1)
        return begins_small and not step and (row, number) in self._places

    def _join(self, row: int, columns: Columns, task: GridCell, found: list[Candidate]) -> None:
        """Adds the cells of a row to the row above."""
        above = found[-1]
        found[-1] = replace(
            above,
            more=(*above.more, *((block.start, block.end) for block in task.blocks)),
            labels=[*above.labels, *self._labels(row, columns)],
        )

    def _is_number_cell(self, row: int, columns: Columns, task: GridCell) -> bool:
        return self._places.get((row, columns.fields.get("number", 0))) is task

    def _same_values(self, row: int, columns: Columns, above: Candidate) -> bool:
        """Whether a row under one merged task cell adds nothing to the row above it."""
        return all(
            any(label.field == name and label.start == span[0] for label in above.labels)
            for name, column in columns.fields.items()
            if name not in {"task", "number"} and (span := self._span(self._places.get((row, column)))) is not None
        )

    def _span(self, cell: GridCell | None) -> tuple[int, int] | None:
        return (cell.blocks[0].start, cell.blocks[-1].end) if cell is not None and cell.blocks else None

    def _labels(self, row: int, columns: Columns) -> list[Label]:
        """The cells of a row beside its task and number."""
        labels = []
        for name, column in columns.fields.items():
            span = self._span(self._places.get((row, column)))
            if name not in {"task", "number"} and span is not None:
                labels.append(Label(name, *span, f"column.{columns.rules[name]}"))
        return labels

    def _candidate(self, row: int, columns: Columns, task: GridCell, step: str) -> Candidate:
        path = ".".join(filter(None, (self.node.path, step)))
        first, *more = task.blocks
        return Candidate(
            first.start,
            first.end,
            path,
            self.node.role,
            self.node.index,
            labels=self._labels(row, columns),
            from_table=True,
            step=step,
            more=tuple((block.start, block.end) for block in more),
        )
