"""The lines at the head of a document, each with what it is: number, place and date, motto, subject …"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.letters import UPPER, in_capitals
from pipeline.model import Block, Document, Style

_REACH = 60  # blocks; the longest letterhead met has 24 lines before the text
_LONG = 400  # characters; a longer block is running text unless it holds a motto
_LONGEST = 2000  # characters; no letterhead is longer, even on one line

_BLANK = r"[.…_\s/]*"
# A blank day or month is filled in by hand or by the electronic signature.
PLACE_DATE = re.compile(
    rf"(?:(?P<place>(?!S[ốo]\s)[^,;:./\d]{{2,40}}|TP\.[^,;:\d]{{2,30}}),\s*)?"
    rf"[Nn]gày\s*(?P<day>\d{{1,2}}|{_BLANK})\s*(?:tháng|[/.-])\s*(?P<month>\d{{1,2}}|{_BLANK})\s*(?:năm"
    rf"|[/.-])\s*(?P<year>\d{{4}}|(?:20)?{_BLANK})[.\s]*"
)
# The same at the end of a line that was run together with the number; the place is then a run of capitalised words.
_SYLLABLE = rf"[{UPPER}](?:[^\W\d_{UPPER}]|['’])+"
_DATE_BEHIND = re.compile(
    rf"(?<=\s)(?:TP\.?\s?)?{_SYLLABLE}(?:[\s-]+{_SYLLABLE}){{0,5}},\s*ngày\s*(?:\d{{1,2}}"
    rf"|{_BLANK})\s*tháng\s*(?:\d{{1,2}}|{_BLANK})"
    rf"\s*năm(?:\s*\d{{4}})?"
)
_MAY_FOLLOW_DATE = re.compile(rf"\s*$|\s+(?:[{UPPER}]{{2}}|V/[vV])")
NUMBER = re.compile(
    r"S[ốo]\s*(?::\s*|\s+(?=[\d.…_/–-]))(?P<number>\d{1,5}[a-zđ]?\s*[-–—/].{1,50}|\d{1,5}"
    r"|[\s.…_]*(?:[-–—/]\s?\S.{0,40})?)$",
    re.IGNORECASE,
)
_NUMBER_BEHIND = re.compile(rf"(?<=[{UPPER}*]\s)Số\s*:?\s*(?=\d{{1,5}}[a-zđ]?\s*[-/–]|[-/–…._]|$)")
SUBJECT = re.compile(r"(?:V/v|V/V|v/v)\s*[:.]?\s*")
_SUBJECT_BEHIND = re.compile(r"(?<=\s)(?=V/[vV]\s)")
_TYPE_BEHIND = re.compile(rf"(?<=năm \d{{4}}\s)(?=[{UPPER}]{{2}})")
_BEHIND = (("Số", _NUMBER_BEHIND), ("V/", _SUBJECT_BEHIND), ("năm ", _TYPE_BEHIND))  # each with a sign that it needs


def _with_accents() -> dict[str, str]:
    """Every small letter, with all characters that are this letter, small or capital, under whatever accents."""
    found: defaultdict[str, str] = defaultdict(str)
    for char in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00), 0x212B)):  # no other has accents
        found["d" if char in "đĐ" else unicodedata.normalize("NFD", char)[0].lower()] += char
    return found


_ACCENTED = _with_accents()


def _spelt(words: str) -> str:
    """An expression for words in whatever letters and blanks."""
    return "".join({" ": r"\s*", "-": r"[-–—]*"}.get(char) or f"[{_ACCENTED[char]}]" for char in words)


# Matched under any accents: extraction loses some ("XàHỘI"). The first letter is found fast.
_MOTTO = re.compile(
    rf"[{_ACCENTED['c']}{_ACCENTED['d']}](?:"
    rf"(?<={_spelt('c')}){_spelt('ong hoa xa hoi chu nghia viet nam')}"
    rf"|(?<={_spelt('d')})(?:{_spelt('ang cong san viet nam')}|{_spelt('oc lap - tu do - hanh phuc')}))"
)
_MARK = re.compile(
    r"\*+|\(?\s*DỰ THẢO(?:\s*(?:LẦN|LẦN THỨ)?\s*\d*)?\s*\)?|\(?Lần \d\)?|(?:TỐI |TUYỆT )?MẬT|HỎA TỐC.*|THƯỢNG KHẨN"
    r"|KHẨN|BẢN SAO.*|SAO Y.*|[-–—_*.\s]+",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:Ký bởi|Người ký|Cơ quan ký|Cơ quan:|Thời gian ký|Ngày ký|Email:|Digitally signed|Signed by).*", re.IGNORECASE
)
_STAMP_ENDS = re.compile(r"Thời gian ký|Ngày ký|\d{1,2}:\d{2}:\d{2}", re.IGNORECASE)
ADDRESS = re.compile(r"Kính\s+gửi\s*(?::|$)", re.IGNORECASE)
ANNEX_OF = re.compile(r"\(?\s*(?:(?:Ban hành|Gửi|Đính)\s+)?k[èe]m\s+(?:theo\s)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headline:
    """A line, or the part of one that stands for a line of its own. `block` is its index in the document.

    `kind` is number, date, motto, subject, address, annex-of, mark or other.
    """

    block: int
    start: int
    text: str
    kind: str
    style: Style

    @property
    def end(self) -> int:
        """Offset behind the line."""
        return self.start + len(self.text)


def headlines(document: Document) -> list[Headline]:
    """The lines of the first blocks, up to the first table; the print of an electronic signature is a mark."""
    found: list[Headline] = []
    in_stamp = 0
    for index, block in enumerate(document.blocks[:_REACH]):
        if not isinstance(block, Block):
            break
        for start, text in _parts(document.text[block.start : block.end]):
            kind = _kind(text)
            if _STAMP.match(text):
                in_stamp = 0 if _STAMP_ENDS.match(text) else 6
                kind = "mark"
            elif in_stamp:
                in_stamp = 0 if _STAMP_ENDS.search(text) else in_stamp - 1
                kind = "mark" if kind == "other" else kind
            found.append(Headline(index, block.start + start, text, kind, block.style))
    return found


def _kind(text: str) -> str:
    if _is_motto(text):
        return "motto"
    for kind, pattern in (("number", NUMBER), ("date", PLACE_DATE), ("mark", _MARK)):
        if pattern.fullmatch(text):
            return kind
    for kind, pattern in (("subject", SUBJECT), ("address", ADDRESS), ("annex-of", ANNEX_OF)):
        if pattern.match(text):
            return kind
    return "other"


def _is_motto(text: str) -> bool:
    """Whether a line is Quốc hiệu, Tiêu ngữ or the Party's name."""
    return len(text) <= _LONGEST and _MOTTO.fullmatch(text.strip(" .*_-–—")) is not None


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The text cut where two columns of a letterhead were run together, as (offset, words)."""
    if len(text) > _LONGEST:
        yield 0, text
        return
    cuts = {0, len(text)}
    mottos = [match for match in _MOTTO.finditer(text) if _set_as_motto(match.group())]
    has_day = "gày" in text
    if not (has_day and PLACE_DATE.fullmatch(text)) and (len(text) <= _LONG or mottos):
        found = _DATE_BEHIND.finditer(text) if has_day else ()
        dates = [date for date in found if mottos or _MAY_FOLLOW_DATE.match(text, date.end())]
        for match in (*mottos, *dates):
            cuts |= {match.start(), match.end()}
        for sign, pattern in _BEHIND:
            if sign in text:
                cuts |= {match.start() for match in pattern.finditer(text)}
    edges = sorted(cuts)
    for left, right in itertools.pairwise(edges):
        words = text[left:right]
        said = words.strip()
        if said:
            start = left + len(words) - len(words.lstrip())
            yield start, said


def _set_as_motto(words: str) -> bool:
    """Sentences speak of “Đảng Cộng sản Việt Nam” too: only capitals, or the Tiêu ngữ, make a letterhead."""
    return in_capitals(words.replace("à", "À")) or words.startswith(("Độc", "Doc", "Đôc"))
