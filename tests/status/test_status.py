"""Trackers read back: the counts are those of the workbook's own formulas, whatever an officer did to the sheet."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner, Result

from pipeline import cli, export, status
from pipeline.errors import DocumentError, UsageError
from pipeline.export.task_sheet import COLUMNS
from pipeline.model import Directive, Meta, Task
from pipeline.situation import DONE_IN_TIME, IN_TIME, NO_DEADLINE, NOT_BEGUN, OVERDUE, SOON, VANISHED
from pipeline.status.tracker import Tracker, read
from pipeline.status_report import mail, name_of

TODAY = dt.date(2026, 3, 10)


def run(*args: object) -> Result:
    return CliRunner().invoke(cli.app, [str(arg) for arg in args])


def tracker(path: Path, *tasks: dict[str, Any], lang: str = "vi") -> Path:
    """A tracker of these tasks."""
    made = tuple(
        Task(**{"id": f"t{n}", "section": "I", "order": n, "text": f"Việc số {n}.", **task})
        for n, task in enumerate(tasks)
    )
    meta = Meta(type="kế hoạch", number="12/KH-UBND", issuer="UBND xã", date=dt.date(2026, 1, 5))
    export.write([Directive("kh.docx", "ab" * 32, "t", 1, "ok", meta, tasks=made)], *export.targets([path]), lang)
    return path


def edited(
    path: Path, edit: Callable[[Worksheet, dict[str, int]], object], sheet: str = "Nhiệm vụ", lang: str = "vi"
) -> Path:
    """The workbook after an officer's edit; columns are given by their Vietnamese heading."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    places = {cell.value: cell.column for cell in page[1]}
    edit(page, {column.vi: places[column.heading(lang)] for column in COLUMNS})
    book.save(path)
    return path


def entered(page: Worksheet, places: dict[str, int], line: int, **values: Any) -> None:
    names = {"state": "Trạng thái", "percent": "% hoàn thành", "done": "Ngày hoàn thành", "outcome": "Kết quả",
             "notes": "Ghi chú", "due": "Thời hạn", "text": "Nội dung nhiệm vụ", "id": "Mã nhiệm vụ",
             "review": "Cần rà soát"}  # fmt: skip
    for name, value in values.items():
        page.cell(line, places[names[name]]).value = value


def by_text(found: Tracker) -> dict[str, Any]:
    return {line.text: line for line in found.lines}


# ── as the formulas count ──────────────────────────────────────────────────────────────────


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice computes the formulas")
def test_situations_are_those_that_the_workbook_shows(tmp_path: Path) -> None:
    """Every state, with deadlines and days of completion around today, and what officers type in their place."""
    today = dt.date.today()  # the formulas ask the clock, so their test does
    states = ["Chưa thực hiện", "Đang thực hiện", "Hoàn thành", "Tạm dừng", "Hủy", None, "hoàn thành", "Xong rồi"]
    days = [None, *(today + dt.timedelta(days=n) for n in (-30, -1, 0, 1, 7, 8, 60)), "quý III", 45_000]
    reviews = (None, "Chưa rõ đơn vị chủ trì; KHÔNG còn trong văn bản")
    chosen = random.Random(3)
    rows = [(state, due, chosen.choice(days), review) for state in states for due in days for review in reviews]
    path = tracker(tmp_path / "t.xlsx", *({"due": None} for _ in rows))

    def edit(page: Worksheet, places: dict[str, int]) -> None:
        for line, (state, due, done, review) in enumerate(rows, start=2):
            entered(page, places, line, state=state, due=due, done=done, review=review)

    edited(path, edit)
    found = status.status(read(path, "vi"), today)
    shown = computed(path)
    assert [name_of(one.situation, "vi") for one in found.standings] == [row["Tình trạng"] for row in shown]
    left = ["" if one.days_left is None else str(one.days_left) for one in found.standings]
    assert left == [row["Còn lại, ngày"] for row in shown]
    assert Counter(row["Tình trạng"] for row in shown) == {
        name_of(name, "vi"): count for name, count in found.counts.items() if count
    }


def computed(path: Path) -> list[dict[str, str]]:
    """The rows as LibreOffice shows them."""
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(path.parent), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_days_of_warning_and_today_come_from_the_settings_sheet(tmp_path: Path) -> None:
    path = tracker(tmp_path / "t.xlsx", {"due": TODAY + dt.timedelta(days=10)})
    assert read(path, "vi").today is None  # a formula asks the clock
    assert status.status(read(path, "vi"), TODAY).counts[SOON] == 0
    book = openpyxl.load_workbook(path)
    for name, value in (("SoNgayCanhBao", 10), ("HomNay", dt.datetime(2026, 3, 9))):
        sheet, place = next(iter(book.defined_names[name].destinations))
        book[sheet][place.replace("$", "")].value = value
    book.save(path)
    found = read(path, "vi")
    assert (found.warning_days, found.today) == (10, dt.date(2026, 3, 9))
    assert status.status(found, TODAY).counts[SOON] == 1
    # what is asked for on the command line comes first
    assert json.loads(run("status", path, "--json").stdout)["today"] == "2026-03-09"
    assert json.loads(run("status", path, "--json", "--today", "2026-03-10").stdout)["today"] == "2026-03-10"


