"""Reads which column of a table holds what: by the words of its header, else by what its cells are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from pipeline import time
from pipeline.extract.cells import Cells
from pipeline.extract.lexicon import lexicon, tokens_of
from pipeline.extract.names import begins_name
from pipeline.model import GridCell
from pipeline.ruleset import Ruleset

NUMBERS = re.compile(r"^[\s()\[\]]*(?:\d{1,2}|[A-H]|[IVX]+)[\s()\[\].=+]*(?:[\d\s=+()]*)$")
_NO_TASKS = re.compile(
    r"họ (?:và )?tên|chức vụ|chức danh|buổi|(?:^|/ )giờ\b|(?:^|/ )(?:ngày|thứ)(?: /|$)(?=.*địa điểm)|ngày kiểm tra"
    r"|được (?:kiểm tra|giám sát|thanh tra|khảo sát)|điện thoại|năm sinh|ngày sinh|ca thi|môn thi"
    r"|(?:đơn vị|nội dung) làm việc|thời lượng|mốc (?:kiểm tra|giám sát)|(?:^|/ )đối tượng(?: /|$)(?=.*hình thức)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"địa điểm", re.IGNORECASE)
_CLOCK = re.compile(r"\W*(?:từ )?\d{1,2}\s?(?:[hg:]|giờ)\s?\d{0,2}\b", re.IGNORECASE)
# "Quý I", "T3", "Tháng 3", "Năm 2026" over columns of crosses; "3" where the header above it says "Tháng".
_PERIOD = re.compile(r"(?:^|/ )(?:quý [ivx\d]{1,3}|(?:năm )?20\d\d|(?:t|tháng |.*tháng.* / )\d{1,2})(?:[/ ]\S+)?$")
_CROSS = re.compile(r"[xX×✓✔√*•●■+v]{1,2}")
_PERSON = re.compile(r"(?:các )?(?:đồng chí|đ/c|ông|bà|thầy|cô|anh|chị)\b", re.IGNORECASE)
_AT_MOST = 12  # cells of a column that are looked at
_MOSTLY = 0.75
_LINE = 90  # characters: what is longer is no date and no list of bodies
# Figures and results: in such a table no column becomes one of leads or times by its cells alone.
_OF_FIGURES = frozenset({"measure", "target", "status"})
_SAYS_WHEN = frozenset({"time", "time-before", "month", "quarter", "calendar"})
_BY_LEVEL = frozenset({"lead", "coordinating", "start", "monitor"})


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a task table: field → its columns from left to right, and the first row behind the header.

    `rules` name by column what said so.
    """

    fields: Mapping[str, tuple[int, ...]]
    rules: Mapping[int, str]
    first_row: int

    def first(self, name: str) -> int | None:
        """The leftmost column of a field."""
        return self.fields[name][0] if name in self.fields else None


@dataclass(slots=True)
class _Found:
    fields: dict[str, tuple[int, ...]] = field(default_factory=dict)
    rules: dict[int, str] = field(default_factory=dict)

    def add(self, name: str, column: int, rule: str) -> None:
        self.fields[name] = (*self.fields.get(name, ()), column)
        self.rules[column] = rule

    @property
    def is_task_table(self) -> bool:
        """Whether a task column stands beside one that says who or when."""
        return "task" in self.fields and not self.fields.keys().isdisjoint({"lead", *_SAYS_WHEN})


