"""The documents of a conversion against the lines of the tracker: what is new, changed, gone; and whose each word is.

A cell that no longer holds what the program last wrote is the officer's: it stays, and a note on it says what the
document says. Lines are never moved and never deleted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.export.page import Value
from pipeline.export.task_sheet import Row, source
from pipeline.export.update import content
from pipeline.export.update.content import digest, text_of, token
from pipeline.export.update.findings import Entry, Extension, Merged
from pipeline.export.update.layout import DUE, ID, REVIEW, SECTION, SOURCE, TEXT, Layout
from pipeline.export.update.matching import Line, documents, lines_of
from pipeline.export.update.memory import WRITTEN, Memory, Record, quoted, values
from pipeline.export.update.notes import add_note
from pipeline.export.update.nouns import Cell
from pipeline.export.update.wording import Wording
from pipeline.export.wording import WORDINGS as WORDS
from pipeline.matching import changed_figures
from pipeline.model import Directive, Task

__all__ = ["Merge", "review_marks"]

# Columns that change without being work for anybody: they are not marked.
QUIET = frozenset({ID, REVIEW, SECTION, "Trang", "Độ tin cậy"})
_HEADINGS = {column.vi: column for column in WRITTEN}


def review_marks(record: Record, words: Wording, heading: Mapping[str, str]) -> tuple[str, ...]:
    """What stands in `Cần rà soát` beside the reasons of the reading."""
    marks = []
    if record.vanished:
        marks.append(words.vanished)
    for names, sentence in ((record.changed, words.changed), (record.differs, words.differs)):
        if names:
            marks.append(sentence.format(columns=", ".join(heading[name] for name in names)))
    if record.figures:
        marks.append(words.figures.format(figures=record.figures))
    return tuple(marks)


class Merge:
    """One conversion on its way into one tracker."""

    def __init__(self, layout: Layout, memory: Memory, words: Wording, *, blind: bool) -> None:
        """`blind` where the workbook remembers nothing: every cell that differs then is the officer's."""
        self.layout, self.memory, self.words, self.blind = layout, memory, words, blind
        self._unknown: list[Line] = []
        self.texts: dict[str, str] = {}  # of the documents of this conversion, by key
        self.heading = {name: column.heading(layout.lang) for name, column in _HEADINGS.items()}
        self.lines = self._read_lines()
        self.held = {line.number: memory.records[line.key] for line in self.lines if line.key is not None}
        self.done = Merged()

    def _read_lines(self) -> list[Line]:
        layout, seen = self.layout, Counter[str]()
        by_words: dict[str, list[str]] = defaultdict(list)
        for key, record in reversed(self.memory.records.items()):
            by_words[record.digests.get(TEXT, "")].append(key)
        found: list[Line] = []
        for number in range(layout.head + 1, layout.last + 1):
            name, text = (text_of(layout.value(number, column)).strip() for column in (ID, TEXT))
            if not name and not text:
                continue
            seen[name] += 1
            key = name if seen[name] == 1 else f"{name}#{seen[name]}"
            section = text_of(layout.value(number, SECTION)).strip()
            found.append(Line(number, name, text, section, key if name and key in self.memory.records else None))
        taken = {line.key for line in found}
        for place, line in enumerate(found):  # an id that was wiped out: the words say which task it is
            if line.key is None and not line.id:
                free = [key for key in by_words.get(digest(token(line.text)), ()) if key not in taken]
                if free:
                    taken.add(free[-1])
                    found[place] = replace(line, key=free[-1])
        records = self.memory.records
        return [replace(line, gone=True) if line.key and records[line.key].vanished else line for line in found]

    def run(self, directives: Sequence[Directive]) -> Merged:
        """Merges every document; its rows that are new are named in the answer, and get their lines later."""
        directives = [_with_names(directive) for directive in directives]
        texts = {line.key: line.text for line in self.lines if line.key is not None}
        keys = documents(directives, self.memory, texts)
        by_document: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.key is not None:
                by_document[self.memory.records[line.key].document].append(line)
        self._unknown = [line for line in self.lines if line.key is None]
        for directive, known in zip(directives, keys, strict=True):
            key = known or str(max((int(one) for one in self.memory.documents), default=0) + 1)
            if directive.status == "failed" and known is not None and self.memory.documents[known].status != "failed":
                self._tell("unread", directive)
                continue
            self.memory.documents[key] = replace(directive, tasks=(), text="")
            self.texts[key] = directive.text
            self._merge(directive, key, by_document.get(key, []))
        self._rekey()
        return self.done

    def _merge(self, directive: Directive, key: str, own: Sequence[Line]) -> None:
        ids = {task.id for task in directive.tasks}
        name = token(source(directive, WORDS[self.layout.lang]))
        more = [
            line
            for line in self._unknown
            if line.id in ids or (self.blind and token(self.layout.value(line.number, SOURCE)) == name)
        ]
        matched = lines_of(directive.tasks, [*own, *more])
        taken = {line.number for line in matched if line is not None}
        self._unknown = [line for line in self._unknown if line.number not in taken]
        deleted = self._deleted(key, own)
        for task, line in zip(directive.tasks, matched, strict=True):
            if line is not None:
                self._update(line, task, directive, key)
            elif not self._stays_deleted(task, directive, deleted):
                self._add(task, directive, key)
        if directive.status == "ok":
            for line in [*own, *(line for line in more if self.blind)]:
                if line.number not in taken:
                    self._vanish(line, directive, key)
        elif directive.status == "partial" and any(line.number not in taken for line in own):
            self._tell("partial", directive)

    def _deleted(self, key: str, own: Sequence[Line]) -> dict[str, Record]:
        """Records of a document whose lines the officer deleted, by id and by the digest of their words."""
        there = {line.key for line in own}
        gone = [one for name, one in self.memory.records.items() if one.document == key and name not in there]
        return {**{one.digests.get(TEXT, ""): one for one in gone}, **{one.task.id: one for one in gone}}

    def _stays_deleted(self, task: Task, directive: Directive, deleted: Mapping[str, Record]) -> bool:
        record = deleted.get(task.id) or deleted.get(digest(token(content.storable(task.text, ""))))
        if record is None:
            return False
        if record.task.id != task.id:
            record.task = task
        return True

    def _tell(
        self,
        what: str,
        directive: Directive,
        record: Record | None = None,
        column: str = "",
        old: object = None,
        new: object = None,
    ) -> None:
        name = source(directive, WORDS[self.layout.lang])
        self.done.entries.append(Entry(what, name, record.task.id if record else "", column, old, new))

    # ── a line ─────────────────────────────────────────────────────────────────────────────

    def _add(self, task: Task, directive: Directive, document: str) -> None:
        row = Row(0, task, directive, WORDS[self.layout.lang])
        digests = {name: digest(token(value)) for name, value in values(row).items()}
        record = Record(task, document, digests, note=digest(token(quoted(row))))
        self.done.new[self.memory.remember(record)] = task, directive
        self._tell("added", directive, record, new=task.text)

    def _record(self, line: Line, task: Task, document: str) -> Record:
        if line.key is not None:
            return self.memory.records[line.key]
        record = Record(task, document)
        self.memory.remember(record)
        self.held[line.number] = record
        return record

    def _update(self, line: Line, task: Task, directive: Directive, document: str) -> None:
        record = self._record(line, task, document)
        if record.vanished:
            record.vanished = False
            self._tell("returned", directive, record)
        typed_review = self._read_review(line, record)
        row = Row(0, task, directive, WORDS[self.layout.lang])
        was, record.task, record.document = record.task, task, document
        self._compare_figures(line, record, row, was)
        ours = self._quote(line, record, row)
        for name, value in values(row).items():
            if name != REVIEW:
                self._settle(line, record, name, value, directive)
        if ours is not None:
            record.note = digest(token(ours.comment.text))
        self._review(line, record, directive, typed_review)

    def _compare_figures(self, line: Line, record: Record, row: Row, was: Task) -> None:
        """Marks a task that was known again although its figures changed: its status may no longer be true.

        A deadline has a column of its own, which tells how it changed.
        """
        if record.digests.get(TEXT) == digest(token(values(row)[TEXT])):
            return
        old, new = (
            text.replace(task.due_text, "", 1) if task.due_text else text
            for text, task in ((line.text, was), (row.task.text, row.task))
        )
        figures = changed_figures(old, new)
        if figures is not None:
            record.figures = " → ".join(figures)
            self._tell("figures", row.directive, record, self.heading[TEXT], *figures)

    def _quote(self, line: Line, record: Record, row: Row) -> Cell | None:
        """Lets the note on the words quote the document as it is now; None where the note is not the program's."""
        cell = self.layout.cell(line.number, TEXT)
        if cell is None or cell.comment is None or digest(token(cell.comment.text)) != record.note:
            return None
        words = "\n".join((quoted(row), *self._told_before(cell.comment.text)))
        if token(words) != token(cell.comment.text) and row.directive.text:
            cell.comment.text = words
            self.done.touched.add((cell.row, cell.column))
        return cell

    def _told_before(self, note: str) -> list[str]:
        """The lines of a note that say what earlier conversions changed: they stay below the new quotation."""
        heading = self.heading[TEXT]
        begins = [
            template.partition("{value}")[0].format(column=heading)
            for template in (self.words.old_value, self.words.document_says)
        ]
        return [line for line in note.split("\n") if line.startswith(tuple(begins))]

    def _settle(self, line: Line, record: Record, name: str, value: Value, directive: Directive) -> None:
        """One cell: written where it holds what the program wrote last, else left to the officer."""
        wanted, last = token(value), record.digests.get(name)
        cell = self.layout.cell(line.number, name)
        record.digests[name] = digest(wanted)
        if cell is None or last == digest(wanted) or token(cell.value) == wanted:
            return
        old = cell.value
        if last is not None and digest(token(old)) == last and not content.is_fixed(cell):
            self._write(line, name, value)
            if name not in QUIET:
                _note_down(record.changed, name)
                add_note(cell, self.words.old_value.format(column=self.heading[name], value=self._shown(old)))
                self._tell("changed", directive, record, column=self.heading[name], old=old, new=value)
            if name == DUE:
                self._extend(line, record, old, value, directive)
        elif name not in QUIET:
            _note_down(record.differs, name)
            add_note(cell, self.words.document_says.format(column=self.heading[name], value=self._shown(value)))
            self._tell("kept", directive, record, column=self.heading[name], old=old, new=value)

    def _write(self, line: Line, name: str, value: Value) -> None:
        cell = self.layout.cell(line.number, name)
        if cell is not None:
            content.put(cell, value)
            self.done.touched.add((cell.row, cell.column))

    def _shown(self, value: object) -> str:
        words = text_of(value)
        return words or self.words.nothing

    def _extend(self, line: Line, record: Record, old: object, new: Value, directive: Directive) -> None:
        before = old.date() if isinstance(old, dt.datetime) else old
        if isinstance(before, dt.date) and isinstance(new, dt.date) and new > before:
            record.extensions += 1
            text = text_of(self.layout.value(line.number, TEXT))
            day = directive.meta.date
            self.done.extensions.append(Extension(record.task.id, text, before, new, record.extensions, day))
            self._tell("extended", directive, record, column=self.heading[DUE], old=before, new=new)

    def _vanish(self, line: Line, directive: Directive, document: str) -> None:
        if line.key is None:  # a tracker without memory: the line names the document, so it was one of its tasks
            if not line.id:
                return
            record = self._record(line, Task(line.id, "", 0, line.text), document)
            shown = {column.vi: self.layout.value(line.number, column.vi) for column in WRITTEN if column.vi != REVIEW}
            record.digests = {name: digest(token(value)) for name, value in shown.items()}
        else:
            record = self.memory.records[line.key]
        if record.vanished:
            return
        typed_review = self._read_review(line, record)
        record.vanished = True
        self._tell("vanished", directive, record, old=line.text)
        self._review(line, record, directive, typed_review)

    # ── the column Cần rà soát ─────────────────────────────────────────────────────────────

    def _read_review(self, line: Line, record: Record) -> str | None:
        """The officer's words in `Cần rà soát`, None where it holds the program's. What was seen is marked no more."""
        last = record.digests.get(REVIEW)
        held = self.layout.value(line.number, REVIEW)
        if digest(token(held)) == last or (last is None and held is None):
            return None
        record.changed, record.differs, record.figures = [], [], ""
        return text_of(held)

    def _review(self, line: Line, record: Record, directive: Directive, typed: str | None) -> None:
        """Writes the reasons to look at the line; behind the officer's words only what is new."""
        cell = self.layout.cell(line.number, REVIEW)
        if cell is None or content.is_fixed(cell):
            return
        if typed is None:
            marked = replace(record.task, review=(*record.task.review, *review_marks(record, self.words, self.heading)))
            value = values(Row(0, marked, directive, WORDS[self.layout.lang]))[REVIEW]
            record.digests[REVIEW] = digest(token(value))
        else:
            news = [mark for mark in review_marks(record, self.words, self.heading) if mark not in typed]
            value = "; ".join([*([typed] if typed else []), *news])
        if token(value) != token(cell.value):
            self._write(line, REVIEW, value or None)

    # ── afterwards ─────────────────────────────────────────────────────────────────────────

    def _rekey(self) -> None:
        """Names the records by the ids that their tasks have now."""
        records, new = self.memory.records, self.done.new
        self.memory.records = {}
        self.done.new = {}
        for key, record in records.items():
            name = self.memory.remember(record)
            if key in new:
                self.done.new[name] = new[key]


def _with_names(directive: Directive) -> Directive:
    return replace(directive, tasks=tuple(replace(task, id=content.name_of(task.id)) for task in directive.tasks))


def _note_down(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)
