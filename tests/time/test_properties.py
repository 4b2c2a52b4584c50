"""What holds for any date and any text."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ruleset import Rule, load
from pipeline.time import combine, find, parse
from pipeline.time.branches import branches, gathered
from pipeline.time.folding import MONTH_WORDS, fold
from pipeline.time.grammar import grammar

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
        "tại hội nghị a b c ",
        "kỳ báo cáo a b (",
        "(dự kiến a ",
        "báo cáo tháng a b ",
        "ngày 1, 2, 3, 4, ",
        "số 1/a của b c ",
        "trước ngày a b c ",
        "năm 2026 hoàn thành ",
        "định kỳ hằng tuần vào ",
    ],
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def spent(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            find(text, REFERENCE, rules=RULES)
            best = min(best, time.process_time() - begun)
        return best

    # Eight times the text may take eight times as long, with room for a busy machine; a square would take 64. Counted
    # is the processor's time: how long others keep it busy says nothing.
    assert spent(96_000) < 24 * spent(12_000) + 0.05


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?:hằng|mỗi) năm", ["hằng năm", "mỗi năm"]),
        ("(?:định kỳ )?năm|quý", ["định kỳ năm", "năm", "quý"]),
        ("(?P<day>[)|]a)x", ["[)|]ax"]),
        (r"\(a|(?:b)+c", [r"\(a", "(?:b)+c"]),
        ("(?=a)b|(?<!c)d", ["(?=a)b", "d(?<!cd)"]),
        ("(?<!x )(?<=y )0?6 tháng", ["06 tháng(?<!x 06 tháng)(?<=y 06 tháng)", "6 tháng(?<!x 6 tháng)(?<=y 6 tháng)"]),
    ],
)
def test_branches_keep_the_order_of_what_is_tried(pattern: str, expected: list[str]) -> None:
    assert list(branches(pattern)) == expected


def test_numbers_are_gathered_and_a_digit_that_may_be_left_out_keeps_its_place() -> None:
    assert gathered([r"\d{1,2}/x", "ab", "01 x", r"[01]?\d y", "ac"]) == r"(?=\d)(?:\d{1,2}/x|01 x|[01]?\d y)|a(?:b|c)"
    for optional in (r"\d?ab", "[1-9]*ab", r"\d{0,2}ab", "[3-]ab"):
        assert gathered([r"\d x", optional, r"\d z"]) == rf"\d x|{optional}|\d z"


def test_one_expression_finds_what_the_rules_find_one_by_one() -> None:
    found = grammar(RULES, "prose").atoms
    texts = [fold(text).text for rule in RULES["deadlines"] for text in (rule.example, rule.counter)]
    assert found.regex is not None
    for text in texts:
        at_once = [(m.start(), m.end() - 1, found.which(m).id) for m in found.regex.finditer(f" {text}")]
        assert at_once == list(_one_by_one(text, found.rules)), text


def _one_by_one(text: str, rules: Sequence[Rule]) -> Iterator[tuple[int, int, str]]:
    """At the start of each word the first rule that matches, in the order of the file."""
    place = 0
    while place < len(text):
        rest = rules if place == 0 or re.match(r"[^\w/.]", text[place - 1]) else ()
        matches = ((re.compile(rule["pattern"]).match(text, place), rule.id) for rule in rest)
        match, name = next(((match, name) for match, name in matches if match), (None, ""))
        if match is not None:
            yield place, match.end(), name
        place = max(place + 1, match.end() if match is not None else 0)
