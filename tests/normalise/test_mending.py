"""What recognition reads wrong and the words around prove: mended, told, and nothing else touched."""

from __future__ import annotations

import pytest

from pipeline import ruleset
from pipeline.model import Box, Warning
from pipeline.normalise.drafts import Draft, Token
from pipeline.normalise.mending import mend, mend_column

RULES = ruleset.load()
PLACE = Box(0, 0, 10, 10)


def seen(text: str, confidence: float | None = 0.9) -> Draft:
    """A line of words with one confidence; None for words that the file held itself."""
    return Draft([Token(word, 1, PLACE, confidence) for word in text.split()])


def mended(*lines: str, confidence: float | None = 0.9) -> tuple[list[str], list[Warning]]:
    drafts = [seen(line, confidence) for line in lines]
    told = mend(drafts, RULES)
    return [draft.text for draft in drafts], told


# (as read, as it stood, why)
PROVEN = [
    ("hoàn thành trong Quý Il/2026", "hoàn thành trong Quý II/2026", "upright strokes behind quý"),
    ("trước ngày 15/1l/2022", "trước ngày 15/11/2022", "a letter inside a date"),
    ("(trước l6 giờ ngày thứ sáu)", "(trước 16 giờ ngày thứ sáu)", "no word has digits and an l"),
    ("TIỀN ĐỘ THỰC HIỆN", "TIẾN ĐỘ THỰC HIỆN", "a phrase of office language, but for an accent"),
    ("Đây mạnh tuyên truyền", "Đẩy mạnh tuyên truyền", "a verb of two syllables, but for an accent"),
    ("Nơi nhân:", "Nơi nhận:", "the heading of the list of recipients"),
    ("Kế hoạch số 12/KH-UBND ngày 04/3/2926 năm 2026", "Kế hoạch số 12/KH-UBND ngày 04/3/2026 năm 2026", "an impossible year"),
]


@pytest.mark.parametrize(("read", "stood", "why"), PROVEN)
def test_what_the_context_proves_is_mended_and_told(read: str, stood: str, why: str) -> None:
    texts, told = mended(read)
    assert texts == [stood], why
    assert told and all(warning.code == "ocr-mended" for warning in told)
    changed = [old for old, new in zip(read.split(), stood.split(), strict=True) if old != new]
    assert all(any(f"“{old}”" in warning.message for warning in told) for old in changed), "the reading before is kept"


@pytest.mark.parametrize("read", [read for read, _, _ in PROVEN])
def test_words_that_the_file_held_itself_are_never_touched(read: str) -> None:
    assert mended(read, confidence=None) == ([read], [])


@pytest.mark.parametrize(
    "text",
    [
        "chuyên đề thực hiện Nghị quyết",  # not "chuyên để thực hiện"
        "cần đối thoại với người dân",  # not "cân đối"
        "Quý I/2026 và Quý III/2026",
        "tuyến đường ĐT.754 dài 11 km",
    ],
)
def test_what_nothing_proves_wrong_stays(text: str) -> None:
    assert mended(text) == ([text], [])


def test_counters_of_items_are_mended_from_their_neighbours() -> None:
    lines = ["1. Giao Sở Nội vụ", "2. Giao Sở Y tế", "` Giao Sở Tài chính", "4. Giao Sở Tư pháp"]
    assert mended(*lines)[0][2] == "3. Giao Sở Tài chính"


# (counter as read, title of a group?) → counters as they stood
COLUMNS = [
    ([("I", True), ("1", False), ("H", True), ("2", False), ("HI", True)], ["I", "1", "II", "2", "III"]),
    ([("1", True), ("1", False), ("2", False), ("II", True), ("3", False)], ["I", "1", "2", "II", "3"]),
    ([("4", False), ("s", False), ("6", False)], ["4", "5", "6"]),
    ([("4", False), ("s", False), ("9", False)], ["4", "s", "9"]),  # nothing says that it is 5
    ([("A", True), ("1", False), ("B", True), ("2", False)], ["A", "1", "B", "2"]),  # groups that letters count
]


@pytest.mark.parametrize(("read", "stood"), COLUMNS)
def test_counters_of_a_column(read: list[tuple[str, bool]], stood: list[str]) -> None:
    cells = [(seen(text), group) for text, group in read]
    told = mend_column(cells)
    assert [draft.text for draft, _ in cells] == stood
    assert len(told) == sum(text != other for (text, _), other in zip(read, stood, strict=True))


def test_a_column_that_the_file_held_itself_is_never_touched() -> None:
    cells = [(seen("I", None), True), (seen("H", None), True)]
    assert mend_column(cells) == []
