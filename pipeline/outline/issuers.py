"""The body that issues a document: from the lines of its letterhead, or from the sentence that announces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from pipeline.letters import UPPER, in_capitals

# With these words the name of a body begins, in a letterhead in capitals and in running text.
_HEADS = (
    r"ỦY BAN|UBND|UBMTTQ|HỘI ĐỒNG|HĐND|MẶT TRẬN|SỞ|BỘ(?! MÔN)|BAN|TIỂU BAN|ĐẢNG (?:BỘ|ỦY|ĐOÀN)|TỈNH ỦY|THÀNH ỦY"
    r"|HUYỆN ỦY|QUẬN ỦY|THỊ ỦY"
    r"|CHI (?:BỘ|CỤC|NHÁNH|ỦY)|CÔNG AN|VĂN PHÒNG|PHÒNG(?!,)|CỤC|TỔNG|VỤ|TRUNG TÂM|VIỆN|TRƯỜNG|HỌC VIỆN|HỘI|ĐOÀN"
    r"|LIÊN (?:ĐOÀN|MINH|HIỆP)"
    r"|THANH TRA|KHO BẠC|TÒA ÁN|TỔ(?! QUỐC| CHỨC)|QUÂN (?:KHU|ĐOÀN)|BỘ ĐỘI|CHÍNH PHỦ|THỦ TƯỚNG|CHỦ TỊCH|THƯỜNG TRỰC"
    r"|QUỐC HỘI|BÁO|ĐÀI"
    r"|BỆNH VIỆN|NGÂN HÀNG|BẢO HIỂM|THUẾ|HẢI QUAN|CÔNG TY|TẬP ĐOÀN|ĐIỆN LỰC|HẠT|ĐỘI|TRẠM|BCH|BCĐ|GIÁM ĐỐC|CƠ QUAN"
)
HEAD = re.compile(rf"(?:{_HEADS})(?!\w)", re.IGNORECASE)

# A line that is no more than this needs the next one: "ỦY BAN NHÂN DÂN / XÃ …", "VĂN PHÒNG / HĐND VÀ UBND".
_UNFINISHED = re.compile(
    r"(?:.*(?:\s(?:VÀ|CỦA|VỀ)|[,&–-])|ỦY BAN(?: NHÂN DÂN| MẶT TRẬN)?|HỘI ĐỒNG(?: NHÂN DÂN)?|VĂN PHÒNG"
    r"|BAN (?:CHẤP HÀNH|THƯỜNG VỤ|CHỈ ĐẠO"
    r"|TỔ CHỨC|QUẢN LÝ|CHỈ HUY)|SỞ|BỘ|PHÒNG|TRUNG TÂM|HỘI|ĐOÀN|CHI CỤC|CỤC|CÔNG AN|THƯỜNG TRỰC|CHỦ TỊCH|TỔ CÔNG TÁC"
    r"|GIÁM ĐỐC|THANH TRA)",
    re.IGNORECASE,
)
# A body that is named by the one above it: "TỈNH ỦY THANH BÌNH / BAN TỔ CHỨC" is Ban Tổ chức Tỉnh ủy Thanh Bình.
_OF_THE_ONE_ABOVE = re.compile(
    r"VĂN PHÒNG|THƯỜNG TRỰC|(?:CƠ QUAN )?ỦY BAN KIỂM TRA"
    r"|BAN (?:TỔ CHỨC|TUYÊN GIÁO(?: VÀ DÂN VẬN)?|DÂN VẬN|NỘI CHÍNH|XÂY DỰNG ĐẢNG|THƯỜNG VỤ|CHẤP HÀNH)",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"UBND|HĐND|UBMTTQ(?:VN)?|MTTQ(?:VN)?|TW|VN|BCH|BCĐ|TNCS|BHXH|QLDA|ĐTXD|ĐBQH|CHQS|ATGT|KCN|KKT|PTTH|ĐHQG|CCHC"
    r"|PCTT|TKCN|\w*\d\w*",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?<=\s)(?:khu vực|vùng|khóa|chi nhánh|số)\s([ivx]+)(?!\w)")
# Proper nouns inside the names of bodies.
_PROPER = re.compile(
    r"(?<!\w)(?:đảng(?: ủy| bộ| đoàn)?|mặt trận(?= tổ quốc)|tổ quốc|việt nam|trung ương|nhà nước|hồ chí minh"
    r"|chính phủ|quốc hội"
    r"|ủy ban|hội đồng|tỉnh ủy|thành ủy|huyện ủy|quận ủy|cộng sản|công an(?! nhân dân)|đề án(?= \d)|hà nội)(?!\w)"
)
_TWO_WORDS = re.compile(r"(?:việt nam|hồ chí minh|hà nội)")
# Behind the word for a kind of body its own name begins with a capital: Sở Nội vụ, Ban Chỉ đạo, Tổ Công tác.
_KIND = re.compile(
    r"^(?:sở|bộ|phòng|chi cục|cục|vụ|viện|trường|trung tâm|ban|hội|đoàn|liên đoàn|tổ|tòa|báo|kho bạc|tiểu ban"
    r"|văn phòng|đội|hạt|trạm)"
    r"\s+(?!ban(?!\w)|đồng nhân|và |quốc |xã |phường |tỉnh |thành phố |huyện |quận )(\w)"
)
_FIELDS = re.compile(r"^(?:sở|bộ|phòng|ban tuyên giáo)(?!\w)")
_FIELD = re.compile(r"(?:,|\svà|\s[-–])\s(\w)")
_PLACE = re.compile(
    r"(?<!\w)(?:(?:tỉnh|thành|huyện|quận|thị) ủy|tỉnh|thành phố|tp\.?|xã|phường|thị trấn|thị xã|huyện|quận|đặc khu"
    r"|thôn|khu phố|tổ dân phố)"
    r"\s(?!(?:ủy|hội|đoàn|đội|và)(?!\w))((?:(?!\svà\s)[^,;()])*)"
)

_VERBS = (
    r"xây dựng|ban hành|có ý kiến|đề nghị|yêu cầu|hướng dẫn|thông báo|chỉ đạo|triển khai|báo cáo|tổ chức|kết luận"
    r"|quyết định|giao|lập"
    r"|đề ra|trân trọng|xin|điện|kính|thống nhất|phối hợp|tiếp tục"
)
_ANNOUNCES = re.compile(
    rf"(?:^|[,;.]\s+)(?P<body>(?=[{UPPER}])(?i:{_HEADS})(?!\w)"
    rf"(?:[^,;.:]|,\s(?=[{UPPER}])(?!(?i:{_HEADS})(?!\w))){{0,110}}?)\s+(?:{_VERBS})(?!\w)"
)


_VOWEL = re.compile(r"[aeiouy\d]")


def last_body(lines: Sequence[str]) -> tuple[int, str] | None:
    """The body that the lines of a letterhead end with, as (index of its first line, name in sentence case).

    "ỦY BAN NHÂN DÂN / TỈNH X" is one body, "UBND TỈNH X / SỞ NỘI VỤ" are two: the second issues. A staff body takes the
    name of the one above: "UBND TỈNH X / VĂN PHÒNG" is Văn phòng UBND tỉnh X.
    """
    first = None
    for at, line in enumerate(lines):
        if HEAD.match(line) and (at == 0 or not _UNFINISHED.fullmatch(lines[at - 1])):
            first = at
    if first is None:
        return None
    name = " ".join(lines[first:])
    above = last_body(lines[:first]) if _OF_THE_ONE_ABOVE.fullmatch(name) else None
    return (above[0], f"{name} {above[1]}") if above is not None else (first, name)


def proper(name: str, place: str | None = None) -> str:
    """A name in capitals as it is written in a sentence; other names stay as they are.

    `place` is a name that the letterhead states elsewhere ("Hải Phòng, ngày …"): it keeps its capitals.
    """
    name = " ".join(name.split())
    if not in_capitals(name):
        return name
    low = name.lower()
    letters = list(low)
    for at in _capital_places(low):
        letters[at] = low[at].upper()
    for match in re.finditer(r"[\w]+", low):
        # A word without a vowel is no syllable but a short form: TDTT, LHPN.
        if _ABBREVIATION.fullmatch(match.group()) or not _VOWEL.search(normalize("NFD", match.group())):
            letters[match.start() : match.end()] = name[match.start() : match.end()]
    for match in _ROMAN.finditer(low):
        letters[match.start(1) : match.end(1)] = match.group(1).upper()
    written = "".join(letters)
    return re.sub(re.escape(place), place, written, flags=re.IGNORECASE) if place else written


def _capital_places(low: str) -> list[int]:
    """Offsets of the letters of a small-letter name that are capitals."""
    found = [0]
    for match in _PROPER.finditer(low):
        found.append(match.start())
        if _TWO_WORDS.fullmatch(match.group()):
            found.extend(match.start() + word.start() for word in re.finditer(r"\w+", match.group()))
    found.extend(match.start(1) for match in _KIND.finditer(low))
    if _FIELDS.match(low):
        found.extend(match.start(1) for match in _FIELD.finditer(low))
    for match in _PLACE.finditer(low):
        found.extend(
            match.start(1) + word.start()
            for word in re.finditer(r"\w+", match.group(1))
            if word.group() not in {"và", "khóa"}
        )
    return found


def announced(paragraph: str) -> tuple[int, int] | None:
    """Where a paragraph names who acts: "…, Ban Thường vụ Đảng ủy xã xây dựng kế hoạch thực hiện như sau:"."""
    found = None
    for match in _ANNOUNCES.finditer(paragraph):
        found = match.span("body")
    return found
