"""What an update says: in the cells it marks, in the sheets that tell what was done, and to who called it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.export.wording import WORDINGS as WORDS

__all__ = ["LOSSES", "NOTES", "WORDINGS", "Wording"]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an update in one language; the headings of its two sheets in order."""

    vanished: str
    changed: str
    differs: str
    figures: str
    old_value: str
    document_says: str
    log_sheet: str
    log_headings: tuple[str, ...]
    log: Mapping[str, str]
    summary: str
    extensions_sheet: str
    extensions_headings: tuple[str, ...]
    nothing: str
    own_rows: str


VI = Wording(
    vanished=WORDS["vi"].situations[-1],
    changed="Đã thay đổi: {columns}",
    differs="Văn bản ghi khác: {columns}",
    figures="Số liệu đổi: {figures} (trạng thái cũ được giữ)",
    old_value="{column}, giá trị cũ: {value}",
    document_says="{column}, văn bản nay ghi: {value}",
    log_sheet="Nhật ký",
    log_headings=("Lần", "Thời điểm", "Việc", "Văn bản", "Mã nhiệm vụ", "Cột", "Giá trị cũ", "Giá trị mới"),
    log={
        "created": "Lập sổ",
        "conversion": "Cập nhật",
        "added": "Thêm nhiệm vụ",
        "changed": "Sửa theo văn bản",
        "kept": "Giữ chữ của cán bộ, văn bản ghi khác",
        "figures": "Số liệu đổi, trạng thái cũ được giữ",
        "extended": "Gia hạn",
        "vanished": "Không còn trong văn bản",
        "returned": "Có lại trong văn bản",
        "deleted": "Cán bộ đã xóa dòng, không thêm lại",
        "unread": "Không đọc được văn bản, giữ nguyên các dòng",
        "partial": "Chỉ đọc được một phần văn bản, dòng không thấy lại vẫn giữ nguyên",
        "sheet-kept": "Sheet có chữ của cán bộ được giữ; bản mới ở sheet khác",
    },
    summary="{added} thêm, {changed} sửa, {kept} giữ của cán bộ, {vanished} không còn, {extended} gia hạn",
    extensions_sheet="Gia hạn",
    extensions_headings=("Mã nhiệm vụ", "Nội dung nhiệm vụ", "Hạn cũ", "Hạn mới", "Lần thứ", "Ngày văn bản"),
    nothing="(trống)",
    own_rows="Dòng do cán bộ thêm",
)

EN = Wording(
    vanished=WORDS["en"].situations[-1],
    changed="Changed: {columns}",
    differs="The document says otherwise: {columns}",
    figures="Figures changed: {figures} (the old state was kept)",
    old_value="{column}, old value: {value}",
    document_says="{column}, the document now says: {value}",
    log_sheet="Change log",
    log_headings=("Run", "When", "What", "Document", "Task id", "Column", "Old value", "New value"),
    log={
        "created": "Tracker made",
        "conversion": "Update",
        "added": "Task added",
        "changed": "Changed as the document says",
        "kept": "Officer's words kept, the document says otherwise",
        "figures": "Figures changed, the old state was kept",
        "extended": "Deadline extended",
        "vanished": "No longer in the document",
        "returned": "In the document again",
        "deleted": "Row deleted by the officer, not added again",
        "unread": "Document could not be read, its rows stay",
        "partial": "Document read in part, rows that were not seen again stay",
        "sheet-kept": "Sheet with an officer's words kept; the new one stands in another sheet",
    },
    summary="{added} added, {changed} changed, {kept} left to the officer, {vanished} gone, {extended} extended",
    extensions_sheet="Extensions",
    extensions_headings=("Task id", "Task", "Old deadline", "New deadline", "Extension no.", "Date of the document"),
    nothing="(empty)",
    own_rows="Rows added by the office",
)

WORDINGS: Mapping[str, Wording] = {"vi": VI, "en": EN}

