"""Puts times that stand together into phrases: ``17h00, thứ Sáu (ngày 14/11/2025)``, ``từ ngày … đến ngày …``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.time.clock import Clock
from pipeline.time.folding import number
from pipeline.time.grammar import Atom, left_of, same_sentence
from pipeline.time.readings import READERS, Groups, Reading
from pipeline.time.recurrence import RECURRING
from pipeline.time.relative import RELATIVE

DATED = frozenset(READERS) - {"offset", "event"}
OPENING = DATED | {"hour"}
YEARLESS = frozenset({"day", "month", "quarter", "part-of-year"})  # kinds that may leave out the year
REACH_OF_YEAR = 120  # characters of a sentence in which a year may stand before its date
REACH_OF_LIST = 60  # characters between two days of a list whose year is said once
DAYLIKE = frozenset({"day", "day-of-month", "monthly-day", "quarterly-day", "yearly-day"})
_JOINT = re.compile(r"[ ,(]{0,3}(?:(?:của|vào) )?")
_UNTIL = re.compile(r" ?(?:-|đến|tới)(?: hết)? ?")
_ONWARD = re.compile(r",? ?")
_HEAD = re.compile(r"(?:^|[,:(]|trong đó|riêng|trong|đối với) ?$")
_FROM = re.compile(r"(?<!\w)từ \Z")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Times that belong together: `last` says when it is due, `first` opens a range, None where there is none."""

    start: int
    end: int
    last: Atom
    first: Atom | None = None
    hour: bool = False
    onward: bool = False
    opens: bool = False  # begins with "từ"

    @property
    def kind(self) -> str:
        """What the deciding time is: day, month, weekday, …"""
        return self.last.kind

    @property
    def ranged(self) -> bool:
        """Whether it has a beginning and an end."""
        return self.first is not None or "first" in self.last.groups

    @property
    def starts_only(self) -> bool:
        """Whether it says when something begins and no more: "từ tháng 4/2026"."""
        return self.opens and self.start < self.last.start and not (self.ranged or self.onward)

    @property
    def exact(self) -> bool:
        """Whether it names its year."""
        return "year" in self.last.groups


def phrases(text: str, found: Iterable[Atom]) -> list[Phrase]:
    """Phrases in order, from times in order. Words that are no time at all are left out."""
    made: list[Phrase] = []
    for atom in found:
        joined = _join(text, made[-1], atom) if made else None
        if joined is not None:
            made[-1] = joined
        elif atom.kind != "onward":
            opens = _FROM.search(text, max(0, atom.start - 4), atom.start) if atom.kind in OPENING else None
            start = opens.start() if opens else atom.start
            made.append(Phrase(start, atom.end, atom, hour=atom.kind == "hour", opens=text.startswith("từ ", start)))
    return [phrase for phrase in made if phrase.kind != "nothing"]


def with_years(text: str, found: Sequence[Phrase]) -> list[Phrase]:
    """The phrases, where one without a year takes that of a neighbour in its sentence.

    "trong đó năm 2026 hoàn thành trước ngày 15/11": the year is said first, and is no time of its own then.
    "trước ngày 15/6 và 15/12/2026": it is said once, behind the last date.
    """
    made: list[Phrase] = []
    for index, phrase in enumerate(found):
        if phrase.kind in YEARLESS and not phrase.exact:
            if made and _opens_year(text, made[-1], phrase):
                phrase = _dated(phrase, made.pop())
            elif index + 1 < len(found) and _shares_year(text, phrase, found[index + 1]):
                phrase = _dated(phrase, found[index + 1])
        made.append(phrase)
    return made


def _dated(phrase: Phrase, lender: Phrase) -> Phrase:
    year = lender.last.groups["year"]
    return replace(phrase, last=replace(phrase.last, groups={**phrase.last.groups, "year": year}))


def _opens_year(text: str, year: Phrase, phrase: Phrase) -> bool:
    """Whether a year before a date speaks of it: it stands at the head of its clause, in the same sentence."""
    alone = year.kind == "year" and year.exact and not (year.ranged or year.opens)
    near = alone and phrase.start - year.end <= REACH_OF_YEAR
    return near and _HEAD.search(left_of(text, year.start)) is not None and same_sentence(text, year.end, phrase.start)


