"""The sheet `Chỉ tiêu`: what can be measured. Rows that are targets, and tasks in which an amount is named.

The table is named `ChiTieu`. Every cell is the program's: deadline, progress, result and situation are looked up in
`Nhiệm vụ` by the task's id, so that the officer types in one place only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.export.page import CENTRE, DATE, LINK, TEXT, set_up
from pipeline.export.table import Column, Formula, link, looked_up, write_table
from pipeline.export.task_sheet import Row, column_named

if TYPE_CHECKING:
    from pipeline.export.workbook import Book

__all__ = ["TABLE", "add"]

TABLE = "ChiTieu"
SHEET = {"vi": "Chỉ tiêu", "en": "Targets"}
TITLE = {"vi": "CHỈ TIÊU", "en": "TARGETS"}
KIND = {"vi": {"target": "Chỉ tiêu", "task": "Nhiệm vụ", "report": "Báo cáo"},
        "en": {"target": "Target", "task": "Task", "report": "Report"}}  # fmt: skip
WHOLE = {"align": "center", "num_format": "0"}
# Columns of the tasks whose present value is looked up, with their width and look here.
LOOKED_UP = (
    ("Thời hạn", 12, DATE), ("% hoàn thành", 9, WHOLE), ("Kết quả", 24, TEXT), ("Tình trạng", 15, CENTRE),
)  # fmt: skip


def add(book: Book, rows: Sequence[Row], lang: str) -> None:
    """Adds the sheet."""
    sheet = book.add_sheet(SHEET[lang])
    wanted = [row for row in rows if row.task.kind == "target" or row.task.quantity]
    columns = _columns(book, lang)
    last = write_table(book, sheet, TABLE, columns, wanted, lang)
    sheet.freeze_panes(1, 3)
    set_up(book, sheet, TITLE[lang], last, len(columns))


def _columns(book: Book, lang: str) -> list[Column[Row]]:
    def same(name: str, width: float) -> Column[Row]:
        return replace(column_named(name), width=width)

    def live(name: str, width: float, look: dict[str, object]) -> Column[Row]:
        heads = column_named(name)
        shown = Formula(looked_up(TABLE, heads.heading(lang), lang))
        return Column(heads.vi, heads.en, width, look, _constant(shown))

    kinds = KIND[lang]
    return [
        Column("STT", "No.", 6, LINK, lambda row: link(TABLE, book.wording.sheet, lang, row.number)),
        column_named("Mã nhiệm vụ"),
        same("Nội dung nhiệm vụ", 56),
        Column("Loại", "Kind", 11, CENTRE, lambda row: kinds.get(row.task.kind, row.task.kind)),
        same("Chỉ tiêu", 20),
        same("Đơn vị chủ trì", 22),
        *(live(*one) for one in LOOKED_UP),
        same("Văn bản giao", 26),
        same("Mục", 8),
    ]


def _constant(formula: Formula) -> Callable[[Row], Formula]:
    return lambda row: formula
