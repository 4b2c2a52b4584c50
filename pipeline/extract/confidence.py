"""How sure a row is: the shares of rows like it that were right on documents with a known answer.

Three questions are asked of a row, each with a table of its own in ``rules/confidence.yaml``: is it a task at all, is
its lead right, is its time right? Rows are told apart by what the extractor knows of them (`groups`); a group's share
is taken low where it rests on few rows (`lower`). The confidence is the product of the three. ``corpus/calibrate.py``
writes the tables and says how well they hold on documents that they were not made from.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import RuleError
from pipeline.extract.lexicon import lexicon, tokens_of
from pipeline.letters import UPPER, small
from pipeline.model import Document, Evidence, Task
from pipeline.ruleset import Ruleset, shipped

__all__ = ["ASPECTS", "Count", "Table", "grade", "groups", "load", "lower"]

ASPECTS = ("task", "lead", "time")
LOW = 0.7  # below it, a row is handed to a person with the code low-confidence
# The values that a person signs for, and the confidence of a recognised word below which one of them is doubted: clean
# scans have 0.85 and more on nearly every word, and most misread words have less than 0.7.
_VALUES = ("lead", "coordinating", "due", "cadence")
_DOUBTFUL = 0.7
FEW = 10  # rows below which a group is judged together with its next of kin

_TIMES = ("due", "cadence", "rrule", "due_text", "start")
_BODIES = ("lead", "coordinating", "report_to")
_OPENING = 40  # characters of a text in which it shows how it begins
_AT_FRONT = 12  # characters before a lead that is the subject of the text
_CAPITALS = re.compile(rf"[{UPPER}](?<!\w[{UPPER}])\w*")  # the capital first: the engine leaps from one to the next
_JOINS = re.compile(r"[,;.()]|\b(?:và|với|của|tại|gửi|cho|về|đến)\b")  # what stands between two names
_WORD = re.compile(r"\w+")
_MORE = re.compile(r"\s*(?:,|và\b)")
_MOST_HEADS = 3  # words of the longest beginning of a body's name that is looked for

# Words and figures that say when; where none of the row's times was read from them, one may have been missed.
# Each branch begins with a plain character (so every digit has its own): the engine leaps to the next of these.
_TIME_WORDS = re.compile(
    r"t(?=[hu])(?:háng \d|hường xuyên|hời gian|(?<!\wt)uần\b)|quý [ivx\d]|n(?:ăm 20\d\d|hiệm kỳ)"
    r"|h(?=[ằàạ])(?<!\wh)(?:[ằà]ng (?:ngày|tuần|tháng|quý|năm)|ạn\b)|mỗi (?<!\wmỗi )(?:ngày|tuần|tháng|quý|năm|kỳ)"
    r"|đ(?:ịnh kỳ|ột xuất|ầu năm)|kỳ họp|cuối năm|l(?:iên tục|ần\b(?<!\wlần))|/(?:ngày|tuần|tháng|quý|năm)\b"
    + "".join(rf"|{digit}(?:\d?/\d{{1,2}}| (?:ngày|giờ|tháng|tuần)\b)" for digit in "0123456789")
)
# Behind these a date belongs to a document or a period that is only named.
_NAMES_DATE = re.compile(r"(?:\bsố\b[^;.]{0,60}|giai đoạn |nhiệm kỳ )$", re.IGNORECASE)
_REACH = 70  # characters before a date in which that shows
_LABEL = re.compile(r"[^:.;]{3,40}:")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Count:
    """Of how many rows of a group the answer was right."""

    right: int
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """The counts of each aspect by group. A group is a path: "subject/one" is next of kin to all that begin with it.

    `caution` is how many standard deviations below the share seen a group is put (see `lower`).
    """

    counts: Mapping[str, Mapping[str, Count]]
    caution: float
    _shares: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)

    def sure(self, found: Mapping[str, str]) -> float:
        """The confidence of a row of these groups, 0..1."""
        return math.prod(self.share(aspect, found[aspect]) for aspect in ASPECTS)

    def share(self, aspect: str, group: str) -> float:
        """The share of right rows of a group, or of the nearest group above it that has enough rows, taken low."""
        key = aspect, group
        if key not in self._shares:
            self._shares[key] = self._share(aspect, group)
        return self._shares[key]

    def _share(self, aspect: str, group: str) -> float:
        known = self.counts.get(aspect, {})
        while True:
            members = [count for name, count in known.items() if f"{name}/".startswith(f"{group}/" if group else "")]
            rows = sum(count.rows for count in members)
            if rows >= FEW or not group:
                return lower(sum(count.right for count in members), rows, self.caution)
            group = group.rpartition("/")[0]


def lower(right: int, rows: int, caution: float) -> float:
    """A share that is put low where it rests on few rows: Wilson's lower bound, so many standard deviations below."""
    if not rows:
        return 0.5
    share, squared = right / rows, caution**2
    spread = caution * math.sqrt(share * (1 - share) / rows + squared / (4 * rows**2))
    return (share + squared / (2 * rows) - spread) / (1 + squared / rows)