def test_what_the_document_no_longer_says_is_counted_apart(tmp_path: Path) -> None:
    late = {"due": TODAY - dt.timedelta(days=3)}
    path = tracker(tmp_path / "t.xlsx", late, late, late)

    def edit(page: Worksheet, places: dict[str, int]) -> None:
        entered(page, places, 2, review="Không còn trong văn bản")
        entered(page, places, 3, review="Không còn trong văn bản", state="Hoàn thành")

    found = status.status(read(edited(path, edit), "vi"), TODAY)
    assert {name: count for name, count in found.counts.items() if count} == {OVERDUE: 1, DONE_IN_TIME: 1, VANISHED: 1}
    assert ([one.line.number for one in found.overdue], found.total) == ([4], 2)
    for shown in (run("status", path, "--today", TODAY).stdout, run("status", path, "--today", TODAY, "--mail").stdout):
        assert "2 nhiệm vụ" in shown
        assert "Không còn trong văn bản (không tính vào tổng số)" in " ".join(shown.split())
    told = json.loads(run("status", path, "--today", TODAY, "--json").stdout)
    assert (told["tasks"], told["counts"]["vanished"], len(told["rows"])) == (2, 1, 3)


# ── whatever an officer did to the sheet ───────────────────────────────────────────────────


def columns_moved(page: Worksheet, places: dict[str, int]) -> None:
    page.insert_cols(1, 2)
    page.cell(1, 1).value = "Lãnh đạo phụ trách"
    page.insert_cols(9)
    page.cell(1, 9).value = "Ghi chú riêng"


def lines_sorted(page: Worksheet, places: dict[str, int]) -> None:
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    for line, values in enumerate(reversed(rows), start=2):
        for column, value in enumerate(values, start=1):
            page.cell(line, column).value = value


def lines_above(page: Worksheet, places: dict[str, int]) -> None:
    page.tables.clear()  # Excel would move it; openpyxl does not
    page.insert_rows(1, 3)
    page.cell(1, 2).value = "UBND XÃ SÔNG TRONG"


def headings_wrapped(page: Worksheet, places: dict[str, int]) -> None:
    for name in ("Ngày hoàn thành", "Nội dung nhiệm vụ"):
        page.cell(1, places[name]).value = name.upper().replace(" ", "\n")


def sheet_renamed(page: Worksheet, places: dict[str, int]) -> None:
    page.title = "Theo dõi 2026"


@pytest.mark.parametrize("edit", [columns_moved, lines_sorted, lines_above, headings_wrapped, sheet_renamed])
def test_columns_are_found_by_their_headings(tmp_path: Path, edit: Callable[..., None]) -> None:
    path = tracker(tmp_path / "t.xlsx", *({"due": TODAY + dt.timedelta(days=n)} for n in (-1, 3, 90)))
    done = {"state": "Hoàn thành", "percent": 100, "done": TODAY, "outcome": "Báo cáo số 5", "notes": "đủ"}
    edited(path, lambda page, places: (entered(page, places, 3, **done), edit(page, places)))
    found = read(path, "vi")
    line = by_text(found)["Việc số 1."]
    assert (line.id, line.due) == ("t1", TODAY + dt.timedelta(days=3))
    assert (line.state, line.percent, line.done_on, line.outcome, line.notes) == (
        "done",
        100,
        TODAY,
        "Báo cáo số 5",
        "đủ",
    )
    assert found.problems == ()
    counts = status.status(found, TODAY).counts
    assert {name: count for name, count in counts.items() if count} == {OVERDUE: 1, DONE_IN_TIME: 1, NOT_BEGUN: 1}


def test_a_tracker_in_english(tmp_path: Path) -> None:
    path = tracker(tmp_path / "t.xlsx", {}, {"due": TODAY}, lang="en")
    edited(path, lambda page, places: entered(page, places, 2, state="Under way"), "Tasks", "en")
    found = read(path, "en")
    assert (found.lang, [line.state for line in found.lines]) == ("en", ["under-way", "not-begun"])


