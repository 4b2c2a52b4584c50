"""Cuts a block into tasks: where a later part states a lead, a deadline or a cadence that contrasts, and only there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from pipeline import time
from pipeline.extract.actors import Actors, Claim, read_actors, unit_title
from pipeline.extract.candidates import Label
from pipeline.extract.clauses import clauses_of
from pipeline.extract.inline import RunIn, bracketed, run_ins
from pipeline.extract.units import Unit
from pipeline.model import TimeMention
from pipeline.ruleset import Ruleset

# A sentence that only says when: it belongs to the task before it.
_ABOUT_TIME = re.compile(
    r"(?:(?:đợt|vòng|lần|kỳ|giai đoạn|bước) (?:\d|[IVX])[\dIVX]*:? (?=(?:tháng|quý|ngày|từ|trước|trong|vào|xong) )"
    r"|thời gian|thời hạn|hạn|tiến độ|thực hiện trong|(?:phải |cần )?(?:hoàn thành|xong)"
    r"(?: xong| việc này| các nội dung này)?,?(?=\W*$| (?:trước|trong|vào|chậm|ngày|tháng|quý|năm|đúng)\b))",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\s*(?:cơ bản )?(?:thống nhất|đồng ý|nhất trí|ghi nhận|biểu dương)\b(?! (?:với|thực hiện))", re.IGNORECASE
)
_LONGEST_NAME = 90  # characters of a clause that may be a name and nothing else
_OF_A_TASK = frozenset({"lead", "time"})  # the fields of labels that tell one task from another
_OF_ALL = frozenset({"lead", "coordinating", "report_to"})  # those that speak of all sentences in front of them
_GENERAL = frozenset({"đơn vị", "cơ quan", "địa phương", "đồng chí", "thành viên", "tổ chức", "người", "bên", "cấp"})
_NOBODY = Actors()
_OTHERS = ("các ", "những ", "đồng chí ", "đ/c ", "ông ", "bà ")


@dataclass(frozen=True, slots=True)
class Part:
    """A clause with what it states. Offsets of `times` count in the document's text.

    `labels` are those in its brackets; a part that is `run_in` is a label itself with its value.
    """

    start: int
    end: int
    actors: Actors
    times: tuple[TimeMention, ...]
    labels: tuple[Label, ...] = ()
    run_in: bool = False


@dataclass(slots=True)
class Segment:
    """Parts that make one task, and the lead that it takes over from the part before it."""

    parts: list[Part] = field(default_factory=list)
    inherited: Claim | None = None
    shared: tuple[Label, ...] = ()  # labels behind a later part of the block that speak of this one as well

    @property
    def labels(self) -> list[Label]:
        """The labels that run in with its sentences, or with later ones that they speak of."""
        return [*(label for part in self.parts for label in part.labels), *self.shared]

    @property
    def start(self) -> int:
        """Offset of the first word."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Offset behind the last word."""
        return self.parts[-1].end

    @property
    def subject(self) -> Claim | None:
        """The first grammatical subject."""
        return next((part.actors.subject for part in self.parts if part.actors.subject), None)

    @property
    def lead(self) -> Claim | None:
        """The first body stated as lead."""
        return self.subject or next((part.actors.aside for part in self.parts if part.actors.aside), None)

    @property
    def times(self) -> list[TimeMention]:
        """All times stated, in order."""
        return [mention for part in self.parts for mention in part.times]


@dataclass(frozen=True, slots=True)
class Clock:
    """What dates are counted from: the document's date, the year of the plan."""

    reference: dt.date | None
    year: int | None


def read_parts(text: str, start: int, end: int, clock: Clock, rules: Ruleset) -> list[Part]:
    """The clauses of a block with their roles and times, and the labels that run in with them."""
    parts: list[Part] = []
    for run_in in run_ins(text, start, end, rules):
        parts.extend(_clauses(text, start, _without_mark(text, start, run_in.begin), clock, rules))
        parts.append(_labelled(text, run_in, clock, rules))
        start = run_in.end
        while start < end and text[start] in " ;,-–":
            start += 1
    parts.extend(_clauses(text, start, end, clock, rules))
    return _with_names(parts, text, rules)


def _without_mark(text: str, start: int, end: int) -> int:
    """Where the words in front of a label end, without the mark that sets it off."""
    return start + len(text[start:end].rstrip(" ;,-–"))


