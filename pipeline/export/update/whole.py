"""One update from bytes to bytes: every step in its order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.export.update import adding, comparing, layout, memory, own_sheets, package, saving, told
from pipeline.export.update.content import text_of
from pipeline.export.update.findings import Entry
from pipeline.export.update.layout import ID, NUMBER, REVIEW, Layout
from pipeline.export.update.memory import Memory
from pipeline.export.update.merging import Merge
from pipeline.export.update.nouns import Workbook
from pipeline.export.update.references import Growth
from pipeline.export.update.standing import standing
from pipeline.export.update.transplant import Looks
from pipeline.export.update.wording import WORDINGS
from pipeline.model import Directive

__all__ = ["Unfit", "Updated", "update"]

Make = Callable[[Sequence[Directive], str], bytes]
COUNTED = ("added", "changed", "kept", "vanished", "returned", "extended")  # what is done to a task; kinds of `Entry`


@dataclass(frozen=True, slots=True)
class Updated:
    """The workbook brought up to date; None where nothing had to be changed.

    `losses` are what it had and has no longer, as code and place; `counts` are what was done, by kind of `Entry`;
    `kept` are the program's sheets that an officer wrote on → the new one beside each.
    """

    data: bytes | None
    counts: dict[str, int]
    losses: tuple[tuple[str, str], ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)


class Unfit(Exception):
    """The file is no tracker (code ``no-tracker``) or cannot be read at all (``broken``)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def update(before: bytes, directives: Sequence[Directive], make: Make, when: dt.datetime | None = None) -> Updated:
    """The workbook `before` brought up to date. Raises `Unfit`."""
    lost, book = _opened(before)
    known = memory.load(book)
    found = layout.find(book, known.headings if known else ())
    if found is None:
        raise Unfit("no-tracker")
    merge = Merge(found, known or Memory(), WORDINGS[found.lang], blind=known is None)
    merged = merge.run(directives)
    rows = standing(merge)
    counts = {what: merged.count(what) for what in COUNTED}
    written = memory.inputs(rows)
    if written == merge.memory.written and not merged.touched and not any(counts.values()):
        return Updated(None, counts)
    merge.memory.written = written
    charts = saving.charts_of(before, book)
    changed, growth, kept = _put(book, merge, make(rows, found.lang), charts, counts, when)
    data = saving.save(book, charts)
    lost += comparing.missing(before, data, changed, growth)
    return Updated(data, counts, tuple(dict.fromkeys(lost)), kept)


def _opened(data: bytes) -> tuple[list[tuple[str, str]], Workbook]:
    """What would be lost of the file, and the file as openpyxl has it."""
    try:
        return package.losses(data), saving.load(data)
    except Exception as error:  # whatever zipfile, lxml and openpyxl say of a file that somebody broke
        raise Unfit("broken", f"{type(error).__name__}: {error}") from error


def _put(
    book: Workbook,
    merge: Merge,
    made: bytes,
    charts: saving.Charts,
    counts: Mapping[str, int],
    when: dt.datetime | None,
) -> tuple[dict[str, Collection[tuple[int, int]]], Growth | None, Mapping[str, str]]:
    """Writes everything into the book.

    Returns the sheets that stay, each with the cells that were changed in it; how the sheet of the tasks grew; and the
    program's sheets that an officer wrote on → the new one beside each.
    """
    found, merged, words, lang = merge.layout, merge.done, merge.words, merge.layout.lang
    fresh = saving.load(made)
    looks = Looks()
    stay = [title for title in book.sheetnames if title != memory.SHEET]
    growth = _add_tasks(book, merge, fresh, looks, charts)
    lines = range(found.last + len(merged.new), found.head, -1)
    numbers = {text_of(found.value(line, ID)): text_of(found.value(line, NUMBER)) for line in lines}
    remade = own_sheets.replace_sheets(book, fresh, merge.memory, looks, numbers, lang)
    charts.update(own_sheets.with_new_names(saving.charts_of(made, fresh), remade.renamed))
    kept = [Entry("sheet-kept", column=title, new=new) for title, new in remade.kept.items()]
    told.put_extensions(book, merge.memory, words, merged.extensions)
    told.put_log(book, merge.memory, words, [*merged.entries, *kept], words.summary.format(**counts), when)
    merge.memory.headings = _headings(found)
    memory.save(book, merge.memory)
    changed: dict[str, Collection[tuple[int, int]]] = {
        title: merged.touched if title == found.sheet.title else () for title in stay if title not in remade.replaced
    }
    return changed, growth, remade.kept


def _add_tasks(book: Workbook, merge: Merge, fresh: Workbook, looks: Looks, charts: saving.Charts) -> Growth | None:
    """Adds the lines of new tasks, and the grey of those that are gone; returns how the table grew."""
    found, growth = merge.layout, None
    beside = layout.find(fresh)
    ids = {key: task.id for key, (task, _) in merge.done.new.items()}
    if beside is not None and ids:
        growth = adding.make_room(book, found, len(ids))
        for key, (chart, data) in charts.items():
            charts[key] = chart, growth.chart(data)
        adding.add_lines(found, beside, ids, looks)
    if any(record.vanished for record in merge.held.values()):
        adding.grey(found, found.last + len(ids), merge.words.vanished, REVIEW)
    adding.name_columns(found)
    return growth


def _headings(found: Layout) -> list[str]:
    """The columns in their order: the program's by their Vietnamese names, the officer's as they are headed."""
    names = {number: name for name, number in found.columns.items()}
    cells = ((cell.column, text_of(cell.value).strip()) for cell in found.sheet[found.head] if cell.value is not None)
    return [names.get(number, heading) for number, heading in cells if heading]
