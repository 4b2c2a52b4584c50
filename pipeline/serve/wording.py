"""The words of all pages, in both languages. A page with many words of its own has them beside it."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["PAGES", "WORDS"]

# The navigation: address → key of its name.
PAGES: Mapping[str, str] = {
    "/van-ban": "intake",
    "/ra-soat": "review",
    "/nhiem-vu": "register",
    "/lich": "calendar",
    "/so-sanh": "comparison",
    "/tong-quan": "overview",
}

_VI: Mapping[str, str] = {
    "intake": "Văn bản đến",
    "review": "Rà soát",
    "register": "Sổ nhiệm vụ",
    "calendar": "Lịch",
    "comparison": "So sánh",
    "overview": "Tổng quan",
    "skip": "Đến nội dung chính",
    "navigation": "Các trang",
    "other-language": "English",
    "other-language-code": "en",
    "people": "Người dùng",
    "log-out": "Đăng xuất",
    "error": "Chưa làm được",
    "to-start": "Về danh sách văn bản",
    "reload": "Tải lại trang",
    "notice": "Thông báo",
    "no-answer": "Không kết nối được với máy chủ. Hãy kiểm tra dondoc serve còn chạy không rồi thử lại.",
    "working": "Đang làm…",
}

_EN: Mapping[str, str] = {
    "intake": "Documents",
    "review": "Review",
    "register": "Tasks",
    "calendar": "Calendar",
    "comparison": "Comparison",
    "overview": "Overview",
    "skip": "To the main content",
    "navigation": "Pages",
    "other-language": "Tiếng Việt",
    "other-language-code": "vi",
    "people": "Users",
    "log-out": "Log out",
    "error": "That was not done",
    "to-start": "To the list of documents",
    "reload": "Reload the page",
    "notice": "Notice",
    "no-answer": "The server does not answer. See whether dondoc serve still runs, then try again.",
    "working": "Working…",
}

WORDS: Mapping[str, Mapping[str, str]] = {"vi": _VI, "en": _EN}