def _labelled(text: str, run_in: RunIn, clock: Clock, rules: Ruleset) -> Part:
    """A label that runs in, with the time that its value states and to whom what it names is handed."""
    label = run_in.label
    timed = label.field == "time"
    begin = label.start if timed else run_in.begin
    found = time.find(text[begin : run_in.end], clock.reference, year=clock.year, cell=timed, rules=rules)
    reports = read_actors(text, label.start, run_in.end, rules).reports if label.field == "product" else ()
    times = tuple(shift(mention, begin) for mention in found)
    end = _without_mark(text, run_in.begin, run_in.end)
    return Part(run_in.begin, end, Actors(reports=reports), times, (label,), run_in=True)


def _clauses(text: str, start: int, end: int, clock: Clock, rules: Ruleset) -> list[Part]:
    parts: list[Part] = []
    for clause in clauses_of(text, start, end):
        # Behind a part that recurs, "; cuối tháng tổng hợp" does as well: the mark is shown to the rules.
        recurs = bool(parts) and any(mention.cadence for mention in parts[-1].times)
        begin = clause.start - 2 if recurs and text[clause.start - 2] in ";." else clause.start
        words = text[begin : clause.end]
        found = time.find(words, clock.reference, year=clock.year, rules=rules)
        times = tuple(shift(mention, begin) for mention in found)
        labels = bracketed(text, clause.start, clause.end, rules)
        parts.append(Part(clause.start, clause.end, read_actors(text, clause.start, clause.end, rules), times, labels))
    return parts


def _with_names(parts: list[Part], text: str, rules: Ruleset) -> list[Part]:
    """The parts, where first ones that are nothing but names lead what follows.

    "Phòng Tài chính. Thẩm định dự toán …" runs in with a full stop, "Đài tỉnh; Báo tỉnh tăng thời lượng …" is a list.
    """
    names = list(takewhile(bool, (_names_alone(part, text, rules) for part in parts[:-1])))
    if not names:
        return parts
    units = [unit for listed in names for unit in listed]
    first, rest = parts[: len(names)], parts[len(names) :]
    following = rest[0].actors.subject
    if text[first[-1].end - 1] == ".":
        lead = Claim("lead", tuple(units), "subject.run-in")
    elif following is not None and following.units[0].start == rest[0].start:
        lead = Claim("lead", (*units, *following.units), following.rule)
        rest[0] = replace(rest[0], actors=replace(rest[0].actors, subject=None))
    else:
        return parts
    return [replace(first[0], actors=Actors(subject=lead)), *first[1:], *rest]


def _names_alone(part: Part, text: str, rules: Ruleset) -> tuple[Unit, ...]:
    """The bodies that a clause consists of, if it is nothing but names that begin with a capital."""
    if part.end - part.start > _LONGEST_NAME or part.actors != _NOBODY or part.times or part.run_in:
        return ()
    named = unit_title(text, part.start, part.end, rules)
    return named.units if named is not None and named.names[0][0].isupper() else ()


def shift(mention: TimeMention, by: int) -> TimeMention:
    """The mention with its offsets counted in the document."""
    start, end, said = mention.start + by, mention.end + by, mention
    return TimeMention(
        start, end, said.rule, said.due, said.begin, said.precision, said.cadence, said.rrule, said.flags
    )  # in a third of the time of `replace`


def segments_of(parts: list[Part], text: str, above: Claim | None, *, labelled: bool = False) -> list[Segment]:
    """The tasks of a block. A part that states nothing belongs to the task before it.

    `above` is who leads by the headings: a part that names another body contrasts with it. Where a labelled line says
    who leads (`labelled`), no body in the sentences contrasts, and only the time does.
    """
    segments: list[Segment] = []
    for group in _groups(parts):
        own = [label for part in group if part.run_in for label in part.labels]
        led = any(label.field == "lead" for label in own)
        anew = bool(segments) and _says_anew(own, segments[-1], text)
        first = len(segments)
        for part in group:
            before = segments[-1] if segments else None
            part = part if part.run_in else _settle(part, above, before, text)
            if before is None or (anew and len(segments) == first):
                segments.append(Segment([part]))
            elif not _begins(part, before, above, text, labelled=labelled or led):
                before.parts.append(part)
            else:
                segments.append(Segment([part], inherited=before.subject or before.inherited))
        if led:
            for segment in segments[first:-1]:
                segment.shared = tuple(label for label in own if label.field in _OF_ALL)
    return segments


def _groups(parts: list[Part]) -> list[list[Part]]:
    """The parts, cut where a sentence follows a label that runs in: labels speak of the sentences in front of them."""
    groups: list[list[Part]] = []
    for part in parts:
        if not groups or (groups[-1][-1].run_in and not part.run_in):
            groups.append([])
        groups[-1].append(part)
    return groups


