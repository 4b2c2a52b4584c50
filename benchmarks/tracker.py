"""The tracker with all its sheets, against what XlsxWriter alone takes for the same cells without any look.

The bare cells are read back from our own workbook: each value where it stands, formulas as formulas. They are also
written with the formulas as mere words, for XlsxWriter spends most of its time on going through them. The memory is
that of a fresh process: ``python -m benchmarks.tracker TASKS`` writes a tracker of so many tasks and prints its peak.
"""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measure import Figure, compared, take_turns
from benchmarks.pdf_memory import own_peak
from pipeline import export
from pipeline.model import Directive, Evidence, Meta, Task

MB = 1_000_000
LIMIT = 1000.0  # MB
TWICE = "under twice XlsxWriter's time"
A_DOCUMENT = 40  # tasks
UNITS = ("Văn phòng", "Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Công an xã", "Ban Chỉ huy Quân sự", "Trạm Y tế")
ENDS = ("theo chỉ đạo của cấp trên", "trên địa bàn xã, bảo đảm tiến độ và chất lượng", "báo cáo kết quả để tổng hợp")
WHEN: tuple[dict[str, Any], ...] = (
    {"due_text": "trong năm", "cadence": ("once",)},  # the day is added
    {"rrule": "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=20", "cadence": ("quarterly",)},
    {"cadence": ("continuous",)},
    {"review": ("no-deadline",)},
)
Cells = dict[str, list[tuple[int, int, Any]]]


def run(small: bool) -> list[Figure]:
    """Tasks a second, and the peak of the resident memory in MB."""
    few, many = (100, 500) if small else (10_000, 100_000)
    directives = make(few)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.xlsx"
        cells = _cells(_write(directives, path))
        seconds = take_turns(
            {"ours": lambda: _write(directives, path), "bare": lambda: _bare(cells, formulas=True),
             "values": lambda: _bare(cells, formulas=False)},
            rounds=1 if small else 3,
        )  # fmt: skip
    what, unit, ours = f"tracker of {few} tasks, all sheets", "tasks/s", seconds["ours"]
    peak = _peak(many)
    return [
        compared(what, unit, few, ours, "XlsxWriter: the same cells, bare", seconds["bare"], 0.5, TWICE),
        compared(what, unit, few, ours, "XlsxWriter: the same cells, formulas as words", seconds["values"]),
        Figure(f"memory for a tracker of {many} tasks", "MB at the peak", peak, "limit", LIMIT, peak / LIMIT,
               "under 1 GB", peak < LIMIT),
    ]  # fmt: skip


def make(count: int) -> list[Directive]:
    """Documents with so many tasks in all: half of them with a day, others coming back, going on, or without a time."""
    return [_document(first, min(A_DOCUMENT, count - first)) for first in range(0, count, A_DOCUMENT)]


def _document(first: int, count: int) -> Directive:
    numbers = range(first, first + count)
    texts = [f"Rà soát hồ sơ số {number}, xây dựng kế hoạch {' '.join(ENDS[: number % 4])}." for number in numbers]
    starts = [sum(len(text) + 1 for text in texts[:index]) for index in range(count)]
    tasks = tuple(_task(first + index, text, starts[index]) for index, text in enumerate(texts))
    meta = Meta(type="kế hoạch", number=f"{first}-KH/ĐU", issuer="Đảng ủy xã Sông Trong", date=dt.date(2026, 1, 5))
    return Directive(f"{first}.docx", "", "", 4, "ok", meta=meta, tasks=tasks, text="\n".join(texts))


def _task(number: int, text: str, start: int) -> Task:
    fields = dict(WHEN[max(number % 8 - 4, 0)])
    if "due_text" in fields:
        fields["due"] = dt.date(2026, 1, 1) + dt.timedelta(days=number % 365)
    return Task(
        id=f"{number:012x}", section=f"II.{number % 9}", order=number, text=text, page=1 + number % 4,
        lead=UNITS[number % 6 : number % 6 + 1], coordinating=UNITS[: number % 3], deliverable="báo cáo",
        quantity=("100%",) if number % 7 == 0 else (), confidence=0.5 + number % 50 / 100,
        evidence={"text": (Evidence(start, start + len(text), 1, None, "benchmark"),)}, **fields,
    )  # fmt: skip


def _write(directives: list[Directive], path: Path) -> Path:
    path.unlink(missing_ok=True)  # else it would be brought up to date
    (target,) = export.targets([path])
    export.write(directives, target)
    return path


def _cells(path: Path) -> Cells:
    import openpyxl

    book = openpyxl.load_workbook(path)
    return {sheet.title: list(_filled(sheet)) for sheet in book.worksheets}


def _filled(sheet: Any) -> Iterator[tuple[int, int, Any]]:
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value is not None:
                yield cell.row - 1, cell.column - 1, cell.value


def _bare(cells: Cells, *, formulas: bool) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(io.BytesIO()) as book:
        for name, held in cells.items():
            sheet = book.add_worksheet(name)
            for row, column, value in held:
                if isinstance(value, str):
                    write = sheet.write_formula if formulas and value.startswith("=") else sheet.write_string
                    write(row, column, value)
                elif isinstance(value, dt.datetime):
                    sheet.write_datetime(row, column, value)
                else:
                    sheet.write_number(row, column, value)


def _peak(count: int) -> float:
    command = [sys.executable, "-m", "benchmarks.tracker", str(count)]
    return int(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout) / MB


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        _write(make(int(sys.argv[1])), Path(name) / "t.xlsx")
    sys.stdout.write(f"{own_peak()}\n")
