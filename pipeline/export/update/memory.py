"""What the program last wrote, kept inside the workbook in a sheet that Excel does not offer to show.

It tells the officer's words from the program's, keeps what the columns do not show of a task, and knows the lines that
the officer deleted. A line a thing: its kind, its key, and JSON cut to what a cell holds. Of a cell eight letters are
kept (`pipeline.export.update.content.digest`), of a sheet their sum over its lines, so that sorting is no edit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipeline.export.page import Value
from pipeline.export.task_sheet import COLUMNS, MOST_NOTES, Column, Row, quotation
from pipeline.export.update.content import FORMULA, digest, lines, name_of, storable, token
from pipeline.export.update.layout import DAYS, NUMBER, SITUATION
from pipeline.export.update.nouns import Sheet, Workbook
from pipeline.export.update.packing import as_json, from_json, pack, unpack
from pipeline.model import Directive, Task

if TYPE_CHECKING:
    from pipeline.export.workbook import Book

__all__ = ["SHEET", "Memory", "Record", "add", "fingerprint", "inputs", "load", "save", "values"]

SHEET = "_dondoc"
VERSION = 1
NONE = "-"  # in place of the digest of a cell that was never written
PIECE = 30_000  # characters of JSON a cell; Excel holds 32,767 UTF-16 units, and few characters here are two
WRITTEN: tuple[Column[Row], ...] = tuple(
    column for column in COLUMNS if not column.own and column.vi not in {NUMBER, SITUATION, DAYS}
)
_NOT_OF_TASK = frozenset({"text", "evidence"})  # the words stand in their column; the evidence is for the first reading
_KEPT = ("changed", "differs", "figures", "vanished", "extensions", "note")  # of a record, beside task and digests
_NOT_OF_DIRECTIVE = frozenset({"tasks", "text"})


@dataclass(slots=True)
class Record:
    """What is remembered of a task that was written once: of which document, and the digest of each cell by column.

    `changed` and `differs` name the columns marked in `Cần rà soát`, `figures` are those marked there (“02 → 03”);
    `extensions` counts later deadlines; `note` is the digest of the note that quotes the document.
    """

    task: Task
    document: str
    digests: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)
    figures: str = ""
    vanished: bool = False
    extensions: int = 0
    note: str = ""


@dataclass(slots=True)
class Memory:
    """All that is remembered: documents without their tasks by key, records by key, both in the order written.

    `sheets` are the program's own sheets by the name the program gives them: the name they have, and their fingerprint
    when they were written. `headings` are those of the sheet of the tasks; `written` is what the sheets were made of;
    `columns` are those that digests are kept of.
    """

    documents: dict[str, Directive] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    sheets: dict[str, list[str]] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=lambda: [column.vi for column in WRITTEN])
    conversions: int = 0
    written: str = ""

    def remember(self, record: Record) -> str:
        """Keeps a record of a task that is new to the workbook; returns its key.

        The key is the id; where two documents say the same (a plan as Word and as PDF), the next takes a suffix.
        """
        key, number = record.task.id, 1
        while key in self.records:
            number += 1
            key = f"{record.task.id}#{number}"
        self.records[key] = record
        return key


def values(row: Row) -> dict[str, Value]:
    """What the program's columns hold of a task, by Vietnamese heading, as a cell can hold it."""
    return {column.vi: storable(column.value(row), row.words.cut) for column in WRITTEN}


def quoted(row: Row) -> str:
    """The note that quotes the document, as a cell can hold it."""
    return str(storable(quotation(row), row.words.cut))


def inputs(directives: Iterable[Directive]) -> str:
    """Letters that stand for what the program's own sheets are made of."""
    packed = [
        [pack(one, without=_NOT_OF_DIRECTIVE), [pack(task, without=frozenset({"evidence"})) for task in one.tasks]]
        for one in directives
    ]
    return digest(as_json(packed))


# ── a new workbook ─────────────────────────────────────────────────────────────────────────


def add(book: Book, directives: Sequence[Directive], lang: str) -> None:
    """Adds the sheet to a workbook in the making, behind all others."""
    memory = Memory(conversions=1, headings=[column.vi for column in COLUMNS], written=inputs(directives))
    number = 0
    for place, directive in enumerate(directives, start=1):
        memory.documents[str(place)] = replace(directive, tasks=(), text="")
        for task in directive.tasks:
            number += 1
            row = Row(number, task, directive, book.wording)
            digests = {name: digest(token(value)) for name, value in values(row).items()}
            task = replace(task, id=name_of(task.id))
            note = quoted(row) if number <= MOST_NOTES else ""
            memory.remember(Record(task, str(place), digests, note=digest(token(note))))
    for sheet in book.workbook.worksheets():
        name = sheet.get_name()
        if name != book.wording.sheet:
            memory.sheets[name] = [name, f"{book.sums.get(name, 0) + sum_of(book, sheet):x}"]
    sheet = book.workbook.add_worksheet(SHEET)
    sheet.very_hidden()
    for line, cells in enumerate(_lines(memory)):
        for column, words in enumerate(cells):
            sheet.write_string(line, column, words)


