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
    "ended": "Phiên đăng nhập đã hết nên chưa ghi gì. Những gì đang gõ vẫn còn ở đây: hãy đăng nhập lại rồi làm tiếp.",
    "enter": "Đăng nhập ở cửa sổ mới",
    "other-person": "Trình duyệt này nay do người khác đăng nhập nên chưa ghi gì. Hãy chép lại những gì đang gõ rồi "
    "tải lại trang.",
    "no-answer": "Không kết nối được với máy chủ. Hãy kiểm tra dondoc serve còn chạy không rồi thử lại.",
    "working": "Đang làm…",
    "no-script": "Trình duyệt đang tắt JavaScript. Gửi văn bản, xem, lọc và xuất tệp vẫn được; rà soát và sửa "
    "từng dòng cần bật JavaScript cho trang này.",
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
    "ended": "The session has ended and nothing was saved. What you are typing is still here: log in again and go on.",
    "enter": "Log in in a new window",
    "other-person": "Somebody else has logged in in this browser, so nothing was saved. Copy what you are typing, then "
    "reload the page.",
    "no-answer": "The server does not answer. See whether dondoc serve still runs, then try again.",
    "working": "Working…",
    "no-script": "JavaScript is off in this browser. Documents can be sent, looked at, filtered and exported; to "
    "review and correct rows, turn JavaScript on for this page.",
}

WORDS: Mapping[str, Mapping[str, str]] = {"vi": _VI, "en": _EN}
