"""The two formulas, computed by LibreOffice: what an officer sees for each state and deadline."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pipeline import export
from pipeline.model import Directive, Task

TODAY = dt.date.today()  # the formulas ask the clock, so their test does


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


# (deadline, state, finished on, situation, days left), all days counted from today
CASES: list[tuple[int | None, str, int | None, str, str]] = [
    (30, "Chưa thực hiện", None, "Chưa thực hiện", "30"),
    (30, "Đang thực hiện", None, "Đang thực hiện (trong hạn)", "30"),
    # seven days before counts as soon, eight not
    (8, "Đang thực hiện", None, "Đang thực hiện (trong hạn)", "8"),
    (7, "Chưa thực hiện", None, "Sắp đến hạn", "7"),
    # the deadline is the last day on which the task may be finished
    (0, "Đang thực hiện", None, "Sắp đến hạn", "0"),
    (-1, "Đang thực hiện", None, "Quá hạn chưa hoàn thành", "-1"),
    (-9, "Hoàn thành", -10, "Hoàn thành đúng hạn", ""),
    (-9, "Hoàn thành", -9, "Hoàn thành đúng hạn", ""),
    (-9, "Hoàn thành", -8, "Hoàn thành quá hạn", ""),
    # done without a date counts as in time
    (-9, "Hoàn thành", None, "Hoàn thành đúng hạn", ""),
    (None, "Hoàn thành", -3, "Hoàn thành đúng hạn", ""),
    (-9, "Tạm dừng", None, "Tạm dừng", ""),
    (-9, "Hủy", None, "Hủy", ""),
    (None, "Đang thực hiện", None, "Không có thời hạn", ""),
]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice computes the formulas")
def test_situation_and_days_left(make: Callable[..., Directive], tmp_path: Path) -> None:
    tasks = [
        Task(id=str(n), section="", order=n, text="Rà soát.", due=None if due is None else day(due))
        for n, (due, *_) in enumerate(CASES)
    ]
    (target,) = export.targets([tmp_path / "t.xlsx"])
    export.write([make(*tasks)], target)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book["Nhiệm vụ"]
    for line, (_, state, finished, *_) in enumerate(CASES, start=2):
        sheet.cell(line, 15).value = state
        if finished is not None:
            sheet.cell(line, 17).value = day(finished)
    book.save(tmp_path / "edited.xlsx")
    lines = computed(tmp_path / "edited.xlsx")
    assert [(line["Tình trạng"], line["Còn lại, ngày"]) for line in lines] == [case[3:] for case in CASES]


def computed(path: Path) -> list[dict[str, str]]:
    """The rows as LibreOffice shows them."""
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
