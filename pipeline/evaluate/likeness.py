"""How alike a value and the right answer are: words without case, old spellings and abbreviations, and what they share.

The measures are those of the guideline that the gold files were written by; the shares at which two values count as the
same stand here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

__all__ = ["FIELDS", "Row", "as_list", "dice", "inside", "likeness", "pair", "readings", "right"]

T = TypeVar("T")
Row = Mapping[str, Any]  # a task as a JSON object, in a gold file or in a prediction

FIELDS = ("lead", "coordinating", "due", "cadence", "rrule", "report_to", "deliverable", "quantity")
_UNITS = frozenset({"lead", "coordinating", "report_to"})
SAME_TASK = 0.6  # Dice of the two texts from which a row is that task
SAME_NAME = 0.75  # of two names of a body or two amounts
SAME_PRODUCT = 0.6
_BREAKS_TIES = 0.001  # what a right field adds, so that of rows with equal texts the better one is taken

_WORD = re.compile(r"\w+(?:[-/]\w+)*")
# The tone mark stands on the first vowel, as in the new spelling; "quỳ" keeps its own.
_OLD_TONES = [
    (re.compile(rf"(?<!q){old}\b"), new)
    for old, new in (
        ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
        ("uỷ", "ủy"), ("uỳ", "ùy"), ("uý", "úy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
    )
]  # fmt: skip
_SPELT_OUT = {
    "hđnd": "hội đồng nhân dân",
    "ubnd": "ủy ban nhân dân",
    "mttq": "mặt trận tổ quốc",
    "mttqvn": "mặt trận tổ quốc việt nam",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubmttqvn": "ủy ban mặt trận tổ quốc việt nam",
    "ct-xh": "chính trị xã hội",
    "bch": "ban chấp hành",
    "bcđ": "ban chỉ đạo",
    "btv": "ban thường vụ",
    "tt": "thường trực",
    "tu": "thành ủy",
    "đu": "đảng ủy",
    "vpđu": "văn phòng đảng ủy",
    "vp": "văn phòng",
    "tp": "thành phố",
}


@lru_cache(maxsize=100_000)
def words(text: str) -> Counter[str]:
    """The words of a text with how often each stands there: lower case, NFC, abbreviations spelt out."""
    plain = unicodedata.normalize("NFC", text).lower()
    for old, new in _OLD_TONES:
        plain = old.sub(new, plain)
    return Counter(word for token in _WORD.findall(plain) for word in _SPELT_OUT.get(token, token).split())


def dice(one: object, other: object) -> float:
    """Twice the words that two texts share by all words of both; 1 where neither has any."""
    first, second = words(_text(one)), words(_text(other))
    both = first.total() + second.total()
    return 2 * (first & second).total() / both if both else 1.0


def inside(small: object, large: object) -> float:
    """The share of the words of the first text that stand in the second."""
    first = words(_text(small))
    return (first & words(_text(large))).total() / max(first.total(), 1)


def _text(value: object) -> str:
    return str(value or "")


def pair(left: Sequence[T], right: Sequence[T], alike: Callable[[T, T], float], least: float) -> dict[int, int]:
    """One-to-one pairs by place, the most alike first; of equally alike ones those that stand first."""
    scores = ((alike(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right))
    ranked = sorted((entry for entry in scores if entry[0] >= least), key=lambda entry: (-entry[0], *entry[1:]))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in ranked:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def likeness(task: Row, row: Row) -> float:
    """How alike the texts of a task and a row are; among equal texts the fields decide."""
    alike = dice(task["text"], row.get("text"))
    if alike >= SAME_TASK:
        alike += _BREAKS_TIES * sum(right(task, row, field) for field in ("lead", "due", "deliverable"))
    return alike


def as_list(value: Any) -> list[Any]:
    """A value as a list: nothing, one or many."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def readings(record: Row, field: str) -> list[Any]:
    """The right answer and, behind it, the other readings that a careful reader may have."""
    return [record.get(field), *(record.get(f"{field}_or") or [])]


def right(task: Row, row: Row, field: str) -> bool:
    """Whether a row's value is one of the acceptable readings."""
    return any(_same(field, as_list(wanted), as_list(row.get(field))) for wanted in readings(task, field))


def _same(field: str, wanted: list[Any], given: list[Any]) -> bool:
    if field in _UNITS or field == "quantity":
        return len(wanted) == len(given) == len(pair(wanted, given, dice, SAME_NAME))
    if field == "deliverable":
        if not wanted or not given:
            return not wanted and not given
        return dice(wanted[0], given[0]) >= SAME_PRODUCT
    if field == "rrule":
        return {_parts(rule) for rule in wanted} == {_parts(rule) for rule in given}
    return sorted(map(str, wanted)) == sorted(map(str, given))


def _parts(rule: object) -> frozenset[str]:
    """What an RFC 5545 rule says, in any order; the interval may be left out where the months tell it."""
    return frozenset(part for part in str(rule).upper().split(";") if not part.startswith("INTERVAL"))
