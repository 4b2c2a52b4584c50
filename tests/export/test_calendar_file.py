"""iCalendar, read back by python-dateutil and by plain lines: the same days as `pipeline.occurrences`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import export, extract, read
from pipeline.model import Directive, Meta, Milestone, Task
from pipeline.occurrences import occurrences

Make = Callable[..., Directive]
ROOT = Path(__file__).resolve().parent.parent.parent
ISSUED = dt.date(2025, 11, 4)


def entries(directives: Iterable[Directive], folder: Path, lang: str = "vi") -> dict[str, list[str]]:
    """The lines of each entry by its UID, unfolded; those of its alarms among them."""
    path = folder / "t.ics"
    export.write(list(directives), export.targets([path])[0], lang)
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") or "VERSION:2.0\r\n" in text
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")
    found: dict[str, list[str]] = {}
    for line in lines:
        if line in ("BEGIN:VEVENT", "BEGIN:VTODO"):
            entry = [line]
        elif line in ("END:VEVENT", "END:VTODO"):
            (uid,) = (one.removeprefix("UID:") for one in entry if one.startswith("UID:"))
            assert uid not in found
            found[uid] = entry
        elif "entry" in locals():
            entry.append(line)
    return found


def days(entry: list[str], year: int) -> list[dt.date]:
    """The days of an entry in a year, as python-dateutil reads them."""
    told = [line for line in entry if line.startswith(("DTSTART", "RRULE", "EXDATE"))]
    if not any(line.startswith("RRULE") for line in told):
        return [day for line in told if (day := dt.date.fromisoformat(line.rpartition(":")[2])).year == year]
    first, last = dt.datetime(year, 1, 1), dt.datetime(year, 12, 31)
    return [moment.date() for moment in rrulestr("\n".join(told), forceset=True).between(first, last, inc=True)]


def all_days(directives: list[Directive], folder: Path, year: int) -> list[dt.date]:
    return sorted(day for entry in entries(directives, folder).values() for day in days(entry, year))


def expected(directives: list[Directive], year: int) -> list[dt.date]:
    """The days that `Lịch` is made of."""
    return sorted(
        one.original
        for directive in directives
        for task in directive.tasks
        for one in occurrences(task, year, shift=False, since=directive.meta.date)
    )


RULES = [
    "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTHDAY=20",
    "FREQ=MONTHLY;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=20",
    "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=5",
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
    "FREQ=MONTHLY;BYDAY=-1SA",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
    # no day is named: no date
    "FREQ=MONTHLY;INTERVAL=2",
    "FREQ=HOURLY",
]
DATES = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
# days that fall on those of a rule, so that a deadline of its own often takes the place of one of the series
NAMED = st.builds(dt.date, st.just(2026), st.integers(1, 12), st.sampled_from([5, 15, 20, 28]))
TASKS = st.builds(
    Task,
    id=st.just("t"),
    section=st.just("I"),
    order=st.just(1),
    text=st.just("Báo cáo."),
    due=st.none() | DATES | NAMED,
    start=st.none() | DATES,
    milestones=st.lists(st.builds(Milestone, st.text(max_size=5), DATES | NAMED), max_size=3, unique_by=lambda m: m.due).map(tuple),
    rrule=st.none() | st.sampled_from(RULES),
)


@given(task=TASKS, issued=DATES, year=st.integers(2024, 2028))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_days_are_those_of_the_calendar_sheet(tmp_path: Path, task: Task, issued: dt.date, year: int) -> None:
    directive = Directive("x", "", "", 1, "ok", Meta(date=issued), tasks=(task,))
    assert all_days([directive], tmp_path, year) == expected([directive], year)


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_the_days_of_documents_are_those_of_the_calendar_sheet(tmp_path: Path, year: int) -> None:
    paths = sorted((ROOT / "corpus" / "docs").glob("kh-*.txt"))
    directives = [directive for directive in map(extract, map(read, paths)) if directive.meta.date]
    found = all_days(directives, tmp_path, year)
    assert found == expected(directives, year)
    assert year == 2027 or found


def line(entry: list[str], name: str) -> str:
    """The value of the only line of that name before the alarms."""
    own = entry[: entry.index("BEGIN:VALARM")] if "BEGIN:VALARM" in entry else entry
    (found,) = (one for one in own if re.match(rf"{name}[;:]", one))
    return found.partition(":")[2]


def test_entries_of_a_task(make: Make, task: Callable[..., Task], tmp_path: Path) -> None:
    one = task(
        id="t", due=dt.date(2026, 12, 20), rrule="FREQ=MONTHLY;BYMONTHDAY=20",
        milestones=(Milestone("gửi dự thảo", dt.date(2026, 6, 20)), Milestone("trình", dt.date(2026, 7, 1))),
    )  # fmt: skip
    found = entries([make(one)], tmp_path)
    assert list(found) == ["t@dondoc", "t-m1@dondoc", "t-m2@dondoc", "t-r@dondoc"]
    assert line(found["t-m1@dondoc"], "SUMMARY") == "gửi dự thảo: Rà soát hồ sơ."
    assert line(found["t@dondoc"], "DTSTART") == "20261220"
    assert line(found["t@dondoc"], "TRANSP") == "TRANSPARENT"
    assert line(found["t@dondoc"], "DTSTAMP") == "20221104T000000Z"
    assert line(found["t-r@dondoc"], "DTSTART") == "20221120"  # the first 20th after the document's date
    left_out = line(found["t-r@dondoc"], "EXDATE").split(",")
    assert {"20261220", "20260620"} <= set(left_out)


@pytest.mark.parametrize(
    ("start", "meta", "first"),
    [
        (dt.date(2026, 3, 21), Meta(date=ISSUED, year=2026), "20260420"),
        (None, Meta(date=ISSUED, year=2026), "20251120"),
        (None, Meta(year=2026), "20260120"),
        (None, Meta(), "20000120"),
    ],
    ids=["the task's start", "the document's date", "the plan's year", "nothing is known"],
)
def test_where_a_series_begins(
    make: Make, task: Callable[..., Task], tmp_path: Path, start: dt.date | None, meta: Meta, first: str
) -> None:
    found = entries([make(task(start=start, rrule="FREQ=MONTHLY;BYMONTHDAY=20"), meta=meta)], tmp_path)
    assert line(found["0@dondoc"], "DTSTART") == first


@pytest.mark.parametrize(
    ("rule", "alarms"),
    [
        (None, ["-P6DT16H", "-PT16H"]),  # 8:00, seven days and one day before midnight of the day
        ("FREQ=MONTHLY;BYMONTHDAY=20", ["-P6DT16H", "-PT16H"]),
        ("FREQ=WEEKLY;BYDAY=FR", ["-PT16H"]),
        ("FREQ=DAILY;BYDAY=MO", []),
    ],
)
def test_alarms(
    make: Make, task: Callable[..., Task], tmp_path: Path, rule: str | None, alarms: list[str]
) -> None:
    fields = {"rrule": rule} if rule else {"due": dt.date(2026, 12, 20)}
    (entry,) = entries([make(task(**fields))], tmp_path).values()
    assert [one.removeprefix("TRIGGER:") for one in entry if one.startswith("TRIGGER")] == alarms


def test_work_without_a_day_is_there_and_counted(make: Make, task: Callable[..., Task], tmp_path: Path) -> None:
    tasks = (task(id="a", cadence=("continuous",)), task(id="b", rrule="FREQ=MONTHLY;INTERVAL=2"),
             task(id="c", rrule="FREQ=YEARLY;INTERVAL=1;BYMONTH=2;BYMONTHDAY=30"), task(id="d", due=ISSUED))  # fmt: skip
    found = entries([make(*tasks)], tmp_path)
    assert {uid: entry[0] for uid, entry in found.items()} == {
        "a@dondoc": "BEGIN:VTODO", "b@dondoc": "BEGIN:VTODO", "c@dondoc": "BEGIN:VTODO", "d@dondoc": "BEGIN:VEVENT",
    }  # fmt: skip
    assert not any(one.startswith(("DTSTART", "DUE")) for one in found["a@dondoc"])
    for lang in ("vi", "en"):
        (note,) = export.write([make(*tasks)], export.targets([tmp_path / "t.ics"])[0], lang).notes
        assert note.code == "undated"
        assert note.message.startswith("3 ")


def test_a_document_in_two_files_gives_each_task_once(make: Make, task: Callable[..., Task], tmp_path: Path) -> None:
    same, other = task(due=ISSUED), task(due=dt.date(2025, 12, 1))
    found = entries([make(same), make(same, document="KH 85.pdf"), make(other, document="KH 85 quét.pdf")], tmp_path)
    assert {uid: line(entry, "DTSTART") for uid, entry in found.items()} == {
        "0@dondoc": "20251104", "0-2@dondoc": "20251201",
    }  # fmt: skip


def test_the_description_tells_who_what_and_where(make: Make, tmp_path: Path) -> None:
    entry = entries([make()], tmp_path)["0123456789ab@dondoc"]
    told = line(entry, "DESCRIPTION").replace("\\,", ",").replace("\\;", ";").split("\\n")
    for words in (
        "Đơn vị chủ trì: Văn phòng Huyện ủy; Ban Tổ chức", "Chu kỳ: một lần; hằng năm", "Sản phẩm: báo cáo sơ kết",
        "Nơi nhận báo cáo: Thường trực Huyện ủy", "Mục: III.3", "Trang: 2", "KH 85.docx",
        "Văn bản giao: Kế hoạch số 85-KH/HU ngày 04/11/2022 của Huyện ủy Sông Trong",
    ):  # fmt: skip
        assert words in told
    assert "Lead: Văn phòng" in line(entries([make()], tmp_path, "en")["0123456789ab@dondoc"], "DESCRIPTION")


def test_lines_are_folded_between_characters(make: Make, task: Callable[..., Task], tmp_path: Path) -> None:
    entries([make(task(text="Ủy ban nhân dân 😀 " * 50))], tmp_path)
    for one in (tmp_path / "t.ics").read_bytes().split(b"\r\n"):
        assert len(one) <= 75
        one.decode("utf-8")


def test_no_word_of_a_document_becomes_a_line_of_the_calendar(
    make: Make, task: Callable[..., Task], tmp_path: Path
) -> None:
    words = "x\r\nEND:VEVENT\nATTACH:http://x\rBEGIN:VALARM\u2028\x85a,b;c\\d\x07"
    one = task(text=words, due=ISSUED, section=words, milestones=(Milestone(words, ISSUED),))
    found = entries([make(one, document=words)], tmp_path)
    assert len(found) == 2
    for entry in found.values():
        assert not any(part.startswith("ATTACH") for part in entry)
        assert entry.count("BEGIN:VALARM") == 2
        assert "a\\,b\\;c\\\\d" in line(entry, "SUMMARY")
