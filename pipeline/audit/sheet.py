"""The "6 rõ" report as a workbook: a sheet of shares by document, and one with a row for each task."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.audit import CRITERIA, Audit, tally
from pipeline.audit.wording import NAMES, TEXTS, lacks_of
from pipeline.errors import UsageError
from pipeline.export.files import Written, put_beside
from pipeline.export.wording import WORDINGS
from pipeline.export.workbook import CREATED, OPTIONS, Book

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["check", "write"]

HEAD, RULE = "#D9E1F2", "#7F7F7F"
OPEN = ("#9C0006", "#FFC7CE")  # ink and paper of what is not clear; the word says it as well
FIGURE = 11  # width of a column of shares or marks, in characters


def check(path: Path) -> None:
    """Raises `UsageError` where the report cannot be written to such a file."""
    if path.suffix.lower() != ".xlsx":
        message = f"Báo cáo 6 rõ chỉ ghi được ra tệp .xlsx, không ghi được ra “{path}”; để có JSON hãy dùng --json."
        raise UsageError("unknown-output", message, str(path))


def write(audits: Sequence[Audit], path: Path, lang: str) -> Written:
    """Writes the workbook; one that is there already is kept under another name. Raises `OutputError`."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as workbook:
        workbook.set_properties({"title": TEXTS[lang]["title"], "created": CREATED})
        book = Book(workbook, WORDINGS[lang])
        _add_documents(book, audits, lang)
        _add_tasks(book, audits, lang)
    return put_beside(path, stream.getvalue(), lang)


def _add_documents(book: Book, audits: Sequence[Audit], lang: str) -> None:
    texts = TEXTS[lang]
    heads = [texts["document"], texts["tasks"], *NAMES[lang].values(), texts["all-six"], texts["several"]]
    widths = [50, *([FIGURE] * (len(heads) - 1))]
    sheet = _sheet(book, texts["title"], heads, widths)
    groups = [(one.directive.document, [one]) for one in audits]
    if len(audits) > 1:
        groups.append((texts["total"], list(audits)))
    for line, (name, members) in enumerate(groups, start=1):
        found = tally(members)
        total = line > len(audits)
        sheet.write_string(line, 0, book.text(name), _look(book, bold=total))
        sheet.write_number(line, 1, found.tasks, _look(book, bold=total, align="center"))
        shares = [*(found.share(criterion) for criterion in CRITERIA), found.share_of_all_six]
        for column, share in enumerate(shares, start=2):
            look = _look(book, bold=total, align="center", num_format="0%")
            if share is None:
                sheet.write_blank(line, column, None, look)
            else:
                sheet.write_number(line, column, share, look)
        sheet.write_number(line, len(heads) - 1, found.several_leads, _look(book, bold=total, align="center"))
    _print_setup(sheet, len(groups), len(heads))


def _add_tasks(book: Book, audits: Sequence[Audit], lang: str) -> None:
    texts = TEXTS[lang]
    heads = [texts["number"], texts["document"], texts["section"], texts["text"], texts["lead"]]
    heads += [*NAMES[lang].values(), texts["lacks"]]
    widths = [6, 22, 8, 52, 20, *([FIGURE] * len(CRITERIA)), 48]
    sheet = _sheet(book, texts["tasks-title"], heads, widths)
    rows = [(one.directive.document, row) for one in audits for row in one.rows]
    for line, (document, row) in enumerate(rows, start=1):
        task = row.task
        marks = [texts["clear" if row.clear(criterion) else "open"] for criterion in CRITERIA]
        words = [document, task.section, task.text, "; ".join(task.lead)]
        sheet.write_number(line, 0, line, _look(book, align="center"))
        for column, value in enumerate([*words, *marks, "; ".join(lacks_of(row, lang))], start=1):
            look = _look(book, align="center") if value in marks else _look(book)
            sheet.write_string(line, column, book.text(value), look)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        ink, paper = OPEN
        look = book.workbook.add_format({"font_color": ink, "bg_color": paper})
        rule = {"type": "cell", "criteria": "==", "value": f'"{texts["open"]}"', "format": look}
        first = len(heads) - 1 - len(CRITERIA)
        sheet.conditional_format(1, first, len(rows), len(heads) - 2, rule)
    _print_setup(sheet, max(len(rows), 1), len(heads))


def _sheet(book: Book, name: str, heads: Sequence[str], widths: Sequence[float]) -> Worksheet:
    sheet = book.workbook.add_worksheet(name)
    look = book.format(
        bold=True, text_wrap=True, align="center", valign="vcenter", border=1, border_color=RULE, bg_color=HEAD
    )
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, look)
    sheet.set_row(0, 36)
    sheet.freeze_panes(1, 0)
    return sheet


def _look(book: Book, **more: object) -> Format:
    return book.format(text_wrap=True, valign="top", border=1, border_color=RULE, **more)


def _print_setup(sheet: Worksheet, last: int, columns: int) -> None:
    """A4 landscape, one page wide, the heading on each page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last, columns - 1)
