"""Finds deadlines and cadences: what a stretch of text says of when something is due and how often.

In running prose only what is worded as a deadline counts; in a time cell or label every time does.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.model import TimeMention
from pipeline.ruleset import Ruleset, load
from pipeline.time.clock import Clock, add_days
from pipeline.time.folding import Folded, fold
from pipeline.time.grammar import Cadence, Grammar, Table, atoms, cadences, grammar, left_of, same_sentence
from pipeline.time.phrases import Phrase, phrases, read
from pipeline.time.readings import Reading
from pipeline.time.recurrence import RECURRING, merged, of_cadence

RATES = frozenset({"daily", "weekly", "monthly", "quarterly", "semiannual", "annual", "term"})
PERIODS = frozenset({"month", "quarter", "half", "year"})
UNPLACED = frozenset({"day-of-month", "weekday", "hour"})
YEARLESS = frozenset({"day", "month", "quarter", "part-of-year"})  # kinds that may leave out the year
OWN_WORDS = frozenset({"offset", "event", "interval", "worded-year"})
# A list of days ends in one that names the interval: "ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm".
SHARED = {"yearly-day": ("annual",), "monthly-day": ("monthly",), "quarterly-day": ("quarterly",)}
REACH = 300  # characters of a sentence in which "hằng tháng" may stand before its day
LONG_AGO = 366  # days: a date so far before the document is a state of things, not a deadline
_BESIDE = re.compile(r"[ ,]{0,2}(?:của )?|,? ?đối với (?:các )?")
_LEFT_JOINT = re.compile(r"[ ,(:]{0,3}(?:vào )?")
_ALSO = re.compile(r",? (?:và|hoặc) ")
_AND = re.compile(r"(?:,| và| hoặc|, và|;)? ?(?:và )?(?:chậm nhất |trước )?(?:là |vào )?(?:ngày )?")


def find(
    text: str,
    reference: dt.date | None,
    *,
    year: int | None = None,
    cell: bool = False,
    rules: Ruleset | None = None,
) -> tuple[TimeMention, ...]:
    """Every deadline and cadence in canonical text, in order.

    `reference` is the document's date, `year` the year that its plan is for. With `cell` the whole text is the
    content of a time cell or label, and every time in it counts; else only what is worded as a deadline does.
    """
    return search(text, Clock(reference, year), "cell" if cell else "prose", rules or load())


def search(text: str, clock: Clock, scope: str, rules: Ruleset) -> tuple[TimeMention, ...]:
    """Every deadline and cadence by the rules of one scope: ``prose``, ``cell`` or ``phrase``."""
    return _Search(fold(text), clock, scope, rules).mentions()


Bound = tuple[int, str | None]  # where the words begin that make a time a deadline, and these words


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The words ``[start, end)`` beside a day that say how often it comes back; not its `own` in a list of days."""

    start: int
    end: int
    codes: tuple[str, ...]
    own: bool = True


