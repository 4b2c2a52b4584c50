"""The closing: Nơi nhận (who receives the document) and the signature, and where they begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.model import Block, Document
from pipeline.outline.letters import CAPITAL, in_capitals
from pipeline.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands under the body. `start` and `end` are indices of blocks, half open; equal where nothing stands there.

    `spans` says for recipients, signer_title and signer where in the text they were read.
    """

    recipients: tuple[str, ...]
    signer_title: str | None
    signer: str | None
    start: int
    end: int
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, or the part of one that stands for a line of its own. `block` is its index in the document."""

    block: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


# A scan often loses the accents of these two words.
_RECIPIENTS = re.compile(r"N[ơo]i\s+nh[ậâạa]n\s*(?:[:;.]|$)", re.IGNORECASE)
_BULLET = re.compile(r"[-–—+*•·▪◦\uf02d\uf0b7]+\s*")
_NEXT_ENTRY = re.compile(r"(?<=[;,.])\s+(?=[-–—+•]\s+\S)")
# "(để báo cáo)", “để b/c”, } (để thực hiện): why somebody receives it, not who.
_PURPOSE = re.compile(
    r"[}{\]\[]|[(“\"]\s*(?:để\s[^()“”\"]{1,40}|(?:b/c|t/h|p/h|báo cáo|thực hiện|phối hợp|theo dõi|chỉ đạo|b/cáo)"
    r"(?:\s*[,;]\s*[^()“”\"]{1,30})?)\s*[)”\"]|\s[-–]\s*để\s(?:báo cáo|b/c|thực hiện|t/h|phối hợp|biết)\s*$",
    re.IGNORECASE,
)
_LAST_ENTRY = re.compile(r"Lưu\b", re.IGNORECASE)
_REACH = 60  # lines; the longest Nơi nhận met has 30
_LONGEST_ENTRY = 260  # characters; what is longer is no line of Nơi nhận

# TM. for the collective, KT. deputy for head, TL. by order, TUQ. by delegation, Q. acting; T/M, K/T … of the Party.
_MARK = rf"(?:T/M|TM|K/T|KT|T/L|TL|T/?UQ|TH/L|Q)(?:\.|\s(?=[{CAPITAL}])|$)"
_AUTHORITY = re.compile(rf"{_MARK}")
_NEXT_MARK = re.compile(rf"\s+(?={_MARK})")
_POSTS = (
    r"PHÓ|CHỦ TỊCH|CHỦ NHIỆM|BÍ THƯ|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|TRƯỞNG|CHÁNH|CỤC TRƯỞNG|VỤ TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG"
    r"|TỔNG|CHỈ HUY|HIỆU TRƯỞNG|VIỆN TRƯỞNG|ỦY VIÊN|TỔ TRƯỞNG|CHÍNH ỦY|CHÍNH TRỊ VIÊN|ĐỘI TRƯỞNG|TƯ LỆNH|HẠT TRƯỞNG|QUYỀN"
    r"|CHI CỤC TRƯỞNG|KIỂM SÁT|THẨM PHÁN|KẾ TOÁN|CHỦ TỌA|CHỦ TRÌ|THƯ KÝ|NGƯỜI|ĐẠI DIỆN|CẤP PHÓ|THƯỜNG TRỰC"
)
_POST = re.compile(rf"(?:{_POSTS})\b")
_POST_BEHIND = re.compile(r"(?<=\S)\s+(?=(?:PHÓ|CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|TRƯỞNG (?!BAN\s)|CHÁNH)\b)")

# Right of an entry of Nơi nhận the signature may stand on the same line: what follows a semicolon, or posts in capitals.
_NEXT_COLUMN = re.compile(
    rf"(?:;|(?<=Lưu)[^;]{{0,60}}?\.)\s+(?=[{CAPITAL}][\w’']*(?:\s[{CAPITAL}][\w’']*)+$)|(?<!KT)(?<!TM)(?<!TL)(?<!UQ)(?<!\sQ)[;,.:)]\s+(?=(?:{_POSTS})[\s{CAPITAL}-]*$)"
)

_RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|Chuẩn đô đốc|Phó đô đốc|Đô đốc|(?:PGS|GS|TS|ThS|Ths|BS|KS|CN|LS|DS)\.?(?:\s?CK\s?I{1,2}|CK\s?I{1,2})?\.?"
    r"|BSCK\s?I{1,2}\.?|CVCC|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Đồng chí|Đ/c|Ông|Bà)(?=[\s.])[\s.,]*",
    re.IGNORECASE,
)
_NAME = re.compile(rf"[{CAPITAL}][\w’'ʼ]*(?:[\s-][{CAPITAL}][\w’'ʼ]*){{1,5}}")
_SIGNED = re.compile(r"[(\[]?\s*(?:đã ký|ký tên|ký,? đóng dấu|chữ ký)[^)\]]{0,40}[)\]]?", re.IGNORECASE)
_STAMP = re.compile(r"(?:Ký bởi|Người ký|Cơ quan|Thời gian ký|Ngày ký|Email|Ký ngày|Signature|Digitally)\b.*", re.IGNORECASE)
_BEHIND = re.compile(r"(?:PHỤ LỤC|ĐỀ CƯƠNG|DANH (?:MỤC|SÁCH)|BIỂU|MẪU|BẢNG|PHIẾU|LỊCH|CỘNG HÒA|ĐẢNG CỘNG SẢN)\b", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"(?:Nơi|Kính|Phụ Lục|Đề Cương|Danh|Biểu|Mẫu|Ban|Ủy|Hội Đồng|Sở|Văn Phòng|Đảng|Cộng Hòa)\b", re.IGNORECASE)


def read_closing(document: Document, first: int, rules: Ruleset) -> Closing:
    """Recipients and signature of the document, looked for from block `first` on.

    The first Nơi nhận or signature counts: an annex behind it may have its own.
    """
    lines = list(_lines(document, first))
    for at in range(len(lines)):
        if _opens_recipients(lines[at].text):
            lines[at:] = _untangled(lines[at:])
        closing = _read_at(lines, at, rules)
        if closing is not None:
            return closing
    end = len(document.blocks)
    return Closing((), None, None, end, end)


def _lines(document: Document, first: int) -> Iterator[_Line]:
    """The blocks as lines; entries and marks that a reader put on one line stand apart. A table is an empty line."""
    for index in range(first, len(document.blocks)):
        block = document.blocks[index]
        if not isinstance(block, Block):
            yield _Line(index, block.start, "")
            continue
        text = document.text[block.start : block.end]
        cuts = {0, len(text)}
        if _opens_recipients(text) or len(text) <= _LONGEST_ENTRY and (_BULLET.match(text) or in_capitals(text)):
            for pattern in (_NEXT_ENTRY, _NEXT_MARK) if in_capitals(text) else (_NEXT_ENTRY, _NEXT_MARK, _NEXT_COLUMN):
                cuts |= {match.end() for match in pattern.finditer(text)}
        edges = sorted(cuts)
        for left, right in zip(edges, edges[1:], strict=False):
            yield _Line(index, block.start + left, text[left:right].rstrip())


def _read_at(lines: list[_Line], at: int, rules: Ruleset) -> Closing | None:
    if _opens_recipients(lines[at].text):
        recipients, spans, behind = _recipients(lines, at)
        signature = _signature(lines, behind, rules, expected=True)
    else:
        signature = _signature(lines, at, rules, expected=False)
        if signature is None:
            return None
        recipients, spans, behind = [], {}, signature.behind
        if behind < len(lines) and _opens_recipients(lines[behind].text):
            recipients, spans, behind = _recipients(lines, behind)
            return _closing(lines, at, behind, recipients, spans, signature)
    if signature is not None:
        behind = signature.behind
    return _closing(lines, at, behind, recipients, spans, signature)


@dataclass(frozen=True, slots=True)
class _Signature:
    """The post, the name, and the index of the first line behind them."""

    title: _Line | None
    signer: _Line | None
    behind: int


def _closing(
    lines: list[_Line],
    at: int,
    behind: int,
    recipients: list[str],
    spans: dict[str, tuple[int, int]],
    signature: _Signature | None,
) -> Closing:
    title = signature.title if signature else None
    signer = signature.signer if signature else None
    if title is not None:
        spans["signer_title"] = (title.start, title.end)
    if signer is not None:
        spans["signer"] = (signer.start, signer.end)
    end = max(line.block for line in lines[at : max(behind, at + 1)]) + 1
    return Closing(
        tuple(recipients), title.text if title else None, signer.text if signer else None, lines[at].block, end, spans
    )


# ── Nơi nhận ────────────────────────────────────────────────────────────────────────────────


def _opens_recipients(text: str) -> bool:
    return _RECIPIENTS.match(text) is not None


def _recipients(lines: list[_Line], at: int) -> tuple[list[str], dict[str, tuple[int, int]], int]:
    """The entries, their span, and the index of the first line behind them."""
    head = _RECIPIENTS.match(lines[at].text)
    opening = lines[at].text[head.end() :].strip() if head else ""
    block = [opening] if opening and not _starts_signature(opening) else []
    behind = at + 1
    while behind < len(lines) and _is_entry(lines, behind, block):
        block.append(lines[behind].text)
        behind += 1
    entries = [entry for entry in map(_clean, _joined(block)) if entry]
    spans = {"recipients": (lines[at].start, lines[behind - 1].end)} if entries else {}
    return entries, spans, behind


def _untangled(lines: list[_Line]) -> list[_Line]:
    """The lines from Nơi nhận on, with the signature behind the entries where the two columns were read row by row."""
    left, right = lines[:1], []
    stop = 1
    for at, line in enumerate(lines[1:_REACH], start=1):
        text = line.text
        if _BULLET.match(text):
            left.append(line)
        elif _starts_signature(text) or right and (in_capitals(text) and not _BEHIND.match(text)) or _is_name(_unranked(text)):
            right.append(line)
        elif text and left[1:] and _is_open(left[-1].text) and len(text) <= _LONGEST_ENTRY and not in_capitals(text):
            left.append(line)
        else:
            break
        stop = at + 1
    tangled = any(line.start < left[-1].start for line in right)
    return left + right + lines[stop:] if tangled else lines


def _is_entry(lines: list[_Line], at: int, before: list[str]) -> bool:
    text = lines[at].text
    if not text or len(text) > _LONGEST_ENTRY or _BEHIND.match(text) and text.isupper():
        return False
    if _BULLET.match(text) or text.startswith(("}", "{", "(", "]")):
        return True
    if _starts_signature(text) or _STAMP.match(text):
        return False
    if not before:
        return not in_capitals(text) and len(text) <= 120
    if _LAST_ENTRY.match(_BULLET.sub("", before[-1], count=1)):
        # Behind "Lưu: …" nothing but the rest of that line may come.
        return not before[-1].endswith(".") and (text[:1].islower() or text.endswith((".", ";")) and not _is_name(text))
    bulleted = any(_BULLET.match(entry) for entry in before)
    return _is_open(before[-1]) or not bulleted and (text.endswith((";", ",", ".")) or _LAST_ENTRY.match(text) is not None)


def _is_open(entry: str) -> bool:
    """Whether an entry goes on in the next line: no mark closes it, or a bracket is open."""
    return not entry.rstrip().endswith((";", ".", ",")) or entry.count("(") > entry.count(")")


def _starts_signature(text: str) -> bool:
    if _AUTHORITY.match(text) and text.isupper():
        return True
    return bool(_POST.match(text) and in_capitals(text))


def _joined(block: list[str]) -> list[str]:
    """The lines as entries: a line without a bullet goes on with the entry above where that is open."""
    bulleted = any(_BULLET.match(line) for line in block)
    entries: list[str] = []
    for line in block:
        own = _BULLET.match(line) is not None
        goes_on = entries and not own and (bulleted or line[:1].islower() or line.startswith("(")) and _is_open(entries[-1])
        if goes_on:
            entries[-1] = f"{entries[-1]} {line}"
        else:
            entries.append(line)
    return entries


def _clean(entry: str) -> str:
    entry = _PURPOSE.sub(" ", _BULLET.sub("", entry, count=1))
    return " ".join(entry.split()).strip(" ;,.:/-–}{“”\"").replace(" ,", ",")


# ── the signature ───────────────────────────────────────────────────────────────────────────


def _signature(lines: list[_Line], at: int, rules: Ruleset, *, expected: bool) -> _Signature | None:
    """The signature whose first line is `at`: lines of authority and post in capitals, then a name.

    `expected` says that Nơi nhận stands above, so that less is asked of what follows.
    """
    while expected and at < len(lines) and _STAMP.match(lines[at].text):
        at += 1
    titles: list[_Line] = []
    position = at
    while position < len(lines) and len(titles) < 8 and _is_title(lines[position].text, titles, rules):
        titles.append(lines[position])
        position += 1
    name, behind = _name_near(lines, position)
    if name is None and len(titles) > 1 and _is_name(titles[-1].text) and not _POST.match(titles[-1].text):
        name = titles.pop()  # some offices set the name in capitals as well
    if not titles:
        named_only = expected and name is not None and _LAST_ENTRY.match(_BULLET.sub("", lines[at - 1].text, count=1))
        return _Signature(None, name, behind) if named_only else None
    if name is None:
        above = lines[at - 1].text if at else ""
        marked = _AUTHORITY.match(titles[0].text) is not None and bool({".", "/"} & set(titles[0].text[:5]))
        if not (expected or above.endswith("./.") or marked and above.endswith(".")):
            return None
    return _Signature(_post_of(titles), name, behind)


def _is_title(text: str, titles: list[_Line], rules: Ruleset) -> bool:
    if not text or len(text) > 110 or not in_capitals(text) or text.endswith((";", ":")):
        return False
    if _AUTHORITY.match(text):
        return True
    if titles and (_BEHIND.match(text) or any(rule.regex and rule.regex.match(text) for rule in rules["types"])):
        return False
    return bool(titles) or _POST.match(text) is not None


def _name_near(lines: list[_Line], position: int) -> tuple[_Line | None, int]:
    """The name at or shortly below `position`, behind "(đã ký)" and the print of an electronic signature."""
    for at in range(position, min(position + 8, len(lines))):
        text = lines[at].text
        name = _unranked(text)
        if _is_name(name):
            return _Line(lines[at].block, lines[at].end - len(name), name), at + 1
        if not text or name and not (_SIGNED.fullmatch(text) or _STAMP.match(text)):
            break
    return None, position


def _unranked(text: str) -> str:
    """A name without "Đại tá", "ThS." and the like in front."""
    rank = _RANK.match(text)
    while rank is not None and rank.end():
        text = text[rank.end() :]
        rank = _RANK.match(text)
    return text


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and _NOT_A_NAME.match(text) is None


def _post_of(titles: list[_Line]) -> _Line | None:
    """The post in which the person signs: the first behind the last mark of authority, with the lines that go on with it.

    What follows on further lines are posts that the person holds elsewhere ("PHÓ TRƯỞNG BAN / PHÓ CHỦ TỊCH UBND TỈNH").
    """
    last = max((at for at, line in enumerate(titles) if _AUTHORITY.match(line.text)), default=-1)
    behind = titles[last + 1 :]
    first = next((at for at, line in enumerate(behind) if _POST.match(line.text)), None)
    if first is None:
        return _post_on_line(titles[last]) if last >= 0 else None
    post = behind[first]
    for line in behind[first + 1 :]:
        if _POST.match(line.text) and not line.text.startswith("THƯỜNG TRỰC"):
            break
        post = _Line(post.block, post.start, f"{post.text} {line.text}")
    return post


def _post_on_line(line: _Line) -> _Line:
    """The post at the end of a line of authority that was run together with it, or all of the line."""
    mark = _AUTHORITY.match(line.text)
    begin = mark.end() + 1 if mark else 0
    cuts = [match.end() for match in _POST_BEHIND.finditer(line.text, begin)]
    cut = cuts[-1] if cuts else 0
    return _Line(line.block, line.start + cut, line.text[cut:])
