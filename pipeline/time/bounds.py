"""Tells which times of running prose say when a task is due.

A time is a deadline because of the words left of it ("trước", "chậm nhất"), because it says when the work itself
takes place ("vào ngày", "từ … đến …", alone in brackets, at the head of its clause), or, where nothing else says
when, because it is a day still to come. The last two are no deadline where the day is over, or where the words left
of them tell of something else: a citation, the window of some data, entry into force.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.time.grammar import Grammar, Table, left_of
from pipeline.time.phrases import Phrase
from pipeline.time.readings import IMPOSSIBLE, Reading
from pipeline.time.recurrence import RECURRING
from pipeline.time.relative import RELATIVE

PERIODS = frozenset({"month", "quarter", "part-of-year", "year"})
DATED = PERIODS | {"day"}
OWN_WORDS = frozenset({"offset", "event", "interval", "worded-year", "worded-half"})
# Groups of an offset that say what it counts from; else it counts from the signing of whatever the sentence is about.
NAMED_START = frozenset({"named", "this", "paper", "day"})
LONG_AGO = 366  # days: a date so far before the document is a state of things, not a deadline
FAR_AHEAD = 183  # days: half a year
LATE_PERIOD = 120  # days: so long after a month or quarter nobody orders what should have been done in it

FIRM, MOMENT, STRAY = "firm", "moment", "stray"

_ALSO = re.compile(r",? (?:và|hoặc) (?:vào )?")
_CLOSED = re.compile(r" ?(?:\)|[.;]|$)")
_OPENED = re.compile(r"(?P<mark>^|[(,:]) ?$")
_LISTED = re.compile(r"(?<!\w)(?:tháng|quý|năm) [\w/]+, ?$")
_PLANNED = re.compile(r"\(dự kiến[^()]*$")


@dataclass(frozen=True, slots=True)
class Bound:
    """Where the words begin that bind a time, these words, and how they bind it: firm, moment, stray or not at all."""

    start: int
    words: str = ""
    strength: str | None = None


class Bounds:
    """The words left of the times of one text."""

    def __init__(self, text: str, grammar: Grammar, reference: dt.date | None, *, cell: bool) -> None:
        self.text, self.grammar, self.reference, self.cell = text, grammar, reference, cell

    def of(self, found: Sequence[Phrase]) -> list[Bound]:
        """The bound of each time; one that opens a list binds all of it: "trước ngày 20/6 và ngày 20/12"."""
        bounds: list[Bound] = []
        for index, phrase in enumerate(found):
            bound = self._bound(phrase)
            listed = index and _ALSO.fullmatch(self.text, found[index - 1].end, phrase.start)
            if listed and bound.strength != FIRM and bounds[-1].strength in (FIRM, MOMENT):
                bound = Bound(phrase.start, bounds[-1].words, bounds[-1].strength)
            if index and bound.strength is None and self._next_step(found[index - 1], bounds[-1], phrase):
                bound = Bound(phrase.start, "", MOMENT)
            if index and bound.start < found[index - 1].end:  # the words reach over the time before
                bound = replace(bound, start=phrase.start)
            bounds.append(bound)
        return bounds

    def _bound(self, phrase: Phrase) -> Bound:
        left = left_of(self.text, phrase.start)
        offset = phrase.start - len(left)
        own = self.grammar.period_bounds if phrase.kind in PERIODS else self.grammar.day_bounds
        match = _match(self.grammar.bounds, left) or _match(own, left)
        if match is not None:
            return Bound(offset + match.start(), _words(match), FIRM)
        if phrase.ranged and (match := _match(self.grammar.range_bounds, left)) is not None:
            return Bound(phrase.start, _words(match), FIRM)  # the words say what is done, not when
        if _PLANNED.search(left):  # "kỳ họp (dự kiến ngày 08/7/2026)": the day of what the work is for
            return Bound(phrase.start, "", STRAY)
        match = _match(self.grammar.moments, left) if phrase.kind != "year" else None
        if match is not None:
            return Bound(offset + match.start(), _words(match), MOMENT)
        if phrase.kind in RELATIVE:  # by itself it tells of today's state: "kết quả tuần này"
            return Bound(phrase.start)
        return Bound(phrase.start, "", self._by_place(phrase, left))

    def _next_step(self, before: Phrase, bound: Bound, phrase: Phrase) -> bool:
        """Whether a period goes on with steps that the one before it opened: "quý II khảo sát, quý III lập dự toán"."""
        opened = bound.strength == MOMENT and not bound.words and not phrase.starts_only
        return opened and phrase.kind == before.kind in PERIODS and self.text.endswith(", ", 0, phrase.start)

    def _by_place(self, phrase: Phrase, left: str) -> str | None:
        """How a time binds that no words bind: by where it stands."""
        if phrase.kind in OWN_WORDS or phrase.kind in RECURRING:
            return FIRM
        if phrase.kind not in DATED or phrase.starts_only:
            return None
        if phrase.opens and phrase.kind != "year" and (phrase.exact or phrase.kind == "day"):
            return MOMENT
        if self._stands_alone(phrase, left):
            return MOMENT
        return STRAY if phrase.kind == "day" and self.text.startswith("ngày", phrase.last.start) else None

    def _stands_alone(self, phrase: Phrase, left: str) -> bool:
        """In brackets by itself, behind a comma at the end of its clause, or at the head of its clause."""
        opened = _OPENED.search(left)
        if opened is None:
            return False
        head = opened.group("mark")
        if head == "(":
            vague = phrase.kind == "year" or (phrase.ranged and phrase.kind != "day" and not phrase.exact)
            return not vague and self.text.startswith(")", phrase.end)
        if head == "" and phrase.kind == "day":
            return True
        goes_on = self.grammar.going_on.regex
        if goes_on is not None and goes_on.match(self.text, phrase.end):
            return head == "" or phrase.exact
        if head == "," and _LISTED.search(left):  # "báo cáo tháng 3, quý I/2026": what the report is about
            return False
        ends = head == "" or _CLOSED.match(self.text, phrase.end) is not None
        return phrase.exact and phrase.kind != "year" and ends

    def refuses(self, phrase: Phrase, bound: Bound, *, recurring: bool) -> bool:
        """Whether words left of a time say that it is something else than a deadline."""
        if phrase.kind == "interval":  # "cung cấp số liệu mỗi giờ một lần": no date that words could take away
            return False
        left = left_of(self.text, phrase.start)
        tables = [self.grammar.vetoes]
        if phrase.kind == "offset" and not NAMED_START.intersection(phrase.last.groups):
            tables.append(self.grammar.offset_vetoes)
        if self.cell and bound.strength != FIRM:
            tables.append(self.grammar.loose_vetoes)
        if not self.cell and not recurring and bound.strength in (MOMENT, STRAY):
            tables.append(self.grammar.windows)
        return any(_match(table, left) is not None for table in tables)

    def is_over(self, phrase: Phrase, bound: Bound, reading: Reading) -> bool:
        """Whether a time of running prose is a state of things: over, or a year that has no end."""
        due, today = reading.due, self.reference
        if due is None:
            return phrase.onward or (bound.strength != FIRM and IMPOSSIBLE in reading.flags)
        if today is None:
            return due.year < 2000 or bound.strength == STRAY
        late = (today - due).days
        if bound.strength in (MOMENT, STRAY) and reading.rrule is None:
            begun = (today - reading.begin).days if reading.begin else 0
            # A date without a year that lies far ahead is rather the one that has just gone by.
            gone = "year-inferred" in reading.flags and due.year > today.year and late < -FAR_AHEAD
            return late > 0 or gone or begun > LONG_AGO or (late == 0 and bound.strength == STRAY)
        if reading.precision in ("month", "quarter"):
            return late > LATE_PERIOD
        return late > LONG_AGO or (late > 0 and reading.precision in ("half", "year"))


def _match(table: Table, left: str) -> re.Match[str] | None:
    """The words that end the text left of a time: their place in it is `match.start()`, with the mark before them."""
    return table.regex.search(f" {left}") if table.regex is not None else None


def _words(match: re.Match[str]) -> str:
    """The words without the mark before them."""
    return match.group()[1:].rstrip()
