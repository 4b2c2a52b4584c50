"""Where a task stands today: what the workbook's formula answers, computed here from the same columns.

The codes are in the order of the words in `pipeline.export.wording`; what an officer typed that is none of them is kept
as it is.
"""

from __future__ import annotations

import datetime as dt

__all__ = [
    "CANCELLED", "CLOSED", "DONE_IN_TIME", "DONE_LATE", "IN_TIME", "NOT_BEGUN", "NO_DEADLINE", "OVERDUE", "PAUSED",
    "SITUATIONS", "SOON", "STATES", "VANISHED", "days_left", "situation",
]  # fmt: skip

NOT_BEGUN, UNDER_WAY, DONE, PAUSED, CANCELLED = "not-begun", "under-way", "done", "paused", "cancelled"
STATES = (NOT_BEGUN, UNDER_WAY, DONE, PAUSED, CANCELLED)
CLOSED = frozenset((DONE, PAUSED, CANCELLED))

IN_TIME, SOON, OVERDUE = "in-time", "due-soon", "overdue"
DONE_IN_TIME, DONE_LATE, NO_DEADLINE = "done-in-time", "done-late", "no-deadline"
VANISHED = "vanished"  # the document no longer says it, and nobody has done it: it is no open work
SITUATIONS = (NOT_BEGUN, IN_TIME, SOON, OVERDUE, DONE_IN_TIME, DONE_LATE, NO_DEADLINE, VANISHED)


def situation(
    state: str | None,
    due: dt.date | None,
    done_on: dt.date | None,
    today: dt.date,
    warning_days: int,
    *,
    vanished: bool = False,
) -> str:
    """One of `SITUATIONS`, or paused or cancelled.

    The deadline is the last day on which a task may be done; done without a date counts as done in time; due soon is a
    task with `warning_days` or fewer left. What an officer closed stays so when the document no longer says it
    (`vanished`): the work was done.
    """
    if state in (PAUSED, CANCELLED):
        return state
    if state == DONE:
        return DONE_LATE if due and done_on and done_on > due else DONE_IN_TIME
    if vanished:
        return VANISHED
    if due is None:
        return NO_DEADLINE
    if due < today:
        return OVERDUE
    if (due - today).days <= warning_days:
        return SOON
    return NOT_BEGUN if state in (NOT_BEGUN, None) else IN_TIME


def days_left(
    state: str | None, due: dt.date | None, today: dt.date, *, vanished: bool = False
) -> int | None:
    """Days from today to the deadline of a task that is still open, below 0 where it has passed."""
    return None if due is None or vanished or state in CLOSED else (due - today).days
