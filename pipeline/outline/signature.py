"""The signature: lines of authority (KT. CHỦ TỊCH), the post, and the name beneath them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.letters import UPPER, in_capitals
from pipeline.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the closing, or the part of one that stands for a line. `block` is its index in the document.

    `doubtful` tells that words of it were hardly to be recognised, as under a stamp.
    """

    block: int
    start: int
    text: str
    doubtful: bool = False

    @property
    def end(self) -> int:
        """Offset behind the line."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Signature:
    """The lines of the post, the name, and the index of the first line behind them."""

    post: tuple[Line, ...]
    signer: Line | None
    behind: int

    @property
    def title(self) -> str | None:
        """The post in one line."""
        return " ".join(line.text for line in self.post) or None


LAST_ENTRY = re.compile(r"(?:[-–—+*•·]\s*)?Lưu\b", re.IGNORECASE)
"""The entry that ends Nơi nhận."""

# TM. for the collective, KT. deputy for head, TL. by order, TUQ. by delegation, Q. acting; T/M, K/T … of the Party.
MARK = rf"(?:T/M|TM|K/T|KT|T/L|TL|T/?UQ|TH/L|Q)(?:\.|\s(?=[{UPPER}])|$)"
AUTHORITY = re.compile(MARK)
POSTS = (
    r"PHÓ|CHỦ TỊCH|CHỦ NHIỆM|BÍ THƯ|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|TRƯỞNG|CHÁNH|CỤC TRƯỞNG|VỤ TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG"
    r"|THỦ TƯỚNG"
    r"|TỔNG|CHỈ HUY|HIỆU TRƯỞNG|VIỆN TRƯỞNG|ỦY VIÊN|TỔ TRƯỞNG|CHÍNH ỦY|CHÍNH TRỊ VIÊN|ĐỘI TRƯỞNG|TƯ LỆNH|HẠT TRƯỞNG"
    r"|QUYỀN"
    r"|CHI CỤC TRƯỞNG|KIỂM SÁT|THẨM PHÁN|KẾ TOÁN|CHỦ TỌA|CHỦ TRÌ|THƯ KÝ|NGƯỜI|ĐẠI DIỆN|CẤP PHÓ|THƯỜNG TRỰC"
)
_POST = re.compile(rf"(?:{POSTS})\b")
_POST_BEHIND = re.compile(r"(?<=\S)(?<!PHÓ)\s+(?=(?:PHÓ|CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|TRƯỞNG (?!BAN\s)|CHÁNH)\b)")
_RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|(?:Chuẩn |Phó )?[Đđ]ô đốc|(?:PGS|GS|TS|ThS|BS|BSCK|DS|KS|CN"
    r"|LS)\.?(?:\s?CK\s?I{1,2})?"
    r"|BSCK\s?I{1,2}|CVCC|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Đồng chí|Đ/c)(?=[\s.,])[\s.,]*",
    re.IGNORECASE,
)
_NAME = re.compile(rf"[{UPPER}][\w’'ʼ]*(?:[\s-][{UPPER}][\w’'ʼ]*){{1,5}}")
_SIGNED = re.compile(r"[(\[]?\s*(?:đã ký|ký tên|ký,? đóng dấu|chữ ký)[^)\]]{0,40}[)\]]?", re.IGNORECASE)
STAMP = re.compile(
    r"(?:Ký bởi|Người ký|Cơ quan(?: ký)?:|Thời gian ký|Ngày ký|Email|Ký ngày|Signature|Digitally).*", re.IGNORECASE
)
BEHIND = re.compile(
    r"(?:PHỤ LỤC|ĐỀ CƯƠNG|DANH (?:MỤC|SÁCH)|BIỂU|MẪU|BẢNG|PHIẾU|LỊCH|CỘNG HÒA|ĐẢNG CỘNG SẢN)\b", re.IGNORECASE
)
_NOT_A_NAME = re.compile(
    r"(?:Nơi|Kính|Phụ Lục|Đề Cương|Danh (?:Mục|Sách)|Biểu|Mẫu|Ban|Ủy|Hội Đồng|Sở|Văn Phòng|Đảng|Cộng Hòa)\b",
    re.IGNORECASE,
)


def read_signature(lines: Sequence[Line], at: int, rules: Ruleset, *, expected: bool) -> Signature | None:
    """The signature whose first line is `at`: lines of authority and post in capitals, then a name.

    `expected` says that Nơi nhận stands above, so that less is asked of what follows.
    """
    while expected and at < len(lines) and STAMP.match(lines[at].text):
        at += 1
    titles: list[Line] = []
    position = at
    while position < len(lines) and len(titles) < 8 and _is_title(lines[position].text, titles, rules):
        titles.append(lines[position])
        position += 1
    if not titles and not expected:
        return None
    name, behind = _name_near(lines, position)
    if name is None and len(titles) > 1 and is_name(titles[-1].text) and not _POST.match(titles[-1].text):
        name = titles.pop()  # some offices set the name in capitals as well
    if not titles:
        named_only = name is not None and LAST_ENTRY.match(lines[at - 1].text)
        return Signature((), name, behind) if named_only else None
    if name is None:
        above = lines[at - 1].text if at else ""
        marked = AUTHORITY.match(titles[0].text) is not None and bool({".", "/"} & set(titles[0].text[:5]))
        if not (expected or above.endswith("./.") or (marked and above.endswith("."))):
            return None
    return Signature(_post_of(titles), name, behind)


def _is_title(text: str, titles: Sequence[Line], rules: Ruleset) -> bool:
    if not text or len(text) > 110 or not in_capitals(text) or text.endswith((";", ":")):
        return False
    if AUTHORITY.match(text):
        return True
    if titles and (BEHIND.match(text) or any(rule.regex and rule.regex.match(text) for rule in rules["types"])):
        return False
    return bool(titles) or _POST.match(text) is not None


def _name_near(lines: Sequence[Line], position: int) -> tuple[Line | None, int]:
    """The name at or shortly below `position`, behind "(đã ký)", the print of an electronic signature, a stamp."""
    stamped = False
    for at in range(position, min(position + 8, len(lines))):
        text = lines[at].text
        name = unranked(text)
        if is_name(name) and not lines[at].doubtful:
            return Line(lines[at].block, lines[at].end - len(name), name), at + 1
        # The stamp lies over the post; what is left of it, and the lines in capitals below, are not the name.
        stamped = stamped or lines[at].doubtful
        passed = lines[at].doubtful or (stamped and in_capitals(text))
        if not text or (name and not (passed or _SIGNED.fullmatch(text) or STAMP.match(text))):
            break
    return None, position


def starts_signature(text: str) -> bool:
    """Whether a line names an authority or a post in capitals."""
    return in_capitals(text) and (AUTHORITY.match(text) is not None or _POST.match(text) is not None)


def unranked(text: str) -> str:
    """A name without "Đại tá", "ThS." and the like in front."""
    rank = _RANK.match(text)
    while rank is not None and rank.end():
        text = text[rank.end() :]
        rank = _RANK.match(text)
    return text


def is_name(text: str) -> bool:
    """Whether a line is a person's name: two to six syllables that begin with a capital."""
    return _NAME.fullmatch(text) is not None and _NOT_A_NAME.match(text) is None


def _post_of(titles: Sequence[Line]) -> tuple[Line, ...]:
    """The post in which the person signs: the first behind the last mark of authority, with what goes on with it.

    What follows on further lines are posts that the person holds elsewhere ("PHÓ TRƯỞNG BAN / PHÓ CHỦ TỊCH UBND TỈNH").
    """
    last = max((at for at, line in enumerate(titles) if AUTHORITY.match(line.text)), default=-1)
    behind = titles[last + 1 :]
    first = next((at for at, line in enumerate(behind) if _POST.match(line.text)), None)
    if first is None:
        return (_post_on_line(titles[last]),) if last >= 0 else ()
    stop = first + 1
    while stop < len(behind) and (not _POST.match(behind[stop].text) or behind[stop].text.startswith("THƯỜNG TRỰC")):
        stop += 1
    return tuple(behind[first:stop])


def _post_on_line(line: Line) -> Line:
    """The post at the end of a line of authority that was run together with it, or all of the line."""
    mark = AUTHORITY.match(line.text)
    begin = mark.end() + 1 if mark else 0
    cut = max((match.end() for match in _POST_BEHIND.finditer(line.text, begin)), default=0)
    return Line(line.block, line.start + cut, line.text[cut:])
