"""`dondoc list`, and the statuses that `dondoc status -o` puts into the database."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from databases import NOW, dump
from typer.testing import CliRunner, Result

from pipeline import cli, export
from pipeline.model import Directive, Milestone, Task
from pipeline.store.address import Address
from pipeline.store.saving import save
from pipeline.store.states import enter

ROOT = Path(__file__).resolve().parent.parent.parent
PLAN = ROOT / "corpus" / "docs" / "cv-ubnd-xa-thu-gom-so-lieu-nha-o.txt"
TODAY = "2026-03-10"


def run(*args: object) -> Result:
    return CliRunner().invoke(cli.app, [str(arg) for arg in args])


@pytest.fixture
def filled(url: str, address: Address, task: Callable[..., Task], plan: Callable[..., Directive]) -> str:
    """Two plans: tasks that are overdue, due soon, done, gone, without a deadline."""

    def due(days: int) -> dt.date:
        return dt.date(2026, 3, 10) + dt.timedelta(days=days)

    first = [
        task("Quá hạn.", due=due(-1), lead=("Phòng Kinh tế",)),
        task("Đến hạn hôm nay.", due=due(0), lead=("Ủy ban nhân dân xã",), order=2),
        task("Còn bảy ngày.", due=due(7), lead=("Văn phòng",), coordinating=("Phòng Kinh tế",), order=3),
        task("Còn tám ngày.", due=due(8), order=4),
        task("Đã xong.", due=due(-5), lead=("Đoàn Thanh niên",), order=5),
        task("Không hạn.", due_text="hằng tháng", lead=("Phòng Văn hoá - Xã hội",), order=6),
        task("Không còn.", due=due(-3), lead=("Phòng Kinh tế",), order=7),
    ]
    other = plan(task("Trồng cây.", home="7", due=due(-2), lead=("Hội Nông dân",)), number="07/KH-HND", issuer="Hội Nông dân xã",
                 title="về trồng cây", document="kh-07.docx", sha256="cd" * 32)  # fmt: skip
    save(address, [plan(*first, title="về chuyển đổi số"), other], NOW)
    save(address, [plan(*first[:-1], title="về chuyển đổi số")], NOW + dt.timedelta(hours=1))
    enter(address, {first[4].id: {"status": "done"}}, NOW)
    return url


# (options, the words of the tasks in order)
ASKED: list[tuple[list[str], list[str]]] = [
    ([], ["Đã xong.", "Không còn.", "Trồng cây.", "Quá hạn.", "Đến hạn hôm nay.", "Còn bảy ngày.", "Còn tám ngày.", "Không hạn."]),
    # what is done or gone is not overdue
    (["--overdue"], ["Trồng cây.", "Quá hạn."]),
    (["--due-soon", "7"], ["Đến hạn hôm nay.", "Còn bảy ngày."]),
    (["--due-soon", "0"], ["Đến hạn hôm nay."]),
    (["--overdue", "--due-soon", "8"], ["Trồng cây.", "Quá hạn.", "Đến hạn hôm nay.", "Còn bảy ngày.", "Còn tám ngày."]),
    # with marks and without, in any case, of those that coordinate as well
    (["--unit", "phong kinh te"], ["Không còn.", "Quá hạn.", "Còn bảy ngày."]),
    (["--unit", "Phòng Kinh tế", "--overdue"], ["Quá hạn."]),
    (["--unit", "uy ban"], ["Đến hạn hôm nay."]),
    (["--unit", "đoàn thanh niên"], ["Đã xong."]),
    (["--unit", "doan"], ["Đã xong."]),
    # the tone stands on either vowel: hoá, hóa
    (["--unit", "Phòng Văn hóa"], ["Không hạn."]),
    # marks that are typed count
    (["--unit", "phóng kinh tế"], []),
    # NFD, as a Mac types it
    (["--unit", unicodedata.normalize("NFD", "Phòng Kinh tế"), "--due-soon", "7"], ["Còn bảy ngày."]),
    # a document by its number, file, title, issuer
    (["--document", "07/kh-hnd"], ["Trồng cây."]),
    (["--document", "kh-07.docx"], ["Trồng cây."]),
    (["--document", "trong cay"], ["Trồng cây."]),
    (["--document", "Hội Nông dân"], ["Trồng cây."]),
    (["--document", "12/KH-UBND", "--overdue"], ["Quá hạn."]),
    (["--document", "không có"], []),
]  # fmt: skip


def test_what_is_asked_for(filled: str) -> None:
    for options, wanted in ASKED:
        done = run("list", filled, "--json", "--today", TODAY, *options)
        assert done.exit_code == 0
        assert [one["text"] for one in json.loads(done.stdout)["tasks"]] == wanted, options


@pytest.fixture
def coming(url: str, address: Address, task: Callable[..., Task], plan: Callable[..., Directive]) -> str:
    """A plan whose tasks have milestones, come back, or both, seen on the 10th of March."""

    def day(month: int, number: int) -> dt.date:
        return dt.date(2026, month, number)

    steps = (Milestone("dự thảo", day(3, 1)), Milestone("lấy ý kiến", day(3, 15)), Milestone("ban hành", day(6, 30)))
    tasks = [
        task("Có mốc.", due=day(6, 30), milestones=steps),
        task("Hằng tháng.", rrule="FREQ=MONTHLY;BYMONTHDAY=12", cadence=("monthly",), order=2),
        task("Hằng năm.", rrule="FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", cadence=("annual",), order=3),
        task("Mốc đã qua.", milestones=steps[:1], order=4),
        task("Đã xong.", rrule="FREQ=MONTHLY;BYMONTHDAY=12", order=5),
        task("Không còn.", rrule="FREQ=MONTHLY;BYMONTHDAY=12", order=6),
        task("Quá hạn, còn mốc.", due=day(3, 1), milestones=steps[1:2], order=7),
    ]
    save(address, [plan(*tasks)], NOW)
    save(address, [plan(*(one for one in tasks if one.text != "Không còn."))], NOW + dt.timedelta(hours=1))
    enter(address, {tasks[4].id: {"status": "done"}}, NOW)
    return url


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (["--due-soon", "1"], []),
        (["--due-soon", "2"], ["Hằng tháng."]),
        (["--due-soon", "7"], ["Quá hạn, còn mốc.", "Hằng tháng.", "Có mốc."]),
        (["--due-soon", "250"], ["Quá hạn, còn mốc.", "Hằng tháng.", "Có mốc.", "Hằng năm."]),
        # a milestone that is ahead makes nothing less overdue
        (["--overdue"], ["Quá hạn, còn mốc."]),
    ],
)
def test_milestones_and_work_that_comes_back_are_due_as_deadlines_are(
    coming: str, options: list[str], wanted: list[str]
) -> None:
    done = run("list", coming, "--json", "--today", TODAY, *options)
    assert [one["text"] for one in json.loads(done.stdout)["tasks"]] == wanted


def test_the_day_that_comes_next_is_said(coming: str) -> None:
    found = {one["text"]: one for one in json.loads(run("list", coming, "--json", "--today", TODAY).stdout)["tasks"]}
    monthly, step = found["Hằng tháng."], found["Có mốc."]
    assert (monthly["next"], monthly["days_to_next"]) == ({"date": "2026-03-12", "kind": "recurring", "text": None}, 2)
    assert (step["next"], step["days_to_next"]) == ({"date": "2026-03-15", "kind": "milestone", "text": "lấy ý kiến"}, 5)
    assert (step["due"], step["days_left"]) == ("2026-06-30", 112)
    assert {found[text]["next"] for text in ("Mốc đã qua.", "Đã xong.", "Không còn.")} == {None}
    assert "coming" not in step
    shown = " ".join(run("list", coming, "--today", TODAY, "--due-soon", "7").stdout.split())
    assert "12/03/2026" in shown and "15/03/2026" in shown
    english = run("list", coming, "--today", TODAY, "--due-soon", "7", "--lang", "en").stdout
    assert "(recurrin" in english and "(step:" in english


def test_days_are_those_that_the_office_keeps(
    url: str, address: Address, task: Callable[..., Task], plan: Callable[..., Directive]
) -> None:
    """A day of work that comes back on a Sunday is kept on the Friday before, where the office moves it."""
    sunday = task("Chủ nhật.", rrule="FREQ=MONTHLY;BYMONTHDAY=15")  # 15 March 2026
    save(address, [plan(sunday)], NOW, days_off=(True, False))
    (found,) = json.loads(run("list", url, "--json", "--today", TODAY, "--due-soon", "7").stdout)["tasks"]
    assert (found["next"]["date"], found["days_to_next"]) == ("2026-03-13", 3)


def test_the_json_of_a_task(filled: str) -> None:
    (found,) = json.loads(run("list", filled, "--json", "--today", TODAY, "--unit", "Đoàn Thanh niên").stdout)["tasks"]
    assert (found["situation"], found["days_left"], found["status"]) == ("done-in-time", None, "done")
    assert (found["due"], found["number"], found["date"], found["lead"]) == (
        "2026-03-05", "12/KH-UBND", "2026-01-05", ["Đoàn Thanh niên"],
    )  # fmt: skip
    gone = json.loads(run("list", filled, "--json", "--unit", "phong kinh te").stdout)["tasks"][0]
    assert (gone["situation"], gone["vanished"]) == ("vanished", "2026-03-10T09:00:00")


def test_the_table(filled: str) -> None:
    shown = run("list", filled, "--today", TODAY).stdout
    assert "8 nhiệm vụ, tính đến ngày 10/03/2026" in shown
    for words in ("09/03/2026", "-1", "hằng tháng", "07/KH-HND"):
        assert words in shown
    assert "Overdue" in run("list", filled, "--today", TODAY, "--lang", "en").stdout
    none = run("list", filled, "--unit", "không có")
    assert (none.exit_code, none.stdout) == (0, "Không có nhiệm vụ nào như vậy (trong cơ sở dữ liệu có 8 nhiệm vụ).\n")


def test_the_days_of_warning_are_the_office_s(filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dondoc.toml").write_text("[office]\nwarning-days = 8\n", encoding="utf-8")
    found = json.loads(run("list", filled, "--json", "--today", TODAY, "--due-soon", "8").stdout)["tasks"]
    assert {one["situation"] for one in found} == {"due-soon"}


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    done = run("list", f"sqlite:///{tmp_path / 'x.db'}")
    assert done.exit_code == 1
    assert "dondoc convert" in done.stderr
    assert list(tmp_path.iterdir()) == []


# ── statuses from a tracker ────────────────────────────────────────────────────────────────


def test_statuses_go_from_the_tracker_into_the_database(url: str, address: Address, tmp_path: Path) -> None:
    book = tmp_path / "so.xlsx"
    assert run("convert", PLAN, "-o", book, "-o", url, "--quiet").exit_code == 0
    unedited = run("status", book, "-o", url)
    assert f"Đã ghi vào {address}: 0 nhiệm vụ có thay đổi." in unedited.stderr
    workbook = openpyxl.load_workbook(book)
    page = workbook["Nhiệm vụ"]
    column = {cell.value: cell.column for cell in page[1]}
    page.cell(3, column["Trạng thái"]).value = "Hoàn thành"
    page.cell(3, column["Ngày hoàn thành"]).value = dt.datetime(2025, 8, 27)
    page.cell(3, column["Kết quả"]).value = "Công văn số 9"
    last = page.max_row + 1
    page.cell(last, column["Nội dung nhiệm vụ"]).value = "Việc cán bộ tự thêm."
    workbook.save(book)
    for changed in (1, 0):
        done = run("status", book, "-o", url, "--today", "2025-09-01")
        assert done.exit_code == 0
        assert f"Đã ghi vào {address}: {changed} nhiệm vụ có thay đổi." in done.stderr
        assert f"1 dòng chưa ghi được vì cơ sở dữ liệu không có mã nhiệm vụ đó: dòng {last}." in done.stderr
    (state,) = dump(address)["states"]
    name = page.cell(3, column["Mã nhiệm vụ"]).value
    assert (state["task_id"], state["status"], state["done_on"], state["outcome"]) == (
        name, "done", dt.date(2025, 8, 27), "Công văn số 9",
    )  # fmt: skip
    # the document converted again keeps it, and the list knows it
    assert run("convert", PLAN, "-o", url, "--quiet").exit_code == 0
    listed = json.loads(run("list", url, "--json", "--today", "2025-09-30").stdout)["tasks"]
    assert {one["id"]: one["situation"] for one in listed}[name] == "done-in-time"


def test_statuses_before_any_document(url: str, address: Address, tmp_path: Path) -> None:
    book = tmp_path / "so.xlsx"
    assert run("convert", PLAN, "-o", book, "--quiet").exit_code == 0
    done = run("status", book, "-o", url)
    assert "dondoc convert VĂN_BẢN" in done.stderr
    if address.path is not None:  # statuses alone make no database
        assert (done.exit_code, address.path.exists()) == (1, False)
    else:
        assert done.exit_code == 0
        assert dump(address)["states"] == []


def test_an_output_beside_a_database_that_fails_is_still_written(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"khong phai co so du lieu" * 50)
    done = run("convert", PLAN, "-o", f"sqlite:///{tmp_path / 'x.db'}", "-o", f"{tmp_path}/json/")
    assert done.exit_code == 1
    assert "không phải cơ sở dữ liệu SQLite" in done.stderr
    assert len(list((tmp_path / "json").iterdir())) == 1


def test_the_same_address_twice_is_written_once(url: str, address: Address, tmp_path: Path) -> None:
    assert len(export.targets([url, url])) == 1
