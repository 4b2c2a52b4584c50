"""What a task counts and how much of it: “ít nhất 02 cuộc”, “01 cuộc/năm”, “90%”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.compare.content import plain
from pipeline.compare.deadlines import yearly_rate
from pipeline.model import Task

__all__ = ["Amount", "amounts_of"]

_NUMBER = re.compile(
    r"(?<![\w/.,])(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)(?:\s*[-–]\s*\d+)?\s*(%|[^\W\d_]+(?:\s+[^\W\d_]+){0,2})?"
)
# Words before which a thing ends: “02 cuộc trong năm” counts cuộc.
_ENDS = frozenset(
    "trong mỗi một trên cho về của tại và với theo năm quý tháng tuần ngày kỳ để từ đến trở là được".split()
)
# Who is counted, whatever they are called: “10 thành viên” and “10 đội viên” are ten people; “02 hội nghị” are none.
_PEOPLE = "người"
_PERSONS = frozenset(
    ("thành viên", "đội viên", "hội viên", "học viên", "đoàn viên", "nhân viên", "cán bộ", "công chức", "lao động")
)
_PER_YEAR = {"tháng": 12, "quý": 4, "kỳ": 2, "năm": 1, "tuần": 52}
_RATE = re.compile(r"(?:/|mỗi |một |trong |hằng |hàng )\s*(?:0?1\s+)?(tháng|quý|năm|tuần)(?!\w)")
_SIX_MONTHS = re.compile(r"/\s*0?6 tháng|mỗi 0?6 tháng")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of things; `thing` is the first word of what is counted (cuộc, lớp, %).

    `rate` is how often a year its words say (“01 lượt/tuần”), `usual` how often the task comes back.
    """

    value: float
    thing: str
    rate: float | None
    usual: float | None
    words: str

    def less(self, other: Amount) -> float:
        """By how much it is less than another: in a year where one of them says for how long it is, else as it stands.

        Two tasks of different cadence with the same number are told apart by their cadence.
        """
        first, second = self.rate or self.usual, other.rate or other.usual
        if (self.rate or other.rate) and first and second and self.thing != "%":
            return other.value * second - self.value * first
        return other.value - self.value


def amounts_of(task: Task) -> tuple[Amount, ...]:
    """The amounts that a task names, in order, each thing once: the first amount of it."""
    found: dict[str, Amount] = {}
    usual = yearly_rate(task)
    for words in task.quantity:
        for amount in _amounts(words, usual):
            found.setdefault(amount.thing, amount)
    return tuple(found.values())


def _amounts(words: str, usual: float | None) -> Iterator[Amount]:
    low = plain(words)
    for match in _NUMBER.finditer(low):
        thing = _thing(match.group(2) or "")
        if not thing:
            continue
        number = match.group(1)
        value = float(number.replace(".", "").replace(",", ".")) if "." in number else float(number.replace(",", "."))
        yield Amount(value, thing, _rate(low), usual, words)


def _thing(words: str) -> str:
    if words == "%":
        return "%"
    kept = []
    for word in words.split():
        if word in _ENDS:
            break
        kept.append(word)
    return _PEOPLE if " ".join(kept[:2]) in _PERSONS else kept[0] if kept else ""


def _rate(low: str) -> float | None:
    if _SIX_MONTHS.search(low):
        return 2
    match = _RATE.search(low)
    return _PER_YEAR[match.group(1)] if match else None