class _Search:
    """One search: the folded text, what was found in it, and which interval belongs to which day."""

    def __init__(self, folded: Folded, clock: Clock, scope: str, rules: Ruleset) -> None:
        self.folded, self.clock, self.cell = folded, clock, scope != "prose"
        self.text = folded.text
        self.grammar: Grammar = grammar(rules, scope)
        self.cadences = [found for found in cadences(self.text, self.grammar) if found.codes]
        self.starts = [found.start for found in self.cadences]

    def mentions(self) -> tuple[TimeMention, ...]:
        """Deadlines first, then the cadences whose words no deadline took."""
        deadlines = self._deadlines()
        taken = [(m.start, m.end) for m in deadlines if m.cadence]
        rest = [self._cadence(found) for found in _without_vague(self.text, self.cadences)]
        free = _outside(rest, taken)
        return tuple(sorted((*deadlines, *free), key=lambda mention: (mention.start, mention.end)))

    def _cadence(self, found: Cadence) -> TimeMention:
        start, end = self.folded.span(found.start, found.end)
        return TimeMention(start, end, found.rule.id, cadence=found.codes)

    def _deadlines(self) -> list[TimeMention]:
        made: list[TimeMention] = []
        right: Neighbour | None = None
        found = phrases(self.text, atoms(self.text, self.grammar))
        for phrase, bound in reversed(list(zip(found, self._bounds(found), strict=True))):
            # From right to left: the interval that ends a list of days serves them all.
            interval = self._interval(phrase, right)
            mention = self._mention(phrase, bound, interval)
            codes = interval.codes if interval else SHARED.get(phrase.kind, ())
            right = Neighbour(phrase.start, phrase.end, codes)
            if mention is not None:
                made.append(mention)
        return _merge(list(reversed(made)))

    def _interval(self, phrase: Phrase, right: Neighbour | None) -> Neighbour | None:
        """The interval that makes the phrase a recurring deadline, None where there is none."""
        if phrase.kind not in UNPLACED | YEARLESS or "year" in phrase.last.groups or phrase.first:
            return None
        place = bisect_left(self.starts, phrase.end)
        for after in self.cadences[place : place + 1]:
            if _BESIDE.fullmatch(self.text, phrase.end, after.start) and _fits(phrase, after.codes):
                return Neighbour(after.start, after.end, after.codes)
        if right and _fits(phrase, right.codes) and _AND.fullmatch(self.text, phrase.end, right.start):
            return replace(right, own=False)
        for before in reversed(self.cadences[max(0, place - 3) : place]):
            near = before.end <= phrase.start <= before.end + REACH
            if near and _fits(phrase, before.codes) and same_sentence(self.text, before.end, phrase.start):
                return Neighbour(before.start, before.end, before.codes)
        return None

    def _mention(self, phrase: Phrase, bound: Bound, interval: Neighbour | None) -> TimeMention | None:
        """The mention that a phrase makes, None where it is no deadline."""
        start, words = bound
        adjacent = interval is not None and interval.start >= phrase.end
        if not (self.cell or words or adjacent or self._speaks_for_itself(phrase)):
            return None
        if self._vetoed(phrase.start, words is not None):
            return None
        reading = self._read(phrase, interval)
        if reading is None or (not self.cell and self._no_deadline(phrase, reading)):
            return None
        if words is not None and words.endswith("trước") and reading.precision in PERIODS and reading.first is not None:
            reading = replace(reading, due=add_days(reading.first, -1), begin=None)
        if reading.due and self.clock.reference and reading.due < self.clock.reference:
            reading = replace(reading, flags=(*reading.flags, "past"))
        if left_of(self.text, start, 20).rstrip().endswith("dự kiến"):
            reading = replace(reading, flags=(*reading.flags, "tentative"))
        end = phrase.end
        if interval is not None:
            start, end = self._around(start, end, interval)
        return _made(self.folded, start, end, phrase.last.rule.id, reading)

    def _around(self, start: int, end: int, interval: Neighbour) -> tuple[int, int]:
        """The span with the interval in it, where the interval stands right beside."""
        if interval.own and interval.start >= end and _BESIDE.fullmatch(self.text, end, interval.start):
            return start, interval.end
        if interval.end <= start and _LEFT_JOINT.fullmatch(self.text, interval.end, start):
            return interval.start, end
        return start, end

    def _read(self, phrase: Phrase, interval: Neighbour | None) -> Reading | None:
        if interval is not None:
            reading = of_cadence(phrase.kind, phrase.last.groups, interval.codes)
            return replace(reading, precision="hour") if reading and phrase.hour else reading
        if phrase.kind in ("hour", "weekday"):
            return None
        return read(phrase, self.clock)

    def _bounds(self, found: Sequence[Phrase]) -> list[Bound]:
        """For each phrase the words that bind it; those of a list bind all of it: "trước ngày 20/6 và ngày 20/12"."""
        bounds: list[Bound] = []
        for index, phrase in enumerate(found):
            start, words = self._bound(phrase)
            if words is None and index and _ALSO.fullmatch(self.text, found[index - 1].end, phrase.start):
                words = bounds[-1][1]
            bounds.append((start, words))
        return bounds

    def _bound(self, phrase: Phrase) -> Bound:
        """Where the words begin that make the phrase a deadline, and these words; the phrase's start and None."""
        left = left_of(self.text, phrase.start)
        offset = phrase.start - len(left)
        tables: tuple[Table, ...] = (self.grammar.bounds,)
        if phrase.first is not None:
            tables = (self.grammar.bounds, self.grammar.range_bounds)
        if phrase.kind in PERIODS:
            tables = (*tables, self.grammar.period_bounds)
        for table in tables:
            match = table.regex.search(left) if table.regex else None
            if match is not None:
                # Words that only lead up to a range say what is done, not when.
                start = phrase.start if table is self.grammar.range_bounds else offset + match.start()
                return start, match.group().rstrip()
        return phrase.start, None

    def _speaks_for_itself(self, phrase: Phrase) -> bool:
        if phrase.kind in OWN_WORDS or phrase.kind in RECURRING:
            return True
        named = phrase.kind in ("month", "quarter") and "year" in phrase.last.groups
        return named and self.text.startswith(")", phrase.end) and self.text.endswith("(", 0, phrase.start)

    def _vetoed(self, start: int, bound: bool) -> bool:
        left = left_of(self.text, start)
        tables = (self.grammar.vetoes,) if bound or not self.cell else (self.grammar.vetoes, self.grammar.loose_vetoes)
        return any(table.regex is not None and table.regex.search(left) is not None for table in tables)

    def _no_deadline(self, phrase: Phrase, reading: Reading) -> bool:
        """Whether what running prose says here is a state of things: long past, a year that is over or has no end."""
        if reading.due is None:
            return phrase.onward
        if self.clock.reference is None:
            return reading.due.year < 2000
        late = (self.clock.reference - reading.due).days
        return late > LONG_AGO or (late > 0 and reading.precision in ("half", "year"))


