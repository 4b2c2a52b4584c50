"""The letterhead: type, number, issuer, place, date, title, addressees, and where the body begins.

Government (NĐ 30/2020: ``Số: 154/KH-UBND``, ``V/v …``) and Party style (``Số 85-KH/HU``, ``*``), in two columns,
one below the other or run together on one line, and texts that begin at their title.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.letters import in_capitals
from pipeline.model import Block, Document
from pipeline.outline.citations import find_citations, plain_number
from pipeline.outline.headlines import ADDRESS, NUMBER, PLACE_DATE, SUBJECT, Headline
from pipeline.outline.issuers import HEAD, last_body, proper
from pipeline.outline.preamble import read_preamble
from pipeline.outline.titles import BASIS, Title, find_type, is_authority, is_type, opens_item, read_title
from pipeline.ruleset import Rule, Ruleset

_HEAD_LINES = 36  # the longest letterhead met has 24
_PROSE = 300  # characters; no line of a letterhead is longer
_ANNEX_HEAD = 6  # blocks
_ANNEX_TO = re.compile(r"\(?\s*(?:Ban hành\s+)?kèm theo\s+", re.IGNORECASE)
_LETTER = "công văn"
_QUALIFIES = re.compile(r"(?:phối hợp|liên (?:ngành|tịch|sở))", re.IGNORECASE)
_BULLET = re.compile(r"[-–—+*•·\uf02d\uf0b7]\s*")
# "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X điện:" is the Kính gửi of a công điện.
_WIRES = re.compile(r".{3,120}\sđiện\s*:?", re.IGNORECASE)
_OF = re.compile(r"CỦA\s+(?P<body>.+)")
# "năm 2026", but no year of a date, a term, a range or a law.
_YEAR = re.compile(
    r"(?<!tháng \d )(?<!tháng \d\d )(?<!đến )(?<!đến hết )(?<!từ )(?<!giai đoạn )(?<!nhiệm kỳ )(?<!tầm nhìn )"
    r"năm\s+(?P<year>20\d\d)(?!\s*[-–]\s*\d|\d)",
    re.IGNORECASE,
)
_LAW = re.compile(r"(?:Luật|Pháp lệnh|Hiến pháp)(?!\w)[^,;]{0,60}$")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head of a document says. None or empty: it does not say.

    `body` is the index of the first block behind title and addressees; `spans` says where each field was read.
    """

    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: dt.date | None = None
    title: str | None = None
    addressees: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    year: int | None = None
    body: int = 0
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class _Reading:
    """The fields while they are read, and the first line behind those that were used."""

    lines: Sequence[Headline]
    values: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    behind: int = 0

    def note(self, name: str, value: object, start: int, end: int) -> None:
        """Keeps the first reading of a field."""
        if value is not None and name not in self.values:
            self.values[name] = value
            self.spans[name] = (start, end)


def read_letterhead(document: Document, lines: Sequence[Headline], rules: Ruleset) -> Letterhead:
    """Everything that stands above the body of a document; `lines` are its `headlines`."""
    reading = _Reading(lines)
    stop, typed = _head_end(lines, rules)
    _read_head(reading, stop, typed is not None)
    if typed is not None:
        _read_titled(reading, stop, rules, *typed)
    _read_addressees(reading)
    head = _finished(reading)
    if head.number is None:
        head = replace(head, **_from_annex(document, head))
    preamble = read_preamble(document, head.body)
    head = replace(head, basis=preamble.basis)
    if head.issuer is None and preamble.issuer is not None:
        start, end = preamble.issuer
        head = replace(head, issuer=document.text[start:end], spans={**head.spans, "issuer": preamble.issuer})
    return head


def _head_end(lines: Sequence[Headline], rules: Ruleset) -> tuple[int, tuple[Rule, str] | None]:
    """The line that ends the letterhead, with the type if it is a type line."""
    for at, line in enumerate(lines[:_HEAD_LINES]):
        if line.kind == "address":
            return at, None
        if line.kind in {"other", "annex-of"}:
            if len(line.text) > _PROSE or opens_item(line.text) or BASIS.match(line.text):
                return at, None
            typed = find_type(line.text, rules)
            if typed is not None and not _issuer_goes_on(lines, at, rules):
                return at, typed
            if line.text.endswith((".", ":", ";")) and len(line.text) > 60:
                return at, None
    return min(len(lines), _HEAD_LINES), None


