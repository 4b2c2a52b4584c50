"""What a target would refuse is said before anything is written: the row, the column and the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from profile_rows import directive, rows_of, task

from pipeline import ruleset
from pipeline.errors import OutputError
from pipeline.model import Task

KNOWN = "dia-chinh,Phòng Kinh tế,don-vi"
GOOD = task(text="Việc tốt.", lead=("Phòng Kinh tế",))
UNIT = "Đơn vị thực hiện (mã)"


@pytest.mark.parametrize(
    ("bad", "column", "reason"),
    [
        # a name is never written in place of a code
        (task(lead=("Phòng Lạ",)), UNIT, "“Phòng Lạ” chưa có mã trong don-vi.csv"),
        # a known second lead does not excuse the first
        (task(lead=("Phòng Lạ", "Phòng Kinh tế")), UNIT, "“Phòng Lạ” chưa có mã trong don-vi.csv"),
        # neither a unit nor a person
        (task(), "", f"phải có “{UNIT}” hoặc “Người thực hiện (mã cán bộ)” mà văn bản không nêu.\n"),
        # two codes of one kind without accents
        (task(lead=("Tổ Hòa Bình",)), UNIT, "“Tổ Hòa Bình” khớp nhiều mã trong don-vi.csv: to-1, to-2"),
        (task(text="", lead=("Phòng Kinh tế",)), "Tên nhiệm vụ", "bắt buộc phải có mà văn bản không nêu"),
    ],
)
def test_one_bad_row_and_nothing_is_written(
    write: Callable, table: Callable, tmp_path: Path, bad: Task, column: str, reason: str
) -> None:
    codes = table(KNOWN, "to-1,Tổ Hoa Bình,don-vi", "to-2,Tổ Hỏa Bình,don-vi")
    with pytest.raises(OutputError) as caught:
        write("vigov", [directive(GOOD, bad, GOOD)], codes)
    assert caught.value.code == "profile-refused"
    assert "Dòng 3 (KH 12.docx" in caught.value.message
    assert reason in caught.value.message
    assert (f"cột “{column}”: " in caught.value.message) == bool(column)
    assert "Dòng 2" not in caught.value.message
    assert [path.name for path in tmp_path.iterdir()] == ["don-vi.csv"]


def test_a_file_that_is_there_stays_as_it_is(write: Callable, table: Callable, tmp_path: Path) -> None:
    before = write("vigov", [directive(GOOD)], table(KNOWN)).path.read_bytes()
    with pytest.raises(OutputError):
        write("vigov", [directive(task())], table(KNOWN))
    assert {path.name for path in tmp_path.iterdir()} == {"don-vi.csv", "vigov.xlsx"}
    assert (tmp_path / "vigov.xlsx").read_bytes() == before


@pytest.mark.parametrize("count", [500, 501])
def test_five_hundred_rows_and_no_more(write: Callable, table: Callable, count: int) -> None:
    plan = directive(*[GOOD] * count)
    if count == 500:
        assert len(rows_of(write("vigov", [plan], table(KNOWN)))) == 500
        return
    with pytest.raises(OutputError) as caught:
        write("vigov", [plan], table(KNOWN))
    assert "Dòng 502 " in caught.value.message
    assert "mỗi tệp chỉ được 500 dòng mà có 501" in caught.value.message


@pytest.mark.parametrize(
    ("words", "precision", "written"),
    [
        ("trước 17h30 ngày 22/9/2026", "hour", "22/09/2026 17:30"),
        ("trước 9 giờ ngày 22/9/2026", "hour", "22/09/2026 09:00"),
        # a range ends at its last hour
        ("từ 7 giờ 30 phút đến 11 giờ 15 phút, ngày 22/9/2026", "hour", "22/09/2026 11:15"),
        ("trước ngày 22/9/2026", "day", None),
    ],
)
def test_a_deadline_without_the_hour_that_the_target_wants(
    write: Callable, own: Callable, words: str, precision: str, written: str | None
) -> None:
    folder = own(
        "title: Nhà\nsheet: Nhà\nall-or-nothing: true\ncolumns:\n"
        "  - {title: Việc, value: text}\n  - {title: Hạn, value: due, format: dd/mm/yyyy HH:MM}\n"
    )
    plan = directive(task(due=dt.date(2026, 9, 22), due_text=words, due_precision=precision))
    if written is None:
        with pytest.raises(OutputError) as caught:
            write("own", [plan], rules=folder)
        assert "Dòng 2 " in caught.value.message
        assert "cột “Hạn”: hạn 22/09/2026 không nêu giờ" in caught.value.message
    else:
        assert rows_of(write("own", [plan], rules=folder))[0]["Hạn"] == written


def test_vigov_gives_the_end_of_the_day_to_a_deadline_without_an_hour(write: Callable, table: Callable) -> None:
    plan = directive(task(lead=("Phòng Kinh tế",), due=dt.date(2026, 9, 22)), GOOD)
    dues = [row["Hạn hoàn thành (ngày giờ)"] for row in rows_of(write("vigov", [plan], table(KNOWN)))]
    assert dues == ["22/09/2026 17:00", None]  # blank means none


def test_a_target_that_takes_what_is_left_gets_the_good_rows_and_a_note(write: Callable, table: Callable) -> None:
    plan = directive(GOOD, task(lead=("Phòng Lạ",)), task(text="Việc khác.", lead=("Phòng Kinh tế",)))
    written = write("nq57", [plan], table(KNOWN))
    assert [row["Tên nhiệm vụ"] for row in rows_of(written)] == ["Việc tốt.", "Việc khác."]
    note = next(note.message for note in written.notes if note.code == "refused-rows")
    assert "1 dòng" in note
    assert "Dòng 3 (KH 12.docx" in note
    assert "“Phòng Lạ” chưa có mã trong don-vi.csv" in note


def test_rows_left_out_leave_no_gap_in_the_numbers(write: Callable, own: Callable) -> None:
    folder = own(
        "title: Nhà\nsheet: Nhà\nrows: 3\ncolumns:\n"
        "  - {title: STT, value: number, type: number}\n  - {title: Chủ trì, value: lead.all, required: true}\n"
    )
    leads = ["A", None, "B", "C", "D"]
    plan = directive(*(task(lead=(name,) if name else ()) for name in leads))
    rows = rows_of(write("own", [plan], rules=folder))
    assert [(row["STT"], row["Chủ trì"]) for row in rows] == [(1, "A"), (2, "B")]  # the fourth and fifth are too many


@pytest.mark.parametrize(
    ("share", "taken"), [("95%", True), ("trên 42,5%", True), ("1.200 hộ", False), ("150%", False)]
)
def test_a_rate_lies_between_one_and_a_hundred(write: Callable, table: Callable, share: str, taken: bool) -> None:
    plan = directive(task(kind="target", text=f"Đạt {share}.", quantity=(share,)))
    rows = rows_of(write("nq57-targets", [plan], table(KNOWN)))
    assert [row["Tỉ lệ được giao"] for row in rows] == ([{"95%": 95, "trên 42,5%": 42.5}[share]] if taken else [])


def test_a_value_that_the_target_has_no_word_for(write: Callable, own: Callable) -> None:
    folder = own(
        "title: Nhà\nsheet: Nhà\nall-or-nothing: true\ncolumns:\n"
        "  - {title: Mức, value: urgency, map: {gap: [khẩn trương]}}\n"
    )
    assert rows_of(write("own", [directive(task(urgency="Khẩn trương"))], rules=folder)) == [{"Mức": "gap"}]
    with pytest.raises(OutputError) as caught:
        write("own", [directive(task(urgency="sớm"))], rules=folder)
    assert "cột “Mức”: hệ thống không có giá trị cho “sớm”" in caught.value.message


def test_an_office_sets_what_documents_leave_open(write: Callable, table: Callable, own: Callable) -> None:
    """A copy of the profile with a default takes the task without a lead; an unknown one is refused as before."""
    text = (ruleset.shipped() / "profiles" / "vigov.yaml").read_text("utf-8")
    changed = text.replace("codes: don-vi, unknown: refuse", "codes: don-vi, unknown: refuse, default: van-phong")
    folder = own(changed)
    rows = rows_of(write("own", [directive(GOOD, task())], table(KNOWN), rules=folder))
    assert [row[UNIT] for row in rows] == ["dia-chinh", "van-phong"]
    with pytest.raises(OutputError, match="Phòng Lạ"):
        write("own", [directive(task(lead=("Phòng Lạ",)))], table(KNOWN), rules=folder)
    with pytest.raises(OutputError, match="“default: …”"):
        write("vigov", [directive(task())], table(KNOWN))


def test_every_name_that_lacks_a_code_is_listed_once(write: Callable, table: Callable) -> None:
    plan = directive(*(task(lead=(f"Tổ {number % 40}",)) for number in range(80)))
    with pytest.raises(OutputError) as caught:
        write("vigov", [plan], table(KNOWN))
    *_, counted, names = caught.value.message.splitlines()
    assert "50 lỗi khác" in counted
    assert names == f"Tên cần thêm vào don-vi.csv: {'; '.join(f'Tổ {number}' for number in range(40))}."
