"""The sheet `Nhiệm vụ`: one row a task, in the columns of the contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.export.page import HEADING, Value, cell, heading, height, put, set_up
from pipeline.export.wording import Wording
from pipeline.model import Directive, Task

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pipeline.export.workbook import Book

__all__ = ["COLUMNS", "TABLE", "Column", "Row", "add", "column_named", "source"]

TABLE = "NhiemVu"
SOON = 7  # days before the deadline from which a task is due soon
FIRST_DATE, LAST_DATE = dt.date(1990, 1, 1), dt.date(2100, 12, 31)  # what the officer may enter
PRINTED = 21  # columns that are printed: up to the days left; what follows is for the screen
OWN_HEAD = "#E2EFDA"  # paper of the headings of the officer's columns


@dataclass(frozen=True, slots=True)
class Row:
    """What a line of the sheet is made of."""

    number: int
    task: Task
    directive: Directive
    words: Wording


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading by language, its width in characters, how its cells look, and what they hold."""

    vi: str
    en: str
    width: float
    look: Mapping[str, object]
    value: Callable[[Row], Value]
    own: bool = False  # it belongs to the officer: filled once and never again

    def heading(self, lang: str) -> str:
        """The heading in that language."""
        return self.vi if lang == "vi" else self.en


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)


def _cadence(row: Row) -> str:
    return _joined(row.words.cadence.get(code, code) for code in row.task.cadence)


def _review(row: Row) -> str:
    return _joined(row.words.review.get(code, code) for code in row.task.review)


def source(directive: Directive, words: Wording) -> str:
    """The document as an office cites it: “Kế hoạch số 85-KH/HU ngày 04/11/2022 của Huyện ủy …”."""
    meta = directive.meta
    if not meta.number and not (meta.type and meta.date):
        return directive.document
    kind = (meta.type or "văn bản").strip()
    parts = [kind[:1].upper() + kind[1:]]
    if meta.number:
        parts.append(f"{words.number} {meta.number}")
    if meta.date:
        parts.append(f"{words.dated} {meta.date:%d/%m/%Y}")
    if meta.issuer:
        parts.append(f"{words.issued_by} {meta.issuer}")
    return " ".join(parts)


def _blank(row: Row) -> None:
    return None


TEXT: Mapping[str, object] = {}
CENTRE: Mapping[str, object] = {"align": "center"}
DATE: Mapping[str, object] = {"align": "center", "num_format": "dd/mm/yyyy"}
WHOLE: Mapping[str, object] = {"align": "center", "num_format": "0"}
DAYS: Mapping[str, object] = {"align": "center", "num_format": "0;[Red]-0;0"}
SHARE: Mapping[str, object] = {"align": "center", "num_format": "0%"}
SMALL: Mapping[str, object] = {"font_size": 8, "font_color": "#595959"}

# In the order of the contract. The headings are what other programs find the columns by.
COLUMNS: tuple[Column, ...] = (
    Column("STT", "No.", 5, CENTRE, lambda row: row.number),
    Column("Mã nhiệm vụ", "Task id", 7, SMALL, lambda row: row.task.id),
    Column("Nội dung nhiệm vụ", "Task", 48, TEXT, lambda row: row.task.text),
    Column("Đơn vị chủ trì", "Lead", 15, TEXT, lambda row: _joined(row.task.lead)),
    Column("Đơn vị phối hợp", "Coordinating", 16, TEXT, lambda row: _joined(row.task.coordinating)),
    Column("Thời hạn", "Deadline", 11.5, DATE, lambda row: row.task.due),
    Column("Hạn theo văn bản", "Deadline as written", 12, TEXT, lambda row: row.task.due_text),
    Column("Chu kỳ", "Cadence", 10, TEXT, _cadence),
    Column("Sản phẩm", "Deliverable", 13, TEXT, lambda row: row.task.deliverable),
    Column("Nơi nhận báo cáo", "Report to", 12, TEXT, lambda row: _joined(row.task.report_to)),
    Column("Chỉ tiêu", "Quantity", 9, TEXT, lambda row: _joined(row.task.quantity)),
    Column("Văn bản giao", "Source", 19, TEXT, lambda row: source(row.directive, row.words)),
    Column("Mục", "Section", 7, CENTRE, lambda row: row.task.section),
    Column("Trang", "Page", 7, WHOLE, lambda row: row.task.page),
    Column("Trạng thái", "State", 10, CENTRE, lambda row: row.words.states[0], own=True),
    Column("% hoàn thành", "% done", 8, WHOLE, _blank, own=True),
    Column("Ngày hoàn thành", "Done on", 11.5, DATE, _blank, own=True),
    Column("Kết quả", "Outcome", 11, TEXT, _blank, own=True),
    Column("Ghi chú", "Notes", 11, TEXT, _blank, own=True),
    Column("Tình trạng", "Situation", 12, CENTRE, _blank),
    Column("Còn lại, ngày", "Days left", 7.5, DAYS, _blank),
    Column("Độ tin cậy", "Confidence", 8, SHARE, lambda row: row.task.confidence),
    Column("Cần rà soát", "To review", 20, TEXT, _review),
)
_BY_NAME = {column.vi: index for index, column in enumerate(COLUMNS)}


