"""A tracker that is converted onto, and what stands in it by heading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline import export, ruleset
from pipeline.export import Written
from pipeline.model import Directive, Meta, Task

RULES = ruleset.load()
TEXTS = ("Phòng Kinh tế rà soát hộ nghèo trên địa bàn xã", "Công an xã kiểm tra phòng cháy tại các chợ",
         "Văn phòng báo cáo kết quả trước khi họp Đảng ủy")  # fmt: skip


@dataclass
class Tracker:
    """A tracker file, and the plan that it was made of."""

    path: Path
    plan: Directive

    def convert(self, *directives: Directive, lang: str = "vi", when: dt.datetime | None = None) -> Written:
        (target,) = export.targets([self.path])
        return export.write(directives, target, lang, RULES, when)

    def edit(self, act: Callable[[Any], object]) -> None:
        """Opens the workbook, lets `act` work in it and saves it."""
        book = openpyxl.load_workbook(self.path, rich_text=True)
        act(book)
        book.save(self.path)

    def put(self, line: int, name: str, value: Any) -> None:
        """Types into a cell of the tasks."""
        self.edit(lambda book: setattr(book.worksheets[0].cell(line, heading(book.worksheets[0], name)), "value", value))

    def rows(self) -> list[dict[str, Any]]:
        return rows(self.book().worksheets[0])

    def book(self) -> Any:
        return openpyxl.load_workbook(self.path)

    def note(self, line: int, name: str) -> str | None:
        sheet = self.book().worksheets[0]
        comment = sheet.cell(line, heading(sheet, name)).comment
        return comment and comment.text


def heading(sheet: Any, name: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == name)


def rows(sheet: Any) -> list[dict[str, Any]]:
    """The lines of a sheet by the headings in its first line."""
    names = [cell.value for cell in sheet[1]]
    return [dict(zip(names, line, strict=True)) for line in sheet.iter_rows(min_row=2, values_only=True)]


def tasks_of(*texts: str, **fields: Any) -> tuple[Task, ...]:
    return tuple(
        Task(f"{abs(hash_of(text)):012x}", f"II.{place}", place, text, **{"lead": ("Phòng Kinh tế",), **fields})
        for place, text in enumerate(texts, start=1)
    )


def hash_of(text: str) -> int:
    import zlib

    return zlib.crc32(text.encode())


@pytest.fixture
def plan() -> Directive:
    """A plan with three tasks, due on one day."""
    meta = Meta(type="kế hoạch", number="85-KH/ĐU", issuer="Đảng ủy xã Sông Trong", date=dt.date(2026, 1, 5))
    tasks = tasks_of(*TEXTS, due=dt.date(2026, 11, 20), due_text="trước ngày 20/11/2026")
    return Directive("KH 85.docx", "ab" * 32, "text/plain", 2, "ok", meta, tasks=tasks)


@pytest.fixture
def tracker(plan: Directive, tmp_path: Path) -> Tracker:
    made = Tracker(tmp_path / "tracker.xlsx", plan)
    made.convert(plan)
    return made


@pytest.fixture
def changed(plan: Directive) -> Callable[..., Directive]:
    """The plan with other fields of its task at that place, from 0."""

    def changed(place: int, **fields: Any) -> Directive:
        tasks = list(plan.tasks)
        tasks[place] = replace(tasks[place], **fields)
        return replace(plan, tasks=tuple(tasks))

    return changed
