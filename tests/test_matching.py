"""Which task of before a task of now is: for trackers and for databases."""

from __future__ import annotations

import time
from random import Random

import pytest

from pipeline.matching import Said, changed_figures, matched

CHECK = "Công an xã tổ chức 02 cuộc kiểm tra phòng cháy tại các chợ trước ngày 15/11/2026"


def said(text: str, name: str = "", section: str = "II.1", *, gone: bool = False) -> Said:
    return Said(name or f"{section}:{text}", section, text, gone)


# (before, now, the place in now → the place in before)
CASES: list[tuple[list[Said], list[Said], dict[int, int]]] = [
    # the id alone, whatever else changed
    ([said(CHECK, "a")], [said("Trồng cây", "a", "III")], {0: 0}),
    # the same words elsewhere, in other case and spacing
    ([said(CHECK)], [said(CHECK.upper().replace(" ", "  "), "b", "III.2")], {0: 0}),
    # two that say the same: each in its section
    ([said("Báo cáo", "a", "I"), said("Báo cáo", "b", "II")], [said("Báo cáo", "c", "II"), said("Báo cáo", "d", "I")],
     {0: 1, 1: 0}),
    # figures: an amount, a deadline put off
    ([said(CHECK)], [said(CHECK.replace("02", "03"))], {0: 0}),
    ([said(CHECK)], [said(CHECK.replace("15/11", "20/12"))], {0: 0}),
    # a sentence mended, and another one
    ([said(CHECK)], [said(CHECK.replace("các chợ", "chợ trung tâm"))], {0: 0}),
    ([said(CHECK)], [said("Trường học sửa mái nhà ăn")], {}),
    # nothing but figures is no sentence that two tasks share
    ([said("100%")], [said("95%")], {}),
    ([said("", "a")], [said("", "b")], {}),
    # the best of two, and none twice
    ([said(CHECK), said(CHECK + " và trường học")], [said(CHECK + " và các trường học")], {0: 1}),
    ([said(CHECK)], [said(CHECK, "a"), said(CHECK, "b")], {0: 0}),
    # what had gone comes back by its words, and is not revived by what only resembles it
    ([said(CHECK, "a", gone=True)], [said(CHECK, "b")], {0: 0}),
    ([said(CHECK, "a", gone=True)], [said(CHECK.replace("02", "03"), "b")], {}),
    ([said(CHECK, "a", gone=True)], [said(CHECK.replace("các chợ", "chợ trung tâm"), "b")], {}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "now", "wanted"), CASES)
def test_which_task_is_which(before: list[Said], now: list[Said], wanted: dict[int, int]) -> None:
    assert matched(before, now) == wanted


def test_the_order_of_those_before_changes_nothing_but_their_places() -> None:
    words = "rà soát kiểm tra lập danh sách báo cáo kết quả hộ nghèo thôn xã chợ trường".split()
    random = Random(5)
    before = [said(" ".join(random.choices(words, k=9)), f"a{n}") for n in range(60)]
    now = [said(" ".join([*one.text.split()[:-1], "mới"]), f"b{n}") for n, one in enumerate(before)]
    wanted = {new: before[old].id for new, old in matched(before, now).items()}
    assert len(wanted) > 40
    shuffled = random.sample(before, len(before))
    assert {new: shuffled[old].id for new, old in matched(shuffled, now).items()} == wanted


def test_the_time_grows_with_the_tasks_and_no_faster() -> None:
    def seconds(count: int) -> float:
        before = [said(f"Thôn {n} rà soát, lập danh sách hộ nghèo trên địa bàn xã {n * 7}", f"a{n}") for n in range(count)]
        now = [said(f"{one.text} và báo cáo", f"b{n}") for n, one in enumerate(before)]
        began = time.process_time()
        assert len(matched(before, now)) == count
        return time.process_time() - began

    seconds(100)
    few, many = (min(seconds(count) for _ in range(3)) for count in (1000, 4000))  # the least is least disturbed
    assert many < 8 * few + 0.2


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (CHECK, CHECK.replace("02 cuộc", "03 cuộc"), ("02", "03")),
        (CHECK, CHECK.replace("02 cuộc", "2 cuộc"), None),
        (CHECK, CHECK.replace("15/11/2026", "15/12/2026"), ("15/11/2026", "15/12/2026")),
        (CHECK, CHECK.replace("15/11/2026", "5/11/2026").replace("02 cuộc", "03 cuộc"), ("02, 15/11/2026", "03, 5/11/2026")),
        ("Thu 1.500 hộ", "Thu 1.600 hộ", ("1.500", "1.600")),
        ("100% hộ", "100% số hộ", None),
        # in their order where the sentence is the same, in none where its words changed places
        ("Mở 2 lớp, 40 người", "Mở 40 lớp, 2 người", ("2, 40", "40, 2")),
        ("Mở 2 lớp, 40 người", "Mời 40 người, mở 2 lớp", None),
        # words with figures came or went: the words have changed
        (CHECK, CHECK + " theo Kế hoạch số 12", None),
        ("Từ 1-3 lớp", "Từ 2 lớp", ("1, 3", "2")),
        ("Rà soát", "Rà soát", None),
    ],
)
def test_the_figures_that_changed(old: str, new: str, wanted: tuple[str, str] | None) -> None:
    assert changed_figures(old, new) == wanted
