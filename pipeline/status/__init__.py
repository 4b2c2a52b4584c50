"""How the tasks of a tracker stand on a day: counted as the workbook's own formulas count them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.situation import CANCELLED, NOT_BEGUN, OVERDUE, PAUSED, SITUATIONS, SOON, VANISHED, days_left, situation
from pipeline.status.tracker import Line, Tracker

__all__ = ["ORDER", "Standing", "Status", "status"]

# In which situations are told: what the document no longer says stands apart, at the end.
ORDER = (*(name for name in SITUATIONS if name != VANISHED), PAUSED, CANCELLED, VANISHED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A task on the day: its situation, and the days left, below 0 where the deadline has passed."""

    line: Line
    situation: str
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Status:
    """A tracker on a day."""

    tracker: Tracker
    today: dt.date
    standings: tuple[Standing, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many tasks are in each situation, in the order of `ORDER`; those that none is in are there with 0."""
        found = Counter(one.situation for one in self.standings)
        return {name: found[name] for name in ORDER}

    def those(self, name: str) -> list[Standing]:
        """The tasks in that situation, by deadline, then as they stand in the sheet."""
        found = [one for one in self.standings if one.situation == name]
        return sorted(found, key=lambda one: (one.line.due or dt.date.max, one.line.number))

    @property
    def total(self) -> int:
        """How many tasks there are: without those that their documents no longer say."""
        return len(self.standings) - self.counts[VANISHED]

    @property
    def overdue(self) -> list[Standing]:
        """The open tasks whose deadline has passed."""
        return self.those(OVERDUE)

    @property
    def due_soon(self) -> list[Standing]:
        """The open tasks whose deadline is near, by the days of warning on the settings sheet."""
        return self.those(SOON)

    @property
    def states(self) -> dict[str, dict[str, Any]]:
        """What officers typed by the id of the task, in the fields that the sheet has a column for.

        Of two lines with one id the upper one counts; the reader has told of the other.
        """
        found: dict[str, dict[str, Any]] = {}
        for one in self.standings:
            line = one.line
            values = {
                "status": line.state or NOT_BEGUN,
                "percent": line.percent,
                "done_on": line.done_on,
                "outcome": line.outcome,
                "notes": line.notes,
            }
            if line.id is not None:
                found.setdefault(line.id, {name: values[name] for name in values if name in self.tracker.own})
        return found


def status(tracker: Tracker, today: dt.date) -> Status:
    """The tracker on that day."""
    return Status(tracker, today, tuple(_standing(line, today, tracker.warning_days) for line in tracker.lines))


def _standing(line: Line, today: dt.date, warning_days: int) -> Standing:
    found = situation(line.state, line.due, line.done_on, today, warning_days, vanished=line.vanished)
    return Standing(line, found, days_left(line.state, line.due, today, vanished=line.vanished))
