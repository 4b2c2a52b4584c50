"""What is told of corrections: of what was typed into a row, and of what recurs."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["CORRECTIONS"]

CORRECTIONS: Mapping[str, str] = {
    "Nội dung dài hơn 4000 ký tự. Hãy rút gọn.": "This is longer than 4000 characters. Shorten it.",
    "Không sửa được trường “{field}”. Hãy chọn một trường của nhiệm vụ.": "The field “{field}” cannot be changed. "
    "Choose a field of the task.",
    "Chưa hiểu “{typed}” là khi nào. Hãy gõ ngày (30/6/2026), quý (quý II/2026) hoặc chu kỳ (hằng quý).": "It is not "
    "clear when “{typed}” is. Type a day (30/6/2026), a quarter (“quý II/2026”) or how often (“hằng quý”).",
    "Lịch không có ngày “{typed}”. Hãy gõ lại ngày, ví dụ 30/6/2026.": "The calendar has no day “{typed}”. Type it "
    "again, such as 30/6/2026.",
    "Chưa rõ “{typed}” thuộc năm nào. Hãy gõ thêm năm, ví dụ 30/6/2026.": "It is not clear which year “{typed}” is in. "
    "Add the year, such as 30/6/2026.",
    "“{typed}” không phải một ngày. Hãy gõ ngày bắt đầu, ví dụ 1/4/2026.": "“{typed}” is no day. Type the first day, "
    "such as 1/4/2026.",
    "“{typed}” không phải một chu kỳ. Hãy gõ chu kỳ, ví dụ hằng quý.": "“{typed}” does not say how often. Type it, "
    "such as “hằng quý”.",
    "Không có loại “{typed}”. Hãy gõ nhiệm vụ, chỉ tiêu hoặc báo cáo.": "There is no kind “{typed}”. Type “nhiệm vụ”, "
    "“chỉ tiêu” or “báo cáo”.",
    "Nội dung nhiệm vụ đang trống. Hãy gõ nội dung, hoặc loại dòng này.": "The task has no words. Type them, or reject "
    "the row.",
    "Không ghi được “{typed}”. Hãy gõ lại bằng chữ và số thông thường.": "“{typed}” cannot be kept. Type it again in "
    "plain letters and figures.",
    "Đơn vị “{name}” chưa có trong danh mục, đã gặp {times} lần. Có thêm vào danh mục không?": "The body “{name}” is "
    "not in the directory and was met {times} times. Add it?",
    "Đã sửa thời hạn đọc từ “{phrase}” {times} lần. Hãy xem lại quy tắc đọc giá trị này.": "The deadline read from "
    "“{phrase}” was changed {times} times. Look at the rule that reads it.",
    "Đã sửa {change} {times} lần. Hãy xem lại quy tắc đọc giá trị này.": "{change}: changed so {times} times. Look at "
    "the rule that reads it.",
    "Đã loại {times} dòng bắt đầu bằng “{opening}”. Có thêm quy tắc loại trừ không?": "{times} rows that begin with "
    "“{opening}” were rejected. Add a rule that leaves them out?",
}
