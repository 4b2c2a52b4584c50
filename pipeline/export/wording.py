"""The words of the workbook, in Vietnamese and in English: states, cadences, reasons to look at a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.export.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Wording:
    """What the workbook says in one language. `states` are what an officer chooses from, in this order:

    not begun, under way, done, paused, cancelled. `situations` are what the formula answers: not begun, under way in
    time, due soon, overdue, done in time, done late, without a deadline, no longer in the document: the last one is
    also the mark in `Cần rà soát` by which the formula knows. `state` and `party` are the lines at the top
    right of the letterhead; `page` and `section` say where a task stands.
    """

    sheet: str
    title: str
    footer: str
    states: tuple[str, str, str, str, str]
    situations: tuple[str, str, str, str, str, str, str, str]
    number: str
    dated: str
    issued_by: str
    cut: str
    choose_state: str
    whole_percent: str
    real_date: str
    page: str
    section: str
    state: tuple[str, ...]
    party: tuple[str, ...]
    notes_left_out: str
    document: str
    kinds: Mapping[str, str]  # of documents: those that the language calls otherwise than the documents do
    cadence: Mapping[str, str]
    review: Mapping[str, str]


VI = Wording(
    sheet="Nhiệm vụ",
    title="BẢNG THEO DÕI THỰC HIỆN NHIỆM VỤ",
    footer="Trang &P/&N",
    states=("Chưa thực hiện", "Đang thực hiện", "Hoàn thành", "Tạm dừng", "Hủy"),
    situations=(
        "Chưa thực hiện",
        "Đang thực hiện (trong hạn)",
        "Sắp đến hạn",
        "Quá hạn chưa hoàn thành",
        "Hoàn thành đúng hạn",
        "Hoàn thành quá hạn",
        "Không có thời hạn",
        "Không còn trong văn bản",
    ),
    number="số",
    dated="ngày",
    issued_by="của",
    cut="… (xem tiếp trong văn bản)",
    choose_state="Hãy chọn một trạng thái trong danh sách.",
    whole_percent="Hãy nhập số nguyên từ 0 đến 100, không gõ dấu %.",
    real_date="Hãy nhập ngày theo dạng ngày/tháng/năm, ví dụ 15/11/2026.",
    page="Trang {page}",
    section=", mục {section}",
    state=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    party=("ĐẢNG CỘNG SẢN VIỆT NAM",),
    notes_left_out="Sổ có {tasks} nhiệm vụ; chỉ {most} nhiệm vụ đầu có ghi chú trích lời văn bản, để Excel mở "
    "được nhanh.",
    document="Văn bản",
    kinds={},
    cadence={
        "continuous": "thường xuyên",
        "daily": "hằng ngày",
        "weekly": "hằng tuần",
        "monthly": "hằng tháng",
        "quarterly": "hằng quý",
        "semiannual": "6 tháng",
        "annual": "hằng năm",
        "term": "theo nhiệm kỳ",
        "per_event": "theo kỳ họp, hội nghị",
        "periodic": "định kỳ",
        "ad_hoc": "đột xuất",
        "once": "một lần",
    },
    review={
        "no-lead": "Chưa rõ đơn vị chủ trì",
        "several-leads": "Nhiều đơn vị chủ trì",
        "no-deadline": "Chưa rõ thời hạn",
        "year-inferred": "Năm của thời hạn do suy ra",
        "ocr-doubt": "Chữ nhận dạng chưa chắc",
        "unit-unknown": "Đơn vị chưa có trong danh mục",
        "unit-dissolved": "Đơn vị không còn vào ngày ban hành văn bản",
        "low-confidence": "Độ tin cậy thấp",
        "duplicate": "Có thể trùng nhiệm vụ khác",
        "impossible-date": "Hạn ghi ngày không có trong lịch",
    },
)

EN = Wording(
    sheet="Tasks",
    title="TASK TRACKER",
    footer="Page &P of &N",
    states=("Not begun", "Under way", "Done", "Paused", "Cancelled"),
    situations=(
        "Not begun",
        "Under way, in time",
        "Due soon",
        "Overdue",
        "Done in time",
        "Done late",
        "No deadline",
        "No longer in the document",
    ),
    number="no.",
    dated="of",
    issued_by="by",
    cut="… (continued in the document)",
    choose_state="Choose a state from the list.",
    whole_percent="Enter a whole number from 0 to 100, without the % sign.",
    real_date="Enter a date as day/month/year, such as 15/11/2026.",
    page="Page {page}",
    section=", section {section}",
    state=("SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"),
    party=("COMMUNIST PARTY OF VIET NAM",),
    notes_left_out="Of {tasks} tasks the first {most} have a note that quotes the document, so that Excel opens "
    "it quickly.",
    document="Document",
    kinds=KINDS,
    cadence={
        "continuous": "continuous",
        "daily": "daily",
        "weekly": "weekly",
        "monthly": "monthly",
        "quarterly": "quarterly",
        "semiannual": "every six months",
        "annual": "yearly",
        "term": "by term of office",
        "per_event": "by session or conference",
        "periodic": "periodic",
        "ad_hoc": "on demand",
        "once": "once",
    },
    review={
        "no-lead": "No lead unit found",
        "several-leads": "Several lead units",
        "no-deadline": "No deadline found",
        "year-inferred": "Year of the deadline inferred",
        "ocr-doubt": "Recognised words in doubt",
        "unit-unknown": "Unit not in the directory",
        "unit-dissolved": "Unit no longer there on the document's date",
        "low-confidence": "Low confidence",
        "duplicate": "May repeat another task",
        "impossible-date": "The deadline is a day that no calendar has",
    },
)

WORDINGS: Mapping[str, Wording] = {"vi": VI, "en": EN}
