"""LibreOffice in between and afterwards: a workbook that it saved is updated like one of Excel, and reckons right."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.model import Task

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
ERRORS = ("#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "Err:")


def office(path: Path, kind: str, folder: Path) -> None:
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--convert-to", kind,
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip


def save_in_libreoffice(path: Path) -> None:
    folder = path.parent / "saved"
    office(path, "xlsx:Calc MS Excel 2007 XML", folder)
    (folder / path.name).replace(path)


def shown(path: Path) -> dict[str, list[list[str]]]:
    """Every sheet as LibreOffice shows it after reckoning."""
    folder = path.parent / "shown"
    office(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", folder)
    return {
        file.stem.removeprefix(f"{path.stem}-"): list(csv.reader(file.open(encoding="utf-8", newline="")))
        for file in folder.iterdir()
    }


def words(sheets: dict[str, list[list[str]]]) -> Iterator[str]:
    return (cell for lines in sheets.values() for line in lines for cell in line)


def changed_plan(tracker: Any) -> Any:
    first, _, third = tracker.plan.tasks
    late = replace(first, due=dt.date(2099, 1, 1))
    return replace(tracker.plan, tasks=(late, third, Task("new1", "IV", 4, "Trạm y tế lập danh sách", due=dt.date(2020, 1, 1))))


@pytest.mark.parametrize("saved", [False, True], ids=["Excel", "LibreOffice"])
def test_a_workbook_reckons_right_after_an_update(tracker: Any, saved: bool) -> None:
    tracker.put(2, "Trạng thái", "Đang thực hiện")
    tracker.put(2, "Ghi chú", "=chờ ý kiến")
    tracker.edit(lambda book: setattr(book.worksheets[0]["S2"], "data_type", "s"))
    tracker.put(3, "Đơn vị chủ trì", "Công an xã")
    tracker.put(4, "Ghi chú", "_x005F_x0041_")
    tracker.edit(lambda book: book.create_sheet("Của tôi").append(["chữ riêng", 12.5, "=SUM('Nhiệm vụ'!P2:P4)"]))
    if saved:
        save_in_libreoffice(tracker.path)
    written = tracker.convert(changed_plan(tracker))
    assert [note.code for note in written.notes] == ["updated"]
    book = openpyxl.load_workbook(tracker.path)
    assert [sheet.title for sheet in book.worksheets if sheet.title.endswith("(2)")] == [], "saving is no edit"
    found = tracker.rows()
    assert [row["Nội dung nhiệm vụ"] for row in found] == [*(task.text for task in tracker.plan.tasks), "Trạm y tế lập danh sách"]
    assert (found[0]["Trạng thái"], found[0]["Ghi chú"], found[1]["Đơn vị chủ trì"]) == (
        "Đang thực hiện", "=chờ ý kiến", "Công an xã",
    )  # fmt: skip
    assert [row["Cần rà soát"] for row in found] == ["Đã thay đổi: Thời hạn", "Không còn trong văn bản", None, None]
    assert book["Của tôi"]["C1"].value == "=SUM('Nhiệm vụ'!P2:P5)"
    states = [rule for rule in book.worksheets[0].data_validations.dataValidation if rule.type == "list"]
    assert any("O5" in rule.sqref and "Hoàn thành" in rule.formula1 for rule in states)
    sheets = shown(tracker.path)
    assert not [cell for cell in words(sheets) if cell.startswith(ERRORS)]
    lines = sheets["Nhiệm vụ"]
    assert lines[3][lines[0].index("Ghi chú")] == "_x0041_"
    place = lines[0].index("Tình trạng")
    assert (lines[1][place], lines[4][place]) == ("Đang thực hiện (trong hạn)", "Quá hạn chưa hoàn thành")


def test_what_libreoffice_saves_after_an_update_is_updated_again(tracker: Any) -> None:
    tracker.convert(changed_plan(tracker))
    save_in_libreoffice(tracker.path)
    assert [note.code for note in tracker.convert(changed_plan(tracker)).notes] == ["unchanged"]
    written = tracker.convert(tracker.plan)
    assert [note.code for note in written.notes] == ["updated"]
    assert len(tracker.rows()) == 4
    assert tracker.rows()[1]["Cần rà soát"] is None
    book = tracker.book()
    assert [title for title in book.sheetnames if "(2)" in title] == []
    assert book["_dondoc"].sheet_state == "veryHidden"
