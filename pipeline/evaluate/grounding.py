"""Is the evidence where the value is? For each filled field: has it evidence, and do the words there hold the value?

A value that is written in the document (a name, a product, an amount) must stand in the words that its evidence points
at. One that is computed (a date, a cadence, a rule of recurrence) must point at words of the document at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.evaluate.likeness import Row, as_list

__all__ = ["Grounds", "ground"]

WRITTEN = ("text", "lead", "coordinating", "report_to", "deliverable", "quantity")
COMPUTED = ("due", "cadence", "rrule")


@dataclass(slots=True)
class Grounds:
    """How many values of a field are filled, have evidence, and are found in its words."""

    filled: int = 0
    evidenced: int = 0
    grounded: int = 0

    @property
    def share(self) -> float | None:
        """The share of the filled values that are grounded."""
        return self.grounded / self.filled if self.filled else None


def ground(prediction: Mapping[str, Any], totals: dict[str, Grounds]) -> bool:
    """Adds the values of one prediction to the totals. False where it holds no text, so that nothing can be checked."""
    text = prediction.get("text")
    if not isinstance(text, str):
        return False
    for row in prediction.get("tasks") or ():
        for field in (*WRITTEN, *COMPUTED):
            for holds in _values(row, field, text):
                grounds = totals.setdefault(field, Grounds())
                grounds.filled += 1
                grounds.evidenced += holds is not None
                grounds.grounded += bool(holds)
    return True


def _values(row: Row, field: str, text: str) -> Iterator[bool | None]:
    """For each value of a field whether its evidence holds it, None where it has no evidence."""
    entries = (row.get("evidence") or {}).get(field) or ()
    quotes = [_plain(text[entry["start"] : entry["end"]]) for entry in entries if _is_span(entry, text)]
    values = as_list(row.get(field))
    if field in COMPUTED:
        values = values[:1]  # several codes of one field rest on the same words
    for value in values:
        if not entries:
            yield None
        elif field in COMPUTED:
            yield any(quotes)
        else:
            plain = _plain(str(value))
            # a task cell that spans paragraphs is read from several places, in their order
            yield any(plain in quote for quote in quotes) or plain in " ".join(quotes)


def _is_span(entry: Mapping[str, Any], text: str) -> bool:
    start, end = entry.get("start"), entry.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)


def _plain(words: str) -> str:
    return " ".join(words.split())
