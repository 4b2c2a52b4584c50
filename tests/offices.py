"""A database as an office has it, for the tests of pages: documents of the corpus, and one whose words do harm."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pipeline
from pipeline.model import Directive, Meta, Milestone, Task
from pipeline.store.database import Database
from pipeline.store.saving import save

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
NOW = dt.datetime(2026, 3, 10, 8, 0, tzinfo=dt.UTC)
TAG = "<script>alert('x')</script>"
FORMULA = '=HYPERLINK("http://vi-du.vn";"xem")'


@cache
def plan() -> Directive:
    """A plan of a commune."""
    return pipeline.extract(pipeline.read(CORPUS / "docs" / "kh-ubnd-xa-chuyen-doi-so.txt"))


@cache
def family() -> tuple[Directive, ...]:
    """A plan of a province and those of communes that carry it out."""
    folder = CORPUS / "families" / "ocop-du-lich" / "docs"
    return tuple(pipeline.extract(pipeline.read(path)) for path in sorted(folder.glob("*.txt")))


def harmful() -> Directive:
    """A document whose words a browser or a spreadsheet would carry out."""
    tasks = (
        task("bbbbbbbbbb01", 1, f"{TAG} rà soát đường dây nóng", lead=(f"Phòng {TAG}",), due=dt.date(2026, 3, 9)),
        task("bbbbbbbbbb02", 2, FORMULA, lead=("@SUM(1+1)",), due=dt.date(2026, 3, 12), deliverable="+84 báo cáo"),
        task(
            "bbbbbbbbbb03", 3, "Họp giao ban hằng tháng", due=None, cadence=("monthly",),
            rrule="FREQ=MONTHLY;BYMONTHDAY=25", milestones=(Milestone(f"gửi {TAG}", dt.date(2026, 3, 30)),),
        ),
    )  # fmt: skip
    meta = Meta(type="công văn", number="13/UBND-VP", issuer=TAG, date=dt.date(2026, 1, 5), title=f'"{TAG}')
    return Directive('a"; filename=b\r\nX-A: 1<b>.txt', "e" * 64, "text/plain", 1, "ok", meta, tasks=tasks)


def task(id: str, order: int, text: str, **more: object) -> Task:
    """A task; what is not said is empty."""
    return Task(id=id, section="I", order=order, text=text, **more)  # type: ignore[arg-type]


def fill(database: Database, *directives: Directive) -> None:
    """Converts documents into the database."""
    save(database, directives, NOW)
