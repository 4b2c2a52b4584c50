"""Tổng quan: what is late or soon due, by unit and state, what is lacking, and which documents wait for review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.requests import Request

from pipeline.audit import CRITERIA
from pipeline.audit.wording import NAMES
from pipeline.serve.figures import DOCUMENTS
from pipeline.serve.house import house_of
from pipeline.serve.pages.standing import state_named
from pipeline.serve.pages.words.overview import OVERVIEW
from pipeline.serve.refusals import language_of
from pipeline.serve.turns import aside
from pipeline.situation import STATES
from pipeline.store import overview
from pipeline.store.overview import Overview
from pipeline.store.register import OPEN

__all__ = ["router"]

router = APIRouter()
HERE = "/tong-quan"
UNITS = 15  # lines that are shown
_FIELDS = ("lead", "due", "due_text", "deliverable", "report_to")


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
    found, papers, waiting = house.figures.seen(today)
    return house.page(
        request, "overview.html", OVERVIEW,
        today=today, found=found, tiles=_tiles(found, today, OVERVIEW[lang]),
        units=found.by_unit[:UNITS], more_units=len(found.by_unit) - UNITS,
        most=max((unit.tasks for unit in found.by_unit), default=0),
        statuses=_statuses(found, lang), filled=_filled(found, OVERVIEW[lang]),
        papers=papers, more_papers=waiting - DOCUMENTS,
    )  # fmt: skip


@router.get(f"{HERE}/6-ro")
async def six(request: Request) -> Response:
    """The figures of “6 rõ”, which take longer: a part that comes after the page; without a script a page.

    A coroutine, for it waits for another process: see `pipeline.serve.turns`.
    """
    return await aside(request, _six, request)


def _six(request: Request) -> Response:
    house, lang = house_of(request), language_of(request)
    found = house.figures.clear()
    bars = [Bar(NAMES[lang][name], found.clear[name], found.tasks) for name in CRITERIA]
    bars.append(Bar(OVERVIEW[lang]["all-six"], found.all_six, found.tasks))
    template = "overview_six.html" if request.headers.get("hx-request") == "true" else "overview_clarity.html"
    return house.page(request, template, OVERVIEW, bars=bars)


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
