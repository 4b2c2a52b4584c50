"""What is proposed for words that a person selects as a missed task."""

from __future__ import annotations

from corrected import RULES, correct, plan
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corrections.parting import new_id
from pipeline.corrections.proposing import proposed
from pipeline.corrections.replay import replay

READ = plan()


def selected(words: str) -> tuple[int, int]:
    start = READ.text.index(words)
    return start, start + len(words)


def test_selected_words_are_read_as_a_row() -> None:
    words = "Công an xã chủ trì, phối hợp với Phòng Kinh tế kiểm tra phòng cháy tại các chợ"
    start, end = selected(words)
    values = proposed(READ, start - 1, end, RULES)  # with the blank before them
    assert values is not None
    assert values == {
        "start": start, "end": end, "quote": words, "section": "II.2",
        "kind": "task", "lead": ["Công an xã"], "coordinating": ["Phòng Kinh tế"],
    }  # fmt: skip


def test_a_word_that_the_hand_cut_is_taken_whole() -> None:
    words = "Công an xã chủ trì, phối hợp với Phòng Kinh tế kiểm tra phòng cháy tại các chợ"
    start, end = selected(words)
    values = proposed(READ, start + 2, end - 1, RULES)
    assert values is not None and values["quote"] == words
    whole = proposed(READ, start + 5, end, RULES)  # between two words
    assert whole is not None and whole["quote"] == words[5:]


def test_a_time_in_them_is_read() -> None:
    values = proposed(READ, *selected("báo cáo Ủy ban nhân dân xã trước ngày 15/6/2026"), RULES)
    assert values is not None
    assert (values["due"], values["kind"], values["report_to"]) == ("2026-06-15", "report", ["Ủy ban nhân dân xã"])


@given(st.integers(-5, len(READ.text) + 5), st.integers(-5, len(READ.text) + 5))
@settings(deadline=None, max_examples=100)
def test_any_selection_is_a_row_or_none(start: int, end: int) -> None:
    values = proposed(READ, start, end, RULES)
    if values is None:
        assert not READ.text[max(start, 0) : max(end, 0)].strip()
    else:
        quote = str(values["quote"])
        done = replay(READ, [correct(1, "add", new_id("d1", str(values["section"]), quote), **values)], RULES)
        assert not done.lost
        assert any(row.text == " ".join(quote.split()) for row in done.directive.tasks)
