"""Tasks as the pages show them: where each stands today, in words and in a colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import settings
from pipeline.export.wording import WORDINGS
from pipeline.serve.house import House
from pipeline.settings import Settings
from pipeline.situation import (
    DONE_IN_TIME,
    DONE_LATE,
    NOT_BEGUN,
    OVERDUE,
    SITUATIONS,
    SOON,
    STATES,
    days_left,
    situation,
)
from pipeline.store.register import Listed

__all__ = ["Shown", "office_of", "shown", "state_named", "states_of"]

# situation → class of the style sheet
_LOOKS: Mapping[str, str] = {OVERDUE: "wrong", SOON: "doubt", DONE_IN_TIME: "good", DONE_LATE: "good"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A task with its situation as a code and in words, the class that colours it, and the days left (below 0: late).

    `due` is the deadline as it is read best: the day, else the document's words, else how often the work comes back.
    """

    row: Listed
    situation: str
    words: str
    look: str
    left: int | None
    due: str
    state: str


def office_of(house: House) -> Settings:
    """What the office says of itself, from `dondoc.toml` beside the database. Raises `UsageError`."""
    return settings.beside(house.database.address.path or Path())


def shown(rows: Iterable[Listed], today: dt.date, warning_days: int, lang: str) -> list[Shown]:
    """The tasks on that day."""
    return [_shown(row, today, warning_days, lang) for row in rows]


def states_of(lang: str) -> dict[str, str]:
    """The states that an officer chooses from: code → words."""
    return dict(zip(STATES, WORDINGS[lang].states, strict=True))


def state_named(code: str | None, lang: str) -> str:
    """The words of a state; what an officer typed that is none of ours stands as it is."""
    return states_of(lang).get(code or NOT_BEGUN, code or "")


def _shown(row: Listed, today: dt.date, warning_days: int, lang: str) -> Shown:
    state, gone = row.status or NOT_BEGUN, row.vanished is not None
    found = situation(state, row.due, row.done_on, today, warning_days, vanished=gone)
    words = dict(zip(SITUATIONS, WORDINGS[lang].situations, strict=True)).get(found) or state_named(found, lang)
    left = days_left(state, row.due, today, vanished=gone)
    return Shown(row, found, words, _LOOKS.get(found, ""), left, _due(row, lang), state_named(row.status, lang))


def _due(row: Listed, lang: str) -> str:
    if row.due is not None:
        return f"{row.due:%d/%m/%Y}"
    cadence = WORDINGS[lang].cadence
    return row.due_text or "; ".join(cadence.get(code, code) for code in row.cadence)