def _issuer_goes_on(lines: Sequence[Headline], at: int, rules: Ruleset) -> bool:
    """Whether a line only looks like a type: "BAN CHỈ ĐẠO … VÀ / ĐỀ ÁN 06 / Số: …" names the issuer."""
    if at == 0 or lines[at - 1].kind != "other":
        return False
    for line in lines[at + 1 : at + 9]:
        if line.kind in {"number", "motto"}:
            return True
        if line.kind in {"address", "annex-of"} or len(line.text) > _PROSE or find_type(line.text, rules):
            return False
    return False


def _read_head(reading: _Reading, stop: int, has_type: bool) -> None:
    """Number, place and date, issuer and, where no type line follows, the subject of a công văn."""
    lines = reading.lines[:stop]
    marks = [at for at, line in enumerate(lines) if line.kind in {"number", "date", "motto", "subject"}]
    for line in lines:
        _note_number_or_date(reading, line)
    first = next((at for at, line in enumerate(lines) if line.kind in {"number", "subject"}), None)
    if first is None and (has_type or marks):
        first = len(lines)
    names = [line for line in lines[:first] if line.kind == "other" and _may_name(line)] if first is not None else []
    _note_issuer(reading, names)
    if not has_type:
        _read_subject(reading, lines, first)
        reading.behind = max([at + 1 for at in marks], default=0)
        while (
            reading.behind < stop
            and lines[reading.behind].kind in {"mark", "other"}
            and _is_subject(reading, lines[reading.behind])
        ):
            reading.behind += 1


def _note_number_or_date(reading: _Reading, line: Headline) -> None:
    if line.kind == "number":
        match = NUMBER.fullmatch(line.text)
        written = match["number"] if match else ""
        reading.values.setdefault("code", plain_number(written))
        if written[:1].isdigit() and re.search(r"[-–—/]\s*\S", written):
            reading.note("number", plain_number(written), line.end - len(written), line.end)
    elif line.kind == "date":
        match = PLACE_DATE.fullmatch(line.text)
        if match is None:
            return
        if match["place"]:
            reading.note("place", match["place"].strip(), line.start, line.start + match.end("place"))
        reading.note("date", _date(match), line.start + match.start("day"), line.start + match.end("year"))
        if match["year"].isdigit():
            reading.values.setdefault("dated", int(match["year"]))


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _may_name(line: Headline) -> bool:
    return in_capitals(line.text) or (HEAD.match(line.text) is not None and len(line.text) <= 90)


def _note_issuer(reading: _Reading, names: Sequence[Headline]) -> None:
    body = last_body([line.text for line in names])
    if body is not None:
        first, name = body
        place = reading.values.get("place")
        reading.note("issuer", proper(name, str(place) if place else None), names[first].start, names[-1].end)


def _read_subject(reading: _Reading, lines: Sequence[Headline], number: int | None) -> None:
    """The trích yếu of a công văn: V/v and the lines that go on with it, or what stands under a Party number."""
    title = Title()
    for line in lines[number if number is not None else len(lines) :]:
        if line.kind == "subject":
            match = SUBJECT.match(line.text)
            skip = match.end() if match else 0
            title.lines.append((line.start + skip, line.text[skip:]))
        elif line.kind == "other" and not line.text.endswith((":", ";")):
            title.lines.append((line.start, line.text))
    if title.text is not None:
        reading.note("title", title.text, *title.span)


def _is_subject(reading: _Reading, line: Headline) -> bool:
    return line.kind == "mark" or reading.spans.get("title", (0, 0))[1] >= line.end


def _read_titled(reading: _Reading, at: int, rules: Ruleset, rule: Rule, rest: str) -> None:
    """Type, title, and what may stand around them: number, date, who decides, the document that an annex belongs to."""
    lines = reading.lines
    line = lines[at]
    reading.note("type", str(rule["name"]), line.start, line.end - len(rest))
    at += 1
    while not rest and at < len(lines) and lines[at].kind in {"number", "date", "motto", "mark"}:
        _note_number_or_date(reading, lines[at])
        at += 1
    by = _OF.fullmatch(rest or (lines[at].text if at < len(lines) else ""))
    if by is not None and HEAD.match(by["body"]):
        end = line.end if rest else lines[at].end
        reading.note("issuer", proper(by["body"]), end - len(by["body"]), end)
        at, rest = at + (not rest), ""
    if not rest and at < len(lines) and lines[at].kind == "subject":
        subject = SUBJECT.match(lines[at].text)
        rest = lines[at].text[subject.end() :] if subject else ""
        at += 1
    if _QUALIFIES.fullmatch(rest) and at < len(lines) and lines[at].kind == "other" and lines[at].text[0].isupper():
        rest = ""  # "KẾ HOẠCH PHỐI HỢP / Đấu tranh phòng, chống …": what kind of plan, no part of its title
    title, at = read_title(lines, at, rest, rules)
    if title.text is not None:
        words = title.text
        if rest and len(title.lines) > 1 and not in_capitals(title.lines[1][1]) and is_type(rest, rules):
            words = words[: len(rest)].capitalize() + words[len(rest) :]  # "THÔNG BÁO KẾT LUẬN / của đồng chí …"
        reading.note("title", words, *title.span)
    while at < len(lines) and (lines[at].kind in {"date", "number", "mark", "annex-of"} or is_authority(lines, at)):
        _note_number_or_date(reading, lines[at])
        at += 1
    reading.behind = at


