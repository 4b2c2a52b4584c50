"""The words around the panes in the file that needs no server."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["PAGE_WORDS"]

PAGE_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "title": "Rà soát nhiệm vụ",
        "skip": "Đến nội dung chính",
        "documents": "Văn bản",
        "counted": "{name} ({rows} dòng, {doubts} cần rà soát)",
        "errors": "Chưa đọc được hết văn bản này:",
        "none": "Không có văn bản nào.",
        "read-only": "Bản để xem, không sửa được. Trỏ hoặc chọn một giá trị để thấy lời văn mà nó được đọc từ đó.",
        "no-script": "Trình duyệt đang chặn mã của trang này nên chỉ xem được chữ, không bấm sáng được lời văn.",
    },
    "en": {
        "title": "Review of tasks",
        "skip": "To the main content",
        "documents": "Document",
        "counted": "{name} ({rows} rows, {doubts} to review)",
        "errors": "Not all of this document could be read:",
        "none": "There is no document.",
        "read-only": "For reading, not for changing. Point at a value to see the words that it was read from.",
        "no-script": "The browser blocks the script of this page: the words are here, and cannot be lit up.",
    },
}
