"""The sheet `6 rõ`: a line a plan with the shares of its tasks that are clear, and below them one row a task.

Both stand on the same columns, so that a share stands above the answers it is counted from. The tracker has the sheet
beside its tasks, ``dondoc audit -o`` writes it alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.audit import CRITERIA, Audit, Tally, tally
from pipeline.audit.criteria import Clarity
from pipeline.audit.wording import NAMES, TEXTS, reason
from pipeline.errors import UsageError
from pipeline.export.files import Written, put_beside
from pipeline.export.page import CENTRE, HEADING, LINK, SHARE, Value, cell, heading, height, put, set_up
from pipeline.export.table import TOGETHER, link
from pipeline.export.task_sheet import Row, column_named, source
from pipeline.export.wording import WORDINGS
from pipeline.export.workbook import CREATED, Book, options

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from pipeline.export.sheet import Sheet

__all__ = ["add", "check", "write"]

TABLE = "SauRo"
# What a row shows of its task, as the sheet of the tasks has it; behind it the six answers and how many are clear.
TASK = tuple(map(column_named, ("STT", "Mã nhiệm vụ", "Văn bản giao", "Nội dung nhiệm vụ", "Đơn vị chủ trì")))
WIDTHS = (5, 9, 24, 50, 17, *([16] * len(CRITERIA)), 8)
FROZEN = 220  # points: lines above the tasks that stay in view; a longer list of plans would leave no room for them
SCROLLS = 4  # the first column that does not stay in view
OPEN = {"font_color": "#9C0006", "bg_color": "#FFC7CE"}  # ink and paper of what is not clear; the words say it as well


@dataclass(frozen=True, slots=True)
class Looks:
    """How the cells of a task look: its own columns, an answer that is clear, one that is not."""

    task: Sequence[Format]
    centre: Format
    open: Format


def check(path: Path) -> None:
    """Raises `UsageError` where the report cannot be written to such a file."""
    if path.suffix.lower() != ".xlsx":
        message = f"Báo cáo 6 rõ chỉ ghi được ra tệp .xlsx, không ghi được ra “{path}”; để có JSON hãy dùng --json."
        raise UsageError("unknown-output", message, str(path))


def write(audits: Sequence[Audit], path: Path, lang: str) -> Written:
    """Writes a workbook of this sheet; one that is there already is kept under another name. Raises `OutputError`."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options()) as workbook:
        workbook.set_properties({"title": TEXTS[lang]["title"], "created": CREATED})
        add(Book(workbook, WORDINGS[lang]), audits, lang)
    return put_beside(path, stream.getvalue(), lang)


def add(book: Book, audits: Sequence[Audit], lang: str, *, linked: bool = False) -> None:
    """Adds the sheet. `linked` where the workbook has the sheet of the tasks: each number leads to its row there."""
    sheet = book.add_sheet(TEXTS[lang]["sheet"])
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width)
    used = _add_plans(book, sheet, audits, lang)
    head = len(audits) + (len(audits) > 1) + 2  # the heading, the plans, their sum, an empty line
    last = _add_tasks(book, sheet, audits, lang, head, linked=linked)
    sheet.freeze_panes(head + 1 if used + HEADING <= FROZEN else 0, SCROLLS)
    set_up(book, sheet, TEXTS[lang]["title"], last, len(WIDTHS), repeated=head)
    book.put_away(sheet)


# ── plans ──────────────────────────────────────────────────────────────────────────────────