def test_lines_that_the_officer_added_and_deleted(tmp_path: Path) -> None:
    path = tracker(tmp_path / "t.xlsx", *({"due": TODAY} for _ in range(4)))

    def edit(page: Worksheet, places: dict[str, int]) -> None:
        page.delete_rows(3)
        entered(page, places, 6, text="Việc cán bộ tự thêm.", due=TODAY - dt.timedelta(days=2), state="Đang thực hiện")
        entered(page, places, 9, notes="một ghi chú không thuộc nhiệm vụ nào")

    found = read(edited(path, edit), "vi")
    assert [(line.id, line.number) for line in found.lines] == [("t0", 2), ("t2", 3), ("t3", 4), (None, 6)]
    assert [one.line.text for one in status.status(found, TODAY).overdue] == ["Việc cán bộ tự thêm."]


# (what is typed, what is read, the problem told)
TYPED: list[tuple[dict[str, Any], dict[str, Any], str | None]] = [
    ({"percent": 50}, {"percent": 50.0}, None),
    ({"percent": 33.3}, {"percent": 33.3}, None),
    ({"percent": "70%"}, {"percent": 70.0}, None),
    ({"percent": "12,5"}, {"percent": 12.5}, None),
    ({"percent": "gần xong"}, {"percent": None}, "Dòng 2, cột % hoàn thành: “gần xong” không phải số"),
    ({"done": "15/3/2026"}, {"done_on": None}, "“15/3/2026” không phải ngày mà Excel hiểu"),
    # a day with an hour, and a number without the format of a date
    ({"done": dt.datetime(2026, 3, 5, 17, 30)}, {"done_on": dt.date(2026, 3, 5)}, None),
    ({"done": 46_086}, {"done_on": dt.date(2026, 3, 5)}, None),
    ({"state": "  hoàn thành "}, {"state": "done"}, None),
    ({"state": "Chờ ý kiến"}, {"state": "Chờ ý kiến"}, "trạng thái “Chờ ý kiến” không có trong danh sách"),
    ({"state": None}, {"state": None}, None),
    ({"notes": 5}, {"notes": "5"}, None),
    ({"notes": dt.datetime(2026, 3, 5)}, {"notes": "05/03/2026"}, None),
    ({"notes": "=SUM(A1)"}, {"notes": None}, None),  # a formula without a value
    ({"notes": "\x1b[31m".replace("\x1b", "") + "-1 @x"}, {"notes": "[31m-1 @x"}, None),
    ({"outcome": " \n "}, {"outcome": None}, None),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "wanted", "problem"), TYPED)
def test_what_officers_type(tmp_path: Path, typed: dict, wanted: dict, problem: str | None) -> None:
    path = edited(tracker(tmp_path / "t.xlsx", {}), lambda page, places: entered(page, places, 2, **typed))
    found = read(path, "vi")
    (line,) = found.lines
    assert {name: getattr(line, name) for name in wanted} == wanted
    assert [one.message for one in found.problems if problem and problem in one.message] == [
        one.message for one in found.problems
    ]
    assert len(found.problems) == (problem is not None)


def test_a_share_with_the_format_of_one_is_a_percentage(tmp_path: Path) -> None:
    def edit(page: Worksheet, places: dict[str, int]) -> None:
        entered(page, places, 2, percent=0.5)
        page.cell(2, places["% hoàn thành"]).number_format = "0%"

    (line,) = read(edited(tracker(tmp_path / "t.xlsx", {}), edit), "vi").lines
    assert line.percent == 50


def test_one_id_twice_is_told_and_the_upper_line_counts_for_the_database(tmp_path: Path) -> None:
    def edit(page: Worksheet, places: dict[str, int]) -> None:
        entered(page, places, 2, notes="trên")
        entered(page, places, 3, id="t0", notes="dưới")

    found = read(edited(tracker(tmp_path / "t.xlsx", {}, {}), edit), "vi")
    assert [one.message for one in found.problems] == ["Dòng 3 có cùng mã nhiệm vụ với dòng 2."]
    assert status.status(found, TODAY).states == {
        "t0": {"status": "not-begun", "percent": None, "done_on": None, "outcome": None, "notes": "trên"}
    }


def test_a_column_that_was_deleted_says_nothing(tmp_path: Path) -> None:
    def edit(page: Worksheet, places: dict[str, int]) -> None:
        page.tables.clear()
        page.delete_cols(places["Ghi chú"])

    found = status.status(read(edited(tracker(tmp_path / "t.xlsx", {}), edit), "vi"), TODAY)
    assert "notes" not in found.states["t0"]


# ── files that are no trackers ─────────────────────────────────────────────────────────────


def test_another_kind_of_file_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text("STT,Nội dung nhiệm vụ\n", encoding="utf-8-sig")
    with pytest.raises(UsageError, match="chỉ đọc sổ theo dõi"):
        read(path, "vi")


