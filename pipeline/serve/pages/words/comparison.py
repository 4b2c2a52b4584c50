"""The words of So sánh."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["COMPARISON"]

COMPARISON: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "what": "Các kế hoạch cùng thực hiện một văn bản được xếp thành họ và so với văn bản đó, hoặc với nhau.",
        "working": "Đang so sánh {count} văn bản…",
        "stale": "Đang so sánh lại vì có văn bản mới hoặc dòng vừa sửa; dưới đây là kết quả trước đó.",
        "reload": "Tải lại",
        "failed": "Chưa so sánh được",
        "none": "Chưa có văn bản nào để so sánh. Hãy đưa văn bản cấp trên và các kế hoạch vào ở mục Văn bản đến.",
        "no-families": "Chưa có hai văn bản nào cùng họ.",
        "family": "Họ văn bản",
        "tasks": "Nhiệm vụ",
        "plans": "Kế hoạch",
        "coverage": "Độ phủ trung bình",
        "missing": "Thiếu",
        "open": "Mở ma trận",
        "families": "Các họ",
        "alone": "{count} văn bản không thuộc họ nào.",
        "unread": "{count} văn bản chưa đọc được nên không có trong so sánh; xem lý do ở mục Văn bản đến.",
        "remarks": "Lưu ý",
    },
    "en": {
        "what": "Plans that carry out the same document make a family and are compared with it, or with each other.",
        "working": "Comparing {count} documents…",
        "stale": "Comparing again, for a document is new or a row was corrected; below is the result before.",
        "reload": "Reload",
        "failed": "The comparison could not be made",
        "none": "There are no documents to compare yet. Add the parent and its plans on the page Documents.",
        "no-families": "No two documents are of one family yet.",
        "family": "Family",
        "tasks": "Tasks",
        "plans": "Plans",
        "coverage": "Mean coverage",
        "missing": "Missing",
        "open": "Open the matrix",
        "families": "Families",
        "alone": "Documents of no family: {count}.",
        "unread": "{count} documents could not be read and are not compared; the page Documents says why.",
        "remarks": "Remarks",
    },
}
