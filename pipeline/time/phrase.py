"""Reads one phrase by itself: as a time cell is read, and with the times that are told from today."""

from __future__ import annotations

import datetime as dt

from pipeline.model import TimeMention
from pipeline.ruleset import Ruleset, load
from pipeline.time.clock import Clock
from pipeline.time.mentions import combine, search


def parse(
    phrase: str, reference: dt.date, *, year: int | None = None, rules: Ruleset | None = None
) -> TimeMention | None:
    """The combined reading of a phrase, None where it says nothing of when.

    `reference` is the document's date, and today for ``tuần sau``; `year` the year that the plan is for.
    """
    return combine(search(phrase, Clock(reference, year), "phrase", rules or load()))