@lru_cache(maxsize=4)
def load(path: Path | None = None) -> Table:
    """The tables of a file, of the shipped one where None. Raises `RuleError` where it is not as it was written."""
    import yaml

    path = path or shipped() / "confidence.yaml"
    counts: dict[str, dict[str, Count]] = {aspect: {} for aspect in ASPECTS}
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        caution = float(entries["caution"])
        for aspect in ASPECTS:
            for group, count in entries[aspect].items():
                counts[aspect][group] = Count(int(count["right"]), int(count["rows"]))
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"Không đọc được {path.name}: hãy chạy lại corpus/calibrate.py --write."
        raise RuleError("rule-file", message, f"{path}: {type(error).__name__}: {error}") from error
    return Table(counts, caution)


class Grade(NamedTuple):
    """The confidence of a row, 0..1, and the codes that ask a person to look at it where it is low."""

    confidence: float
    review: tuple[str, ...]


def grade(task: Task, document: Document, rules: Ruleset) -> Grade:
    """How sure a row is: no surer than the least sure word behind its values was recognised."""
    read = _recognised(task, document)
    sure = min(load().sure(groups(task, document.text, rules)), read)
    codes = (("ocr-doubt", read < _DOUBTFUL), ("low-confidence", sure < LOW))
    return Grade(sure, tuple([code for code, doubted in codes if doubted]))


def _recognised(task: Task, document: Document) -> float:
    """How sure recognition is of the least sure word behind a value; 1 for words that the file held itself."""
    entries = [entry for name in _VALUES for entry in task.evidence.get(name, ())]
    pieces = (piece for entry in entries for piece in document.pieces_at(entry.start, entry.end))
    return min((1.0 if piece.confidence is None else piece.confidence for piece in pieces), default=1.0)


# ── what rows are told apart by ────────────────────────────────────────────────────────────


def groups(task: Task, text: str, rules: Ruleset) -> dict[str, str]:
    """The group of a row for each aspect. `text` is the document's, which the evidence counts in."""
    evidence = task.evidence
    own = _spans(evidence.get("text", ()))
    times = _spans(entry for name in _TIMES for entry in evidence.get(name, ()))
    bodies = _spans(entry for name in _BODIES for entry in evidence.get(name, ()))
    return {
        "task": f"{_beginning(task, text, own[0], rules)}/{'time' if times else 'no-time'}",
        "lead": _lead(task, text, own[0], _left_bodies(text, own, bodies, rules), rules),
        "time": _time(task, own, times, _left_times(text, own, times)),
    }


def _spans(entries: Iterable[Evidence]) -> list[Span]:
    return [(entry.start, entry.end) for entry in entries]


def _beginning(task: Task, text: str, own: Span, rules: Ruleset) -> str:
    """How a row begins: in a table, with the body that leads, with a verb, with a label, or otherwise."""
    start, end = own
    if task.evidence["text"][0].rule.startswith("table"):
        return "table"
    leads = [entry.start for entry in task.evidence.get("lead", ())]
    if leads and start <= min(leads) < start + _AT_FRONT:
        return "named"
    if lexicon(rules).acts(tokens_of(text, start, min(end, start + _OPENING)), 0):
        return "verb"
    return "label" if _LABEL.match(text, start, end) else "other"