def _read_addressees(reading: _Reading) -> None:
    """Kính gửi: on the same line, or one to a line beneath it."""
    lines, at = reading.lines, reading.behind
    while at < len(lines) and lines[at].kind == "mark":
        at += 1
    if at == len(lines):
        return
    opening = ADDRESS.match(lines[at].text)
    if opening is None and HEAD.match(lines[at].text):
        opening = _WIRES.fullmatch(lines[at].text)
    if opening is None:
        return
    first = lines[at].text[opening.end() :].strip()
    entries = [first] if first else []
    start = lines[at].start
    end = lines[at].end
    at += 1
    while at < len(lines) and _is_addressee(lines[at], entries):
        if _goes_on(lines[at], entries):
            entries[-1] = f"{entries[-1]} {lines[at].text}"
        else:
            entries.append(lines[at].text)
        end = lines[at].end
        at += 1
    parts = [part for entry in entries for part in re.split(r";\s*(?:[-–+]\s)?", entry)]
    named = tuple(name for part in parts if (name := _BULLET.sub("", part.strip(), count=1).strip(" ;,.")))
    if named:
        reading.note("addressees", named, start, end)
    reading.values.setdefault("type", _LETTER)
    reading.behind = at


def _is_addressee(line: Headline, entries: Sequence[str]) -> bool:
    if line.kind != "other" or len(line.text) > 200 or (entries and entries[-1].endswith(".")):
        return False
    if _BULLET.match(line.text):
        return True
    if _goes_on(line, entries) or not entries:
        return len(line.text) <= 120 and not line.text.endswith(":")
    return HEAD.match(line.text) is not None and line.text.endswith((";", ".", ","))


def _goes_on(line: Headline, entries: Sequence[str]) -> bool:
    """Whether a line is the rest of a bullet that no mark has closed."""
    return bool(
        entries
        and _BULLET.match(entries[-1])
        and not entries[-1].endswith((";", ",", "."))
        and not _BULLET.match(line.text)
    )


def _finished(reading: _Reading) -> Letterhead:
    values, lines = reading.values, reading.lines
    code, dated = str(values.pop("code", "")), values.pop("dated", None)
    if "type" not in values and ("title" in values or "-CV/" in code):
        values["type"] = _LETTER
    body = lines[reading.behind].block if reading.behind < len(lines) else (lines[-1].block + 1 if lines else 0)
    head = Letterhead(body=body, spans=reading.spans)
    # A date whose day is blank or cannot be read still says in which year the document was made.
    return replace(head, year=_year(str(values.get("title") or "")) or (None if "date" in values else dated), **values)


def _year(title: str) -> int | None:
    """The last year that the title names as its own."""
    years = [match for match in _YEAR.finditer(title) if _LAW.search(title, 0, match.start()) is None]
    return int(years[-1]["year"]) if years else None


def _from_annex(document: Document, head: Letterhead) -> dict[str, Any]:
    """Number and date from "(Kèm theo Kế hoạch số 85-KH/HU, ngày …)" of an annex to this document.

    "Kèm theo" must name the type that the document has; where it has none it is an annex and says so at its head.
    """
    for at, block in enumerate(document.blocks):
        too_late = head.type is None and at >= _ANNEX_HEAD
        if too_late or not isinstance(block, Block) or block.end - block.start > _PROSE:
            continue
        match = _ANNEX_TO.match(document.text, block.start, block.end)
        if match is None:
            continue
        cites = find_citations(document.text, match.end(), block.end)
        if not cites or cites[0].number is None or cites[0].start > match.end():
            continue
        named = document.text[cites[0].start : cites[0].end].lower()
        if head.type is None or named.startswith(head.type):
            where = {**head.spans, "number": (cites[0].start, cites[0].end)}
            return {"number": cites[0].number, "date": head.date or cites[0].date, "spans": where}
    return {}
