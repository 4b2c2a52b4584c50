"""The words of exports."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["EXPORTS"]

EXPORTS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "title": "Xuất tệp",
        "what": "{total} nhiệm vụ theo bộ lọc đang chọn.",
        "back": "Về sổ nhiệm vụ",
        "formats": "Định dạng",
        "profiles": "Mẫu của hệ thống khác",
        "xlsx": "Sổ theo dõi Excel (.xlsx): mọi trang, có trạng thái đã ghi",
        "csv": "Bảng .csv, có trạng thái đã ghi",
        "jsonl": "JSON Lines (.jsonl): mỗi nhiệm vụ một dòng, cho chương trình khác",
        "json": "JSON của văn bản (.json; nhiều văn bản thì nén .zip)",
        "ics": "Lịch (.ics) cho Outlook, Google Calendar",
        "parquet": "Parquet (.parquet) cho phân tích dữ liệu",
        "states-only": "Trạng thái, kết quả, ghi chú cán bộ đã nhập có trong .xlsx và .csv; các tệp khác chỉ có nội "
        "dung văn bản.",
        "decided": "Các dòng là những dòng đã rà soát: giá trị đã sửa, không có dòng đã loại.",
        "gone": "Dòng mà văn bản không còn nêu thì không có trong tệp.",
        "codes": "Bảng mã của cơ quan (.csv với các cột ma, ten, loai)",
        "make": "Tạo tệp",
        "making": "Đang tạo tệp. Nhiều nhiệm vụ thì có thể mất vài phút; xong thì tệp tự tải về.",
        "made": "Đã tạo xong, tệp đang được tải về.",
        "format": "Ghi ra",
        "refused": "Chưa tạo được tệp",
        "notes": "Trước khi tải về, xin lưu ý",
        "take": "Tải {name}",
        "again": "Hãy chọn lại bảng mã và tạo tệp.",
        "seen": "Tôi đã đọc các lưu ý, vẫn tạo tệp",
        "nothing": "Không có nhiệm vụ nào theo bộ lọc này nên tệp sẽ trống.",
    },
    "en": {
        "title": "Export",
        "what": "Tasks by the filters: {total}.",
        "back": "To the tasks",
        "formats": "Formats",
        "profiles": "Forms of other systems",
        "xlsx": "Excel tracker (.xlsx): all sheets, with the states",
        "csv": "Table (.csv), with the states",
        "jsonl": "JSON Lines (.jsonl): a task a line, for other programs",
        "json": "JSON of the document (.json; several in a .zip)",
        "ics": "Calendar (.ics) for Outlook and Google Calendar",
        "parquet": "Parquet (.parquet) for analysis",
        "states-only": "States, outcomes and notes that officers entered are in .xlsx and .csv; other files hold what "
        "documents say.",
        "decided": "The rows are those that were reviewed: corrected values, no rejected rows.",
        "gone": "Rows that their document no longer says are not in the file.",
        "codes": "The office's table of codes (.csv with the columns ma, ten, loai)",
        "make": "Make the file",
        "making": "The file is being made. Many tasks may take minutes; it comes by itself then.",
        "made": "The file was made and is being downloaded.",
        "format": "Write as",
        "refused": "The file was not made",
        "notes": "Before you take the file",
        "take": "Download {name}",
        "again": "Choose the table of codes again and make the file.",
        "seen": "I have read this, make the file",
        "nothing": "No task passes these filters: the file will be empty.",
    },
}
