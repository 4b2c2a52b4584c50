"""What the findings are called, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["KIND_NAMES"]

KIND_NAMES: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "covered": "Có đủ",
        "partly": "Có một phần",
        "missing": "Thiếu",
        "not-applicable": "Không thuộc cấp này",
        "added": "Bổ sung riêng",
        "deadline-earlier": "Hạn sớm hơn",
        "deadline-equal": "Hạn bằng",
        "deadline-later": "Hạn muộn hơn",
        "deadline-lost": "Mất thời hạn",
        "deadline-added": "Thêm thời hạn",
        "deadline-kind": "Định kỳ khác một lần",
        "deadline-less-precise": "Hạn kém cụ thể hơn",
        "cadence-weaker": "Chu kỳ thưa hơn",
        "cadence-stronger": "Chu kỳ dày hơn",
        "number-lower": "Chỉ tiêu thấp hơn",
        "number-higher": "Chỉ tiêu cao hơn",
        "number-lost": "Mất chỉ tiêu",
        "lead-missing": "Không rõ chủ trì",
        "lead-several": "Nhiều đơn vị chủ trì",
        "lead-other-class": "Chủ trì khác lĩnh vực",
        "lead-dissolved": "Chủ trì không còn tồn tại",
        "product-lost": "Mất sản phẩm",
        "copied": "Chép nguyên văn",
    },
    "en": {
        "covered": "Covered",
        "partly": "Partly",
        "missing": "Missing",
        "not-applicable": "Not at this level",
        "added": "Added",
        "deadline-earlier": "Earlier deadline",
        "deadline-equal": "Equal deadline",
        "deadline-later": "Later deadline",
        "deadline-lost": "Deadline lost",
        "deadline-added": "Deadline added",
        "deadline-kind": "Recurring against once",
        "deadline-less-precise": "Less precise deadline",
        "cadence-weaker": "Weaker cadence",
        "cadence-stronger": "Stronger cadence",
        "number-lower": "Lower number",
        "number-higher": "Higher number",
        "number-lost": "Number lost",
        "lead-missing": "No lead",
        "lead-several": "Several leads",
        "lead-other-class": "Lead of another class",
        "lead-dissolved": "Lead no longer exists",
        "product-lost": "Product lost",
        "copied": "Copied word for word",
    },
}
