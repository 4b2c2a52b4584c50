"""An officer at work in a tracker: types, colours, sorts, filters, adds and deletes, and remembers every word.

Edits are made with openpyxl, as Excel would leave the file. What was typed is remembered with its place; lines are
followed by a mark that the officer leaves nowhere but in memory: the cell objects move when lines are sorted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.worksheet.table import TableColumn

OWN = ("Trạng thái", "% hoàn thành", "Ngày hoàn thành", "Kết quả", "Ghi chú")
PROGRAM = ("Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn", "Hạn theo văn bản", "Sản phẩm", "Mục",
           "Cần rà soát", "Văn bản giao")  # fmt: skip
HOSTILE = ('=HYPERLINK("http://example.org")', "+84 24", "-gạch đầu dòng", "@tên", "'nháy", "  thừa  chỗ ",
           "dòng một\ndòng hai", "<b>&amp;</b>", "😀 xong", "00123", "=1+1")  # fmt: skip
COLOURS = ("FFFFFF00", "FF92D050", "FFFFC000")
Place = tuple[str, int, int]


@dataclass
class Officer:
    """What this officer typed, by sheet, line and column; and what else must stay."""

    path: Path
    random: Random
    typed: dict[Place, Any] = field(default_factory=dict)
    painted: dict[Place, str] = field(default_factory=dict)
    notes: dict[Place, str] = field(default_factory=dict)
    widths: dict[tuple[str, str], float] = field(default_factory=dict)
    hidden: set[tuple[str, int]] = field(default_factory=set)
    sheets: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    count: int = 0

    # ── where things are ───────────────────────────────────────────────────────────────────

    def open(self) -> None:
        self.book = openpyxl.load_workbook(self.path, rich_text=True)
        self.sheet = next(one for one in self.book.worksheets if "NhiemVu" in one.tables)
        self.table = self.sheet.tables["NhiemVu"]
        self.left, self.head, self.right, self.last = range_boundaries(self.table.ref)

    def save(self) -> None:
        self.book.save(self.path)

    def column(self, name: str) -> int | None:
        found = [cell.column for cell in self.sheet[self.head] if cell.value == name]
        return found[0] if found else None

    def ids(self) -> list[Any]:
        column = self.column("Mã nhiệm vụ")
        return [self.sheet.cell(line, column).value for line in range(self.head + 1, self.last + 1)] if column else []

    def line(self) -> int:
        return self.random.randint(self.head + 1, self.last)

    def words(self) -> str:
        self.count += 1
        return f"cán bộ ghi {self.count}" if self.random.random() < 0.7 else self.random.choice(HOSTILE)

    # ── what an officer does ───────────────────────────────────────────────────────────────

    def type(self, name: str, value: Any = None) -> None:
        column = self.column(name)
        if column is None:
            return
        cell = self.sheet.cell(self.line(), column)
        if value is None:
            value = {"% hoàn thành": 55, "Ngày hoàn thành": dt.datetime(2026, 3, 4), "Thời hạn": dt.datetime(2026, 5, 6),
                     "Trạng thái": "Hoàn thành"}.get(name) or self.words()  # fmt: skip
        self._write(cell, value)

    def _write(self, cell: Any, value: Any) -> None:
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        self.typed[self.sheet.title if cell.parent is self.sheet else cell.parent.title, cell.row, cell.column] = value

    def type_own(self) -> None:
        self.type(self.random.choice(OWN))

    def correct(self) -> None:
        for _ in range(3):
            self.type(self.random.choice(PROGRAM))

    def wipe(self) -> None:
        """Takes the program's words out of a cell: an empty cell is what was wanted."""
        column = self.column(self.random.choice(PROGRAM[1:]))
        if column is not None:
            cell = self.sheet.cell(self.line(), column)
            if cell.value is not None:  # nobody can see that an empty cell was wiped
                self._write(cell, None)

    def paint(self) -> None:
        cell = self.sheet.cell(self.line(), self.random.randint(1, self.right))
        colour = self.random.choice(COLOURS)
        cell.fill = PatternFill("solid", fgColor=colour)
        cell.font = Font("Arial", 11, bold=True)
        self.painted[self.sheet.title, cell.row, cell.column] = colour

    def note(self) -> None:
        cell = self.sheet.cell(self.line(), self.random.randint(1, self.right))
        words = self.words()
        cell.comment = Comment(words, "Cán bộ", 90, 200)
        self.notes[self.sheet.title, cell.row, cell.column] = words

    def widen(self) -> None:
        letter = get_column_letter(self.random.randint(1, self.right))
        width = float(self.random.randint(5, 60))
        self.sheet.column_dimensions[letter].width = width
        self.widths[self.sheet.title, letter] = width

    def filter(self) -> None:
        column = self.column("Trạng thái")
        if column is None:
            return
        self.table.autoFilter.add_filter_column(column - 1, ["Hoàn thành"])
        for line in range(self.head + 1, self.last + 1):
            if self.sheet.cell(line, column).value != "Hoàn thành":
                self.sheet.row_dimensions[line].hidden = True
                self.hidden.add((self.sheet.title, line))

    def sort(self) -> None:
        """By any column, as Excel does it: lines with their looks and notes; sizes of lines stay."""
        lines = list(range(self.head + 1, self.last + 1))
        order = lines[:]
        self.random.shuffle(order)
        self._rearrange(dict(zip(order, lines, strict=True)))

    def delete(self) -> None:
        if self.last - self.head < 2:
            return
        line = self.line()
        key = self.column("Mã nhiệm vụ")
        if key is not None:
            self.deleted.add(str(self.sheet.cell(line, key).value))
        for column in range(1, self.sheet.max_column + 1):
            self.sheet._cells.pop((line, column), None)
        self._forget(line)
        below = range(line + 1, self.sheet.max_row + 1)
        self._rearrange({one: one - 1 for one in below})
        self._resize(-1)

    def insert(self) -> None:
        """A line of the office's own in the middle."""
        line = self.line()
        self._rearrange({one: one + 1 for one in range(line, self.sheet.max_row + 1)})
        self._resize(1)
        for name in ("Nội dung nhiệm vụ", "Thời hạn", "Ghi chú"):
            column = self.column(name)
            if column is not None:
                value = dt.datetime(2026, 7, 8) if name == "Thời hạn" else self.words()
                self._write(self.sheet.cell(line, column), value)

    def add_column(self) -> None:
        """A column of the office's own behind the last, with words in some lines."""
        column = self.right + 1
        if any(self.sheet.cell(line, column).value is not None for line in range(self.head, self.last + 1)):
            return
        name = f"Cột thêm {column}"
        self._write(self.sheet.cell(self.head, column), name)
        ids = max(one.id for one in self.table.tableColumns) + 1
        self.table.tableColumns.append(TableColumn(id=ids, name=name))
        self._set_ref(self.last, column)
        for line in range(self.head + 1, self.last + 1):
            if self.random.random() < 0.5:
                self._write(self.sheet.cell(line, column), self.words())

    def rename(self) -> None:
        column = self.column(self.random.choice((*OWN[3:], "Sản phẩm", "Đơn vị phối hợp")))
        if column is not None:
            name = f"Tên khác {column}"
            self._write(self.sheet.cell(self.head, column), name)
            self.table.tableColumns[column - 1].name = name

    def sign(self) -> None:
        """Words below the table."""
        if self.sheet.max_row > self.last:
            return
        self._write(self.sheet.cell(self.last + 2, 3), "NGƯỜI LẬP BIỂU")
        self._write(self.sheet.cell(self.last + 3, 3), "Nguyễn Văn A")
        self.sheet.merge_cells(start_row=self.last + 2, end_row=self.last + 2, start_column=3, end_column=5)

    def add_sheet(self) -> None:
        sheet = self.book.create_sheet(f"Sheet riêng {len(self.sheets) + 1}", self.random.randint(0, 3))
        self.sheets.add(sheet.title)
        for line in range(1, 4):
            self._write(sheet.cell(line, 2), self.words())
        self._write(sheet.cell(5, 2), 12.5)

    def write_on_own_sheet(self) -> None:
        """Beside what the program says, on a sheet that the program makes anew."""
        sheet = self.book[self.random.choice(["Lịch", "Chỉ tiêu", "Văn bản", "Cần rà soát"])]
        self._write(sheet.cell(sheet.max_row + 2, 15), self.words())

    def write_in_log(self) -> None:
        if "Nhật ký" in self.book.sheetnames:
            sheet = self.book["Nhật ký"]
            self._write(sheet.cell(self.random.randint(2, sheet.max_row), 9), self.words())

    # ── how a sheet changes under it ───────────────────────────────────────────────────────

    def _rearrange(self, moves: dict[int, int]) -> None:
        """Moves whole lines: cells with what is on them, and what the officer remembers of them."""
        sheet, title = self.sheet, self.sheet.title
        cells = {place: sheet._cells.pop(place) for place in list(sheet._cells) if place[0] in moves}
        for (line, column), cell in cells.items():
            cell.row = moves[line]
            sheet._cells[cell.row, column] = cell
        for merged in list(sheet.merged_cells.ranges):
            if merged.min_row in moves:
                sheet.merged_cells.remove(merged)
                merged.shift(row_shift=moves[merged.min_row] - merged.min_row)
                sheet.merged_cells.add(merged)
        for name in ("typed", "painted", "notes"):
            known = getattr(self, name)
            moved = {(one, moves.get(line, line) if one == title else line, column): held
                     for (one, line, column), held in known.items()}  # fmt: skip
            setattr(self, name, moved)

    def _forget(self, line: int) -> None:
        for name in ("typed", "painted", "notes"):
            known = getattr(self, name)
            setattr(self, name, {place: held for place, held in known.items()
                                 if (place[0], place[1]) != (self.sheet.title, line)})  # fmt: skip

    def _resize(self, by: int) -> None:
        self._set_ref(self.last + by, self.right)

    def _set_ref(self, last: int, right: int) -> None:
        self.last, self.right = last, right
        ref = f"{get_column_letter(self.left)}{self.head}:{get_column_letter(right)}{last}"
        self.table.ref = ref
        if self.table.autoFilter is not None:
            self.table.autoFilter.ref = ref

    # ── what is checked ────────────────────────────────────────────────────────────────────

    def moved_down(self, after: int, by: int) -> None:
        """Lines below the table went down when tasks were added."""
        if by:
            self.hidden = {(one, line + by if line > after else line) for one, line in self.hidden}
            for name in ("typed", "painted", "notes"):
                known = getattr(self, name)
                setattr(self, name, {(one, line + by if one == self.sheet.title and line > after else line, column): held
                                     for (one, line, column), held in known.items()})  # fmt: skip

    def missing(self) -> list[str]:
        """What is no longer as the officer left it, in the file as it is now."""
        book = self.book
        wrong = []
        for (title, line, column), value in self.typed.items():
            cell = book[title].cell(line, column)
            heading = book[title].cell(self.head, column).value
            same = cell.value == value or (heading == "Cần rà soát" and str(cell.value or "").startswith(value or ""))
            kind = "s" if isinstance(value, str) else None
            if not same or (kind and cell.data_type != kind):
                wrong.append(f"{title}!{cell.coordinate}: {value!r} → {cell.value!r}")
        for (title, line, column), colour in self.painted.items():
            cell = book[title].cell(line, column)
            if cell.fill.fgColor.rgb != colour or cell.font.name != "Arial":
                wrong.append(f"{title}!{cell.coordinate}: colour")
        for (title, line, column), words in self.notes.items():
            cell = book[title].cell(line, column)
            if cell.comment is None or not cell.comment.text.startswith(words):
                wrong.append(f"{title}!{cell.coordinate}: note {words!r} → {cell.comment}")
        for (title, letter), width in self.widths.items():
            if book[title].column_dimensions[letter].width != width:
                wrong.append(f"{title}: width of {letter}")
        wrong += [f"{title}: line {line} shown" for title, line in self.hidden
                  if not book[title].row_dimensions[line].hidden]  # fmt: skip
        wrong += [f"sheet {title}" for title in self.sheets if title not in book.sheetnames]
        return wrong


ACTS: tuple[Callable[[Officer], None], ...] = (
    Officer.type_own, Officer.type_own, Officer.type_own, Officer.correct, Officer.correct, Officer.wipe, Officer.paint,
    Officer.note, Officer.widen, Officer.filter, Officer.sort, Officer.delete, Officer.insert, Officer.add_column,
    Officer.rename, Officer.sign, Officer.add_sheet, Officer.write_on_own_sheet, Officer.write_in_log,
)  # fmt: skip
