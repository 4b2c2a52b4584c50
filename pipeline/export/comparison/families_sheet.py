"""The sheet `Họ văn bản`: a line a document, with its family, issuer and what it implements; below it the remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.compare.model import Member, Reference, Result
from pipeline.export.comparison import phrases
from pipeline.export.comparison.wording import LEVELS, TEXTS
from pipeline.export.page import CENTRE, DATE, TEXT, cell, height, put, set_up
from pipeline.export.table import Column, write_table
from pipeline.model import Warning

if TYPE_CHECKING:
    from pipeline.export.sheet import Sheet
    from pipeline.export.workbook import Book

__all__ = ["TABLE", "add"]

TABLE = "HoVanBan"
WHOLE = {"align": "center", "num_format": "#,##0"}
REMARKED = 10  # columns that a remark goes across


@dataclass(frozen=True, slots=True)
class _Row:
    """A document: the number of its family (none for one that stands alone), its role there, days after its parent."""

    number: int
    family: int | None
    role: str
    member: Member
    lang: str
    days: int | None = None


def add(book: Book, result: Result, remarks: Sequence[Warning], lang: str) -> None:
    """Adds the sheet; `remarks` are what the user should know."""
    texts = TEXTS[lang]
    sheet = book.add_sheet(texts["families"])
    last = write_table(book, sheet, TABLE, COLUMNS, list(_rows(result, lang)), lang)
    last = _remark(book, sheet, [one.message for one in remarks] or [texts["no-remarks"]], last + 2, texts["remarks"])
    sheet.freeze_panes(1, 4)
    set_up(book, sheet, texts["families-title"], last, len(COLUMNS))


def _remark(book: Book, sheet: Sheet, remarks: Sequence[str], line: int, title: str) -> int:
    """The remarks below the table, a line each; returns the last one."""
    put(book, sheet, line, 0, title, book.format(bold=True, font_size=13))
    width = sum(column.width for column in COLUMNS[:REMARKED])
    for words in remarks:
        line += 1
        sheet.merge_range(line, 0, line, REMARKED - 1, book.text(words), cell(book))
        sheet.set_row(line, height([(words, width)]))
    book.put_away(sheet)
    return line


def _rows(result: Result, lang: str) -> Iterator[_Row]:
    for number, (family, role, member, days) in enumerate(_members(result), start=1):
        yield _Row(number, family, role, member, lang, days)


def _members(result: Result) -> Iterator[tuple[int | None, str, Member, int | None]]:
    """Every document with its family and role: in each family what stands above first."""
    for number, comparison in enumerate(result.comparisons, start=1):
        for member in comparison.family.above:
            yield number, "role-above", member, None
        for member in comparison.family.kin:
            yield number, "role-kin", member, None
        if comparison.parent is not None:
            yield number, "role-parent", comparison.parent, None
        for column in comparison.plans:
            yield number, "role-plan", column.plan, column.days
    for member in result.alone:
        yield None, "role-alone", member, None


def _implements(row: _Row, place: int) -> Reference | None:
    chain = row.member.implements
    return chain[place] if chain else None


def _kind(row: _Row) -> str:
    kind = row.member.directive.meta.type or ""
    return kind[:1].upper() + kind[1:]


def _level(row: _Row) -> str | None:
    level = row.member.issuer.level
    return LEVELS[row.lang].get(level, level) if level else None


def _quote(row: _Row) -> str | None:
    reference = _implements(row, 0)
    return reference.quote if reference else None


COLUMNS: tuple[Column[_Row], ...] = (
    Column("STT", "No.", 6, CENTRE, lambda row: row.number),
    Column("Họ", "Family", 6, CENTRE, lambda row: row.family),
    Column("Vai trò", "Role", 15, TEXT, lambda row: TEXTS[row.lang][row.role]),
    Column("Tệp", "File", 24, TEXT, lambda row: row.member.document),
    Column("Loại văn bản", "Type", 12, TEXT, _kind),
    Column("Số, ký hiệu", "Number", 16, TEXT, lambda row: row.member.directive.meta.number),
    Column("Ngày ban hành", "Date", 12, DATE, lambda row: row.member.directive.meta.date),
    Column("Cơ quan ban hành", "Issuer", 22, TEXT, lambda row: row.member.issuer.name),
    Column("Cấp", "Level", 10, CENTRE, _level),
    Column("Xã", "Commune", 14, TEXT, lambda row: row.member.issuer.commune),
    Column("Tỉnh", "Province", 14, TEXT, lambda row: row.member.issuer.province),
    Column("Trích yếu", "Title", 32, TEXT, lambda row: row.member.directive.meta.title),
    Column("Văn bản cấp trên trực tiếp", "Direct parent", 24, TEXT,
           lambda row: phrases.referred(_implements(row, 0), row.lang)),
    Column("Văn bản đứng đầu", "Topmost", 24, TEXT, lambda row: phrases.referred(_implements(row, -1), row.lang)),
    Column("Lời viện dẫn", "Words that cite it", 36, TEXT, _quote),
    Column("Số ngày sau văn bản cấp trên", "Days after the parent", 10, WHOLE, lambda row: row.days),
    Column("Số nhiệm vụ", "Tasks", 9, WHOLE, lambda row: len(row.member.directive.tasks)),
    Column("Bản khác của văn bản", "Versions", 22, TEXT, lambda row: phrases.joined(row.member.versions)),
)  # fmt: skip
