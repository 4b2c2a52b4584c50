"""The type line (KẾ HOẠCH) and the title (trích yếu) beneath it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.letters import in_capitals
from pipeline.outline.headlines import SUBJECT, Headline
from pipeline.outline.issuers import HEAD
from pipeline.ruleset import Rule, Ruleset

_PRINTED = 130  # characters; a title that was broken into lines has no longer one
_SHORT = 90
_ITEM = re.compile(
    r"(?:[IVX]{1,5}|[A-H]|\d{1,2})(?:\.\d{1,2})*\s?[.)/-]\s*\S|Điều\s+\d|(?:Phần|Chương|Mục)\s+(?:[IVX\d]|thứ)"
    r"|[a-zđ]\)\s|[-–+•]\s"
)
# With these a preamble begins. A title may begin like the others, so there length and full stop decide.
BASIS = re.compile(r"(?:[-–—+*]\s*)?(?:Căn cứ|Xét)(?!\w)")
_PREAMBLE = re.compile(
    r"(?:Thực hiện|Thi hành|Triển khai|Theo|Để|Nhằm|Sau khi|Trong|Trên cơ sở|Tiếp tục|Qua|Ngày \d|Chiều|Sáng|Vừa qua"
    r"|Hiện nay|Năm \d{4}"
    r"|Hôm nay|Từ|Tiếp theo|Phát huy|Với|Đồng chí|Các đồng chí)(?!\w)"
)
_POST = re.compile(
    r"(?:CHỦ TỊCH|PHÓ|BỘ TRƯỞNG|GIÁM ĐỐC|CỤC TRƯỞNG|TRƯỞNG|CHÁNH|THỦ TƯỚNG|TỔNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|BÍ THƯ"
    r"|CHI CỤC TRƯỞNG)(?!\w)"
)
_LABEL = re.compile(r"(?:Thời gian|Địa điểm|Chủ trì|Thành phần|Nội dung)[^:]{0,30}:", re.IGNORECASE)
_RULE = re.compile(r"\s*[-–—_*]{3,}\s*$")
_SENTENCE_END = (".", ";", ":", "./.", "!", "?")


class Title:
    """The lines of a title while they are read."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, str]] = []

    @property
    def text(self) -> str | None:
        """The lines joined by a blank, or None without a line."""
        words = " ".join(text for _, text in self.lines)
        return _RULE.sub("", words).strip() or None

    @property
    def span(self) -> tuple[int, int]:
        """Where the lines stand."""
        last, text = self.lines[-1]
        return self.lines[0][0], last + len(text)


def find_type(text: str, rules: Ruleset) -> tuple[Rule, str] | None:
    """The rule of the type that a line names, and the words behind it; None for a line that is no type line.

    The type stands alone or in capitals: "Kế hoạch này …" is a sentence.
    """
    for rule in rules["types"]:
        match = rule.regex.match(text) if rule.regex is not None else None
        if match is None:
            continue
        rest = text[match.end() :].strip(" :.*")
        if not rest or (in_capitals(match.group()) and not text.endswith((";", ":")) and not rest[0].isdigit()):
            return rule, rest
    return None


def is_type(text: str, rules: Ruleset) -> bool:
    """Whether the words name a type and nothing more."""
    found = find_type(text, rules)
    return found is not None and not found[1]


def opens_item(text: str) -> bool:
    """Whether a line begins with a number or a bullet."""
    return _ITEM.match(text) is not None


def read_title(lines: Sequence[Headline], at: int, rest: str, rules: Ruleset) -> tuple[Title, int]:
    """The title that begins with `rest` behind the type, or at line `at`; and the first line behind it."""
    title = Title()
    if rest:
        line = lines[at - 1]
        title.lines.append((line.end - len(rest), rest))
    while at < len(lines) and lines[at].kind == "other" and _belongs(title, lines, at, rules):
        line = lines[at]
        subject = SUBJECT.match(line.text)
        skip = subject.end() if subject else 0
        title.lines.append((line.start + skip, line.text[skip:]))
        at += 1
    return title, at


def _belongs(title: Title, lines: Sequence[Headline], at: int, rules: Ruleset) -> bool:
    text = lines[at].text
    if opens_item(text) or BASIS.match(text) or _LABEL.match(text) or is_authority(lines, at):
        return False
    if not title.lines:
        return not text.endswith((":", ";")) and not (_PREAMBLE.match(text) and text.endswith("."))
    above = title.lines[-1][1]
    if text.endswith(_SENTENCE_END) or max(len(text), len(above)) > _PRINTED:
        return False
    if in_capitals(above) and not in_capitals(text):
        # Behind "THÔNG BÁO KẾT LUẬN" the title goes on in small letters; a title in capitals stands by itself.
        return text[0].islower() or (len(title.lines) == 1 and is_type(above, rules))
    if in_capitals(text) and not in_capitals(above):
        return False
    return _looks_alike(lines, at) and not (_PREAMBLE.match(text) and len(text) > _SHORT)


def _looks_alike(lines: Sequence[Headline], at: int) -> bool:
    """Whether a line is set as the one above; a file that keeps no looks says nothing against it.

    Of a bold line that fills the page nobody can tell how it is aligned.
    """
    above, here = lines[at - 1].style, lines[at].style
    unknown = here.bold and None in (above.alignment, here.alignment)
    return above.bold == here.bold and (above.alignment == here.alignment or unknown)


def is_authority(lines: Sequence[Headline], at: int) -> bool:
    """Whether a line names who decides ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …"): in capitals, over the first Căn cứ."""
    text = lines[at].text
    if not in_capitals(text) or (HEAD.match(text) is None and _POST.match(text) is None):
        return False
    below = next((line.text for line in lines[at + 1 : at + 3] if not in_capitals(line.text)), "")
    return BASIS.match(below) is not None or below.startswith(("Thực hiện", "Theo "))