def sum_of(book: Book, sheet: Any) -> int:
    """The sum over the lines of a sheet in the making that are not put away yet; all of them make its fingerprint."""
    strings = list(book.workbook.str_table.string_table)
    return _sum((_seen(cell, strings) for cell in cells.values()) for cells in sheet.table.values())


def _seen(cell: Any, strings: Sequence[str]) -> str:
    """The token of a cell of XlsxWriter: its kinds are told apart by their names."""
    kind = type(cell).__name__
    if kind == "String":
        return token(strings[cell.string])
    if kind in {"Number", "Datetime"}:
        return token(cell.number)
    if kind == "RichString":
        return token(cell.raw_string)
    return "" if kind == "Blank" else token(cell.boolean) if kind == "Boolean" else FORMULA


# ── a workbook that exists ─────────────────────────────────────────────────────────────────


def load(book: Workbook) -> Memory | None:
    """What the workbook remembers; None where it does not, or no longer so that it can be read."""
    if SHEET not in book.sheetnames:
        return None
    memory = Memory()
    try:
        for kind, key, *pieces in book[SHEET].iter_rows(values_only=True):
            if kind is not None:
                _recall(memory, str(kind), str(key), from_json("".join(str(one) for one in pieces if one is not None)))
    except (ValueError, TypeError, KeyError):
        return None  # every word of the workbook then counts as the officer's
    return memory


def _recall(memory: Memory, kind: str, key: str, data: Any) -> None:
    if kind == "book":
        memory.sheets, memory.headings = dict(data["sheets"]), list(data["headings"])
        memory.columns = list(data["columns"])
        memory.conversions, memory.written = int(data["conversions"]), str(data["written"])
    elif kind == "document":
        memory.documents[key] = unpack(Directive, data)
    elif kind == "task":
        task = unpack(Task, data.pop("task"), text="")
        kept = zip(memory.columns, data["digests"].split(), strict=True)
        data["digests"] = {name: letters for name, letters in kept if letters != NONE}
        memory.records[key] = Record(task, **data)


def save(book: Workbook, memory: Memory) -> None:
    """Puts the sheet into the workbook, in the place of the one that was there."""
    if SHEET in book.sheetnames:
        del book[SHEET]
    sheet = book.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    for line, cells in enumerate(_lines(memory), start=1):
        for column, words in enumerate(cells, start=1):
            cell = sheet.cell(line, column, words)
            cell.data_type = "s"


def _lines(memory: Memory) -> Iterator[list[str]]:
    names = [column.vi for column in WRITTEN]
    head = {"version": VERSION, "columns": names, "conversions": memory.conversions, "written": memory.written}
    yield _line("book", "", {**head, "sheets": memory.sheets, "headings": memory.headings})
    for key, directive in memory.documents.items():
        yield _line("document", key, pack(directive, without=_NOT_OF_DIRECTIVE))
    for key, record in memory.records.items():
        data: dict[str, Any] = {"task": pack(record.task, without=_NOT_OF_TASK), "document": record.document}
        data["digests"] = " ".join(record.digests.get(name, NONE) for name in names)
        kept = {name: getattr(record, name) for name in _KEPT}
        yield _line("task", key, {**data, **{name: value for name, value in kept.items() if value}})


def _line(kind: str, key: str, data: Any) -> list[str]:
    words = as_json(data)
    return [kind, as_json(key)[1:-1], *(words[start : start + PIECE] for start in range(0, len(words), PIECE))]


# ── sheets ─────────────────────────────────────────────────────────────────────────────────


def fingerprint(sheet: Sheet) -> str:
    """A sum over the lines of a sheet: it stays when they are sorted, and differs when a word is typed."""
    total = _sum(
        (FORMULA if cell.data_type == "f" else _number_or_words(cell.value) for cell in cells) for cells in lines(sheet)
    )
    return f"{total:x}"


def _number_or_words(value: Any) -> str:
    from openpyxl.utils import datetime as excel

    # A new workbook knows dates as numbers only.
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        value = excel.to_excel(value)  # type: ignore[no-untyped-call]
    return token(value)


def _sum(held: Iterable[Iterable[str]]) -> int:
    total = 0
    for cells in held:
        total += int(digest("\t".join(one for one in cells if one)), 16)
    return total
