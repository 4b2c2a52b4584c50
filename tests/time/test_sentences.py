"""Whole sentences and whole time cells, as offices write them: what all their times together say.

``sentences.tsv`` and ``cells.tsv`` hold the words, what they say (due, codes in alphabetical order, rrule), and why
where that is not plain; ``offices.tsv`` and ``offices_cells.tsv`` hold what was written down before the grammar was
tried on it, the traps among the rest. They stand in a document of 10 March 2026, a Tuesday; the cells in a plan for 2026.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr

from pipeline.model import TimeMention
from pipeline.ruleset import Ruleset
from pipeline.time import combine, find

REFERENCE = dt.date(2026, 3, 10)
HERE = Path(__file__).parent


def _rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()[1:]
    return [[*line.split("\t"), ""][:3] for line in lines]


SENTENCES = _rows("sentences.tsv") + _rows("offices.tsv")
CELLS = _rows("cells.tsv") + _rows("offices_cells.tsv")


def _shown(read: TimeMention | None) -> str:
    if read is None:
        return "nothing"
    codes = ",".join(sorted(code for code in read.cadence if code != "once"))
    shown = {"due": read.due, "cadence": codes, "rrule": read.rrule}
    return " ".join(f"{key}={value}" for key, value in shown.items() if value) or "nothing"


@pytest.mark.parametrize(("sentence", "expected", "reason"), SENTENCES)
def test_sentence(sentence: str, expected: str, reason: str, rules: Ruleset) -> None:
    assert _shown(combine(find(sentence, REFERENCE, rules=rules))) == expected, reason


@pytest.mark.parametrize(("cell", "expected", "reason"), CELLS)
def test_cell(cell: str, expected: str, reason: str, rules: Ruleset) -> None:
    assert _shown(combine(find(cell, REFERENCE, year=2026, cell=True, rules=rules))) == expected, reason


@pytest.mark.parametrize("rule", sorted({row[1].partition("rrule=")[2] for row in (*SENTENCES, *CELLS)} - {""}))
def test_rules_of_recurrence_are_valid(rule: str) -> None:
    # Every third month counts from where the rule starts, which only its months say here.
    first = next(iter(rrulestr(rule.replace("INTERVAL=3;BYMONTH", "BYMONTH"), dtstart=dt.datetime(2026, 3, 10))))
    assert first >= dt.datetime(2026, 3, 10)


def test_every_span_lies_in_its_sentence(rules: Ruleset) -> None:
    for sentence, *_ in SENTENCES:
        for mention in find(sentence, REFERENCE, rules=rules):
            words = sentence[mention.start : mention.end]
            assert words and words == words.strip(), (sentence, words)


def test_a_day_that_nothing_binds_gives_way_to_one_that_is_bound(rules: Ruleset) -> None:
    sentence = "Chuẩn bị Hội thi ngày 19/5/2026, gửi danh sách trước ngày 05/5/2026."
    read = combine(find(sentence, REFERENCE, rules=rules))
    assert read is not None and read.due == dt.date(2026, 5, 5)


def test_what_takes_place_is_a_deadline_only_while_it_lies_ahead(rules: Ruleset) -> None:
    text = "Tổ chức ra quân vào ngày 26/3/2026"
    assert [mention.due for mention in find(text, REFERENCE, rules=rules)] == [dt.date(2026, 3, 26)]
    assert find(text, dt.date(2026, 4, 1), rules=rules) == ()


def test_a_year_that_heads_its_clause_gives_way_to_a_date_in_it_that_follows(rules: Ruleset) -> None:
    framed = combine(find("Năm 2026, mỗi thôn xây dựng 01 mô hình. Hoàn thành trước ngày 30/11/2026.", REFERENCE))
    apart = combine(find("Hoàn thành 50% trước ngày 30/6/2026, năm 2026 hoàn thành 100%.", REFERENCE))
    assert framed is not None and framed.due == dt.date(2026, 11, 30)
    assert apart is not None and apart.due == dt.date(2026, 12, 31)
