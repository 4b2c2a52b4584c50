"""Finds deadlines and cadences: what a stretch of text says of when something is due and how often.

In running prose only what is worded as a deadline counts; in a time cell or label every time does.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model import TimeMention
from pipeline.ruleset import Ruleset, load
from pipeline.time.bounds import MOMENT, STRAY, Bound, Bounds
from pipeline.time.clock import Clock, add_days
from pipeline.time.folding import Folded, fold
from pipeline.time.grammar import Atom, Cadence, Grammar, atoms, cadences, grammar, left_of, same_sentence
from pipeline.time.phrases import YEARLESS, Phrase, phrases, read, with_years
from pipeline.time.readings import Reading
from pipeline.time.recurrence import merged, of_cadence

RATES = frozenset({"daily", "weekly", "monthly", "quarterly", "semiannual", "annual", "term"})
PERIODS = frozenset({"month", "quarter", "half", "year"})
VAGUE = frozenset({"periodic", "when-it-changes"})  # rules of "định kỳ" without an interval, of "khi có thay đổi"
FRAME = "frame"  # the flag of a year at the head of its clause, which a date in it may narrow
UNPLACED = frozenset({"day-of-month", "weekday", "hour"})
MAY_COME_BACK = UNPLACED | YEARLESS
UNBOUND = "unbound"  # the flag of a day that no word makes a deadline, for want of a better one
# A list of days ends in one that names the interval: "ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm".
SHARED = {"yearly-day": ("annual",), "monthly-day": ("monthly",), "quarterly-day": ("quarterly",)}
REACH = 300  # characters of a sentence in which "hằng tháng" may stand before its day
_BESIDE = re.compile(r"[ ,(]{0,2}(?:của )?|,? ?\(?đối với (?:các )?")
_LEFT_JOINT = re.compile(r"[ ,(:]{0,3}(?:vào )?")
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
    folded, known = fold(text), grammar(rules, scope)
    often = [found for found in cadences(folded.text, known) if found.codes]
    times = list(atoms(folded.text, known))
    if not times and not often:  # as in most clauses
        return ()
    return _Search(text, folded, clock, known, often, times, cell=scope != "prose").mentions()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The words ``[start, end)`` beside a day that say how often it comes back; not its `own` in a list of days."""

    start: int
    end: int
    codes: tuple[str, ...]
    own: bool = True


class _Search:
    """One search: the folded text, what was found in it, and which interval belongs to which day."""

    def __init__(
        self,
        source: str,
        folded: Folded,
        clock: Clock,
        known: Grammar,
        often: Sequence[Cadence],
        times: Sequence[Atom],
        *,
        cell: bool,
    ) -> None:
        self.source, self.clock, self.cell = source, clock, cell
        self.folded, self.text = folded, folded.text
        self.cadences = often
        self.phrases = with_years(self.text, phrases(self.text, times))
        self.starts = [found.start for found in often]
        self.bounds = Bounds(self.text, known, clock.reference, cell=cell)

    def mentions(self) -> tuple[TimeMention, ...]:
        """Deadlines first, then the cadences whose words no deadline took."""
        deadlines = self._deadlines()
        taken = [(m.start, m.end) for m in deadlines if m.cadence]
        free = _outside(map(self._cadence, self.cadences), taken)
        found = sorted((*deadlines, *free), key=lambda mention: (mention.start, mention.end))
        return tuple(_without_vague(self.source, found))

    def _cadence(self, found: Cadence) -> TimeMention:
        start, end = self.folded.span(found.start, found.end)
        return TimeMention(start, end, found.rule.id, cadence=found.codes)

    def _deadlines(self) -> list[TimeMention]:
        made: list[TimeMention] = []
        right: Neighbour | None = None
        for phrase, bound in reversed(list(zip(self.phrases, self.bounds.of(self.phrases), strict=True))):
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
        if phrase.kind not in MAY_COME_BACK or phrase.exact:
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
        start = bound.start
        placed = interval is not None and (interval.start >= phrase.end or phrase.kind in UNPLACED)
        if not (self.cell or bound.strength or placed) or self.bounds.refuses(phrase, bound, recurring=placed):
            return None
        reading = self._read(phrase, interval)
        if reading is None or (not self.cell and self.bounds.is_over(phrase, bound, reading)):
            return None
        if bound.words.endswith("trước") and reading.precision in PERIODS and reading.first is not None:
            reading = replace(reading, due=add_days(reading.first, -1), begin=None)
        more = tuple(self._flags(bound, reading))
        reading = replace(reading, flags=(*reading.flags, *more)) if more else reading
        end = phrase.end
        if interval is not None:
            start, end = self._around(start, end, interval)
        return _made(self.folded, start, end, phrase.last.rule.id, reading)

    def _flags(self, bound: Bound, reading: Reading) -> Iterator[str]:
        if reading.due and self.clock.reference and reading.due < self.clock.reference:
            yield "past"
        planned = left_of(self.text, bound.start, 20).rstrip().endswith("dự kiến")
        if planned or bound.words.startswith("dự kiến"):
            yield "tentative"
        if bound.strength == STRAY and reading.due and not self.cell:
            yield UNBOUND
        if bound.strength == MOMENT and reading.precision == "year" and not self.cell:
            yield FRAME

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


def _without_vague(text: str, found: Sequence[TimeMention]) -> Iterator[TimeMention]:
    """Leaves out "định kỳ", "khi có thay đổi" where the same sentence names the interval."""
    for index, mention in enumerate(found):
        near = (*found[max(0, index - 1) : index], *found[index + 1 : index + 3]) if mention.rule in VAGUE else ()
        if not any(RATES.intersection(other.cadence) and _together(text, mention, other) for other in near):
            yield mention


def _together(text: str, one: TimeMention, other: TimeMention) -> bool:
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


def settled(mentions: Iterable[TimeMention]) -> list[TimeMention]:
    """The mentions without those that others make superfluous.

    A day that no word makes a deadline goes where another mention names a date, a year that
    heads its clause where a date in it follows.
    """
    found = list(mentions)
    bound = any(mention.due and UNBOUND not in mention.flags for mention in found)
    kept = [mention for mention in found if not bound or UNBOUND not in mention.flags]
    return [mention for index, mention in enumerate(kept) if not _narrowed(mention, kept[index + 1 :])]


def _narrowed(mention: TimeMention, later: Sequence[TimeMention]) -> bool:
    """Whether a year is only the frame of a date behind it: "Năm 2026 xây 3 nhà văn hóa. Hoàn thành trước 30/11"."""
    if FRAME not in mention.flags or mention.due is None:
        return False
    year = mention.due.year
    return any(other.due and other.due.year == year and other.precision != "year" for other in later)


def combine(mentions: Iterable[TimeMention]) -> TimeMention | None:
    """One reading for all mentions of a task, None for none.

    `due` is the last of the dates, `cadence` every code in order of appearance (``once`` where there is a date
    and no recurrence), `rrule` the first. A recurring deadline has no `due`.
    """
    found = settled(mentions)
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
