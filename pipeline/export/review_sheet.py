"""The sheet `Cần rà soát`: the tasks that a person should look at, why, and what to do about it.

Behind them stand the passages that look like a task and became none.

The table is named `CanRaSoat`; every cell is the program's. A task's number leads to its row, where it is corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.export.page import CENTRE, LINK, SHARE, SMALL, TEXT, set_up
from pipeline.export.table import Column, Formula, link, write_table
from pipeline.export.task_sheet import Row, source
from pipeline.export.wording import Wording
from pipeline.model import Directive, Unplaced

if TYPE_CHECKING:
    from pipeline.export.workbook import Book

__all__ = ["TABLE", "add"]

TABLE = "CanRaSoat"
TEXTS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "sheet": "Cần rà soát",
        "title": "NỘI DUNG CẦN RÀ SOÁT",
        "unplaced": "Giống nhiệm vụ nhưng chưa xếp được: {why}",
        "add": "Nếu là nhiệm vụ, thêm một dòng vào trang Nhiệm vụ.",
        "look": "Đối chiếu với văn bản.",
    },
    "en": {
        "sheet": "To review",
        "title": "TO REVIEW",
        "unplaced": "Looks like a task and became none: {why}",
        "add": "If it is a task, add a row to the tasks.",
        "look": "Compare with the document.",
    },
}

# What to do about each code of `Task.review`.
ADVICE: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "no-lead": "Xác định đơn vị chủ trì và điền vào cột Đơn vị chủ trì.",
        "several-leads": "Giữ một đơn vị chủ trì, chuyển các đơn vị còn lại sang phối hợp.",
        "no-deadline": "Xác định thời hạn hoặc chu kỳ và điền vào.",
        "year-inferred": "Kiểm tra năm của thời hạn.",
        "ocr-doubt": "So chữ với bản gốc.",
        "unit-unknown": "Kiểm tra tên đơn vị; nếu đúng, thêm vào danh mục (CONTRIBUTING.md).",
        "unit-dissolved": "Xác định đơn vị nay làm việc này.",
        "low-confidence": "So cả dòng với văn bản.",
        "duplicate": "So với nhiệm vụ kia; nếu trùng, ghi Hủy ở một dòng.",
        "impossible-date": "Hỏi lại nơi ban hành rồi ghi thời hạn đúng.",
    },
    "en": {
        "no-lead": "Find the lead unit and enter it.",
        "several-leads": "Keep one lead; move the others to coordinating.",
        "no-deadline": "Find the deadline or the cadence and enter it.",
        "year-inferred": "Check the year of the deadline.",
        "ocr-doubt": "Compare the words with the original.",
        "unit-unknown": "Check the unit's name; if it is right, add it to the directory (CONTRIBUTING.md).",
        "unit-dissolved": "Find the unit that does this work now.",
        "low-confidence": "Compare the row with the document.",
        "duplicate": "Compare with the other task; if it is the same, cancel one of the rows.",
        "impossible-date": "Ask the issuer, then enter the right deadline.",
    },
}

# Why a passage became no task: reasons of `rules/exclusions.yaml` and of `pipeline.extract`. English says them itself.
REASONS: Mapping[str, str] = {
    "agenda": "chương trình họp",
    "agreement": "lời đồng ý, thống nhất",
    "article without an assignment": "điều khoản không giao việc",
    "assessment": "đánh giá, nhận định",
    "basis": "căn cứ",
    "closing": "lời kết",
    "contact": "thông tin liên hệ",
    "content of a report or a list": "nội dung của báo cáo hoặc danh sách",
    "data-window": "kỳ lấy số liệu",
    "decision": "nội dung quyết định",
    "definition": "giải thích từ ngữ",
    "event": "sự kiện",
    "example": "ví dụ",
    "funding": "kinh phí",
    "label without a task": "nhãn không kèm việc",
    "deadline of a heading": "thời hạn ở đề mục, việc bên dưới không ghi thời hạn",
    "list": "danh sách",
    "list of members": "danh sách thành viên",
    "no action verb": "không có động từ chỉ việc phải làm",
    "note": "ghi chú",
    "notice": "thông báo",
    "prizes": "giải thưởng",
    "procedure": "trình tự, thủ tục",
    "reference": "viện dẫn văn bản",
    "report-content": "nội dung phải báo cáo",
    "row without a task": "dòng bảng không có việc",
    "subject matter": "nội dung chủ đề",
    "general aim": "mục tiêu chung không có số liệu",
    "too short": "quá ngắn",
    "role purpose": "phần mục đích",
    "role requirement": "phần yêu cầu, nguyên tắc",
    "role assessment": "phần đánh giá tình hình",
    "role recommendation": "phần đề xuất, kiến nghị",
    "role funding": "phần kinh phí",
    "role subject-matter": "phần nội dung chuyên đề",
    "role report-content": "phần nội dung báo cáo",
    "role annex": "phụ lục",
    "role annex-form": "biểu mẫu",
    "role annex-list": "danh sách kèm theo",
    "role annex-outline": "đề cương báo cáo",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A task to look at, or a passage that became none (`row` is None)."""

    row: Row | None
    text: str
    section: str
    why: str
    what: str
    directive: Directive


def add(book: Book, rows: Sequence[Row], directives: Sequence[Directive], lang: str) -> None:
    """Adds the sheet."""
    texts = TEXTS[lang]
    sheet = book.add_sheet(texts["sheet"])
    found = [*_tasks(rows, book.wording, lang), *_passages(directives, lang)]
    columns = _columns(book, lang)
    last = write_table(book, sheet, TABLE, columns, found, lang)
    sheet.freeze_panes(1, 3)
    set_up(book, sheet, texts["title"], last, len(columns))


def _tasks(rows: Sequence[Row], words: Wording, lang: str) -> Iterator[_Row]:
    for row in rows:
        codes = row.task.review
        if codes:
            why = "; ".join(words.review.get(code, code) for code in codes)
            what = "\n".join(dict.fromkeys(ADVICE[lang].get(code, TEXTS[lang]["look"]) for code in codes))
            yield _Row(row, row.task.text, row.task.section, why, what, row.directive)


def _passages(directives: Sequence[Directive], lang: str) -> Iterator[_Row]:
    texts = TEXTS[lang]
    for directive in directives:
        for one in directive.unplaced:
            yield _Row(None, one.text, one.section, _reason(one, lang), texts["add"], directive)


def _reason(one: Unplaced, lang: str) -> str:
    why = REASONS.get(one.reason, one.reason) if lang == "vi" else one.reason
    return TEXTS[lang]["unplaced"].format(why=why)


def _columns(book: Book, lang: str) -> tuple[Column[_Row], ...]:
    def number(one: _Row) -> Formula | None:
        return link(TABLE, book.wording.sheet, lang, one.row.number) if one.row else None

    return (
        Column("STT", "No.", 6, LINK, number),
        Column("Mã nhiệm vụ", "Task id", 9, SMALL, lambda one: one.row and one.row.task.id),
        Column("Nội dung", "Text", 62, TEXT, lambda one: one.text),
        Column("Lý do", "Reason", 28, TEXT, lambda one: one.why),
        Column("Việc cần làm", "What to do", 32, TEXT, lambda one: one.what),
        Column("Văn bản", "Document", 30, TEXT, lambda one: source(one.directive, book.wording)),
        Column("Mục", "Section", 9, CENTRE, lambda one: one.section),
        Column("Trang", "Page", 8, CENTRE, lambda one: one.row and one.row.task.page),
        Column("Độ tin cậy", "Confidence", 9, SHARE, lambda one: one.row and one.row.task.confidence),
    )