def test_a_workbook_that_is_no_tracker(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Nội dung nhiệm vụ"
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(UsageError, match="không phải sổ theo dõi"):
        read(tmp_path / "x.xlsx", "vi")
    assert run("status", tmp_path / "x.xlsx").exit_code == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 khong phai", b"Day la van ban"])
def test_a_broken_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(DocumentError):
        read(tmp_path / "x.xlsx", "vi")
    done = run("status", tmp_path / "x.xlsx")
    assert (done.exit_code, done.stderr.startswith("Lỗi: ")) == (1, True)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = run("status", tmp_path / "x.xlsx")
    assert done.exit_code == 2
    assert "Hãy kiểm tra tên tệp" in done.stderr


# ── what is told ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A tracker with tasks in each situation that is told by name."""
    path = tracker(
        tmp_path / "so.xlsx",
        {"text": "Báo cáo tháng; gửi Đảng ủy.", "due": TODAY - dt.timedelta(days=6), "lead": ("Văn phòng",)},
        {"text": "\u202eRà soát hồ sơ.", "due": TODAY - dt.timedelta(days=9), "lead": ("Ban Tổ chức",)},
        {"text": "Lập dự toán.", "due": TODAY, "lead": ("Văn phòng",)},
        {"text": "Kiểm tra " + "rất kỹ " * 100, "due": TODAY + dt.timedelta(days=7)},
        {"text": "Tuyên truyền."},
        {"text": "Trồng cây.", "due": TODAY + dt.timedelta(days=60)},
    )
    return edited(path, lambda page, places: entered(page, places, 7, state="Đang thực hiện"))


def test_the_json(office: Path) -> None:
    done = run("status", office, "--json", "--today", TODAY.isoformat())
    found = json.loads(done.stdout)
    assert (found["workbook"], found["today"], found["tasks"], found["warning_days"]) == ("so.xlsx", "2026-03-10", 6, 7)
    assert {name: count for name, count in found["counts"].items() if count} == {
        OVERDUE: 2, SOON: 2, NO_DEADLINE: 1, IN_TIME: 1,
    }  # fmt: skip
    assert [(row["lead"], row["days_left"], row["line"]) for row in found["overdue"]] == [
        ("Ban Tổ chức", -9, 3), ("Văn phòng", -6, 2),
    ]  # fmt: skip
    assert [row["days_left"] for row in found["due_soon"]] == [0, 7]
    assert len(found["rows"]) == 6


def test_the_table(office: Path) -> None:
    done = run("status", office, "--today", TODAY.isoformat())
    assert done.exit_code == 0
    assert "so.xlsx: 6 nhiệm vụ, tính đến ngày 10/03/2026" in done.stdout
    assert "Quá hạn chưa hoàn thành: 2" in done.stdout
    assert "Sắp đến hạn (7 ngày): 2" in done.stdout
    assert "\u202e" not in done.stdout
    assert "Overdue: 2" in run("status", office, "--today", TODAY.isoformat(), "--lang", "en").stdout


def test_the_mail(office: Path) -> None:
    text = run("status", office, "--mail", "--today", TODAY.isoformat()).stdout
    assert text.startswith(
        "Tiêu đề: Tình hình thực hiện nhiệm vụ đến ngày 10/03/2026\n\nKính gửi: Các cơ quan, đơn vị\n"
    )
    first, second = (
        text.index("I. NHIỆM VỤ QUÁ HẠN CHƯA HOÀN THÀNH (2)"),
        text.index("II. NHIỆM VỤ ĐẾN HẠN TRONG 7 NGÀY TỚI (2)"),
    )
    assert text[first:second].splitlines()[1:5] == [
        "Ban Tổ chức:",
        "  1. Rà soát hồ sơ (hạn 01/03/2026, quá 9 ngày)",
        "Văn phòng:",
        "  2. Báo cáo tháng; gửi Đảng ủy (hạn 04/03/2026, quá 6 ngày)",
    ]
    assert "1. Lập dự toán (hạn 10/03/2026, hạn hôm nay)" in text[second:]
    assert "Chưa rõ đơn vị chủ trì:" in text[second:]
    assert "… (hạn 17/03/2026, còn 7 ngày)" in text[second:]
    assert max(map(len, text.splitlines())) < 320


def test_a_mail_with_nothing_to_ask_for(tmp_path: Path) -> None:
    found = status.status(read(tracker(tmp_path / "t.xlsx", {}), "vi"), TODAY)
    assert mail(found, "vi").count("Không có.") == 2
    assert "None." in mail(found, "en")


def test_a_wrong_day_is_refused(office: Path) -> None:
    done = run("status", office, "--today", "10/3/2026")
    assert done.exit_code == 2
    assert "--today “10/3/2026” không phải ngày" in done.stderr