def _lead(task: Task, text: str, own: Span, left: int, rules: Ruleset) -> str:
    """The rule that gave the lead; one or several; what the name is like; whether bodies are left unread."""
    entries = task.evidence.get("lead", ())
    if not entries:
        return "none/bodies-left" if left else "none/clear"
    several = "several" if len(task.lead) > 1 else "one"
    rest = "bodies-left" if left > 1 else "goes-on" if _goes_on(entries[-1], text, own) else "clear"
    unknown = "/unknown" if "unit-unknown" in task.review else ""
    return f"{entries[0].rule}/{several}/{_name(task.lead[0], rules)}/{rest}{unknown}"


def _name(name: str, rules: Ruleset) -> str:
    """What a name is like: one of the known heads, a plural, or a plain noun."""
    words, tokens = lexicon(rules), tokens_of(name, 0, _OPENING)
    if words.plural.match(tokens, 0):
        return "plural"
    return "proper" if words.head.match(tokens, 0) else "plain"


def _goes_on(lead: Evidence, text: str, own: Span) -> bool:
    """Whether the list of leads in a row's own words seems to go on behind its last name."""
    return own[0] <= lead.start < own[1] and _MORE.match(text, lead.end, own[1]) is not None


def _time(task: Task, own: list[Span], times: list[Span], left: int) -> str:
    """Where the time was read, and whether words of time are left that nothing was read from."""
    source = "none" if not times else "own" if all(_overlaps(span, own) for span in times) else "apart"
    inferred = "/year-inferred" if "year-inferred" in task.review else ""
    return f"{source}/{('clear', 'words-left', 'many-left')[min(left, 2)]}{inferred}"


def _left_times(text: str, own: list[Span], times: list[Span]) -> int:
    # In small letters: matching without regard to case is three times as slow.
    found = [
        (start + match.start(), start + match.end())
        for start, end in own
        for match in _TIME_WORDS.finditer(small(text[start:end]))
    ]
    taken = _merged(times) if found else []
    return sum(not _overlaps_any(span, taken) and not _names_date(text, span[0], own) for span in found)


def _names_date(text: str, at: int, own: list[Span]) -> bool:
    """Whether the date at a place belongs to a document or a period that is only named."""
    return _NAMES_DATE.search(text, max(own[0][0], at - _REACH), at) is not None


def _left_bodies(text: str, own: list[Span], bodies: list[Span], rules: Ruleset) -> int:
    """How many names of bodies stand in a row that are neither lead nor coordinate nor receive."""
    heads, first_words = _heads(rules)
    taken, left = _merged(bodies), 0
    for start, end in own:
        last, inside = start, bool(left)
        for found in _CAPITALS.finditer(text, start, end):
            if inside and _JOINS.search(text, last, found.start()) is None:
                last = found.start()
                continue  # another capital of the same name
            inside = False
            if found.group().lower() not in first_words:  # of most words in capitals
                continue
            if _begins_body(text, found.start(), end, heads):
                left += not _overlaps_any(found.span(), taken)
                last, inside = found.start(), bool(left)
    return left


def _begins_body(text: str, start: int, end: int, heads: frozenset[str]) -> bool:
    """Whether a word in capitals is the first of the name of a body."""
    words = text[start : min(start + _OPENING, end)].lower().split(maxsplit=_MOST_HEADS)
    return any(" ".join(words[:size]).rstrip(",.;:") in heads for size in range(1, _MOST_HEADS + 1))


@lru_cache(maxsize=4)
def _heads(rules: Ruleset) -> tuple[frozenset[str], frozenset[str]]:
    """The words that names of bodies begin with, in small letters, and the first word of each."""
    heads = frozenset(word.lower() for word in rules.words("unit-head"))
    return heads, frozenset(first.group() for head in heads if (first := _WORD.match(head)))


def _overlaps(span: Span, others: list[Span]) -> bool:
    start, end = span
    return any(first < end and start < last for first, last in others)


def _merged(spans: list[Span]) -> list[Span]:
    """The spans in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _overlaps_any(span: Span, merged: list[Span]) -> bool:
    """As `_overlaps`, for spans that are `_merged`: a row may name thousands of days."""
    place = bisect_left(merged, (span[1],)) - 1
    return place >= 0 and merged[place][1] > span[0]
