"""A parent's deadline and cadence against those of the rows that carry the task out.

Deadlines are compared by their last day, inclusive; of several rows the latest counts, for the task is done when all of
them are. What comes back and what is done once differ in kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.compare.model import Finding
from pipeline.model import Task

__all__ = ["cadence_findings", "deadline_findings", "recurs", "says_when", "yearly_rate"]

Said = Callable[[Task], str]

# From the most to the least precise. A quarter, a half or a year leaves so much open that nothing is lost from one to
# the next; what an hour adds to its day matters to no plan of a year.
_COARSENESS = {"hour": 0, "day": 0, "month": 1, "quarter": 2, "half": 2, "year": 2}
# How often a year each cadence comes; those without a rate ("thường xuyên", "khi có") have none.
_RATES = {
    "daily": 250.0, "weekly": 52.0, "monthly": 12.0, "quarterly": 4.0, "semiannual": 2.0, "annual": 1.0, "term": 0.2,
}  # fmt: skip


def recurs(task: Task) -> bool:
    """Whether a task comes back at a rate that is known."""
    return task.rrule is not None or any(code in _RATES for code in task.cadence)


def says_when(task: Task, text: str) -> str:
    """When a task is due, or how often it comes back, in the words of its document, whose text is given."""
    if task.due_text:
        return task.due_text
    spans = [*task.evidence.get("due", ()), *task.evidence.get("cadence", ()), *task.evidence.get("rrule", ())]
    return "; ".join(dict.fromkeys(text[one.start : one.end] for one in spans))


def deadline_findings(parent: Task, rows: Sequence[Task], said: Said) -> Iterator[Finding]:
    """What became of the deadline. Nothing where both come back, or neither says when. `said` has the words of each."""
    dated = [row for row in rows if row.due is not None and not recurs(row)]
    coming_back = [row for row in rows if recurs(row)]
    if recurs(parent):
        if coming_back:
            return
        kind, shown = ("deadline-kind", dated) if dated else ("deadline-lost", list(rows))
        yield _finding(kind, parent, shown, said)
    elif parent.due is None:
        if dated:
            yield _finding("deadline-added", parent, dated, said)
    elif dated:
        yield from _compared(parent, dated, said)
    else:
        kind, shown = ("deadline-kind", coming_back) if coming_back else ("deadline-lost", list(rows))
        yield _finding(kind, parent, shown, said)


def _compared(parent: Task, dated: Sequence[Task], said: Said) -> Iterator[Finding]:
    last = max(dated, key=lambda row: row.due.toordinal() if row.due else 0)
    assert parent.due is not None
    assert last.due is not None
    days = (last.due - parent.due).days
    kind = "deadline-equal" if days == 0 else "deadline-later" if days > 0 else "deadline-earlier"
    yield _finding(kind, parent, [last], said, days)
    if _coarseness(last) > _coarseness(parent):
        yield _finding("deadline-less-precise", parent, [last], said)


def _coarseness(task: Task) -> int:
    return _COARSENESS.get(task.due_precision or "day", 0)


def cadence_findings(parent: Task, rows: Sequence[Task], said: Said) -> Iterator[Finding]:
    """Whether the rows come back less or more often than the parent's task."""
    wanted = yearly_rate(parent)
    given = [(rate, row) for row in rows if (rate := yearly_rate(row)) is not None]
    if wanted is None or not given:
        return
    rate, row = max(given, key=lambda one: one[0])
    if rate != wanted:
        yield _finding("cadence-weaker" if rate < wanted else "cadence-stronger", parent, [row], said)


def yearly_rate(task: Task) -> float | None:
    """How often a year a task comes back, None where it does not or no rate is said."""
    return max((_RATES[code] for code in task.cadence if code in _RATES), default=None)


def _finding(kind: str, parent: Task, rows: Sequence[Task], said: Said, amount: float | None = None) -> Finding:
    words = "; ".join(dict.fromkeys(filter(None, map(said, rows))))
    return Finding(kind, parent, tuple(rows), said(parent), words, amount)
