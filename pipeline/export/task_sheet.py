"""The sheet `Nhiệm vụ`: one row a task, in the columns of the contract, headed in the first line.

The table is named `NhiemVu`. The columns with ``own=True`` are the officer's: filled once and never again. `Tình trạng`
and `Còn lại, ngày` are formulas of the table's own columns, of the named cell `HomNay` (today) and of `SoNgayCanhBao`
(days of warning) on `Cài đặt`, so that they stay true without this program.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipeline.export.page import CENTRE, DATE, SHARE, SITUATION_COLOURS, SMALL, TEXT, column_letter, lines, set_up
from pipeline.export.settings_sheet import TODAY, WARNING_DAYS
from pipeline.export.table import TASKS, Column, Formula, write_table
from pipeline.export.wording import Wording
from pipeline.model import Directive, Task
from pipeline.situation import STATES

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from pipeline.export.workbook import Book

__all__ = [
    "COLUMNS", "MOST_NOTES", "TABLE", "Column", "Row", "Typed", "add", "column_named", "is_gone", "kind_of", "rows_of",
    "source",
]  # fmt: skip

TABLE = TASKS
FIRST_DATE, LAST_DATE = dt.date(1990, 1, 1), dt.date(2100, 12, 31)  # what the officer may enter
PRINTED = 21  # columns that are printed: up to the days left; what follows is for the screen
MOST_NOTES = 20_000  # cell notes of a sheet: Excel draws each as a shape, and opens a book with more of them slowly
QUOTED = 600  # characters of the document in a note; the cell beside it has the whole task
NOTE_LETTERS, NOTE_WIDTH, NOTE_LINE = 58, 360, 18  # letters and pixels of a line in a note, pixels of its height


Typed = Mapping[str, Mapping[str, Any]]
"""What officers typed in a database, by the id of the task: status (a code), percent, done_on, outcome, notes."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a line of the sheet is made of. `typed` is empty where no officer has typed anything yet."""

    number: int
    task: Task
    directive: Directive
    words: Wording
    typed: Mapping[str, Any] = field(default_factory=dict)


def rows_of(directives: Sequence[Directive], words: Wording, typed: Typed | None = None) -> list[Row]:
    """The rows of all tasks, numbered through."""
    pairs = [(task, directive) for directive in directives for task in directive.tasks]
    known = typed or {}
    return [
        Row(number, task, directive, words, known.get(task.id, {}))
        for number, (task, directive) in enumerate(pairs, start=1)
    ]


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)


def _cadence(row: Row) -> str:
    return _joined(row.words.cadence.get(code, code) for code in row.task.cadence)


def _review(row: Row) -> str:
    return _joined(row.words.review.get(code, code) for code in row.task.review)


def kind_of(directive: Directive, words: Wording) -> str:
    """The kind of the document with a capital: “Kế hoạch”, “Plan”; as the document says it where no other is known."""
    kind = (directive.meta.type or "").strip()
    kind = words.kinds.get(kind.casefold(), kind)
    return kind[:1].upper() + kind[1:]


def source(directive: Directive, words: Wording) -> str:
    """The document as an office cites it: “Kế hoạch số 85-KH/HU ngày 04/11/2022 của Huyện ủy …”."""
    meta = directive.meta
    if not meta.number and not (meta.type and meta.date):
        return directive.document
    parts = [kind_of(directive, words) or words.document]
    if meta.number:
        parts.append(f"{words.number} {meta.number}")
    if meta.date:
        parts.append(f"{words.dated} {meta.date:%d/%m/%Y}")
    if meta.issuer:
        parts.append(f"{words.issued_by} {meta.issuer}")
    return " ".join(parts)


def _blank(row: Row) -> None:
    return None


def _state(row: Row) -> str:
    """A state that is none of ours stands as it was typed."""
    code = row.typed.get("status") or STATES[0]
    return row.words.states[STATES.index(code)] if code in STATES else str(code)


def _percent(row: Row) -> float | None:
    """A whole number where it is one: the column takes no other."""
    share = row.typed.get("percent")
    return int(share) if isinstance(share, float) and share.is_integer() else share


def _typed(name: str) -> Callable[[Row], Any]:
    return lambda row: row.typed.get(name)


WHOLE = {"align": "center", "num_format": "0"}
DAYS = {"align": "center", "num_format": "0;[Red]-0;0"}

# In the order of the contract. The headings are what other programs find the columns by.
COLUMNS: tuple[Column[Row], ...] = (
    Column("STT", "No.", 5, CENTRE, lambda row: row.number),
    Column("Mã nhiệm vụ", "Task id", 9, SMALL, lambda row: row.task.id),
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
    Column("Trạng thái", "State", 10, CENTRE, _state, own=True),
    Column("% hoàn thành", "% done", 8, WHOLE, _percent, own=True),
    Column("Ngày hoàn thành", "Done on", 11.5, DATE, _typed("done_on"), own=True),
    Column("Kết quả", "Outcome", 11, TEXT, _typed("outcome"), own=True),
    Column("Ghi chú", "Notes", 11, TEXT, _typed("notes"), own=True),
    Column("Tình trạng", "Situation", 12, CENTRE, _blank),
    Column("Còn lại, ngày", "Days left", 7.5, DAYS, _blank),
    Column("Độ tin cậy", "Confidence", 8, SHARE, lambda row: row.task.confidence),
    Column("Cần rà soát", "To review", 20, TEXT, _review),
)
_BY_NAME = {column.vi: index for index, column in enumerate(COLUMNS)}


