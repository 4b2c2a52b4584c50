"""The sheet `Văn bản`: a line a document that was read or could not be, with what it came to and what it cites.

The table is named `VanBan`; every cell is the program's. A document that failed has its line and its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.english import told
from pipeline.export.page import CENTRE, DATE, TEXT, set_up
from pipeline.export.table import Column, write_table
from pipeline.export.task_sheet import kind_of
from pipeline.export.wording import Wording
from pipeline.model import Citation, Directive, Warning

if TYPE_CHECKING:
    from pipeline.export.workbook import Book

__all__ = ["TABLE", "add"]

TABLE = "VanBan"
MOST_CITED = 60  # citations that a cell names; how many there are stands in the column beside it
WHOLE = {"align": "center", "num_format": "#,##0"}
TEXTS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "sheet": "Văn bản",
        "title": "VĂN BẢN ĐÃ ĐỌC",
        "ok": "Đã đọc",
        "partial": "Đọc chưa hết",
        "failed": "Không đọc được",
        "page": "trang {page}: ",
        "dated": " ngày {date:%d/%m/%Y}",
        "of": " của {issuer}",
        "more": "… và {count} văn bản khác",
    },
    "en": {
        "sheet": "Documents",
        "title": "DOCUMENTS READ",
        "ok": "Read",
        "partial": "Read in part",
        "failed": "Not read",
        "page": "page {page}: ",
        "dated": " of {date:%d/%m/%Y}",
        "of": " by {issuer}",
        "more": "… and {count} more",
    },
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A document with its number in the list."""

    number: int
    directive: Directive
    texts: Mapping[str, str]
    words: Wording
    lang: str


def add(book: Book, directives: Sequence[Directive], lang: str) -> None:
    """Adds the sheet."""
    texts = TEXTS[lang]
    sheet = book.add_sheet(texts["sheet"])
    rows = [_Row(number, directive, texts, book.wording, lang) for number, directive in enumerate(directives, start=1)]
    last = write_table(book, sheet, TABLE, COLUMNS, rows, lang)
    sheet.freeze_panes(1, 2)
    set_up(book, sheet, texts["title"], last, len(COLUMNS))


def _status(row: _Row) -> str:
    return row.texts.get(row.directive.status, row.directive.status)


def _said(row: _Row, found: Iterable[Warning]) -> str:
    """Errors or warnings as the officer reads them; the same one on several pages stands once, with its pages."""
    pages: dict[str, list[str]] = {}
    for one in found:
        pages.setdefault(told(one.message, row.lang), []).extend([str(one.page)] if one.page else [])
    return "\n".join(
        (row.texts["page"].format(page=", ".join(dict.fromkeys(where))) if where else "") + message
        for message, where in pages.items()
    )


def _cited(row: _Row) -> str:
    cites = row.directive.meta.cites
    named = [_name(one, row.texts) for one in cites[:MOST_CITED]]
    if len(cites) > MOST_CITED:
        named.append(row.texts["more"].format(count=len(cites) - MOST_CITED))
    return "; ".join(named)


def _name(cited: Citation, texts: Mapping[str, str]) -> str:
    name = cited.number or cited.title or ""
    if cited.date:
        name += texts["dated"].format(date=cited.date)
    return name + (texts["of"].format(issuer=cited.issuer) if cited.issuer else "")


def _kind(row: _Row) -> str:
    return kind_of(row.directive, row.words)


COLUMNS: tuple[Column[_Row], ...] = (
    Column("STT", "No.", 6, CENTRE, lambda row: row.number),
    Column("Tệp", "File", 20, TEXT, lambda row: row.directive.document),
    Column("Loại văn bản", "Type", 13, TEXT, _kind),
    Column("Số, ký hiệu", "Number", 15, TEXT, lambda row: row.directive.meta.number),
    Column("Ngày ban hành", "Date", 12, DATE, lambda row: row.directive.meta.date),
    Column("Cơ quan ban hành", "Issuer", 18, TEXT, lambda row: row.directive.meta.issuer),
    Column("Trích yếu", "Title", 30, TEXT, lambda row: row.directive.meta.title),
    Column("Số trang", "Pages", 8, WHOLE, lambda row: row.directive.pages),
    Column("Trạng thái đọc", "Status", 12, CENTRE, _status),
    Column("Số nhiệm vụ", "Tasks", 9, WHOLE, lambda row: len(row.directive.tasks)),
    Column("Cần rà soát", "To review", 8, WHOLE, lambda row: sum(bool(task.review) for task in row.directive.tasks)),
    Column("Chưa xếp được", "Unplaced", 9, WHOLE, lambda row: len(row.directive.unplaced)),
    Column("Lỗi", "Errors", 26, TEXT, lambda row: _said(row, row.directive.errors)),
    Column("Cảnh báo", "Warnings", 26, TEXT, lambda row: _said(row, row.directive.warnings)),
    Column("Số viện dẫn", "Cited", 9, WHOLE, lambda row: len(row.directive.meta.cites)),
    Column("Viện dẫn", "Citations", 34, TEXT, _cited),
)