def _shares_year(text: str, phrase: Phrase, following: Phrase) -> bool:
    """Whether a date takes the year of the next one: both are days, in order, and no interval stands between."""
    if not (phrase.kind == following.kind == "day" and following.exact) or following.start - phrase.end > REACH_OF_LIST:
        return False
    return _place_in_year(phrase) <= _place_in_year(following) and same_sentence(text, phrase.end, following.start)


def _place_in_year(phrase: Phrase) -> tuple[int, int]:
    groups = phrase.last.groups
    return number(groups["month"]), int(groups["day"])


def _join(text: str, left: Phrase, right: Atom) -> Phrase | None:
    """The phrase that the two make, None where they stand apart."""
    if right.start - left.end > 12 or left.kind == "nothing":
        return None
    if right.kind == "onward":
        fits = left.kind in DATED and _ONWARD.fullmatch(text, left.end, right.start)
        return replace(left, end=right.end, onward=True) if fits else None
    if _JOINT.fullmatch(text, left.end, right.start):
        if left.kind == "hour" and (right.kind in DAYLIKE or right.kind in ("weekday", "relative-day")):
            return replace(left, end=right.end, last=right)
        if left.kind in ("weekday", "relative-day") and right.kind == "day":
            return replace(left, end=right.end, last=right)
        if left.kind == "day" and right.kind == "weekday":
            return replace(left, end=right.end)
    opens = left.kind in DATED or (left.kind == "day-of-month" and right.kind == "day")
    if opens and right.kind in DATED and left.first is None and not left.onward:
        until = _UNTIL.fullmatch(text, left.end, right.start)
        return replace(left, end=right.end, last=right, first=left.last) if until else None
    return None


def read(phrase: Phrase, clock: Clock) -> Reading:
    """What a phrase says by itself, without an interval beside it."""
    last = phrase.last
    if last.kind in RECURRING:
        reading = RECURRING[last.kind](last.groups, clock)
    elif last.kind in RELATIVE and clock.reference is not None:
        reading = RELATIVE[last.kind](last.groups, clock.reference)
    elif last.kind in READERS:
        reading = READERS[last.kind](last.groups, clock)
    else:  # a day of no stated month, a weekday or an hour alone
        reading = Reading(precision="day", flags=("month-unknown",))
    if phrase.first is not None:
        reading = _range(phrase.first, last, reading, clock)
    if phrase.onward:
        reading = _open_end(phrase, reading)
    elif phrase.starts_only:
        flags = (*reading.flags, "open-end")
        reading = replace(reading, due=None, begin=reading.first or reading.due, flags=flags)
    if phrase.hour and reading.precision == "day":
        reading = replace(reading, precision="hour")
    return reading


def _range(first: Atom, last: Atom, reading: Reading, clock: Clock) -> Reading:
    """The reading of a range: what the opening date leaves out, it shares with the closing one."""
    groups: Groups = dict(first.groups)
    kind = first.kind
    if kind == "day-of-month":
        groups, kind = {**last.groups, **first.groups}, "day"
    if "year" not in groups and reading.due is not None:
        groups = {**groups, "year": str(reading.due.year)}
        opening = READERS[kind](groups, clock)
        begin = opening.first or opening.due
        if begin is not None and begin > reading.due:
            groups = {**groups, "year": str(reading.due.year - 1)}
    opening = READERS[kind](groups, clock)
    begin = opening.begin or opening.first or opening.due
    if begin is not None and reading.due is not None and "year" not in last.groups and begin > reading.due:
        reading = READERS[last.kind](last.groups, Clock(begin))
    if begin is None or (reading.due is not None and begin > reading.due):
        return replace(reading, flags=(*reading.flags, "range-unclear"))
    return replace(reading, begin=begin, first=begin)


def _open_end(phrase: Phrase, reading: Reading) -> Reading:
    """``2025 và những năm tiếp theo``: it starts and does not end. A first step of a day or month keeps its date."""
    flags = (*reading.flags, "open-end")
    continuing = ("continuous",)
    single = phrase.first is None and reading.begin is None
    if single and (reading.precision == "year" or phrase.start < phrase.last.start):  # "2025 và …", "từ … trở đi"
        return replace(reading, due=None, begin=reading.first or reading.due, cadence=continuing, flags=flags)
    return replace(reading, cadence=continuing, flags=flags)
