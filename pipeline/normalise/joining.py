"""Puts together again what a page break cut in two, and sets page furniture apart."""

from __future__ import annotations

import re

from pipeline.letters import UPPER
from pipeline.model import Aside
from pipeline.normalise.drafts import LONGEST, OPENS_ITEM, Draft

_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s]*$", re.IGNORECASE)
_RULE = re.compile(r"^[-–—_*=~.\s]{1,80}$")

# A phrase cannot end on these: what follows is its rest, even where it begins with a capital.
_OPEN_END = re.compile(
    r"(?:^|\s)(?:của|và|với|các|cho|tại|theo|về|do|từ|đến|trong|những|cùng|hoặc|là|để|bởi"
    r"|Bộ|Ban|Sở|Ủy|Hội|Đảng|Phòng|Văn|Trung|Nhân|Mặt|Tổ)$"
)
_LABEL = re.compile(rf"^[{UPPER}][^.:;]{{2,45}}:")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]|[IVX]+[.)]|[A-H][.)]|Điều\s)")
_LONG = 60  # characters: about one printed line, so that the cut may be the edge of a page


def set_furniture_apart(drafts: list[Draft]) -> tuple[list[Draft], list[Aside]]:
    """The drafts without lone page numbers and drawn rules, and those as asides."""
    body: list[Draft] = []
    asides: list[Aside] = []
    broken = False
    for draft in drafts:
        text = draft.text
        if _PAGE_NUMBER.match(text):
            asides.append(Aside("page-number", text, draft.first_page))
            broken = True
        elif _RULE.match(text):
            asides.append(Aside("rule", text, draft.first_page))
        else:
            draft.after_break, broken = broken, False
            body.append(draft)
    return body, asides


def join_cut(drafts: list[Draft]) -> list[Draft]:
    """The drafts with the two halves of each cut paragraph joined."""
    joined: list[Draft] = []
    above = ""  # the text of the last one: long paragraphs are not put together anew for each of their lines
    for draft in drafts:
        below = draft.text
        if joined and len(above) < LONGEST and _is_cut(joined[-1], above, draft, below):
            last = joined[-1]
            joined[-1] = Draft(last.tokens + draft.tokens, last.style, last.after_break)
            above = f"{above} {below}"
        else:
            joined.append(draft)
            above = below
    return joined


def _is_cut(upper: Draft, above: str, lower: Draft, below: str) -> bool:
    if upper.ends_sentence or above.isupper() or OPENS_ITEM.match(below):
        return False
    first = next((c for c in below if c.isalpha()), "")
    if first.islower():
        return below[0].isalpha() or len(above) >= _LONG
    if lower.after_break and below[0].isdigit() and above[-1] in "/-":
        return True  # a date cut in two
    if upper.style.bold or lower.style.bold or below.isupper() or _LABEL.match(below) or len(above) < _LONG:
        return False
    if _OPEN_END.search(above) and lower.style.alignment != "center":
        return True
    if _NUMBERED.match(above):
        # A heading over a paragraph; only one that is plainly a sentence can have been cut.
        return lower.after_break and re.search(r"[^\d][.;,:]\s", above) is not None
    return lower.after_break or upper.last_page != lower.first_page or _is_tail(below)


def _is_tail(text: str) -> bool:
    """Whether a block begins with the last word or two of a sentence ("HĐND. Chú trọng …")."""
    first, dot, rest = text.partition(". ")
    return bool(dot and rest) and len(first.split()) <= 2 and not _NUMBERED.match(text)