def _fits(phrase: Phrase, codes: tuple[str, ...]) -> bool:
    return of_cadence(phrase.kind, phrase.last.groups, codes) is not None


def _made(folded: Folded, start: int, end: int, rule: str, reading: Reading) -> TimeMention:
    text = folded.text
    if text.count("(", start, end) > text.count(")", start, end) and text.startswith(")", end):
        end += 1
    start, end = folded.span(start, end)
    return TimeMention(
        start,
        end,
        rule,
        reading.due,
        reading.begin,
        reading.precision,
        reading.cadence,
        reading.rrule,
        tuple(dict.fromkeys(reading.flags)),
    )


def _without_vague(text: str, found: Sequence[Cadence]) -> list[Cadence]:
    """Leaves out "định kỳ" where the same sentence names the interval."""
    kept = []
    for index, cadence in enumerate(found):
        if cadence.codes == ("periodic",) and cadence.rule.id == "periodic":
            near = (*found[max(0, index - 1) : index], *found[index + 1 : index + 3])
            if any(RATES & set(other.codes) and _together(text, cadence, other) for other in near):
                continue
        kept.append(cadence)
    return kept


def _together(text: str, one: Cadence, other: Cadence) -> bool:
    return same_sentence(text, min(one.end, other.end), max(one.start, other.start))


def _outside(mentions: Iterable[TimeMention], taken: Sequence[tuple[int, int]]) -> list[TimeMention]:
    """The mentions that overlap no taken interval. Both come in order."""
    free, index = [], 0
    for mention in mentions:
        while index < len(taken) and taken[index][1] <= mention.start:
            index += 1
        if index == len(taken) or taken[index][0] >= mention.end:
            free.append(mention)
    return free


def _merge(mentions: Sequence[TimeMention]) -> list[TimeMention]:
    """Makes one of neighbours whose rules differ in one place only; cuts the first of two that overlap."""
    made: list[TimeMention] = []
    for mention in mentions:
        last = made[-1] if made else None
        both = merged(last.rrule, mention.rrule) if last and last.rrule and mention.rrule else None
        if last is not None and both is not None and mention.start - last.end <= 25:
            codes = tuple(dict.fromkeys((*last.cadence, *mention.cadence)))
            made[-1] = replace(last, end=max(last.end, mention.end), cadence=codes, rrule=both)
            continue
        if last is not None and mention.start < last.end:
            made[-1] = replace(last, end=mention.start)
        made.append(mention)
    return made


def combine(mentions: Iterable[TimeMention]) -> TimeMention | None:
    """One reading for all mentions of a task, None for none.

    `due` is the last of the dates, `cadence` every code in order of appearance (``once`` where there is a date
    and no recurrence), `rrule` the first. A recurring deadline has no `due`.
    """
    found = list(mentions)
    if not found:
        return None
    dates = [mention for mention in found if mention.due is not None]
    latest = max(dates, key=lambda mention: mention.due or dt.date.min, default=None)
    shown = latest or next((mention for mention in found if mention.precision), found[0])
    codes = tuple(dict.fromkeys(code for mention in found for code in mention.cadence))
    begins = [mention.begin for mention in found if mention.begin is not None]
    return TimeMention(
        min(mention.start for mention in found),
        max(mention.end for mention in found),
        shown.rule,
        latest.due if latest else None,
        min(begins, default=None),
        shown.precision,
        codes or (("once",) if latest else ()),
        next((mention.rrule for mention in found if mention.rrule), None),
        tuple(dict.fromkeys(flag for mention in found for flag in mention.flags)),
    )