def column_named(name: str) -> Column[Row]:
    """The column with that Vietnamese heading."""
    return COLUMNS[_BY_NAME[name]]


def add(book: Book, rows: Sequence[Row], lang: str) -> None:
    """Adds the sheet: a table with filters, validation, formulas, notes and the set-up for printing."""
    sheet = book.add_sheet(book.wording.sheet)
    formulas = {"Tình trạng": _situation(book.wording, lang), "Còn lại, ngày": _days(book.wording, lang)}
    columns = [
        replace(column, value=_constant(Formula(formulas[column.vi]))) if column.vi in formulas else column
        for column in COLUMNS
    ]
    last = write_table(book, sheet, TABLE, columns, rows, lang)
    _note(book, sheet, rows[:MOST_NOTES])
    _validate(sheet, last, book.wording)
    _colour(book, sheet, last)
    sheet.freeze_panes(1, _BY_NAME["Đơn vị chủ trì"])
    set_up(book, sheet, book.wording.title, last, PRINTED)


def _constant(formula: Formula) -> Callable[[Row], Formula]:
    return lambda row: formula


def _note(book: Book, sheet: Worksheet, rows: Iterable[Row]) -> None:
    """Where each task stands in its document, in the words of the document: a note on its cell."""
    column = _BY_NAME["Nội dung nhiệm vụ"]
    for row in rows:
        words = book.text(quotation(row))
        size = {"width": NOTE_WIDTH, "height": NOTE_LINE * (words.count("\n") + lines(words, NOTE_LETTERS) + 1)}
        sheet.write_comment(row.number, column, words, {**size, "font_name": "Times New Roman", "font_size": 11})


def quotation(row: Row) -> str:
    """Page, section, and the words that the task was read from, cut to `QUOTED`."""
    task, text = row.task, row.directive.text
    place = row.words.page.format(page=task.page)
    if task.section:
        place += row.words.section.format(section=task.section)
    quoted = " […] ".join(text[found.start : found.end].strip() for found in task.evidence.get("text", ()))
    if len(quoted) > QUOTED:
        quoted = quoted[:QUOTED].rsplit(" ", 1)[0] + " …"
    return f"{place}:\n“{quoted}”" if quoted else place


def _cell(name: str, lang: str) -> str:
    """The cell of that column in the same line, by its heading, so that a line the officer adds works as well."""
    return f"{TABLE}[[#This Row],[{COLUMNS[_BY_NAME[name]].heading(lang)}]]"


def _situation(words: Wording, lang: str) -> str:
    """What is due when. A day counts whatever hour was typed with it; what is no date is none."""
    text, state, due, done = (
        _cell(name, lang) for name in ("Nội dung nhiệm vụ", "Trạng thái", "Thời hạn", "Ngày hoàn thành")
    )
    not_begun, _, finished, paused, cancelled = words.states
    waiting, in_time, soon, overdue, done_in_time, done_late, no_deadline, vanished = words.situations
    return (
        f'IF({text}="","",IF(OR({state}="{paused}",{state}="{cancelled}"),{state},IF({state}="{finished}",'
        f'IF(NOT(ISNUMBER({due})),"{done_in_time}",IF(NOT(ISNUMBER({done})),"{done_in_time}",'
        f'IF(INT({done})<=INT({due}),"{done_in_time}","{done_late}"))),'
        f'IF({_gone(words, lang)},"{vanished}",'
        f'IF(NOT(ISNUMBER({due})),"{no_deadline}",IF(INT({due})<{TODAY},"{overdue}",'
        f'IF(INT({due})-{TODAY}<={WARNING_DAYS},"{soon}",'
        f'IF(OR({state}="{not_begun}",{state}=""),"{waiting}","{in_time}"))))))))'
    )


def _gone(words: Wording, lang: str) -> str:
    """Whether an update marked the task as one that its document no longer says. Who takes the mark out keeps it open.

    False where the officer took the column out: no error gets through ISNUMBER.
    """
    return f'ISNUMBER(SEARCH("{words.situations[-1]}",{_cell("Cần rà soát", lang)}))'


def is_gone(row: Row) -> bool:
    """Whether the row has the mark that `Tình trạng` asks for."""
    return row.words.situations[-1].casefold() in _review(row).casefold()


def _days(words: Wording, lang: str) -> str:
    due, state = _cell("Thời hạn", lang), _cell("Trạng thái", lang)
    over = ",".join(f'{state}="{name}"' for name in words.states[2:])
    return f'IF(OR(NOT(ISNUMBER({due})),{over},{_gone(words, lang)}),"",INT({due})-{TODAY})'


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
    situation = _BY_NAME["Tình trạng"]
    shown = (_BY_NAME["Thời hạn"], situation, situation + 1)
    letter = column_letter(situation)
    where = " ".join(f"{column_letter(index)}2:{column_letter(index)}{last + 1}" for index in shown)
    for words, colours in zip(book.wording.situations, SITUATION_COLOURS, strict=True):
        if colours is None:
            continue
        look = book.workbook.add_format({"font_color": colours[0], "bg_color": colours[1]})
        rule = {"type": "formula", "criteria": f'=${letter}2="{words}"', "format": look, "multi_range": where}
        sheet.conditional_format(1, shown[0], last, shown[0], rule)
