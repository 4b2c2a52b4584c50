"""The catalogue of deadline shapes: phrase, how it is read, what it must say, and why."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.model import TimeMention
from pipeline.ruleset import Ruleset
from pipeline.time import combine, find, parse

REFERENCE = dt.date(2025, 1, 10)

# shape, prose or cell, phrase, what is expected (all of it), reason
ROWS: list[tuple[str, str, str, str, str]] = [
    ("1", "prose", "trước ngày 10/11/2025", "due=2025-11-10 precision=day", "the plain form"),
    ("2", "prose", "Hoàn thành trước ngày 15 tháng 11 năm 2025", "due=2025-11-15 precision=day", "words"),
    ("3", "prose", "trước ngày *15/11/2025*", "due=2025-11-15 precision=day", "italics left by a converter"),
    ("4", "prose", "gửi trước ngày 28/5", "due=2025-05-28 precision=day flags=year-inferred", "no year"),
    ("4b", "prose", "gửi trước ngày 05/01", "due=2026-01-05 precision=day flags=year-inferred", "next year"),
    ("5", "prose", "trước ngày 20.7.2025", "due=2025-07-20 precision=day", "dots"),
    ("5b", "prose", "thực hiện trong tháng 3.2026", "due=2026-03-31 precision=month", "a dot in a month"),
    ("6", "prose", "hoàn thành trước 15-8-2025", "due=2025-08-15 precision=day", "hyphens"),
    ("6b", "cell", "ngày 09-9-2025", "due=2025-09-09 precision=day", "hyphens in a cell"),
    ("7", "prose", "trước 20h00 ngày 25 tháng 5 năm 2025", "due=2025-05-25 precision=hour", "an hour"),
    ("7b", "prose", "trước 17 giờ 00 phút, ngày 05/12/2025", "due=2025-12-05 precision=hour", "hour in words"),
    ("8", "prose", "trước 17h00, thứ Sáu (ngày 14/11/2025)", "due=2025-11-14 precision=hour", "the date wins"),
    ("9", "prose", "chậm nhất ngày 30/10/2025", "due=2025-10-30 precision=day", "at the latest"),
    ("9b", "prose", "chậm nhất là ngày 20 tháng 7", "due=2025-07-20 precision=day flags=year-inferred", "là"),
    (
        "10",
        "prose",
        "chậm nhất ngày 06 (sáu) tháng 06 (sáu)",
        "due=2025-06-06 precision=day flags=year-inferred",
        "numbers told twice",
    ),
    ("11", "prose", "hoàn thành xong trước ngày 05/6/2025", "due=2025-06-05 precision=day", "xong"),
    ("12", "prose", "đến hết ngày 24/5/2025", "due=2025-05-24 precision=day", "inclusive"),
    ("12b", "cell", "đến ngày 31/12/2025", "due=2025-12-31 precision=day", "in a cell no as-of date"),
    ("12c", "cell", "đến hết 2025", "due=2025-12-31 precision=year", "a bare year"),
    ("12d", "prose", "đến hết năm 2025", "due=2025-12-31 precision=year", "a year"),
    (
        "13",
        "prose",
        "thực hiện từ ngày 15/8/2025 đến ngày 15/9/2025",
        "due=2025-09-15 begin=2025-08-15 precision=day",
        "a range",
    ),
    (
        "14",
        "prose",
        "trong khoảng thời gian từ 05/8/2025 đến 12/8/2025",
        "due=2025-08-12 begin=2025-08-05 precision=day",
        "without ngày",
    ),
    ("15", "cell", "ngày 29, 30/7/2025", "due=2025-07-30 begin=2025-07-29 precision=day", "a shared month"),
    ("16", "cell", "21/01/2025", "due=2025-01-21 precision=day", "a bare date"),
    ("16b", "cell", "07/02/2025 (chủ Nhật)", "due=2025-02-07 precision=day", "with its weekday"),
    ("17", "cell", "6/2025", "due=2025-06-30 precision=month", "never day and month"),
    ("17b", "cell", "12/2025", "due=2025-12-31 precision=month", "never day and month"),
    ("18", "cell", "Tháng 5/2025", "due=2025-05-31 precision=month", "a month"),
    ("19", "prose", "trong tháng 01 năm 2025", "due=2025-01-31 precision=month", "a month in prose"),
    ("20", "cell", "Tháng 11, 12/2025", "due=2025-12-31 begin=2025-11-01 precision=month", "two months"),
    (
        "21",
        "cell",
        "Từ tháng 11/2025 trở đi",
        "begin=2025-11-01 precision=month cadence=continuous flags=open-end",
        "no end",
    ),
    ("22", "prose", "trước tháng 12/2025", "due=2025-11-30 precision=month", "before a month starts"),
    ("23", "cell", "đầu tháng 9/2025", "due=2025-09-10 precision=month flags=fuzzy", "thirds"),
    ("23b", "cell", "giữa tháng 9/2025", "due=2025-09-20 precision=month flags=fuzzy", "thirds"),
    ("23c", "cell", "cuối tháng 9/2025", "due=2025-09-30 precision=month flags=fuzzy", "thirds"),
    ("24", "cell", "trong tuần đầu tháng 10/2025", "due=2025-10-05 precision=month flags=fuzzy", "ISO week"),
    ("24b", "cell", "trong nửa đầu tháng 10", "due=2025-10-15 precision=month flags=year-inferred,fuzzy", "half"),
    ("25", "prose", "hoàn thành trong Quý II/2026", "due=2026-06-30 precision=quarter", "Roman"),
    ("25b", "cell", "Quý Il/2026", "due=2026-06-30 precision=quarter", "OCR: l for I"),
    ("25c", "cell", "Quý ll/2026", "due=2026-06-30 precision=quarter", "OCR: ll"),
    ("25d", "cell", "Quý lI/2026", "due=2026-06-30 precision=quarter", "OCR: lI"),
    ("25e", "cell", "Quý IlI/2026", "due=2026-09-30 precision=quarter", "OCR: three strokes"),
    ("25f", "cell", "Quý 11/2026", "due=2026-06-30 precision=quarter", "OCR: 11"),
    ("26", "prose", "trong quý 2/2025", "due=2025-06-30 precision=quarter", "Arabic"),
    ("26b", "cell", "Quý I năm 2025", "due=2025-03-31 precision=quarter", "năm"),
    ("26c", "cell", "Q2/2025", "due=2025-06-30 precision=quarter", "shortened"),
    ("26d", "cell", "quý 1", "due=2025-03-31 precision=quarter flags=year-inferred", "no year"),
    ("27", "cell", "Quý II và Quý III/2026", "due=2026-09-30 begin=2026-04-01 precision=quarter", "two"),
    ("27b", "cell", "Quý II-III/2026", "due=2026-09-30 begin=2026-04-01 precision=quarter", "a dash"),
    (
        "28",
        "cell",
        "Quý IV/2026 đến hết Quý II/2027",
        "due=2027-06-30 begin=2026-10-01 precision=quarter",
        "over years",
    ),
    (
        "29",
        "cell",
        "Quý IV/2025 và các năm tiếp theo",
        "due=2025-12-31 precision=quarter cadence=continuous flags=open-end",
        "goes on",
    ),
    ("30", "cell", "đầu quý III", "due=2025-07-31 precision=quarter flags=year-inferred,fuzzy", "first month"),
    ("30b", "cell", "cuối quý IV", "due=2025-12-31 precision=quarter flags=year-inferred,fuzzy", "last month"),
    ("31", "cell", "6 tháng đầu năm 2026", "due=2026-06-30 precision=half", "first half"),
    ("31b", "cell", "6 tháng cuối năm", "due=2025-12-31 precision=half flags=year-inferred", "second half"),
    ("31c", "cell", "9 tháng đầu năm", "due=2025-09-30 precision=month flags=year-inferred", "nine months"),
    ("31d", "cell", "3 tháng cuối năm 2025", "due=2025-12-31 precision=quarter", "last quarter"),
    ("32", "cell", "nửa đầu năm 2026", "due=2026-06-30 precision=half", "half in words"),
    ("33", "cell", "2025", "due=2025-12-31 precision=year", "a bare year"),
    ("33b", "cell", "(trong năm 2025)", "due=2025-12-31 precision=year", "in brackets"),
    ("34", "cell", "2025 - 2026", "due=2026-12-31 begin=2025-01-01 precision=year", "two years"),
    ("34b", "cell", "2025–2026", "due=2026-12-31 begin=2025-01-01 precision=year", "an en dash"),
    (
        "35",
        "cell",
        "2025 và những năm tiếp theo",
        "begin=2025-01-01 precision=year cadence=continuous flags=open-end",
        "no end",
    ),
    ("36", "cell", "từ nay đến năm 2030", "due=2030-12-31 precision=year", "a horizon as a task's own time"),
    ("36b", "prose", "đến năm 2030 đạt 100%", "nothing", "the horizon of a target is no deadline"),
    ("37", "cell", "giai đoạn 2021-2026", "due=2026-12-31 begin=2021-01-01 precision=year", "own time"),
    ("37b", "prose", "Đại hội nhiệm kỳ 2025 – 2030", "nothing", "a title"),
    (
        "38",
        "cell",
        "Từ năm 2025 đến năm 2030 và tiếp theo",
        "due=2030-12-31 begin=2025-01-01 precision=year cadence=continuous flags=open-end",
        "range that goes on",
    ),
    ("39", "cell", "từ nay đến hết nhiệm kỳ", "cadence=term", "an anchor no calendar knows"),
    (
        "40",
        "cell",
        "Tổng kết giai đoạn 2023-2025 vào năm 2025; giai đoạn 2026-2030 vào năm 2030",
        "due=2030-12-31 begin=2023-01-01 precision=year",
        "the last step",
    ),
    ("41", "cell", "Tháng 12/2025 và thường xuyên", "due=2025-12-31 precision=month cadence=continuous", "both"),
    ("41b", "cell", "Tháng 12/2025 và bổ sung hàng năm", "due=2025-12-31 precision=month cadence=annual", "both"),
    ("42", "cell", "6 tháng, hằng năm và định kỳ", "cadence=semiannual,annual", "named intervals over định kỳ"),
    ("43", "cell", "Nhiệm vụ thường xuyên", "cadence=continuous", "no date"),
    ("44", "cell", "Ngay sau khi Kế hoạch được ban hành", "nothing", "urgent, yet no date"),
    ("45", "prose", "trong thời hạn 10 ngày làm việc, kể từ ngày nhận đủ hồ sơ", "precision=event", "an event"),
    ("46", "prose", "không quá 05 ngày làm việc kể từ khi nhận được văn bản", "precision=event", "an event"),
    ("47", "prose", "sau 10 ngày làm việc kể từ ngày ban hành", "due=2025-01-24 precision=day", "from signing"),
    ("47b", "prose", "sau 15 ngày, kể từ ngày đăng Công báo", "nothing", "entry into force"),
    ("48", "prose", "trong vòng 30 ngày kể từ ngày ký", "due=2025-02-09 precision=day", "calendar days"),
    ("48b", "prose", "Chậm nhất sau 15 ngày kể từ ngày đoàn về nước", "precision=event", "an event"),
    ("49", "prose", "chậm nhất 05 ngày sau khi kết thúc giám sát", "precision=event", "an event"),
    ("50", "prose", "trong ngày, chậm nhất trong ngày làm việc tiếp theo", "precision=event", "per event"),
    ("51", "cell", "105 ngày", "nothing", "a countdown: the date stands in the next column"),
    ("52", "prose", "trước ngày tổ chức hội nghị 03 ngày", "precision=event", "days ahead of an event"),
    ("52b", "prose", "trước và sau các kỳ họp", "cadence=per_event", "sessions"),
    ("53", "prose", "trình Quốc hội thông qua tại Kỳ họp thứ 9", "nothing", "a session is no date"),
    ("54", "cell", "theo Kế hoạch của cấp trên", "nothing", "unresolved"),
    (
        "55",
        "prose",
        "Trước ngày 25 hằng tháng",
        "precision=day cadence=monthly rrule=FREQ=MONTHLY;BYMONTHDAY=25",
        "hằng",
    ),
    ("55b", "prose", "ngày 20 hàng tháng", "precision=day cadence=monthly rrule=FREQ=MONTHLY;BYMONTHDAY=20", "hàng"),
    (
        "56",
        "prose",
        "trước ngày 15 của tháng",
        "precision=day cadence=monthly rrule=FREQ=MONTHLY;BYMONTHDAY=15",
        "of the month",
    ),
    (
        "57",
        "prose",
        "từ ngày 1 đến ngày 5 hằng tháng",
        "precision=day cadence=monthly rrule=FREQ=MONTHLY;BYMONTHDAY=5",
        "a window",
    ),
    (
        "58",
        "prose",
        "trước ngày 05 tháng cuối cùng của mỗi quý",
        "precision=day cadence=quarterly rrule=FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=5",
        "long form",
    ),
    (
        "58b",
        "prose",
        "Chậm nhất ngày 06 của tháng cuối quý",
        "precision=day cadence=quarterly rrule=FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=6",
        "short form",
    ),
    (
        "59",
        "prose",
        "hằng quý trước ngày 25",
        "precision=day cadence=quarterly "
        "rrule=FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=25 flags=month-assumed",
        "month not stated",
    ),
    (
        "60",
        "prose",
        "trước ngày 20 tháng 6 hằng năm",
        "precision=day cadence=annual rrule=FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20",
        "words",
    ),
    (
        "60b",
        "prose",
        "trước 30/11 hằng năm",
        "precision=day cadence=annual rrule=FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30",
        "digits",
    ),
    ("60c", "cell", "Quý IV hằng năm", "precision=quarter cadence=annual", "names no day: no rule, no date"),
    (
        "61",
        "prose",
        "trước ngày 20 tháng 11 năm trước",
        "precision=day cadence=annual rrule=FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20",
        "the year before",
    ),
    (
        "62",
        "prose",
        "định kỳ 6 tháng trước ngày 15 tháng 6 và trước ngày 15 tháng 12",
        "precision=day cadence=semiannual rrule=FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15",
        "two dates",
    ),
    (
        "63",
        "prose",
        "trước ngày 25/06 đối với báo cáo 06 tháng; trước ngày 28/11 đối với báo cáo năm",
        "precision=day cadence=semiannual,annual rrule=FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=25",
        "rrule is the first",
    ),
    (
        "63b",
        "prose",
        "báo cáo 06 tháng (trước ngày 10/6), năm (trước ngày 10/12)",
        "precision=day cadence=semiannual,annual rrule=FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=10",
        "in brackets",
    ),
    (
        "64",
        "prose",
        "gửi trước ngày 10/01 của năm liền kề năm báo cáo",
        "precision=day cadence=annual rrule=FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10",
        "the year after",
    ),
    (
        "65",
        "prose",
        "báo cáo tháng trước ngày 25 hằng tháng, quý trước ngày 20 tháng cuối quý, "
        "6 tháng trước ngày 15/6, năm trước ngày 15/12",
        "precision=day cadence=monthly,quarterly,semiannual,annual rrule=FREQ=MONTHLY;BYMONTHDAY=25",
        "four recurrences",
    ),
    ("66", "prose", "thứ Sáu hằng tuần", "precision=day cadence=weekly rrule=FREQ=WEEKLY;BYDAY=FR", "a weekday"),
    (
        "66b",
        "prose",
        "trước 10h00 thứ Năm hằng tuần",
        "precision=hour cadence=weekly rrule=FREQ=WEEKLY;BYDAY=TH",
        "with its hour",
    ),
    (
        "66c",
        "prose",
        "Mỗi thứ Ba và thứ Năm hàng tuần",
        "precision=day cadence=weekly rrule=FREQ=WEEKLY;BYDAY=TU,TH",
        "two weekdays",
    ),
    (
        "66d",
        "prose",
        "Định kỳ hằng tuần (trước 16 giờ ngày thứ sáu)",
        "precision=hour cadence=weekly rrule=FREQ=WEEKLY;BYDAY=FR",
        "the interval left",
    ),
    (
        "66e",
        "prose",
        "trước 11h00’ ngày thứ 5 hằng tuần",
        "precision=hour cadence=weekly rrule=FREQ=WEEKLY;BYDAY=TH",
        "a number for the weekday",
    ),
    ("67", "prose", "trước 16h00 hằng ngày", "precision=hour cadence=daily", "daily"),
    ("68", "prose", "dự kiến trong tháng 5/2025", "due=2025-05-31 precision=month flags=tentative", "tentative"),
    ("68b", "cell", "dự kiến Quý III/2026", "due=2026-09-30 precision=quarter flags=tentative", "tentative"),
    ("69", "cell", "hạn 20/2", "due=2025-02-20 precision=day flags=year-inferred", "a note in the margin"),
    ("70", "cell", "Hoàn thành: 30/9/2025", "due=2025-09-30 precision=day", "a label"),
    ("70b", "prose", "Thời hạn: 30/9/2025", "due=2025-09-30 precision=day", "a label in prose"),
    ("71", "cell", "15/1l/2025", "due=2025-11-15 precision=day", "OCR: l for 1"),
    ("71b", "cell", "3O/9/2025", "due=2025-09-30 precision=day", "OCR: O for 0"),
    ("71c", "cell", "l5/11", "due=2025-11-15 precision=day flags=year-inferred", "OCR: leading l"),
    ("71d", "cell", "20/1 1/2025", "due=2025-11-20 precision=day", "OCR: a blank in the month"),
    ("72", "cell", "ngày …/…/2025", "precision=year flags=day-unknown", "left open"),
    ("72b", "cell", "ngày tháng 9 năm 2025", "due=2025-09-30 precision=month flags=day-unknown", "the month is kept"),
    (
        "+a",
        "cell",
        "Trước ngày 05 của tháng liền kề",
        "precision=day cadence=monthly rrule=FREQ=MONTHLY;BYMONTHDAY=5",
        "of the next month",
    ),
    (
        "+b",
        "cell",
        "Trước ngày 31/01 năm liền kề",
        "precision=day cadence=annual rrule=FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31",
        "of the next year",
    ),
    (
        "+c",
        "cell",
        "Thường xuyên trong năm",
        "due=2025-12-31 precision=year cadence=continuous flags=year-inferred",
        "the plan's year",
    ),
    (
        "+d",
        "cell",
        "Ban hành kế hoạch trong tháng 01/2026, kiểm tra chậm nhất trong tháng 6/2026",
        "due=2026-06-30 precision=month",
        "the last of the steps",
    ),
    (
        "+e",
        "prose",
        "ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm",
        "precision=day cadence=annual rrule=FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15",
        "one rule for both",
    ),
    ("+f", "prose", "họp 02 tuần/lần", "cadence=periodic rrule=FREQ=WEEKLY;INTERVAL=2", "no name for it"),
    (
        "+g",
        "prose",
        "hoàn thành trong năm",
        "due=2025-12-31 precision=year flags=year-inferred",
        "worded as a deadline",
    ),
    (
        "+h",
        "prose",
        "gửi trước ngày 31/02/2025",
        "precision=day flags=impossible-date",
        "no such day: none is invented",
    ),
    ("+i", "prose", "hoàn thành trong tháng mười một năm 2025", "due=2025-11-30 precision=month", "a month in words"),
    ("+j", "prose", "triển khai (Quý II/2026)", "due=2026-06-30 precision=quarter", "alone in brackets"),
    (
        "+k",
        "prose",
        "Hằng năm, xã tổng hợp, gửi trước ngày 15/12",
        "precision=day cadence=annual rrule=FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
        "the interval opens the sentence",
    ),
    ("+l", "prose", "gửi trước ngày 20/11/2025 và 20/5/2026", "due=2026-05-20 precision=day", "one bound for both"),
    ("+m", "cell", "tuần 2 tháng 3/2025", "due=2025-03-16 precision=month flags=fuzzy", "never the 2nd of March"),
    (
        "+n",
        "cell",
        "Quý I, II, III, IV",
        "due=2025-12-31 begin=2025-01-01 precision=quarter flags=year-inferred",
        "list",
    ),
    ("+o", "cell", "T6/2025", "due=2025-06-30 precision=month", "shortened"),
    ("+p", "prose", "triển khai từ nay đến cuối năm 2025", "due=2025-12-31 precision=year", "the end of a year"),
    ("+q", "cell", "Tháng 6, tháng 12 hằng năm", "precision=month cadence=annual", "months of every year"),
]


def _shown(mention: TimeMention | None) -> str:
    """A mention as the rows write it: what is filled, in a fixed order."""
    if mention is None:
        return "nothing"
    shown = {
        "due": mention.due,
        "begin": mention.begin,
        "precision": mention.precision,
        "cadence": ",".join(code for code in mention.cadence if code != "once"),
        "rrule": mention.rrule,
        "flags": ",".join(mention.flags),
    }
    return " ".join(f"{key}={value}" for key, value in shown.items() if value)


@pytest.mark.parametrize(("shape", "where", "phrase", "expected", "reason"), ROWS, ids=[row[0] for row in ROWS])
def test_shape(shape: str, where: str, phrase: str, expected: str, reason: str, rules: Ruleset) -> None:
    found = find(phrase, REFERENCE, cell=where == "cell", rules=rules)
    assert _shown(combine(found)) == expected, reason


def test_the_catalogue_is_complete() -> None:
    numbers = {int("".join(char for char in row[0] if char.isdecimal()) or 0) for row in ROWS}
    assert set(range(1, 73)) <= numbers


def test_once_is_said_of_a_date_without_recurrence(rules: Ruleset) -> None:
    read = parse("trước ngày 15/11/2025", REFERENCE, rules=rules)
    assert read is not None and read.cadence == ("once",)


def test_year_of_the_plan_comes_before_the_document_year(rules: Ruleset) -> None:
    (mention,) = find("gửi trước ngày 28/5", dt.date(2025, 12, 20), year=2026, rules=rules)
    assert mention.due == dt.date(2026, 5, 28) and mention.flags == ("year-inferred",)


def test_no_year_at_all_gives_no_date(rules: Ruleset) -> None:
    (mention,) = find("gửi trước ngày 28/5", None, rules=rules)
    assert mention.due is None and mention.flags == ("year-unknown",)


def test_days_from_signing_need_the_date_of_the_document(rules: Ruleset) -> None:
    (mention,) = find("trong 10 ngày kể từ ngày ký", None, rules=rules)
    assert mention.due is None and mention.flags == ("reference-unknown",)


def test_working_days_skip_weekends_and_the_lunar_new_year(rules: Ruleset) -> None:
    # 13 February 2026 is a Friday; the holiday runs from the 16th to the 20th.
    (mention,) = find("trong 02 ngày làm việc kể từ ngày ký", dt.date(2026, 2, 13), rules=rules)
    assert mention.due == dt.date(2026, 2, 24)


def test_a_date_before_the_document_is_flagged(rules: Ruleset) -> None:
    (mention,) = find("hoàn thành trước ngày 05/01/2025", REFERENCE, rules=rules)
    assert mention.due == dt.date(2025, 1, 5) and mention.flags == ("past",)


def test_a_range_over_new_year_without_years(rules: Ruleset) -> None:
    read = parse("từ ngày 20/12 đến ngày 10/01", dt.date(2025, 11, 1), rules=rules)
    assert read is not None and (read.begin, read.due) == (dt.date(2025, 12, 20), dt.date(2026, 1, 10))


def test_combining_nothing_gives_nothing() -> None:
    assert combine([]) is None
