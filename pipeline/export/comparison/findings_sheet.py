"""The sheet `Phát hiện`: one row a finding, with both sources, sorted by plan, then by task. The table: `PhatHien`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.compare.model import Finding, PlanColumn, Result
from pipeline.compare.wording import KIND_NAMES
from pipeline.export.comparison import phrases
from pipeline.export.comparison.wording import TEXTS
from pipeline.export.page import CENTRE, SHARE, TEXT, set_up
from pipeline.export.table import Column, write_table
from pipeline.export.task_sheet import source
from pipeline.model import Directive

if TYPE_CHECKING:
    from pipeline.export.workbook import Book

__all__ = ["TABLE", "add"]

TABLE = "PhatHien"
DAYS = {"align": "center", "num_format": "+0;-0;0"}
WHOLE = {"align": "center", "num_format": "0"}
PRINTED = 13  # columns that are printed: up to what the plan says; the documents behind are for the filters


@dataclass(frozen=True, slots=True)
class _Row:
    """A finding with what it is of: the family's name, the plan as it is cited, the document of the parent's task."""

    number: int
    finding: Finding
    family: str
    column: PlanColumn
    plan: str
    above: str | None
    kind: str
    sides: tuple[str, str]

    @property
    def quoted(self) -> str | None:
        """The parent's task in the words of its document."""
        return self.finding.parent.text if self.finding.parent else None


def add(book: Book, result: Result, lang: str) -> None:
    """Adds the sheet."""
    sheet = book.add_sheet(TEXTS[lang]["findings"])
    rows = list(_rows(book, result, lang))
    last = write_table(book, sheet, TABLE, COLUMNS, rows, lang)
    sheet.freeze_panes(1, 5)
    set_up(book, sheet, TEXTS[lang]["findings-title"], last, PRINTED)


def _rows(book: Book, result: Result, lang: str) -> Iterator[_Row]:
    """The findings, numbered through: family by family, plan by plan, in the order of the tasks."""
    number = 0
    for place, comparison in enumerate(result.comparisons, start=1):
        name, homes = phrases.family(comparison, place, lang), phrases.homes(comparison)
        for column in comparison.plans:
            plan = source(column.plan.directive, book.wording)
            for finding, home in _found(column, homes):
                number += 1
                above = None if home is None else source(home, book.wording)
                kind = KIND_NAMES[lang][finding.kind]
                yield _Row(number, finding, name, column, plan, above, kind, phrases.sides(finding, lang))


def _found(column: PlanColumn, homes: Sequence[Directive]) -> Iterator[tuple[Finding, Directive | None]]:
    """A plan's findings, each with the document in whose words the parent's task stands."""
    for answer, home in zip(column.answers, homes, strict=True):
        for finding in answer.findings:
            yield finding, home
    for finding in column.added:
        yield finding, None


def _texts(row: _Row) -> str:
    """The plan's rows, one a line."""
    return "\n".join(phrases.quotation(task, row.column.plan.directive) for task in row.finding.rows)


def _sections(row: _Row) -> str:
    return phrases.joined(list(dict.fromkeys(task.section for task in row.finding.rows if task.section)))


def _pages(row: _Row) -> int | str | None:
    """The page of the plan's row: a number where it is one, so that it sorts as one."""
    pages = list(dict.fromkeys(task.page for task in row.finding.rows))
    return pages[0] if len(pages) == 1 else phrases.joined([str(page) for page in pages])


COLUMNS: tuple[Column[_Row], ...] = (
    Column("STT", "No.", 7, CENTRE, lambda row: row.number),
    Column("Xã, đơn vị", "Commune", 16, TEXT, lambda row: row.column.plan.issuer.commune or row.column.plan.label),
    Column("Loại phát hiện", "Kind", 15, CENTRE, lambda row: row.kind),
    Column("Lệch, ngày", "Days", 9, DAYS, lambda row: phrases.days_of(row.finding)),
    Column("Tỷ lệ", "Share", 8, SHARE, lambda row: phrases.share_of(row.finding)),
    Column("Nhiệm vụ của văn bản cấp trên", "Task of the parent", 44, TEXT, lambda row: row.quoted),
    Column("Mục (cấp trên)", "Section (parent)", 10, CENTRE,
           lambda row: row.finding.parent.section if row.finding.parent else None),
    Column("Trang (cấp trên)", "Page (parent)", 9, WHOLE,
           lambda row: row.finding.parent.page if row.finding.parent else None),
    Column("Văn bản cấp trên nêu", "The parent says", 22, TEXT, lambda row: row.sides[0]),
    Column("Dòng của kế hoạch", "Rows of the plan", 44, TEXT, _texts),
    Column("Mục (kế hoạch)", "Section (plan)", 10, CENTRE, _sections),
    Column("Trang (kế hoạch)", "Page (plan)", 9, WHOLE, _pages),
    Column("Kế hoạch nêu", "The plan says", 22, TEXT, lambda row: row.sides[1]),
    Column("Kế hoạch", "Plan", 26, TEXT, lambda row: row.plan),
    Column("Tệp kế hoạch", "File of the plan", 18, TEXT, lambda row: row.column.plan.document),
    Column("Văn bản cấp trên", "Parent", 26, TEXT, lambda row: row.above),
    Column("Họ văn bản", "Family", 26, TEXT, lambda row: row.family),
)  # fmt: skip
