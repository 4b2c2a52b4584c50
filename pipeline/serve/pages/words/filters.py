"""The words of the fields of filters, on each page that has them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["FILTERS"]

# What the fields of the filters are called, on each page that has them.
_VI: Mapping[str, str] = {
    "filters": "Bộ lọc",
    "more-filters": "Lọc theo đơn vị, trạng thái, ngày, văn bản…",
    "text": "Tìm trong nhiệm vụ",
    "text-hint": "Gõ có dấu hoặc không dấu đều tìm được.",
    "unit": "Đơn vị",
    "any": "Tất cả",
    "state": "Trạng thái",
    "open": "Chưa xong",
    "from": "Hạn từ ngày",
    "to": "đến ngày",
    "document": "Văn bản",
    "last-documents": "Văn bản ({count} văn bản mới nhất)",
    "kind": "Loại",
    "task": "Nhiệm vụ",
    "target": "Chỉ tiêu",
    "report": "Báo cáo",
    "review": "Rà soát",
    "doubtful": "Cần rà soát",
    "settled": "Không cần rà soát",
    "still": "Trong văn bản",
    "still-there": "Còn",
    "gone": "Không còn",
    "apply": "Lọc",
    "clear": "Bỏ lọc",
    "not-understood": "Bỏ qua giá trị chưa đúng của bộ lọc: {names}.",
    "export": "Xuất tệp",
    "one-document": "Chỉ một văn bản",
}
_EN: Mapping[str, str] = {
    "filters": "Filters",
    "more-filters": "Filter by unit, state, date, document…",
    "text": "Search in tasks",
    "text-hint": "With or without diacritics.",
    "unit": "Unit",
    "any": "All",
    "state": "State",
    "open": "Not finished",
    "from": "Due from",
    "to": "to",
    "document": "Document",
    "last-documents": "Document (the last {count})",
    "kind": "Kind",
    "task": "Task",
    "target": "Target",
    "report": "Report",
    "review": "Review",
    "doubtful": "To be reviewed",
    "settled": "Nothing to review",
    "still": "In its document",
    "still-there": "Still",
    "gone": "No longer",
    "apply": "Filter",
    "clear": "Clear filters",
    "not-understood": "Left out, for it is not right: {names}.",
    "export": "Export",
    "one-document": "One document only",
}

FILTERS: Mapping[str, Mapping[str, str]] = {"vi": _VI, "en": _EN}
