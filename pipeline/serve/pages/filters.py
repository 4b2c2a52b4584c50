"""What is asked for in the address of a page of tasks, so that a filtered list can be kept, sent and come back to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from pipeline.situation import STATES
from pipeline.store.register import OPEN, Filter

__all__ = ["KINDS", "SIZES", "SORTS", "Asked", "asked_of"]

KINDS = ("task", "target", "report")
YES, NO = "co", "khong"
HERE, GONE, ALL = "con", "khong-con", "tat-ca"  # whether the document still says it
SIZES = (200, 1000)  # tasks a page
MOST_PAGES = 10**6
# value in the address → what `register.search` sorts by; without one by deadline
SORTS: Mapping[str, str] = {
    "thoi-han": "due", "van-ban": "document", "noi-dung": "text", "chu-tri": "lead", "trang-thai": "status",
}  # fmt: skip
# name in the address → field of `Filter` that it fills as it stands
_SAME = {"q": "text", "don-vi": "unit", "van-ban": "document", "loai": "kind", "trang-thai": "status"}
_DAYS = {"tu": "due_from", "den": "due_to"}
_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "loai": KINDS, "trang-thai": (*STATES, OPEN), "con": (HERE, GONE, ALL), "ra-soat": (YES, NO),
    "sap-xep": tuple(SORTS), "chieu": ("giam",), "so-dong": tuple(map(str, SIZES)),
}  # fmt: skip
_NAMES = (*_SAME, *_DAYS, "con", "ra-soat", "sap-xep", "chieu", "so-dong")


@dataclass(frozen=True, slots=True)
class Asked:
    """The address taken apart. `values` are those that were understood, by their names there; `wrong` names the others.

    `page` counts from 1.
    """

    values: Mapping[str, str]
    wrong: tuple[str, ...]
    page: int

    @property
    def filter(self) -> Filter:
        """The same for the store."""
        found: dict[str, Any] = {field: self.values[name] for name, field in _SAME.items() if name in self.values}
        days = {field: self.values[name] for name, field in _DAYS.items() if name in self.values}
        found |= {field: dt.date.fromisoformat(day) for field, day in days.items()}
        vanished = {HERE: False, GONE: True, ALL: None}[self.values.get("con", HERE)]
        doubtful = {YES: True, NO: False, "": None}[self.values.get("ra-soat", "")]
        return Filter(**found, vanished=vanished, doubtful=doubtful)

    @property
    def sort(self) -> tuple[str, bool]:
        """What the tasks are sorted by, and whether the last comes first."""
        return SORTS[self.values.get("sap-xep", "thoi-han")], "chieu" in self.values

    @property
    def size(self) -> int:
        """How many tasks a page holds."""
        return int(self.values.get("so-dong", SIZES[0]))

    def query(self, **changes: str | int | None) -> str:
        """The address with other values (their names with ``_`` for ``-``); None takes one out."""
        new = {name.replace("_", "-"): value for name, value in changes.items()}
        kept = {name: value for name, value in {**self.values, **new}.items() if value not in (None, "")}
        return f"?{urlencode(kept)}" if kept else "?"


def asked_of(request: Request) -> Asked:
    """What the address of a page asks for; the last of two values of one name counts."""
    given = {name: request.query_params[name].strip() for name in _NAMES if request.query_params.get(name, "").strip()}
    good = {name: value for name, value in given.items() if _fits(name, value)}
    page = request.query_params.get("trang", "1")
    whole = int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1
    return Asked(good, tuple(name for name in given if name not in good), min(max(whole, 1), MOST_PAGES))


def _fits(name: str, value: str) -> bool:
    if name in _DAYS:
        return _is_day(value)
    return "\x00" not in value and (name not in _ONE_OF or value in _ONE_OF[name])


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and bool(dt.date.fromisoformat(value))
    except ValueError:
        return False
