"""Tells a task from a target (chỉ tiêu) and from a report (báo cáo)."""

from __future__ import annotations

import re

from pipeline.extract.amounts import find_quantities
from pipeline.extract.segments import Segment
from pipeline.ruleset import Ruleset

_REPORTS = re.compile(
    r"^(?:định kỳ,?\s|hằng \w+,?\s|hàng \w+,?\s|thường xuyên\s|chủ động\s|kịp thời\s"
    r"|tổng hợp,?\s(?:kết quả|tình hình)[^,;.]*,?\s)*"
    r"(?:báo cáo|tổng hợp,? báo cáo|gửi báo cáo|xây dựng báo cáo|chế độ báo cáo"
    r"|thực hiện (?:chế độ )?báo cáo|sơ kết|tổng kết)\b",
    re.IGNORECASE,
)
_AMOUNT_FIRST = re.compile(r"^(?:phấn đấu|đảm bảo|bảo đảm|từ|trên|ít nhất|tối thiểu|đạt|có|tỷ lệ|\d)", re.IGNORECASE)


def kind_of(text: str, segment: Segment, role: str, rules: Ruleset) -> str:
    """The kind of a task: target beneath an aim or where an amount opens it, report where reporting is all of it."""
    if role in {"target", "general-aim"}:
        return "target"
    first = text[segment.start : segment.parts[0].end]
    if _AMOUNT_FIRST.match(first) and segment.lead is None:
        amounts = find_quantities(text, segment.start, segment.parts[0].end, rules)
        if any("%" in text[a:b] or "bounded" in rule for a, b, rule in amounts) and amounts[0][0] < segment.start + 40:
            return "target"
    behind = max((unit.end for unit in segment.lead.units), default=segment.start) if segment.lead else segment.start
    rest = text[_behind_times(segment, behind) : segment.end].lstrip(" ,:")
    sentences = sum(not part.run_in for part in segment.parts)
    return "report" if _REPORTS.match(rest) and sentences <= 2 else "task"


def _behind_times(segment: Segment, start: int) -> int:
    """Where the action begins behind the adverbs of time that stand first ("Định kỳ thứ Hai hằng tuần …")."""
    for mention in segment.times:
        if start <= mention.start <= start + 3:
            start = mention.end
    return start
