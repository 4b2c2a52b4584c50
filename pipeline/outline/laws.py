"""Documents cited by their title: laws, and the resolutions of a congress or a plenum."""

from __future__ import annotations

import re

from pipeline.letters import UPPER
from pipeline.model import Citation
from pipeline.outline.dates import date_at

_WORD = re.compile(r"\S+")
_LAW = re.compile(rf"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh)\s+(?=(?:[{UPPER}]|sửa đổi)\w)")
_LAW_GOES_ON = re.compile(
    r"(?:chống|chữa cháy|cứu|công chức|sử dụng|vật liệu|an toàn|công nghệ|hàng hóa|nhập cảnh|xuất cảnh|quá cảnh"
    r"|cư trú|bổ sung)\b"
)
_LAW_STOP = frozenset(
    "ngày của về được đã có trong tại theo để nhằm đối khi số là thì cho quy bảo đến này thuộc đang".split()
)
_RESOLUTION = re.compile(
    r"(?<!\w)Nghị quyết\s+(?:(?:của\s+)?(?:Hội nghị|Đại hội)\b)"
    rf"(?:[^.;:()“”\s,]|\s(?!(?:được|đã|đề ra|gắn với)\s)|,(?!\s+[{UPPER}])|\((?=khóa)|(?<=[IVX])\)){{10,400}}"
)
_CENTRAL = re.compile(r"Ban Chấp hành Trung ương(?: Đảng)?(?: \(?khóa [IVX]+\)?)?|Ban Chấp hành Đảng bộ [^,;.]{2,40}")


def cited_by_title(text: str, start: int, end: int) -> list[Citation]:
    """Laws and resolutions that ``text[start:end]`` names without a number, in no particular order."""
    found: list[Citation] = []
    for match in _LAW.finditer(text, start, end):
        stop = _law_end(text, match.end(), end)
        title = text[match.start() : stop].strip()
        date, after = date_at(text, stop, end)
        short = len(title.split()) == 2 and title.startswith("Luật ") and "sửa đổi" not in title
        if short or len(title.split()) >= 3:
            found.append(Citation(None, date, None, title, match.start(), after))
    for match in _RESOLUTION.finditer(text, start, end):
        title = match.group().rstrip(" ,-–")
        issuer = _CENTRAL.search(title)
        date, after = date_at(text, match.start() + len(title), end)
        found.append(Citation(None, date, issuer.group() if issuer else None, title, match.start(), after))
    return found


def _law_end(text: str, position: int, end: int) -> int:
    """Where the name of a law ends: its names have commas of their own (phòng, chống …; cán bộ, công chức)."""
    stop = position
    for count, match in enumerate(_WORD.finditer(text, position, min(end, position + 160))):
        word = match.group()
        bare = word.rstrip(',;.:…)”"')
        if count == 14 or (count and (bare in _LAW_STOP or not _part_of_law(text, match))):
            break
        stop = match.start() + len(bare)
        goes_on = word == bare + "," and _LAW_GOES_ON.match(text[match.end() :][:14].lstrip())
        if bare != word and not goes_on:
            break
    return stop


def _part_of_law(text: str, match: re.Match[str]) -> bool:
    word = match.group()
    if word[0] in '(“"-–[':
        return False
    if word == "và":
        rest = text[match.end() : match.end() + 30].lstrip()
        return not rest[:1].isupper() and not re.match(
            r"(?:các|những|tổ chức|hướng dẫn|văn bản|theo|thực hiện)\b", rest
        )
    return not re.match(r"(?:quy định|hiện hành|sửa đổi năm)\b", text[match.start() : match.start() + 20])
