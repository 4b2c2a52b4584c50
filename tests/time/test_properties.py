"""What holds for any date and any text."""

from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ruleset import load
from pipeline.time import combine, find, parse
from pipeline.time.branches import branches
from pipeline.time.folding import MONTH_WORDS, fold

RULES = load()
REFERENCE = dt.date(2025, 8, 20)
WORDS = {value: word for word, value in MONTH_WORDS.items() if word not in ("giêng", "bốn", "bẩy", "chạp")}
DATES = st.dates(dt.date(2025, 8, 20), dt.date(2199, 12, 31))
SHAPES = (
    "trước ngày {d}/{m}/{y}",
    "trước ngày {d:02}/{m:02}/{y}",
    "trước ngày {d:02}.{m:02}.{y}",
    "trước ngày {d}-{m}-{y}",
    "trước ngày {d:02} tháng {m:02} năm {y}",
    "trước ngày {d} tháng {word} năm {y}",
    "trước 17h00 ngày {d:02}/{m:02}/{y}",
    "trước ngày {y:04}-{m:02}-{d:02}",
)
# The rules' own words, and pieces that break dates.
KEYWORDS = (
    "trước ngày",
    "chậm nhất",
    "hoàn thành",
    "trong",
    "đến hết",
    "từ",
    "đến",
    "hằng",
    "hàng",
    "tháng",
    "quý",
    "năm",
    "tuần",
    "ngày",
    "thứ",
    "chủ nhật",
    "định kỳ",
    "thường xuyên",
    "đột xuất",
    "nhiệm kỳ",
    "kỳ họp",
    "kể từ",
    "ký",
    "ban hành",
    "ngày làm việc",
    "6 tháng",
    "đầu năm",
    "và",
    "hoặc",
    "của",
    "mỗi",
    "lần",
    "/lần",
    "trở đi",
    "các năm tiếp theo",
    "theo",
    "số",
    "31/02/2025",
    "0/0/0000",
    "9999",
    "31/12/9999",
    "1/1",
    "II",
    "IV/2026",
    "lI",
    "(",
    ")",
    ";",
    ".",
    "…",
    "15/11/2025",
    "05",
    "hôm nay",
    "tới",
    "sau",
    "nữa",
    "16h00",
    "*",
    "_",
    "İ",
    "²",
    "٣/٤/٢٠٢٥",
)
SOUPS = st.lists(st.sampled_from(KEYWORDS), max_size=30).map(" ".join)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=60, deadline=None)
@given(day=DATES)
def test_a_written_date_comes_back(shape: str, day: dt.date) -> None:
    text = shape.format(d=day.day, m=day.month, y=day.year, word=WORDS[day.month])
    (mention,) = find(text, REFERENCE, rules=RULES)
    assert mention.due == day
    assert text[mention.start : mention.end] == text


@settings(max_examples=60, deadline=None)
@given(
    day=DATES,
    before=st.sampled_from(["", "Văn phòng tổng hợp, ", "a" * 50 + "; "]),
    after=st.sampled_from(["", ".", " để báo cáo"]),
)
def test_offsets_are_exactly_the_words(day: dt.date, before: str, after: str) -> None:
    words = f"chậm nhất ngày {day.day:02} (mười) tháng {day.month:02} (hai) năm {day.year}"
    text = before + words + after
    (mention,) = find(text, REFERENCE, rules=RULES)
    assert text[mention.start : mention.end] == words


@settings(max_examples=300, deadline=None)
@given(text=SOUPS | st.text(max_size=200), cell=st.booleans(), known=st.booleans())
def test_soups_never_raise_and_mentions_are_in_order(text: str, cell: bool, known: bool) -> None:
    found = find(text, REFERENCE if known else None, cell=cell, rules=RULES)
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.due is None or mention.begin is None or mention.begin <= mention.due
    for kind in (lambda m: m.cadence, lambda m: m.precision):
        spans = [(mention.start, mention.end) for mention in found if kind(mention)]
        assert all(left[1] <= right[0] for left, right in pairwise(spans))


@settings(max_examples=200, deadline=None)
@given(text=SOUPS, day=st.sampled_from([dt.date.min, REFERENCE, dt.date.max]))
def test_a_phrase_never_raises_at_the_ends_of_the_calendar(text: str, day: dt.date) -> None:
    parse(text, day, rules=RULES)


@settings(max_examples=200, deadline=None)
@given(text=SOUPS | st.text(max_size=200))
def test_folding_maps_every_offset(text: str) -> None:
    folded = fold(text)
    ends = [folded.span(i, i + 1) for i in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert all(left[1] <= right[0] for left, right in pairwise(ends))


@settings(max_examples=100, deadline=None)
@given(texts=st.lists(SOUPS, max_size=4))
def test_combining_says_the_last_date_and_every_code(texts: list[str]) -> None:
    found = [mention for text in texts for mention in find(text, REFERENCE, cell=True, rules=RULES)]
    read = combine(found)
    if read is not None:
        assert read.due == max((m.due for m in found if m.due), default=None)
        assert set(read.cadence) - {"once"} == {code for m in found for code in m.cadence}


@pytest.mark.parametrize(
    "unit",
    [
        "trước ngày 15/11/2025 ",
        "tháng 1, 2, 3, ",
        "hằng tháng ngày 5 ",
        "gửi a b c d ",
        "((((",
        "1/1/1/",
        "kế hoạch a b ",
        "ngày ......../",
    ],
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def spent(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        best = float("inf")
        for _ in range(3):
            begun = time.perf_counter()
            find(text, REFERENCE, rules=RULES)
            best = min(best, time.perf_counter() - begun)
        return best

    # Eight times the text may take eight times as long, with room for a busy machine; a square would take 64.
    assert spent(200_000) < 24 * spent(25_000) + 0.05


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?:hằng|mỗi) năm", ["hằng năm", "mỗi năm"]),
        ("(?:định kỳ )?năm|quý", ["định kỳ năm", "năm", "quý"]),
        ("(?P<day>[)|]a)x", ["[)|]ax"]),
        (r"\(a|(?:b)+c", [r"\(a", "(?:b)+c"]),
        ("(?=a)b|(?<!c)d", ["(?=a)b", "(?<!c)d"]),
    ],
)
def test_branches_keep_the_order_of_what_is_tried(pattern: str, expected: list[str]) -> None:
    assert list(branches(pattern)) == expected


CASES = Path(__file__).resolve().parents[3] / "shared" / "eval" / "temporal_cases.tsv"


@pytest.mark.skipif(not CASES.is_file(), reason="the cases of other projects stand beside the checkout")
def test_cases_of_other_projects() -> None:
    right = 0
    rows = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()[1:]]
    for phrase, reference, expected, *_ in rows:
        read = parse(phrase, dt.date.fromisoformat(reference), rules=RULES)
        if expected == "NONE":
            right += read is None or read.due is None
        elif "/" in expected and read is not None:
            begin, due = expected.split("/")
            right += str(read.due) == due and str(read.begin or begin) == begin
    assert right >= 165, f"{right} of {len(rows)}"