class HeaderReader:
    """Reads the header of one table."""

    def __init__(self, cells: Cells, rules: Ruleset) -> None:
        self.cells = cells
        self.rules = rules
        self.words = lexicon(rules)

    def columns(self) -> Columns | None:
        """The columns of a task table; None where the table is another kind of list."""
        for read, depths in ((self._by_words, (1, 2, 3)), (self._by_cells, self._own_depths())):
            for depth in depths:
                if depth >= self.cells.grid.rows:
                    break
                found = read(depth)
                if not found.is_task_table:
                    continue
                if self._is_split(depth) and (deeper := read(depth + 1)).is_task_table:
                    found, depth = deeper, depth + 1
                self._add_by_cells(found, depth)
                if self._holds_none(depth, found) or self._is_agenda(found.fields.get("time", ()), depth):
                    return None
                return Columns(found.fields, found.rules, depth)
        return None

    def _own_depths(self) -> tuple[int, ...]:
        """How deep a header may be that no rule knows: one row, or two where the first is a title over all columns."""
        first = self.cells.at(0, 0)
        return (2,) if first is not None and first.column_span == self.cells.grid.columns else (1,)

    def _is_split(self, depth: int) -> bool:
        """Whether the header has a second level: some cells of the first go on below, others span columns."""
        return depth + 1 < self.cells.grid.rows and any(
            cell.row < depth and cell.row + cell.row_span > depth for cell in self.cells.grid.cells
        )

    # ── by the words of the header ──

    def _by_words(self, depth: int) -> _Found:
        found = _Found()
        for column in range(self.cells.grid.columns):
            levels = self._levels(column, depth)
            if not levels:
                continue
            read = ("calendar", "calendar") if self._is_calendar(column, depth) else self._field(levels)
            if read is not None and self._may_be(read[0], column, depth):
                found.add(read[0], column, read[1])
        self._choose_task(found, depth)
        return found

    def _levels(self, column: int, depth: int) -> list[str]:
        """The words of the header from its top row down. A title over the whole table is none of them."""
        seen: list[GridCell] = []
        for row in range(depth):
            cell = self.cells.at(row, column)
            if cell is not None and cell not in seen and cell.column_span < self.cells.grid.columns:
                seen.append(cell)
        return [text for cell in seen if (text := self.cells.text(cell).strip().lower())]

    def _field(self, levels: list[str]) -> tuple[str, str] | None:
        """The field that a header names: by its lowest level where that says who ("Giao / Chủ trì"), else whole."""
        if len(levels) > 1:
            lowest = self._match(levels[-1])
            if lowest is not None and lowest[0] in _BY_LEVEL:
                return lowest
        return self._match(" / ".join(levels))

    def _match(self, header: str) -> tuple[str, str] | None:
        for rule in self.rules["columns"]:
            if rule.regex is not None and rule.regex.search(header):
                return str(rule["field"]), rule.id
        return None

    def _is_calendar(self, column: int, depth: int) -> bool:
        """Whether a column stands for a month or a quarter, and crosses in it say that work falls there."""
        if not _PERIOD.search(" / ".join(self._levels(column, depth))):
            return False
        marks = [self.cells.text(cell).strip() for cell in self.cells.filled(column, depth)]
        return all(_CROSS.fullmatch(mark) or NUMBERS.match(mark) for mark in marks) and any(
            _CROSS.fullmatch(mark) for mark in marks
        )

    def _may_be(self, name: str, column: int, depth: int) -> bool:
        """Whether the cells allow what the header says: "Đơn vị" may be one of measure, "Thực hiện" hold results."""
        if name == "measure":
            return not self._mostly(column, depth, self._is_body)
        return name not in {"lead", "time"} or not self._holds_figures(column, depth)

    def _holds_figures(self, column: int, depth: int) -> bool:
        """Whether a column holds amounts alone. A year is none: it has the form of a deadline."""
        said = [self.cells.text(cell).strip() for cell in islice(self.cells.filled(column, depth), _AT_MOST)]
        return bool(said) and all(re.fullmatch(r"[\d.,\s]+%?", text) and not self._says_when(text) for text in said)

    def _choose_task(self, found: _Found, depth: int) -> None:
        """Of several columns that headers call work, the one with most cells is it: the others hold groups of work.

        A list of names ("Tên đề án") is work only where columns say both who and when.
        """
        named = found.fields.pop("subject", ())
        if "task" not in found.fields and named and "lead" in found.fields and not _SAYS_WHEN.isdisjoint(found.fields):
            found.fields["task"] = named
        tasks = found.fields.get("task", ())
        if len(tasks) > 1:
            found.fields["task"] = (max(tasks, key=lambda column: sum(1 for _ in self.cells.filled(column, depth))),)

    # ── by the cells ──

    def _by_cells(self, depth: int) -> _Found:
        """The columns where the header does not make a task table, and the cells beneath it do."""
        found = self._by_words(depth)
        # The first column may count the rows.
        amounts = any(self._holds_figures(c, depth) for c in self._unknown(found, depth) if c > 0)
        if _OF_FIGURES.isdisjoint(found.fields) and not amounts:
            self._add_by_cells(found, depth)
            if not self._is_work(found, depth):
                found.fields.pop("task", None)
        return found

    def _unknown(self, found: _Found, depth: int) -> list[int]:
        """The columns with a header that no rule knows."""
        return [c for c in range(self.cells.grid.columns) if c not in found.rules and self._levels(c, depth)]

    def _add_by_cells(self, found: _Found, depth: int) -> None:
        """Gives columns whose header says nothing known the field that nearly all their cells fit."""
        if "task" not in found.fields:
            texts = [c for c in self._unknown(found, depth) if self._mostly(c, depth, self._acts)]
            works = [c for c in texts if not self._mostly(c, depth, self._is_body, 0.5)]
            if works:
                found.add("task", max(works, key=lambda column: self._length(column, depth)), "content")
        if _SAYS_WHEN.isdisjoint(found.fields):
            times = [c for c in self._unknown(found, depth) if self._mostly(c, depth, self._is_time)]
            if times:
                found.add("time", times[-1], "content")
        if {"lead", "coordinating"} <= found.fields.keys():
            return
        for column in [c for c in self._unknown(found, depth) if self._mostly(c, depth, self._is_body)]:
            if "lead" not in found.fields:
                found.add("lead", column, "content")
            elif "coordinating" not in found.fields and column > found.fields["lead"][0]:
                found.add("coordinating", column, "content")

    def _is_work(self, found: _Found, depth: int) -> bool:
        """Whether the task column is worded as work. Persons alone beside it are not enough: a list of members."""
        if "task" not in found.fields or not self._mostly(found.fields["task"][0], depth, self._acts, 0.5):
            return False
        lead = found.fields.get("lead", ())
        return not _SAYS_WHEN.isdisjoint(found.fields) or (
            bool(lead) and not self._mostly(lead[0], depth, self._is_person, 0.5)
        )

    def _some(self, column: int, depth: int) -> Iterator[GridCell]:
        numbers = (cell for cell in self.cells.filled(column, depth) if not NUMBERS.match(self.cells.text(cell)))
        return islice(numbers, _AT_MOST)

    def _mostly(self, column: int, depth: int, fits: Callable[[GridCell], bool], share: float = _MOSTLY) -> bool:
        asked = [fits(cell) for cell in self._some(column, depth)]
        return bool(asked) and sum(asked) >= share * len(asked)

    def _length(self, column: int, depth: int) -> float:
        lengths = [len(self.cells.text(cell)) for cell in self._some(column, depth)]
        return sum(lengths) / max(len(lengths), 1)

    def _acts(self, cell: GridCell) -> bool:
        text = self.cells.text(cell)
        tokens = tokens_of(text)
        return len(tokens) > 2 and self.words.acts(tokens, 0)

    def _is_time(self, cell: GridCell) -> bool:
        return self._says_when(self.cells.text(cell))

    def _says_when(self, text: str) -> bool:
        """Whether a cell is a time and hardly anything else; a year counts here, for amounts have no such form."""
        if len(text) > _LINE:
            return False
        found = time.find(text, None, year=2000, cell=True, rules=self.rules)
        return 3 * sum(mention.end - mention.start for mention in found) >= len(text)

    def _is_body(self, cell: GridCell) -> bool:
        text = self.cells.text(cell)
        return len(text) <= 2 * _LINE and begins_name(tokens_of(text), 0, self.words, after_joiner=True)

    def _is_person(self, cell: GridCell) -> bool:
        return _PERSON.match(self.cells.text(cell)) is not None

    # ── tables of another kind ──

    def _holds_none(self, depth: int, found: _Found) -> bool:
        """Whether the header is that of an agenda, a list of members or a schedule of visits.

        A column of places makes it an agenda only where no header says who leads: programmes of events have both.
        """
        header = " / ".join(" / ".join(self._levels(column, depth)) for column in range(self.cells.grid.columns))
        named = any(found.rules[column] != "content" for column in found.fields.get("lead", ()))
        return _NO_TASKS.search(header) is not None or (not named and _PLACE.search(header) is not None)

    def _is_agenda(self, columns: tuple[int, ...], depth: int) -> bool:
        """Whether a time column holds times of day: the order of a meeting, no deadlines."""
        return any(self._mostly(column, depth, self._is_clock, 0.51) for column in columns)

    def _is_clock(self, cell: GridCell) -> bool:
        return _CLOCK.match(self.cells.text(cell)) is not None