def column_named(name: str) -> Column:
    """The column with that Vietnamese heading."""
    return COLUMNS[_BY_NAME[name]]


def add(book: Book, directives: Sequence[Directive], lang: str) -> None:
    """Adds the sheet: a table with filters, validation, formulas and the set-up for printing."""
    pairs = [(task, directive) for directive in directives for task in directive.tasks]
    rows = [Row(number, task, directive, book.wording) for number, (task, directive) in enumerate(pairs, start=1)]
    sheet = book.workbook.add_worksheet(book.wording.sheet)
    last = max(len(rows), 1)  # a table has one line at least
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
    _add_table(book, sheet, last, lang)
    for row in rows:
        sheet.set_row(row.number, height((column.value(row), column.width) for column in COLUMNS))
        _write_row(book, sheet, row)
    for line in range(1, last + 1):
        _write_formulas(book, sheet, line, lang)
    _validate(sheet, last, book.wording)
    _colour(book, sheet, last)
    sheet.freeze_panes(1, _BY_NAME["Đơn vị chủ trì"])
    set_up(sheet, book.wording, book.wording.title, last, PRINTED)


def _add_table(book: Book, sheet: Worksheet, last: int, lang: str) -> None:
    own = heading(book, bg_color=OWN_HEAD)
    headings = [
        {"header": column.heading(lang), "header_format": own if column.own else heading(book)} for column in COLUMNS
    ]
    # No table style: its bands are not drawn by every program, and a printed sheet wants its own lines.
    sheet.add_table(0, 0, last, len(COLUMNS) - 1, {"name": TABLE, "style": None, "columns": headings})
    sheet.set_row(0, HEADING)


def _write_row(book: Book, sheet: Worksheet, row: Row) -> None:
    for index, column in enumerate(COLUMNS):
        put(book, sheet, row.number, index, column.value(row), cell(book, **column.look))


def _write_formulas(book: Book, sheet: Worksheet, line: int, lang: str) -> None:
    """The situation and the days left; without a stored result, for that would need a clock."""
    for name, formula in (("Tình trạng", _situation(book.wording, lang)), ("Còn lại, ngày", _days(book.wording, lang))):
        index = _BY_NAME[name]
        sheet.write_formula(line, index, formula, cell(book, **COLUMNS[index].look), "")


def _cell(name: str, lang: str) -> str:
    """The cell of that column in the same line, by its heading, so that a line the officer adds works as well."""
    return f"{TABLE}[[#This Row],[{COLUMNS[_BY_NAME[name]].heading(lang)}]]"


def _situation(words: Wording, lang: str) -> str:
    text, state, due, done = (
        _cell(name, lang) for name in ("Nội dung nhiệm vụ", "Trạng thái", "Thời hạn", "Ngày hoàn thành")
    )
    not_begun, _, finished, paused, cancelled = words.states
    waiting, in_time, soon, overdue, done_in_time, done_late, no_deadline = words.situations
    return (
        f'=IF({text}="","",IF(OR({state}="{paused}",{state}="{cancelled}"),{state},'
        f'IF({state}="{finished}",IF(OR({due}="",{done}="",{done}<={due}),"{done_in_time}","{done_late}"),'
        f'IF({due}="","{no_deadline}",IF({due}<TODAY(),"{overdue}",IF({due}-TODAY()<={SOON},"{soon}",'
        f'IF({state}="{not_begun}","{waiting}","{in_time}")))))))'
    )


def _days(words: Wording, lang: str) -> str:
    due, state = _cell("Thời hạn", lang), _cell("Trạng thái", lang)
    over = ",".join(f'{state}="{name}"' for name in words.states[2:])
    return f'=IF(OR({due}="",{over}),"",{due}-TODAY())'


def _validate(sheet: Worksheet, last: int, words: Wording) -> None:
    def rule(name: str, **options: object) -> None:
        index = _BY_NAME[name]
        sheet.data_validation(1, index, last, index, options)

    rule("Trạng thái", validate="list", source=list(words.states), error_message=words.choose_state)
    rule("% hoàn thành", validate="integer", criteria="between", minimum=0, maximum=100,
         error_message=words.whole_percent)  # fmt: skip
    for name in ("Thời hạn", "Ngày hoàn thành"):
        rule(name, validate="date", criteria="between", minimum=FIRST_DATE, maximum=LAST_DATE,
             error_message=words.real_date)  # fmt: skip


def _colour(book: Book, sheet: Worksheet, last: int) -> None:
    """What is late, soon due or done is seen at once; the words say it as well, for a black and white printer."""
    _, _, soon, overdue, done_in_time, done_late, _ = book.wording.situations
    index = _BY_NAME["Tình trạng"]
    colours = {soon: ("#7F6000", "#FFF2CC"), overdue: ("#9C0006", "#FFC7CE"), done_in_time: ("#375623", "#E2EFDA")}
    colours[done_late] = colours[done_in_time]
    for words, (ink, paper) in colours.items():
        look = book.workbook.add_format({"font_color": ink, "bg_color": paper})
        rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": look}
        sheet.conditional_format(1, index, last, index, rule)
