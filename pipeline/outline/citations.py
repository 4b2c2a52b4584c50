"""Which documents a text cites: number, date, issuer, or the title of one that is cited without a number.

Two grammars of numbers (NĐ 30/2020 and Hướng dẫn 36-HD/VPTW): ``154/KH-UBND``, ``30/2020/NĐ-CP``, ``4503/TCT``
of the government, and ``85-KH/HU`` of the Party.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from pipeline.letters import UPPER
from pipeline.model import Citation
from pipeline.outline.dates import DAY, date_at, read_day
from pipeline.outline.laws import cited_by_title

_UPPER = "A-ZĐÂĂÊÔƠƯ"
_CODE = rf"(?=\w*[{_UPPER}]\w*[{_UPPER}\d])[{_UPPER}][A-Za-zđ{_UPPER}\d&]*"
_TAIL = rf"(?:[-–—/&][{_UPPER}\d][A-Za-zđ{_UPPER}\d&]*|\s?[-–—]\s?[{_UPPER}][{_UPPER}\d&]+(?![\w]))*"
_GOVERNMENT = rf"\d{{1,5}}[a-zđ]?\s?/\s?(?:(?:19|20)\d\d\s?/\s?)?{_CODE}{_TAIL}"
_PARTY = rf"\d{{1,5}}[a-zđ]?\s?[-–—]\s?{_CODE}\s?/\s?{_CODE}{_TAIL}"
SYMBOL = re.compile(rf"(?<![\w/–-])(?<!\d[.,])(?:{_GOVERNMENT}|{_PARTY})(?!\w)")

# One of these stands in every line that cites: the code behind the stroke of a number, or what a title begins with.
_HINT = re.compile(rf"/\s?[{_UPPER}]|Luật|luật|Pháp lệnh|Nghị quyết")

# A code that begins like this belongs to a document even where no word says so.
_KNOWN = re.compile(
    r"\d+[a-zđ]?(?:/\d{4})?[/-](?:NQLT|NQ|QĐi|QĐ|QyĐ|CTHĐ|CTr|CT|KL|KH|TB|HD|TTLT|TTr|TT|NĐ|BC|CĐ|CV|PA|ĐA"
    r"|QH\d+)(?=[-/]|$)"
)

_TYPES = (
    r"bộ luật|luật|pháp lệnh|nghị quyết(?: liên tịch)?|nghị định|quyết định|quy định|quy chế|quy chế phối hợp"
    r"|chỉ thị|kết luận"
    r"|kế hoạch(?: liên tịch| phối hợp| hành động)?|thông báo(?: kết luận)?|thông tư(?: liên tịch)?|thông tri"
    r"|thông cáo|công văn"
    r"|công điện|tờ trình|hướng dẫn(?: liên ngành)?|chương trình(?: hành động| công tác| phối hợp)?|đề án|dự án"
    r"|phương án|báo cáo"
    r"|văn bản(?: hợp nhất)?|giấy mời|biên bản|lệnh|sắc lệnh|công thư|cv|vb|qđ|nq|kh|nđ"
)
_NUMBERED = re.compile(r"(?<!\w)(?:số|ký hiệu)\s*:?\s*$", re.IGNORECASE)
_TYPED = re.compile(rf"(?<!\w)(?:{_TYPES})\s*$", re.IGNORECASE)
_TYPED_BY = re.compile(rf"(?<!\w)(?i:{_TYPES})\s+của\s+(?P<issuer>[{UPPER}][^.,;:()\d]{{2,70}}?)\s*,?\s*$")
# "theo đề nghị của X tại Tờ trình số …", "Ngày 18/8/2025, X có Văn bản số …": date and issuer stand before the number.
_AT = re.compile(rf"(?<!\w)của\s+(?P<issuer>[{UPPER}](?:(?!\scủa\s)[^.,;:()\d]){{2,70}}?)\s+tại\s*$")
_ISSUED = re.compile(
    rf"(?:^|[.;,]\s*|\d{{4}},?\s+)(?P<issuer>[{UPPER}][^.,;:()\d]{{2,70}}?)\s+(?:đã\s+)?(?:có|ban hành|ra)\s*$"
)
_ON_DAY = re.compile(rf"(?<!\w){DAY}\s*,?\s*$")
_OF_A_FORM = re.compile(r"(?<!\w)(?:mẫu|biểu|biểu mẫu|phụ lục|phiếu|bảng)\s*$", re.IGNORECASE)
_LOOK_BACK = 110

_BY = re.compile(r"\s*,?\s*(?:của|do)\s+(?=\S)")
_BETWEEN = re.compile(rf"\s*(?:(?:,|;|và|hoặc|các|số|{_TYPES})\s*)*", re.IGNORECASE)

# An issuer ends before these: what the document does or is about. Groups named for a work ("Tổ công tác
# triển khai …", "Ban Chỉ đạo thực hiện …") keep the words of _WORK in their names.
_STOP = frozenset(
    "về tại đối gửi nhằm để được là có trong theo cho ngày đã nếu như khi bằng giao trên đến từ hoặc này năm".split()
)
_STOP_PAIRS = frozenset(
    "ban hành|phê duyệt|công bố|quy định|sửa đổi|thông qua|thành lập|kết luận|yêu cầu|đề nghị|quyết định|tiếp tục"
    "|tăng cường|đẩy mạnh|đồng thời|bảo đảm|phục vụ|thông báo|bổ sung|nhiệm kỳ|nâng cao|kiện toàn|phân công".split("|")
)
_WORK = frozenset("hướng dẫn|thực hiện|triển khai|chỉ đạo|tổ chức|xây dựng|gắn với|phối hợp".split("|"))
_GROUP = re.compile(
    r"(?:Tổ|Ban(?! Thường vụ| Chấp hành| Bí thư)|Hội đồng(?! nhân dân)|Tiểu ban"
    r"|Ủy ban(?! nhân dân| Mặt trận| Kiểm tra| Thường vụ)|Đoàn(?! Thanh niên| ĐBQH| đại biểu))\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:Bộ|Sở|Ban|Ủy ban|UBND|UBMTTQ|Hội đồng|HĐND|Chính phủ|Thủ tướng|Chủ tịch|Đảng|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy"
    r"|Quốc hội|Văn phòng|Phòng|Cục|Tổng|Công an|Trung tâm|Bí thư|Thường trực|Mặt trận|Thanh tra|Tòa|Viện|Hội|Liên đoàn"
    rf"|Đoàn|Trung ương|Giám đốc|{_TYPES})\b",
    re.IGNORECASE,
)
# The name of one of these is complete; a small letter behind it begins something else.
_WHOLE = re.compile(
    r"(?:Thủ tướng Chính phủ|Chính phủ|Quốc hội|Bộ Chính trị|Ban Bí thư(?: Trung ương(?: Đảng)?)?"
    r"|Ủy ban Thường vụ Quốc hội|Chủ tịch nước)(?!\w)"
)
_WORD = re.compile(r"\S+")
_LONGEST = 24  # words in the longest name of a body met so far

_YEAR = re.compile(r"\s+năm \d{4}$")
_UPPER_START = re.compile(r"[“\"(]?[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Tail:
    """What stands behind a number or title: when and by whom."""

    date: dt.date | None
    issuer: str | None
    end: int


def find_citations(text: str, start: int, end: int) -> tuple[Citation, ...]:
    """The documents cited in ``text[start:end]``, each once, in the order of their first mention.

    No citation runs over a line feed.
    A later mention may fill in the date or the issuer. Spans are offsets of `text`. A number in a blank
    form (``Kế hoạch số  /KH-UBND``) and a short repeat (``Chỉ thị số 53``) are no citations.
    """
    found: list[Citation] = []
    while (hint := _HINT.search(text, start, end)) is not None:
        above, below = text.rfind("\n", start, hint.start()), text.find("\n", hint.start(), end)
        stop = end if below < 0 else below
        found.extend(_cited_in_line(text, max(start, above + 1), stop))
        start = stop + 1
    return _once(found)


def _cited_in_line(text: str, start: int, end: int) -> list[Citation]:
    numbered = _numbered(text, start, end)
    titled = [cite for cite in cited_by_title(text, start, end) if not _overlaps(cite, numbered)]
    return sorted(numbered + titled, key=lambda cite: cite.start)


def plain_number(written: str) -> str:
    """A number as registers write it: no blanks, a plain hyphen."""
    return re.sub(r"\s+", "", written).replace("–", "-").replace("—", "-").strip(".,;:/-")


def _numbered(text: str, start: int, end: int) -> list[Citation]:
    found: list[Citation] = []
    for match in SYMBOL.finditer(text, start, end):
        opened = _opening(text, start, match, found[-1].end if found else None)
        if opened is None:
            continue
        begin, issuer = opened
        tail = _tail(text, match.end(), end)
        date = tail.date
        if issuer is None and tail.issuer is None:
            issuer, before = _named_before(text, start, begin)
            date = date or before
        cite = Citation(plain_number(match.group()), date, tail.issuer or issuer, None, begin, tail.end)
        if cite.issuer is not None and found and _share(text, found[-1].end, begin):
            _share_issuer(text, found, cite.issuer)
        found.append(cite)
    return found


def _opening(text: str, start: int, match: re.Match[str], previous: int | None) -> tuple[int, str | None] | None:
    """Where the citation begins and an issuer named before the number; None where it is no citation."""
    low = max(start, match.start() - _LOOK_BACK)
    before = text[low : match.start()]
    number = _NUMBERED.search(before)
    head = before[: number.start()] if number else before
    if _OF_A_FORM.search(head):
        return None
    typed = _TYPED.search(head)
    if typed:
        return low + typed.start(), None
    by = _TYPED_BY.search(head) if number else None
    if by and _WORD.match(by["issuer"]) and not _TYPED.search(by["issuer"]):
        return low + by.start(), by["issuer"].strip()
    if number:
        return low + number.start(), None
    in_row = previous is not None and _in_row(text, previous, match.start())
    if in_row or _KNOWN.match(plain_number(match.group())):
        return match.start(), None
    return None


def _named_before(text: str, start: int, begin: int) -> tuple[str | None, dt.date | None]:
    """Issuer and date that stand before the word for the type."""
    low = max(start, begin - _LOOK_BACK)
    before = text[low:begin]
    at = _AT.search(before)
    if at:
        return at["issuer"], None
    issued = _ISSUED.search(before)
    if issued is None or _BODY.match(issued["issuer"]) is None:
        return None, None
    day = _ON_DAY.search(before[: issued.start("issuer")])
    return issued["issuer"], read_day(day) if day else None


def _in_row(text: str, left: int, right: int) -> bool:
    """Whether only “, và” and words such as Công văn stand between two citations."""
    between = text[left:right]
    return len(between) <= 60 and _BETWEEN.fullmatch(between) is not None


def _share(text: str, left: int, right: int) -> bool:
    """Whether two citations in a row are one enumeration; a semicolon sets the next one apart."""
    return ";" not in text[left:right] and _in_row(text, left, right)


def _share_issuer(text: str, found: list[Citation], issuer: str) -> None:
    """“Công văn số 1/A và số 2/A của X”: what X issued is every one of the row."""
    at = len(found)
    while at and found[at - 1].issuer is None:
        at -= 1
        found[at] = replace(found[at], issuer=issuer)
        if at and not _share(text, found[at - 1].end, found[at].start):
            break


def _tail(text: str, position: int, end: int) -> _Tail:
    date, position = date_at(text, position, end)
    issuer = None
    by = _BY.match(text, position, end)
    if by:
        read = _issuer(text, by.end(), end)
        if read is not None:
            issuer, position = read
    if date is None:
        date, position = date_at(text, position, end)
    return _Tail(date, issuer, position)


def _issuer(text: str, position: int, end: int) -> tuple[str, int] | None:
    """The body whose name begins at `position`, and where the name ends."""
    whole = _WHOLE.match(text, position)
    if whole and not text[whole.end() : whole.end() + 7].lstrip(" (").startswith("khóa"):
        return whole.group(), whole.end()
    group = _GROUP.match(text, position) is not None
    stop = position
    for count, match in enumerate(_WORD.finditer(text, position, min(end, position + 260))):
        word = match.group()
        if count == _LONGEST or _ends_name(text, match, first=count == 0, group=group):
            break
        bare = word.rstrip(',;.:…”"')
        if not _in_bracket(text, position, match.start()):
            bare = bare.rstrip(")")  # the bracket was opened before the citation
        stop = match.start() + len(bare)
        if bare == word:
            continue
        if word.endswith(",") and len(word) == len(bare) + 1 and _name_goes_on(text, match.end()):
            continue
        break
    name = text[position:stop]
    return (name, stop) if name and _UPPER_START.match(name) and name[0].isupper() else None


def _in_bracket(text: str, start: int, position: int) -> bool:
    """Whether a bracket that opens behind `start` is still open at `position` ("… (khóa XIII)")."""
    return text.count("(", start, position) > text.count(")", start, position)


def _ends_name(text: str, match: re.Match[str], *, first: bool, group: bool) -> bool:
    word = match.group()
    if first:
        return False
    if (
        word in {"-", "–", "—", "“", "”", "và/hoặc"}
        or word[0] in '“"[{'
        or (word.startswith("(") and not word.startswith("(khóa"))
    ):
        return True
    if word == "và":
        return not _name_goes_on(text, match.end())
    bare = word.strip(",;.:()")
    following = _WORD.search(text, match.end())
    if bare in _STOP or (bare == "số" and following is not None and following.group()[0].isdigit()):
        return True
    pair = f"{bare} {following.group().strip(',;.:()')}" if following else bare
    return pair in _STOP_PAIRS or (pair in _WORK and not group)


def _name_goes_on(text: str, position: int) -> bool:
    """Whether what follows a comma or “và” is the rest of a name ("Thể thao và Du lịch") and no other body."""
    rest = text[position : position + 40].lstrip()
    return rest[:1].isupper() and _BODY.match(rest) is None


def _overlaps(cite: Citation, numbered: list[Citation]) -> bool:
    """Whether a numbered citation begins in this one, or right behind its words ("Luật … số 72/2025/QH15")."""
    at = bisect_left(numbered, cite.start, key=lambda other: other.end)
    return at < len(numbered) and numbered[at].start <= cite.end + 6


def _once(cites: list[Citation]) -> tuple[Citation, ...]:
    """Each document once; later mentions fill in what the first one left out."""
    kept: dict[str, Citation] = {}
    for cite in cites:
        key = (cite.number or _YEAR.sub("", cite.title or "")).upper()
        first = kept.get(key)
        if first is None:
            kept[key] = cite
        elif first.date is None or first.issuer is None:
            kept[key] = replace(first, date=first.date or cite.date, issuer=first.issuer or cite.issuer)
    return tuple(kept.values())