def _add_plans(book: Book, sheet: Worksheet, audits: Sequence[Audit], lang: str) -> float:
    """A line a plan and their sum; returns the height of all in points."""
    texts = TEXTS[lang]
    names = (texts["number"], texts["count"], texts["file"], texts["document"], texts["several"])
    for index, name in enumerate((*names, *NAMES[lang].values(), texts["all-six"])):
        put(book, sheet, 0, index, name[:1].upper() + name[1:], heading(book))
    sheet.set_row(0, HEADING)
    lines = [
        (number, one.directive.document, source(one.directive, book.wording), tally([one]))
        for number, one in enumerate(audits, start=1)
    ]
    used = float(HEADING)
    for number, file, plan, found in lines:
        used += _put_line(book, sheet, number, (number, found.tasks, file, plan, found.several_leads), found, {})
    if len(audits) > 1:
        found = tally(audits)
        values = (None, found.tasks, None, texts["total"], found.several_leads)
        used += _put_line(book, sheet, len(audits) + 1, values, found, {"bold": True})
    return used


def _put_line(
    book: Book, sheet: Worksheet, line: int, values: Sequence[Value], found: Tally, more: Mapping[str, object]
) -> float:
    """Writes the line of a plan; returns its height."""
    for index, value in enumerate(values):
        align = {} if isinstance(value, str) else CENTRE
        put(book, sheet, line, index, value, cell(book, **align, **more))
    shares = [*(found.share(criterion) for criterion in CRITERIA), found.share_of_all_six]
    for index, share in enumerate(shares, start=len(values)):
        put(book, sheet, line, index, share, cell(book, **SHARE, **more))
    points = height(zip(values, WIDTHS, strict=False))
    sheet.set_row(line, points)
    return points


# ── tasks ──────────────────────────────────────────────────────────────────────────────────


def _add_tasks(book: Book, sheet: Sheet, audits: Sequence[Audit], lang: str, head: int, *, linked: bool) -> int:
    """The table of the tasks, headed at the line `head`; returns its last line."""
    names = [column.heading(lang) for column in TASK] + [*NAMES[lang].values(), TEXTS[lang]["clear"]]
    rows = list(_rows(book, audits))
    last = head + max(len(rows), 1)  # a table has one line at least
    # No table style, as in the sheet of the tasks.
    columns = [{"header": name, "header_format": heading(book)} for name in names]
    sheet.add_table(head, 0, last, len(names) - 1, {"name": TABLE, "style": None, "columns": columns})
    sheet.set_row(head, HEADING)
    looks = Looks([cell(book, **column.look) for column in TASK], cell(book, **CENTRE), cell(book, **OPEN))
    linking = cell(book, **LINK)
    for line, (row, clarity) in enumerate(rows, start=head + 1):
        _put_task(book, sheet, line, row, clarity, looks, lang)
        if linked:
            shown = link(TABLE, book.wording.sheet, lang, row.number)
            sheet.write_formula(line, 0, shown.words, linking, row.number)
        if line % TOGETHER == 0:
            book.put_away(sheet)
    return last


def _rows(book: Book, audits: Sequence[Audit]) -> Iterator[tuple[Row, Clarity]]:
    """The tasks with the numbers that they have in the sheet of the tasks: a document that failed has none there."""
    pairs = ((clarity, one.directive) for one in audits for clarity in one.rows)
    for number, (clarity, directive) in enumerate(pairs, start=1):
        yield Row(number, clarity.task, directive, book.wording), clarity


def _put_task(book: Book, sheet: Worksheet, line: int, row: Row, clarity: Clarity, looks: Looks, lang: str) -> None:
    shown: list[tuple[Value, Format]] = [
        (column.value(row), look) for column, look in zip(TASK, looks.task, strict=True)
    ]
    for criterion in CRITERIA:
        lack = reason(clarity, criterion, lang)
        if lack is None:
            shown.append((TEXTS[lang]["met"], looks.centre))
        else:
            shown.append((TEXTS[lang]["unmet"].format(reason=lack), looks.open))
    shown.append((len(CRITERIA) - len(clarity.lacks), looks.centre))
    for index, (value, look) in enumerate(shown):
        put(book, sheet, line, index, value, look)
    sheet.set_row(line, height((value, width) for (value, _), width in zip(shown, WIDTHS, strict=True)))