# code → what is told to who called; {name} is the other file, {what} what stood in the way
NOTES: Mapping[str, Mapping[str, str]] = {
    "updated": {
        "vi": "Đã cập nhật sổ: {what}. Bản trước khi cập nhật được giữ lại với tên {name}.",
        "en": "Tracker updated: {what}. What it was before is kept as {name}.",
    },
    "sheets-kept": {
        "vi": "Sheet do chương trình lập mà có chữ của cán bộ được giữ, từ nay không cập nhật nữa; bản mới: {what}.",
        "en": "Sheets of the program that hold an officer's words were kept and are updated no more; the new ones: "
        "{what}.",
    },
    "unchanged": {
        "vi": "Sổ đã đúng với văn bản, không có gì phải sửa.",
        "en": "The tracker agrees with the documents; nothing had to be changed.",
    },
    "open-elsewhere": {
        "vi": "Sổ đang mở ở chương trình khác nên được để nguyên; bản đã cập nhật được ghi sang {name}. Hãy đóng sổ "
        "rồi chạy lại (nếu không có ai mở, hãy xóa tệp {what}).",
        "en": "The tracker is open in another program and was left alone; the updated one was written to {name}. Close "
        "it and run this again (if nobody has it open, delete the file {what}).",
    },
    "edited-meanwhile": {
        "vi": "Sổ vừa được lưu từ chương trình khác trong lúc cập nhật nên được để nguyên; kết quả được ghi sang "
        "{name}. Hãy chạy lại.",
        "en": "The tracker was saved by another program during the update and was left alone; the result was written "
        "to {name}. Run this again.",
    },
    "cannot-keep": {
        "vi": "Sổ có nội dung mà khi ghi lại sẽ mất ({what}) nên được để nguyên; bản đã cập nhật, không có nội dung "
        "đó, được ghi sang {name}. Hãy bỏ nội dung đó khỏi sổ rồi chạy lại, hoặc dùng bản mới.",
        "en": "The tracker holds what would be lost ({what}) and was left alone; the updated one, without it, was "
        "written to {name}. Take it out of the tracker and run this again, or go on with the new file.",
    },
    "no-tracker": {
        "vi": "Tệp đã có không phải sổ theo dõi nhiệm vụ nên được để nguyên; sổ mới được ghi sang {name}.",
        "en": "The file that was there is no task tracker and was left alone; a new tracker was written to {name}.",
    },
    "broken": {
        "vi": "Tệp đã có bị hỏng hoặc có mật khẩu nên được để nguyên; sổ mới được ghi sang {name}.",
        "en": "The file that was there is broken or has a password and was left alone; a new tracker was written to "
        "{name}.",
    },
}

# what a workbook may hold that could not be kept → its name
LOSSES: Mapping[str, Mapping[str, str]] = {
    "macro": {"vi": "macro", "en": "macros"},
    "signature": {"vi": "chữ ký số", "en": "a digital signature"},
    "shape": {"vi": "hộp văn bản hoặc hình vẽ", "en": "text boxes or shapes"},
    "picture": {"vi": "hình ảnh", "en": "pictures"},
    "smart-art": {"vi": "SmartArt", "en": "SmartArt"},
    "sparkline": {"vi": "sparkline (biểu đồ trong ô)", "en": "sparklines"},
    "slicer": {"vi": "slicer hoặc timeline (bộ lọc nút bấm)", "en": "slicers or timelines"},
    "conditional-format": {"vi": "định dạng có điều kiện kiểu mới", "en": "newer conditional formats"},
    "validation": {"vi": "danh sách chọn lấy từ sheet khác", "en": "lists to choose from that stand on another sheet"},
    "control": {"vi": "nút bấm, hộp kiểm", "en": "buttons or checkboxes"},
    "object": {"vi": "đối tượng nhúng", "en": "embedded objects"},
    "threaded-comment": {"vi": "bình luận có trả lời", "en": "threaded comments"},
    "pivot": {"vi": "PivotTable", "en": "pivot tables"},
    "query": {"vi": "kết nối dữ liệu, Power Query", "en": "data connections or queries"},
    "custom-view": {"vi": "chế độ xem tùy biến", "en": "custom views"},
    "protected-range": {"vi": "vùng được phép sửa", "en": "ranges that may be edited"},
    "header-picture": {"vi": "hình ở đầu, chân trang", "en": "pictures in header or footer"},
    "background": {"vi": "hình nền", "en": "background pictures"},
    "dynamic-array": {"vi": "công thức mảng động", "en": "dynamic array formulas"},
    "rich-data": {"vi": "kiểu dữ liệu liên kết", "en": "linked data types"},
    "chart": {"vi": "biểu đồ kiểu mới", "en": "newer kinds of charts"},
    "shared-book": {"vi": "lịch sử của sổ dùng chung", "en": "the history of a shared workbook"},
    "custom-data": {"vi": "dữ liệu XML của ứng dụng khác", "en": "XML data of another application"},
    "merged-words": {"vi": "chữ nằm dưới ô gộp", "en": "words under merged cells"},
    "cell": {"vi": "nội dung của ô {place}", "en": "what cell {place} holds"},
    "note": {"vi": "ghi chú ở ô {place}", "en": "the note on cell {place}"},
    "sheet": {"vi": "sheet {place}", "en": "sheet {place}"},
    "other": {"vi": "phần {place} của tệp", "en": "the part {place} of the file"},
}
