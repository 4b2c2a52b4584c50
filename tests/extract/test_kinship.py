"""What is part of what, what is said twice, and what presses for haste."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline import ruleset
from pipeline.extract import extract
from pipeline.extract.kinship import repeats, words_of
from pipeline.extract.values import find_urgency
from pipeline.model import Directive, Line, Paragraph, Source, Task
from pipeline.normalise import normalise
from pipeline.outline import build

RULES = ruleset.load()


def read(text: str) -> Directive:
    lines = tuple(Paragraph((Line(line),)) for line in text.split("\n") if line.strip())
    document = normalise(Source("kh.txt", "0" * 64, "text/plain", 1, lines), RULES)
    return extract(replace(document, outline=build(document, RULES)), RULES)


PLAN = """KẾ HOẠCH
Phòng, chống hạn năm 2026
I. NHIỆM VỤ
1. Rà soát toàn bộ hệ thống kênh mương nội đồng và các trạm bơm dã chiến trên địa bàn, tập trung vào:
a) Nạo vét kênh cấp 2 trước ngày 15/3/2026.
b) Sửa chữa 03 trạm bơm.
2. Tuyên truyền đến các hộ dân.
"""


def test_what_a_task_introduces_is_part_of_it() -> None:
    tasks = {task.text.split()[0]: task for task in read(PLAN).tasks}
    assert tasks["Nạo"].parent == tasks["Sửa"].parent == tasks["Rà"].id
    assert tasks["Rà"].parent is tasks["Tuyên"].parent is None


def row(text: str, section: str, *lead: str) -> Task:
    return Task(id="", section=section, order=0, text=text, lead=lead)


def said_twice(tasks: list[Task]) -> list[tuple[int, ...]]:
    return repeats(tasks, [words_of(task) for task in tasks])


LONG = "Xây dựng phương án sắp xếp các điểm trường lẻ ở thôn xa trung tâm"


@pytest.mark.parametrize(
    ("second", "same"),
    [
        (row(LONG, "PL.4"), True),
        (row(f"{LONG}, hoàn thành trong quý II", "PL.4"), True),
        (row(LONG.replace("điểm trường lẻ ở thôn xa", "trạm y tế cũ gần"), "PL.4"), False),  # something else
        (row(LONG, "II.1"), False),  # under the same heading it is no repetition but a list
        (row(LONG, "PL.4", "Phòng Kinh tế"), False),  # another body's
        (row(LONG, "PL.4", "Phòng Văn hóa - Xã hội", "Phòng Kinh tế"), True),
    ],
)
def test_what_is_said_twice(second: Task, same: bool) -> None:
    tasks = [row(LONG, "II.1", "phòng Văn hóa - Xã hội"), second]
    assert said_twice(tasks) == ([(1,), (0,)] if same else [(), ()])


def test_short_texts_are_alike_by_chance() -> None:
    tasks = [row("Báo cáo kết quả hằng tháng", "II.1"), row("Báo cáo kết quả hằng tháng", "III.1")]
    assert said_twice(tasks) == [(), ()]


def test_the_later_of_two_rows_that_say_the_same_is_to_be_looked_at() -> None:
    first, second = read(f"KẾ HOẠCH\nSắp xếp\nI. NHIỆM VỤ\n1. {LONG}.\nII. TỔ CHỨC THỰC HIỆN\n1. {LONG}.\n").tasks
    assert (first.related, second.related) == ((second.id,), (first.id,))
    assert "duplicate" in second.review and "duplicate" not in first.review


def test_many_alike_rows_take_linear_time() -> None:
    tasks = [row(f"{LONG} số {n}", f"II.{n}") for n in range(5_000)]
    assert said_twice(tasks)[0] == ()  # what all share tells nothing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Khẩn trương rà soát các hộ ở vùng trũng", "Khẩn trương"),
        ("rà soát, sớm hoàn thành việc cấp đất", "sớm"),
        ("phát hiện sớm ca bệnh", None),
        ("ứng phó với tình huống khẩn cấp", None),
    ],
)
def test_words_that_press_for_haste(text: str, words: str | None) -> None:
    found = find_urgency(text, 0, len(text), RULES)
    assert (text[slice(*found[0][:2])] if found else None) == words


def test_a_mark_at_the_head_makes_every_task_urgent() -> None:
    directive = read(f"HỎA TỐC\n{PLAN}")
    assert {task.urgency for task in directive.tasks} == {"HỎA TỐC"}
    start = directive.tasks[0].evidence["urgency"][0].start
    assert directive.text[start:].startswith("HỎA TỐC")
