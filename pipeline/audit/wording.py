"""The words of the "6 rõ" report: the six questions and what a task lacks, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.audit.criteria import Clarity

__all__ = ["LACKS", "NAMES", "SHORT", "TEXTS", "reason", "short_of"]

# criterion → its name as a heading
NAMES: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "person": "Rõ người",
        "work": "Rõ việc",
        "time": "Rõ thời gian",
        "responsibility": "Rõ trách nhiệm",
        "authority": "Rõ thẩm quyền",
        "product": "Rõ sản phẩm",
    },
    "en": {
        "person": "Person",
        "work": "Work",
        "time": "Time",
        "responsibility": "Responsibility",
        "authority": "Authority",
        "product": "Product",
    },
}

# criterion → its name in a list of what a task lacks
SHORT: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "person": "người",
        "work": "việc",
        "time": "thời gian",
        "responsibility": "trách nhiệm",
        "authority": "thẩm quyền",
        "product": "sản phẩm",
    },
    "en": {
        "person": "person",
        "work": "work",
        "time": "time",
        "responsibility": "responsibility",
        "authority": "authority",
        "product": "product",
    },
}

# code of a lack → what is said of it; {count} is the number of leads, {lead} the first of them
LACKS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "no-lead": "không nêu ai chủ trì",
        "no-action": "không nêu hành động",
        "no-object": "nêu động từ nhưng không nêu làm việc gì",
        "no-time": "không có thời hạn hoặc chu kỳ",
        "nobody-answers": "không ai chịu trách nhiệm chính",
        "several-leads": "{count} đơn vị cùng chủ trì (Kết luận 226-KL/TW: một việc, một đầu mối)",
        "group-leads": "chủ trì là một nhóm (“{lead}”), không rõ đơn vị nào chịu trách nhiệm chính",
        "no-authority": "không nêu ai quyết định hoặc nhận kết quả",
        "no-product": "không nêu sản phẩm hoặc chỉ tiêu",
    },
    "en": {
        "no-lead": "names nobody who leads",
        "no-action": "names no action",
        "no-object": "has a verb and nothing that it is done to",
        "no-time": "has no deadline and no cadence",
        "nobody-answers": "nobody answers for it",
        "several-leads": "{count} units lead together (Kết luận 226-KL/TW: one task, one lead)",
        "group-leads": "a group leads (“{lead}”), so that no unit answers alone",
        "no-authority": "does not say who decides or receives the result",
        "no-product": "names no product and no amount",
    },
}

_DETAILED = frozenset({"no-object", "several-leads", "group-leads"})

TEXTS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "sheet": "6 rõ",
        "title": "ĐÁNH GIÁ 6 RÕ CỦA CÁC NHIỆM VỤ",
        "shares": "6 rõ: tỷ lệ nhiệm vụ đã rõ",
        "document": "Văn bản",
        "file": "Tệp",
        "count": "Số nhiệm vụ",
        "tasks": "nhiệm vụ",
        "all-six": "đủ 6 rõ",
        "several": "nhiều chủ trì",
        "total": "Tất cả",
        "number": "STT",
        "section": "Mục",
        "text": "Nội dung nhiệm vụ",
        "lacks": "Chưa rõ",
        "clear": "Số điều rõ",
        "met": "Đạt",
        "unmet": "Chưa đạt: {reason}",
        "all-clear": "Tất cả {count} nhiệm vụ đủ 6 rõ.",
        "some-clear": "{count}/{total} nhiệm vụ đủ 6 rõ nên không liệt kê.",
        "no-tasks": "Văn bản không giao nhiệm vụ nào.",
    },
    "en": {
        "sheet": "Six clarities",
        "title": "SIX CLARITIES OF THE TASKS",
        "shares": "Six clarities: share of the tasks that are clear",
        "document": "Document",
        "file": "File",
        "count": "Tasks",
        "tasks": "tasks",
        "all-six": "all six",
        "several": "several leads",
        "total": "All",
        "number": "No.",
        "section": "Section",
        "text": "Task",
        "lacks": "Not clear",
        "clear": "How many clear",
        "met": "Clear",
        "unmet": "Not clear: {reason}",
        "all-clear": "All {count} tasks answer all six.",
        "some-clear": "{count} of {total} tasks answer all six and are not listed.",
        "no-tasks": "The document assigns no task.",
    },
}


def reason(row: Clarity, criterion: str, lang: str) -> str | None:
    """Why a task leaves that question open: “không có thời hạn hoặc chu kỳ”; None where it is clear."""
    return next((_said(row, lack.code, lang) for lack in row.lacks if lack.criterion == criterion), None)


def short_of(row: Clarity, lang: str) -> str:
    """What a task lacks, in a line; what cannot be seen from the row itself is said in brackets."""
    parts = []
    for lack in row.lacks:
        detail = f" ({_said(row, lack.code, lang)})" if lack.code in _DETAILED else ""
        parts.append(f"{SHORT[lang][lack.criterion]}{detail}")
    return "; ".join(parts)


def _said(row: Clarity, code: str, lang: str) -> str:
    lead = row.task.lead[0] if row.task.lead else ""
    return LACKS[lang][code].format(count=len(row.task.lead), lead=lead)
