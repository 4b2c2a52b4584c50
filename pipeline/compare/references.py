"""What a document implements: the plans and directives that its title and preamble name, the nearest first.

    Thực hiện Kế hoạch số 12/KH-UBND … của UBND tỉnh về triển khai Chỉ thị số 40-CT/TU …

names the direct parent and, behind “về triển khai”, what that one implements. Laws and decrees give a document its
ground, not its tasks, and count for nothing here; nor does what the document cites further down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.compare.issuers import Reader, rank
from pipeline.compare.model import Issuer, Reference
from pipeline.letters import UPPER
from pipeline.model import Citation, Directive
from pipeline.outline.citations import find_citations

__all__ = ["implemented"]

# Kinds of document that give others tasks; a decision does where it issues one of these.
_GIVES = re.compile(
    r"(?:kế hoạch|chỉ thị|nghị quyết|chương trình|đề án|kết luận|hướng dẫn|công văn|văn bản|thông báo|phương án"
    r"|công điện|thông tri|quy chế|chiến lược)(?!\w)",
    re.IGNORECASE,
)
_DECISION = re.compile(r"quyết định(?!\w)", re.IGNORECASE)
_ISSUES = re.compile(
    r"(?:ban hành|phê duyệt|về(?: việc)?)\s+(?:\w+\s+){0,3}?"
    r"(?:kế hoạch|chương trình|đề án|chiến lược|phương án|bộ tiêu chí)",
    re.IGNORECASE,
)
_LAW = re.compile(r"/QH\d+|UBTVQH|/\d{4}/", re.IGNORECASE)  # numbers of normative texts hold their year
_CARRIES_OUT = re.compile(
    r"(?:thực hiện|triển khai|quán triệt|cụ thể hóa|tiếp tục|hưởng ứng|theo(?= (?:chỉ đạo|kế hoạch|nội dung)))(?!\w)",
    re.IGNORECASE,
)
_GROUND = re.compile(r"\s*(?:căn cứ|xét|theo đề nghị)(?!\w)", re.IGNORECASE)
# Between two citations: the second is what the first implements.
_ON_TO = re.compile(
    r"(?:(?:về(?: việc)?|để|nhằm)\s+(?:[\w,]+\s+){0,4}?)?(?:thực hiện|triển khai|cụ thể hóa|quán triệt)(?!\w)",
    re.IGNORECASE,
)
# What it is about; behind a comma and a capital the sentence goes on with who issues this document.
_ABOUT = re.compile(rf"[^;]{{0,60}}?(?<!\w)((?i:về(?: việc)?)\s+(?:[^;(),]|,(?!\s[{UPPER}])){{8,300}})")
_BODY_BEGINS = re.compile(r"(?:I|A|1|Phần\s+\w+|Chương\s+I|Điều\s+1|PHẦN\s+\w+)\s*[.:)/-]")
_FRONT_LINES = 60  # lines; a letter may have no numbered heading at all


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation of the front matter, and how strongly it is named: 0 carried out, 1 a ground."""

    reference: Reference
    strength: int
    order: int


def implemented(directive: Directive, own: Issuer, reader: Reader) -> tuple[Reference, ...]:
    """What a document implements, the nearest first, the topmost last; empty where it names nothing."""
    found = list(_once(_cited(directive, own, reader)))
    strongest = min((one.strength for one in found), default=0)
    named = [one for one in found if one.strength == strongest]
    ordered = sorted(named, key=lambda one: (one.reference.below is not None, -_height(one.reference, own), one.order))
    return tuple(one.reference for one in ordered)


def _height(reference: Reference, own: Issuer) -> int:
    """How far down its issuer stands: of several parents the nearest is the direct one. Unknown is just above."""
    level, mine = rank(reference.level), rank(own.level)
    if level is None:
        return (mine if mine is not None else 1) - 1
    return level


def _cited(directive: Directive, own: Issuer, reader: Reader) -> Iterator[_Cited]:
    order = 0
    for line, in_title in _front(directive):
        previous: Citation | None = None
        strength = _strength(line, in_title)
        for cite in find_citations(line, 0, len(line)):
            below = previous if previous and _leads_on(line[previous.end : cite.start]) else None
            previous = cite
            reference = _reference(line, cite, reader, below)
            if _gives_tasks(line, cite) and not _is_own(reference, directive, own, reader):
                yield _Cited(reference, strength, order)
                order += 1


def _leads_on(between: str) -> bool:
    """Whether words between two citations say that the first implements the second; “…; thực hiện …” begins anew."""
    return ";" not in between and _ON_TO.search(between) is not None


def _front(directive: Directive) -> Iterator[tuple[str, bool]]:
    """The lines up to the first heading or task, each with whether it is of the title."""
    text = directive.text
    tasks = [evidence.start for task in directive.tasks for evidence in task.evidence.get("text", ())]
    end = min(tasks, default=len(text))
    title = (directive.meta.title or "").strip()
    if title:
        yield title, True
    start = 0
    for _ in range(_FRONT_LINES):
        stop = text.find("\n", start)
        line = text[start : stop if stop >= 0 else len(text)]
        if start >= end or stop < 0 or (_BODY_BEGINS.match(line) and start > 0):
            return
        if line.strip() not in title:
            yield line, False
        start = stop + 1


def _strength(line: str, in_title: bool) -> int:
    if in_title:
        return 0
    return 0 if _CARRIES_OUT.search(line[:160]) and not _GROUND.match(line) else 1


def _gives_tasks(line: str, cite: Citation) -> bool:
    if cite.number is None or _LAW.search(cite.number):
        return False
    kind = line[cite.start : cite.start + 40]
    if _DECISION.match(kind):
        return _ISSUES.search(line[cite.end : cite.end + 160]) is not None
    return _GIVES.match(kind) is not None


def _reference(line: str, cite: Citation, reader: Reader, below: Citation | None) -> Reference:
    about = _ABOUT.match(line, cite.end)
    return Reference(
        number=cite.number,
        date=cite.date,
        issuer=cite.issuer,
        title=about.group(1).strip(" ,.") if about else None,
        level=reader.level_of(cite.issuer, cite.number),
        province=reader.province_of(cite.issuer),
        quote=line[cite.start : cite.end],
        below=below.number if below is not None else None,
    )


def _is_own(reference: Reference, directive: Directive, own: Issuer, reader: Reader) -> bool:
    """Whether it is the document itself, or an earlier one of the same office."""
    if reference.number is not None and reference.number == directive.meta.number:
        return True
    return reference.issuer is not None and reader.is_own(reference.issuer, own)


def _once(cited: Iterator[_Cited]) -> Iterator[_Cited]:
    """Each document once: by its strongest mention, implemented by another where any mention says so."""
    found: dict[str | None, _Cited] = {}
    for one in cited:
        known = found.get(one.reference.number)
        if known is None:
            found[one.reference.number] = one
            continue
        better = min(known, one, key=lambda mention: (mention.strength, mention.reference.date is None))
        below = known.reference.below or one.reference.below
        found[one.reference.number] = _Cited(replace(better.reference, below=below), better.strength, known.order)
    yield from found.values()
