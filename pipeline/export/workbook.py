"""The tracker workbook. One module a sheet; equal directives give equal bytes.

To add a sheet: a module with ``add(book, …)`` and a line in `write`; `page` has what all sheets share.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.export.files import Written, put_beside
from pipeline.export.wording import WORDINGS, Wording
from pipeline.export.words import for_cell
from pipeline.model import Directive, Warning
from pipeline.ruleset import Ruleset
from pipeline.settings import Settings, beside

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from pipeline.export.sheet import Sheet
    from pipeline.export.task_sheet import Typed

__all__ = ["Book", "write"]

FONT = {"font_name": "Times New Roman", "font_size": 12}
SHORT = 10_000  # characters that fit into a cell whatever they are
CREATED = dt.datetime(2000, 1, 1)  # a fixed date: the clock would make equal runs differ



def options() -> dict[str, Any]:
    """What XlsxWriter is to do: made anew for each workbook, for it writes into what it is given."""
    return {
        "in_memory": False,  # the sheets of a large tracker go to temporary files until they are packed
        # Widths of columns count in digits of the default font: in the font of the cells a line holds what `page`
        # reckons.
        "default_format_properties": dict(FONT),
        "default_column_width": 72,  # pixels, of a digit of 8 and a default row of 21
        "default_row_height": 21,
        # Words from a document are never anything but words.
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }


class Book:
    """A workbook in the making: its formats by name, and text made fit for a cell."""

    def __init__(self, workbook: Workbook, wording: Wording, settings: Settings | None = None) -> None:
        self.workbook = workbook
        self.wording = wording
        self.settings = settings or Settings()
        self.sums: dict[str, int] = {}  # what the lines that are put away come to, by the name of their sheet
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **properties: Any) -> Format:
        """The format with these properties beside the font, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({**FONT, **properties})
        return self._formats[key]

    def add_sheet(self, name: str) -> Sheet:
        """A new sheet, behind those that are there."""
        from pipeline.export.sheet import Sheet

        sheet: Sheet = self.workbook.add_worksheet(name, Sheet)
        return sheet

    def put_away(self, sheet: Sheet) -> None:
        """Moves the lines that are written out of memory; what they hold is noted for the next update."""
        from pipeline.export.update import memory

        name = sheet.get_name()
        if name != self.wording.sheet:  # of the tasks every cell is noted
            self.sums[name] = self.sums.get(name, 0) + memory.sum_of(self, sheet)
        sheet.put_away()

    def text(self, words: str) -> str:
        """The words without what a cell cannot hold; a text past Excel's limit ends in a visible mark."""
        if len(words) < SHORT and words.isprintable():
            return words  # a quick way to see that there is nothing to take out
        return for_cell(words, self.wording.cut)


def write(
    directives: Sequence[Directive], path: Path, lang: str, rules: Ruleset, when: dt.datetime | None = None
) -> Written:
    """Writes the tracker of all tasks; one that is there already is brought up to date, and keeps its edits.

    `when` is what the log of an update says of the time. The office's name, letterhead and days of warning are those
    of `dondoc.toml` (`pipeline.settings`).
    """
    office = beside(path)
    if path.exists():
        from pipeline.export import update

        with _no_collecting():
            return update.write(directives, path, lang, partial(make, rules=rules, office=office), when)
    written = put_beside(path, make(directives, lang, rules, office), lang)
    return replace(written, notes=(*written.notes, *_left_out(directives, lang)))


def _left_out(directives: Sequence[Directive], lang: str) -> tuple[Warning, ...]:
    """What is said where the tasks are too many for each to have a note on its cell."""
    from pipeline.export.task_sheet import MOST_NOTES

    tasks = sum(len(directive.tasks) for directive in directives)
    said = WORDINGS[lang].notes_left_out.format(most=MOST_NOTES, tasks=tasks)
    return (Warning("notes-left-out", said),) if tasks > MOST_NOTES else ()


def make(
    directives: Sequence[Directive], lang: str, rules: Ruleset, office: Settings, typed: Typed | None = None
) -> bytes:
    """A tracker of these directives from scratch. What is written is remembered inside it, for the next update.

    `typed` fills the officer's columns with what a database has of them.
    """
    import xlsxwriter

    stream = io.BytesIO()
    with _no_collecting(), xlsxwriter.Workbook(stream, options()) as workbook:
        workbook.set_properties({"title": WORDINGS[lang].title, "created": CREATED})
        _fill(Book(workbook, WORDINGS[lang], office), directives, lang, rules, typed)
    return stream.getvalue()


def _fill(
    book: Book, directives: Sequence[Directive], lang: str, rules: Ruleset, typed: Typed | None
) -> None:
    """All sheets, in their order."""
    from pipeline.audit import audit
    from pipeline.export import (
        calendar_sheet,
        clarity_sheet,
        documents_sheet,
        review_sheet,
        settings_sheet,
        summary_sheet,
        target_sheet,
        task_sheet,
    )
    from pipeline.export.update import memory

    rows = task_sheet.rows_of(directives, book.wording, typed)
    year = calendar_sheet.year_of(rows, book.settings.year)
    task_sheet.add(book, rows, lang)
    target_sheet.add(book, rows, lang)
    calendar_sheet.add(book, rows, year, lang)
    summary_sheet.add(book, rows, lang)
    review_sheet.add(book, rows, directives, lang)
    documents_sheet.add(book, directives, lang)
    clarity_sheet.add(book, audit(directives, rules), lang, linked=True)
    settings_sheet.add(book, year, lang)
    memory.add(book, directives, lang)  # the last one: it notes what the sheets before it hold


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the search for circles of objects: cells make none, and it took a fifth of a large tracker's time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
