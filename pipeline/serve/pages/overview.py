"""Tổng quan: what is late or soon due, by unit and state, what is lacking, and which documents wait for review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.requests import Request

from pipeline import ruleset
from pipeline.audit import CRITERIA, Tally, audit, tally
from pipeline.audit.wording import NAMES
from pipeline.model import Directive
from pipeline.serve.house import House, house_of
from pipeline.serve.pages.standing import state_named
from pipeline.serve.pages.words.overview import OVERVIEW
from pipeline.serve.refusals import language_of
from pipeline.situation import STATES
from pipeline.store import overview
from pipeline.store.examined import examined, stamp
from pipeline.store.overview import Overview
from pipeline.store.register import OPEN

__all__ = ["router"]

router = APIRouter()
HERE = "/tong-quan"
UNITS, DOCUMENTS = 15, 15  # lines that are shown of each
_FIELDS = ("lead", "due", "due_text", "deliverable", "report_to")

_counting = Lock()
_counted: WeakKeyDictionary[House, tuple[str, Tally]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a table of figures: so many of `total`."""

    name: str
    count: int
    total: int

    @property
    def share(self) -> str:
        """The share in words: 87%."""
        return f"{self.count / self.total:.0%}" if self.total else "–"


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its name, its colour and the tasks that it counts."""

    name: str
    count: int
    look: str
    query: str


@router.get(HERE)
def page(request: Request) -> Response:
    """The figures as of today."""
    house, lang = house_of(request), language_of(request)
    today = house.today
    found = overview.counts(house.database, today)
    papers = [one for one in overview.documents(house.database) if one.rows > one.confirmed and one.doubtful]
    papers.sort(key=lambda one: -one.doubtful)
    return house.page(
        request, "overview.html", OVERVIEW,
        today=today, found=found, tiles=_tiles(found, today, OVERVIEW[lang]),
        units=found.by_unit[:UNITS], more_units=len(found.by_unit) - UNITS,
        most=max((unit.tasks for unit in found.by_unit), default=0),
        statuses=_statuses(found, lang), filled=_filled(found, OVERVIEW[lang]),
        papers=papers[:DOCUMENTS], more_papers=len(papers) - DOCUMENTS,
    )  # fmt: skip


@router.get(f"{HERE}/6-ro")
def six(request: Request) -> Response:
    """The figures of “6 rõ”, which take longer: a part that comes after the page; without a script a page."""
    house, lang = house_of(request), language_of(request)
    found = _six(house)
    bars = [Bar(NAMES[lang][name], found.clear[name], found.tasks) for name in CRITERIA]
    bars.append(Bar(OVERVIEW[lang]["all-six"], found.all_six, found.tasks))
    template = "overview_six.html" if request.headers.get("hx-request") == "true" else "overview_clarity.html"
    return house.page(request, template, OVERVIEW, bars=bars)


def _six(house: House) -> Tally:
    """The six questions put to all tasks; once for each state of the database."""
    now = stamp(house.database)
    with _counting:  # of two that ask at once, one counts
        known = _counted.get(house)
        if known is None or known[0] != now:
            rules = house.database.rules or ruleset.load()
            all_tasks = Directive("", "", "", 0, "ok", tasks=tuple(examined(house.database)))
            known = _counted[house] = now, tally(audit([all_tasks], rules))
    return known[1]


def _tiles(found: Overview, today: dt.date, words: Mapping[str, str]) -> list[Tile]:
    def tile(name: str, look: str, **asked: str | dt.date) -> Tile:
        query = urlencode({key.replace("_", "-"): value for key, value in asked.items()})
        return Tile(words[name.replace("_", "-")], getattr(found, name), look, query)

    day = dt.timedelta(days=1)
    return [
        tile("overdue", "wrong", trang_thai=OPEN, den=today - day),
        tile("due_7", "doubt", trang_thai=OPEN, tu=today, den=today + overview.SOON),
        tile("due_30", "", trang_thai=OPEN, tu=today, den=today + overview.LATER),
        tile("open", "", trang_thai=OPEN),
        tile("doubtful", "doubt", ra_soat="co"),
        tile("tasks", ""),
    ]


def _statuses(found: Overview, lang: str) -> list[tuple[Bar, str]]:
    """The states in their order, then what was typed that is none of ours; each with its code."""
    order = [*(code for code in STATES if code in found.by_status), *(s for s in found.by_status if s not in STATES)]
    return [(Bar(state_named(code, lang), found.by_status[code], found.tasks), code) for code in order]


def _filled(found: Overview, words: Mapping[str, str]) -> list[Bar]:
    return [Bar(words[name], found.filled[name], found.tasks) for name in _FIELDS]
