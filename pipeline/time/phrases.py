"""Puts times that stand together into phrases: ``17h00, thứ Sáu (ngày 14/11/2025)``, ``từ ngày … đến ngày …``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.time.clock import Clock
from pipeline.time.grammar import Atom
from pipeline.time.readings import READERS, Groups, Reading
from pipeline.time.recurrence import RECURRING
from pipeline.time.relative import RELATIVE

DATED = frozenset(READERS) - {"offset", "event"}
DAYLIKE = frozenset({"day", "day-of-month", "monthly-day", "quarterly-day", "yearly-day"})
_JOINT = re.compile(r"[ ,(]{0,3}(?:(?:của|vào) )?")
_UNTIL = re.compile(r" ?(?:-|đến|tới)(?: hết)? ?")
_ONWARD = re.compile(r",? ?")
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

    @property
    def kind(self) -> str:
        """What the deciding time is: day, month, weekday, …"""
        return self.last.kind


def phrases(text: str, found: Iterable[Atom]) -> list[Phrase]:
    """Phrases in order, from times in order. Words that are no time at all are left out."""
    made: list[Phrase] = []
    for atom in found:
        joined = _join(text, made[-1], atom) if made else None
        if joined is not None:
            made[-1] = joined
        elif atom.kind != "onward":
            opens = _FROM.search(text, max(0, atom.start - 4), atom.start)
            start = opens.start() if opens and atom.kind in DATED else atom.start
            made.append(Phrase(start, atom.end, atom, hour=atom.kind == "hour"))
    return [phrase for phrase in made if phrase.kind != "nothing"]


def _join(text: str, left: Phrase, right: Atom) -> Phrase | None:
    """The phrase that the two make, None where they stand apart."""
    if right.start - left.end > 12 or left.kind == "nothing":
        return None
    if right.kind == "onward":
        fits = left.kind in DATED and _ONWARD.fullmatch(text, left.end, right.start)
        return replace(left, end=right.end, onward=True) if fits else None
    if _JOINT.fullmatch(text, left.end, right.start):
        if left.kind == "hour" and (right.kind in DAYLIKE or right.kind == "weekday"):
            return replace(left, end=right.end, last=right)
        if left.kind == "weekday" and right.kind == "day":
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
