"""What a row shows: values in words, spans, doubts, who changed what."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from reviewed import HOSTILE, TASKS, TEXT, directive

from pipeline.corrections.model import Correction, Mark, Replayed
from pipeline.export.review_page import sayings
from pipeline.export.wording import WORDINGS
from pipeline.review.rows import FIELDS, passages_of, rows_of
from pipeline.review.wording import FIELD_NAMES, PANE_WORDS

VI = sayings("vi")
AT = dt.datetime(2026, 3, 9, 8, 5, tzinfo=dt.UTC)


def mark(what: str, before: object, seq: int) -> Mark:
    return Mark(what, before, "bien-tap", AT, seq)


def words(spans: str) -> list[str]:
    found = []
    for span in spans.split():
        start, end = span.split("@")[0].split("-")
        found.append(TEXT[int(start) : int(end)])
    return found


def test_values_are_in_words_and_stand_on_theirs() -> None:
    row = rows_of(directive(), VI)[0]
    assert [value.field for value in row.values] == [field for field in FIELDS if getattr(TASKS[0], field)]
    assert row.words("due") == "15/06/2026"
    assert row.words("cadence") == WORDINGS["vi"].cadence["once"]
    spans = {value.field: words(value.spans) for value in row.values}
    assert spans["lead"] == ["Sở Tư pháp"]
    assert spans["due"] == spans["due_text"] == ["trước ngày 15/6/2026"]  # a day stands on the words that say it
    assert row.percent == 97
    assert (row.state, row.doubts, row.seen) == ("read", (), 0)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_doubts_say_what_the_workbook_says(lang: str) -> None:
    row = rows_of(directive(), sayings(lang))[1]
    assert [doubt.words for doubt in row.doubts] == [WORDINGS[lang].review[code] for code in TASKS[1].review]
    assert all(doubt.advice for doubt in row.doubts)
    odd = replace(TASKS[1], review=("not-a-known-code",))
    assert rows_of(directive(tasks=(odd,)), sayings(lang))[0].doubts[0].words == "not-a-known-code"


def test_who_changed_what() -> None:
    first = TASKS[0].id
    marks = {first: (mark("lead", ["Sở A", "Sở B"], 4), mark("due", "2026-05-01", 6), mark("confirm", None, 7))}
    row = rows_of(Replayed(directive(), marks=marks, confirmed=frozenset((first,))), VI)[0]
    assert (row.state, row.seen) == ("confirmed", 7)
    assert [said.before for said in row.marks] == ["Sở A; Sở B", "01/05/2026", ""]
    assert row.marks[2].what == PANE_WORDS["vi"]["mark-confirm"]
    assert all(said.by == "bien-tap" for said in row.marks)
    lead = next(value for value in row.values if value.field == "lead")
    assert lead.mark == row.marks[0]


DUE = ("due", "due_text", "due_precision", "cadence", "rrule")  # what a deadline that is typed sets


@pytest.mark.parametrize(("before", "told"), [
    # a day for another one, with all that follows from it
    (("2026-05-01", "trước ngày 01/5/2026", "day", ["once"], None), [("due", "01/05/2026")]),
    # a day where there was none: “once” is not typed
    ((None, None, None, [], None), [("due", "")]),
    # the same day in other words
    (("2026-06-15", "15/6", "day", ["once"], None), [("due", "15/6")]),
    # a day for work that came back
    ((None, "hằng tháng", None, ["monthly"], "FREQ=MONTHLY"), [("due", ""), ("cadence", VI.cadence["monthly"])]),
    # the same once more
    (("2026-06-15", "trước ngày 15/6/2026", TASKS[0].due_precision, ["once"], None), [("due", "same")]),
    # nothing but how exact it is, a code that nobody reads
    (("2026-06-15", "trước ngày 15/6/2026", "quarter", ["once"], None), [("due", "")]),
])  # fmt: skip
def test_what_follows_from_a_deadline_is_told_as_the_deadline(before: tuple[object, ...], told: list[tuple[str, str]]) -> None:
    task = TASKS[0]
    marks = {task.id: tuple(mark(name, value, 4) for name, value in zip(DUE, before, strict=True))}
    row = rows_of(Replayed(directive(), marks=marks), VI)[0]
    names = FIELD_NAMES["vi"]
    assert [(said.what, "same" if said.same else said.before) for said in row.marks] == [
        (names[field], words) for field, words in told
    ]
    shown_alike = before[:2] == ("2026-06-15", "trước ngày 15/6/2026")
    assert all(value.mark is None for value in row.values) == shown_alike


def test_what_stood_there_before_is_told_only_where_it_was_another() -> None:
    task = TASKS[0]
    lead = list(task.lead)
    marks = {task.id: (mark("lead", ["Sở A"], 1), mark("lead", lead, 2), mark("quantity", [], 3))}
    row = rows_of(Replayed(directive(), marks=marks), VI)[0]
    assert [(said.before, said.same) for said in row.marks] == [("Sở A", False), ("", True), ("", True)]
    shown = {value.field: value.mark for value in row.values if value.mark is not None}
    assert list(shown) == ["lead"] and shown["lead"] == row.marks[0]


def test_who_had_decided_it_of_another_row_is_told() -> None:
    first = Correction(1, "d1", "edit", ("x",), ("",), {}, "lan", AT, None)
    marks = {TASKS[0].id: (replace(mark("lead", ["Sở A"], 2), first=first),)}
    (said,) = rows_of(Replayed(directive(), marks=marks), VI)[0].marks
    assert (said.by, said.first) == ("bien-tap", PANE_WORDS["vi"]["first"].format(by="lan", at=said.at))


def test_a_value_that_was_emptied_is_still_shown_with_what_it_was() -> None:
    emptied = replace(TASKS[0], lead=())
    marks = {emptied.id: (mark("lead", ["Sở A"], 1),)}
    row = rows_of(Replayed(directive(tasks=(emptied,)), marks=marks), VI)[0]
    lead = next(value for value in row.values if value.field == "lead")
    assert (lead.words, lead.spans, lead.mark is not None and lead.mark.before) == ("", "", "Sở A")
    assert row.state == "corrected"


def test_rejected_rows_stand_where_they_stood() -> None:
    kept = replace(TASKS[2], order=1)  # numbered anew; the rejected ones have the numbers that they had
    replayed = Replayed(directive(tasks=(kept,)), rejected=TASKS[:2])
    found = rows_of(replayed, VI)
    assert [row.task.id for row in found] == ["t1", "t2", "t3"]
    assert [row.state for row in found] == ["rejected", "rejected", "read"]
    assert found[1].doubts == ()
    assert rows_of(Replayed(directive(tasks=()), rejected=(TASKS[1],)), VI)[0].state == "rejected"


def test_passages_have_their_reason_and_their_words() -> None:
    (passage,) = passages_of(directive(), VI)
    assert words(passage.spans) == [passage.words]
    assert passage.why == VI.reasons["no action verb"]


def test_both_languages_say_the_same_things() -> None:
    assert PANE_WORDS["vi"].keys() == PANE_WORDS["en"].keys()
    assert FIELD_NAMES["vi"].keys() == FIELD_NAMES["en"].keys()
    assert HOSTILE in TEXT
