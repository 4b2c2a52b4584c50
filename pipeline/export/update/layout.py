"""Where the tasks stand in a tracker that people have worked in: which sheet, which line is the head, which column is
which. Lines may stand above the head, columns between the program's own, and headings may have other names by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.export.task_sheet import COLUMNS, TABLE, Column, Row
from pipeline.export.update.content import lines, text_of, token
from pipeline.export.update.nouns import Cell, Sheet, Table, Workbook

__all__ = ["ID", "Layout", "find"]

ID, TEXT, DUE = "Mã nhiệm vụ", "Nội dung nhiệm vụ", "Thời hạn"
NUMBER, REVIEW, SECTION, SOURCE = "STT", "Cần rà soát", "Mục", "Văn bản giao"
SITUATION, DAYS = "Tình trạng", "Còn lại, ngày"
DEEPEST_HEAD = 60  # lines of letterhead and remarks that may stand above the head
FEWEST = 6  # headings of ours by which the sheet is known; `6 rõ` and the like share five with it


@dataclass(slots=True)
class Layout:
    """The table of the tasks: `columns` by their Vietnamese heading → number of the column, lines from 1.

    `last` is the last line that holds a task; it equals `head` where there is none.
    """

    sheet: Sheet
    lang: str
    head: int
    columns: Mapping[str, int]
    last: int

    def cell(self, line: int, name: str) -> Cell | None:
        """The cell of that column, None where the officer took the column out."""
        column = self.columns.get(name)
        return None if column is None else self.sheet.cell(line, column)

    def value(self, line: int, name: str) -> object:
        """What that cell holds."""
        cell = self.cell(line, name)
        return None if cell is None else cell.value

    def table(self) -> Table | None:
        """The Excel table that the head belongs to."""
        return next((one for one in self.sheet.tables.values() if _top(one) == self.head), None)


def find(book: Workbook, before: Sequence[str] = ()) -> Layout | None:
    """The table of the tasks, None where the workbook has none. `before` are the headings at the last update, in their
    order, by which one that got another name is known."""
    found: tuple[int, Layout] | None = None
    for sheet in book.worksheets:
        for lang in ("vi", "en"):
            names = {column.heading(lang): column for column in COLUMNS}
            line, hits = _head(sheet, names)
            own = TABLE in sheet.tables
            score = hits + own
            if hits >= FEWEST and (found is None or score > found[0]):
                found = score, _layout(sheet, lang, line, names, before)
    if found is None or not {ID, TEXT} & set(found[1].columns):
        return None
    return found[1]


def _head(sheet: Sheet, names: Mapping[str, Column[Row]]) -> tuple[int, int]:
    """The line with the most headings of ours, and how many."""
    best = (0, 0)
    for cells in lines(sheet)[:DEEPEST_HEAD]:
        hits = len({text_of(cell.value).strip() for cell in cells if cell.value is not None} & set(names))
        if hits > best[1]:
            best = cells[0].row, hits
    return best


def _layout(sheet: Sheet, lang: str, head: int, names: Mapping[str, Column[Row]], before: Sequence[str]) -> Layout:
    headings = _headings(sheet, head)
    columns: dict[str, int] = {}
    for number, heading in headings.items():
        if heading in names:
            columns.setdefault(names[heading].vi, number)
    columns.update(_renamed(headings, columns, before))
    layout = Layout(sheet, lang, head, columns, head)
    layout.last = _last(layout)
    return layout


def _headings(sheet: Sheet, head: int) -> dict[int, str]:
    return {
        column: text_of(cell.value).strip() for (line, column), cell in sorted(sheet._cells.items()) if line == head
    }


def _renamed(headings: Mapping[int, str], columns: Mapping[str, int], before: Sequence[str]) -> dict[str, int]:
    """Columns whose heading got another name: as many unknown ones between two known as are missing between them.

    `before` names all columns of the sheet, the officer's as they were headed: a heading that stood there then is no
    new name.
    """
    taken, old = set(columns.values()), set(before)
    found: dict[str, int] = {}
    missing: list[str] = []
    left = 0
    for name in (*(one for one in before if one in columns or any(one == column.vi for column in COLUMNS)), ""):
        if name and name not in columns:
            missing.append(name)
            continue
        right = columns.get(name, max(headings, default=0) + 1)
        between = [number for number in range(left + 1, right) if number not in taken]
        fresh = [number for number in between if headings.get(number) and headings[number] not in old]
        if missing and len(fresh) == len(missing):
            found.update(zip(missing, fresh, strict=True))
        missing, left = [], right
    return found


def _last(layout: Layout) -> int:
    """The last line of the table, with the lines right below it that a program did not take into it."""
    table = layout.table()
    if table is not None and table.totalsRowCount:
        return _bottom(table) - int(table.totalsRowCount)
    last = _bottom(table) if table is not None else _last_named(layout)
    while any(token(layout.value(last + 1, name)) for name in (ID, TEXT)):
        last += 1
    if table is None:
        return last
    # The one empty line of a table without tasks is room for the first.
    only_one = last == layout.head + 1
    empty = only_one and not any(token(cell.value) for cell in layout.sheet[last] if cell.data_type != "f")
    return layout.head if empty else last


def _last_named(layout: Layout) -> int:
    """Without a table the last line that has an id; what stands below may be a signature."""
    lines = range(layout.sheet.max_row, layout.head, -1)
    return next((line for line in lines if token(layout.value(line, ID))), layout.head)


def _top(table: Table) -> int:
    return int(table.ref.split(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$"))


def _bottom(table: Table) -> int:
    return int(table.ref.split(":")[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$"))