def _says_anew(labels: list[Label], segment: Segment, text: str) -> bool:
    """Whether labels name another lead or time than those behind the sentences before, and so begin another task."""
    before = [label for part in segment.parts if part.run_in for label in part.labels]
    said = {label.field: text[label.start : label.end] for label in before}
    own = {label.field: text[label.start : label.end] for label in labels}
    return any(said.get(name, value) != value for name, value in own.items() if name in _OF_A_TASK)


def _begins(part: Part, before: Segment, above: Claim | None, text: str, *, labelled: bool) -> bool:
    """Whether a part begins a task of its own behind the one before it."""
    if part.run_in or _ABOUT_TIME.match(text, part.start):
        return False
    own = part.actors.lead
    if own is not None and not labelled and not _each(own):
        named = [text[label.start : label.end] for label in before.labels if label.field == "lead"]
        if named:
            return not any(name in value for name in own.names for value in named)
    return _contrasts(before, part, above, labelled=labelled)


def only_agrees(segment: Segment, text: str) -> bool:
    """Whether a segment says that its subject agrees to something ("Chủ tịch thống nhất chủ trương …") and no more."""
    subject = segment.subject
    behind = subject.units[-1].end if subject is not None else segment.start
    return _AGREES.match(text, behind) is not None and not segment.times


def _settle(part: Part, above: Claim | None, before: Segment | None, text: str) -> Part:
    """Takes who leads from whoever only carries out what another body, named before or above, has to see to.

    “Chỉ đạo X làm Y” makes X the lead where nobody else leads, or behind a sentence with a subject of its own; “phân
    công từng tổ …” beneath a body that leads gives the work to its own people.
    """
    subject, directed = part.actors.subject, part.actors.directed
    each = subject is not None and _each(subject) and not part.times
    if each and before is not None and (before.lead or before.inherited or above):
        return replace(part, actors=replace(part.actors, subject=None))  # it takes up one by one those named before
    if subject is not None and subject.rule == "lead.assigned" and above is not None and _own_people(subject):
        return replace(part, actors=replace(part.actors, subject=None))
    if directed is None or subject is not None or above is not None:
        return part
    same_sentence = text[: part.start].rstrip().endswith(";")
    if same_sentence and before is not None and (before.subject or before.inherited):
        return part
    return replace(part, actors=replace(part.actors, subject=directed))


def _own_people(claim: Claim) -> bool:
    """Whether work is given to people in small letters, neither "các …" nor by name: people of the body that leads."""
    name = claim.names[0]
    return _each(claim) or (name[0].islower() and not name.startswith(_OTHERS))


def _contrasts(segment: Segment, part: Part, above: Claim | None, *, labelled: bool) -> bool:
    own, said = part.actors.lead, _times(part.times)
    if not labelled and own is not None:
        lead = segment.lead or segment.inherited or above
        if lead is not None and _is_another(own, lead, timed=bool(said)):
            return True
    if not said:  # most parts only go on
        return False
    stated = _times(segment.times)
    if "per_event" in stated:
        said -= {"event"}  # "trước mỗi kỳ họp …; gửi trước ngày khai mạc 05 ngày" tells of the same event
    return bool(stated and said and not said <= stated)


def _each(claim: Claim) -> bool:
    """Whether a subject only takes up the bodies named before one by one ("Mỗi xã chọn …")."""
    return claim.names[0].lower().startswith(("mỗi ", "từng "))


def _is_another(own: Claim, lead: Claim, *, timed: bool) -> bool:
    """Whether a subject is another body than the one that leads; "mỗi chi bộ" is one where it has its own time."""
    return _fold(own) != _fold(lead) and (not _each(own) or (timed and not _takes_up(own, lead)))


def _takes_up(claim: Claim, lead: Claim) -> bool:
    """Whether "mỗi xã", "mỗi đơn vị" means those that lead, which their names or a general word show."""
    noun = " ".join(claim.names[0].lower().split()[1:3])
    return noun in _GENERAL or any(noun.split()[0] in name.lower().split() for name in lead.names)


def _fold(claim: Claim) -> frozenset[str]:
    return frozenset(" ".join(name.lower().split()) for name in claim.names)


def _times(mentions: list[TimeMention] | tuple[TimeMention, ...]) -> frozenset[str]:
    """What is said of when: the cadence codes, and each due date."""
    said: set[str] = set()
    for mention in mentions:
        said.update(mention.cadence)
        if mention.due is not None and not mention.rrule and time.UNBOUND not in mention.flags:
            said.add(mention.due.isoformat())
        elif mention.precision == "event":  # "trong 10 ngày kể từ ngày nhận hồ sơ": a deadline that no calendar knows
            said.add("event")
    return frozenset(said - {"once"})
