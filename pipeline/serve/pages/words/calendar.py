"""The words of Lịch."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.serve.pages.words.filters import FILTERS

__all__ = ["CALENDAR"]

CALENDAR: Mapping[str, Mapping[str, str]] = {
    "vi": {
        **FILTERS["vi"],
        "month": "Tháng {month}/{year}",
        "quarter": "Quý {quarter}/{year}",
        "by-month": "Theo tháng",
        "by-quarter": "Theo quý",
        "previous": "← Trước",
        "next": "Sau →",
        "now": "Hôm nay",
        "view": "Cách xem",
        "day-off": "ngày nghỉ",
        "today": "hôm nay",
        "due": "Thời hạn",
        "milestone": "Mốc: {text}",
        "recurring": "Định kỳ",
        "more": "và {count} việc nữa",
        "nothing": "Không có việc nào đến hạn trong thời gian này.",
        "count": "{count} việc đến hạn, {late} quá hạn chưa xong",
        "cut": "Chỉ hiện {most} việc đầu. Hãy lọc theo đơn vị để xem đủ.",
        "moved": "văn bản ghi ngày {day}",
        "keys": "Phím: ← → ↑ ↓ đi giữa các ngày, PageUp PageDown sang tháng khác, Home về hôm nay.",
        "grid": "Lịch tháng",
        "list": "Danh sách theo ngày",
    },
    "en": {
        **FILTERS["en"],
        "month": "{month}/{year}",
        "quarter": "Quarter {quarter}/{year}",
        "by-month": "By month",
        "by-quarter": "By quarter",
        "previous": "← Previous",
        "next": "Next →",
        "now": "Today",
        "view": "View",
        "day-off": "day off",
        "today": "today",
        "due": "Deadline",
        "milestone": "Step: {text}",
        "recurring": "Recurring",
        "more": "and {count} more",
        "nothing": "Nothing is due in this time.",
        "count": "{count} due, {late} of them overdue",
        "cut": "The first {most} are shown. Filter by unit to see all.",
        "moved": "the document says {day}",
        "keys": "Keys: ← → ↑ ↓ move between days, PageUp PageDown change the month, Home goes to today.",
        "grid": "Month",
        "list": "List by day",
    },
}
