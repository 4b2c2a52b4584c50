"""Which corrections count: taken back, taken back for some of their rows, put in the place of others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from corrected import RULES, correct, plan, task
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corrections.counting import decided_first, live, taken_back_by
from pipeline.corrections.gold import gold
from pipeline.corrections.model import Correction
from pipeline.corrections.recurring import suggestions
from pipeline.corrections.replay import replay

READ = plan()
LAND, FIRE, SUMS, RADIO, ONLINE, HOMES = READ.tasks
GONE = replace(RADIO, id="0" * 12, text="Một việc khác hẳn không còn trong văn bản", section="V")
EDIT = correct(1, "edit", GONE, lead=["Công an xã"], before={"lead": []})
PUT = correct(2, "edit", ONLINE, lead=["Công an xã"], before={"lead": []}, undoes=1, of=[GONE.id])


def counting(*log: Correction) -> list[tuple[int, tuple[str, ...]]]:
    return [(one.seq, one.tasks) for one in live(log)[0]]


SIGNED = correct(1, "confirm", LAND, FIRE, SUMS)


@pytest.mark.parametrize(("log", "left"), [
    ([EDIT, PUT], [(2, PUT.tasks)]),
    ([EDIT, PUT, correct(3, "undo", undoes=2)], [(1, EDIT.tasks)]),
    ([EDIT, PUT, correct(3, "undo", undoes=2), correct(4, "undo", undoes=3)], [(2, PUT.tasks)]),
    # lost a second time, and put a second time: what was lost first stays answered
    ([EDIT, PUT, correct(3, "edit", HOMES, lead=["x"], undoes=2)], [(3, (HOMES.id,))]),
    ([EDIT, PUT, correct(3, "edit", HOMES, lead=["x"], undoes=2), correct(4, "undo", undoes=3)], [(2, PUT.tasks)]),
    # some of the rows
    ([SIGNED, correct(2, "confirm", RADIO, undoes=1, of=[FIRE.id])], [(1, (LAND.id, SUMS.id)), (2, (RADIO.id,))]),
    ([SIGNED, correct(2, "undo", undoes=1, of=[FIRE.id])], [(1, (LAND.id, SUMS.id))]),
    ([SIGNED, correct(2, "undo", undoes=1, of=[FIRE.id]), correct(3, "undo", undoes=1, of=[LAND.id, SUMS.id])], []),
    ([SIGNED, correct(2, "undo", undoes=1, of=[FIRE.id]), correct(3, "undo", undoes=2)], [(1, SIGNED.tasks)]),
    # what is one thing is taken back as one
    ([correct(1, "merge", LAND, FIRE), correct(2, "undo", undoes=1, of=[FIRE.id])], []),
    # nothing that is not there, nor behind it
    ([correct(1, "edit", LAND, lead=["x"], undoes=7)], [(1, (LAND.id,))]),
    ([correct(1, "edit", LAND, lead=["x"], undoes=1)], [(1, (LAND.id,))]),
    ([correct(1, "edit", LAND, lead=["x"], undoes=2), correct(2, "reject", FIRE)], [(1, (LAND.id,)), (2, (FIRE.id,))]),
])  # fmt: skip
def test_what_counts(log: list[Correction], left: list[tuple[int, tuple[str, ...]]]) -> None:
    assert counting(*log) == left
    assert counting(*reversed(log)) == left
    assert live(log)[1] == []


def test_an_undo_of_no_row_of_it_is_told() -> None:
    log = [SIGNED, correct(2, "undo", undoes=1, of=[HOMES.id])]
    assert (counting(*log), [one.seq for one in live(log)[1]]) == ([(1, SIGNED.tasks)], [2])


def test_words_stay_with_their_rows() -> None:
    (left, _) = live([SIGNED, correct(2, "confirm", RADIO, undoes=1, of=[FIRE.id])])[0]
    assert left.texts == (LAND.text, SUMS.text)


def test_who_was_quicker() -> None:
    assert taken_back_by([EDIT], PUT) is None
    assert taken_back_by([EDIT, PUT], correct(3, "undo", undoes=1)) == PUT
    assert taken_back_by([EDIT, PUT, correct(3, "undo", undoes=2)], correct(4, "edit", HOMES, undoes=1)) is None
    dropped = correct(2, "undo", undoes=1, of=[FIRE.id])
    assert taken_back_by([SIGNED, dropped], correct(3, "confirm", HOMES, undoes=1, of=[FIRE.id])) == dropped
    assert taken_back_by([SIGNED, dropped], correct(3, "confirm", HOMES, undoes=1, of=[LAND.id])) is None


def test_who_decided_first() -> None:
    further = correct(3, "edit", HOMES, lead=["Các thôn"], undoes=2)
    assert decided_first([further, PUT, EDIT]) == {2: EDIT, 3: EDIT}
    assert decided_first([EDIT, correct(2, "undo", undoes=1)]) == {}


# ── put in ─────────────────────────────────────────────────────────────────────────────────


def test_a_lost_edit_holds_on_the_row_that_it_was_put_on() -> None:
    lost = replay(READ, [EDIT], RULES)
    assert (lost.directive.tasks, [one.seq for one in lost.lost]) == (READ.tasks, [1])
    done = replay(READ, [EDIT, PUT], RULES)
    assert (task(done.directive, "tài khoản").lead, done.lost) == (("Công an xã",), ())
    (mark,) = done.marks[ONLINE.id]
    assert (mark.seq, mark.first) == (2, EDIT)
    undone = replay(READ, [EDIT, PUT, correct(3, "undo", undoes=2)], RULES)
    assert (undone.directive, undone.lost) == (lost.directive, lost.lost)


def test_an_added_row_keeps_its_id_and_what_was_decided_of_it() -> None:
    quote = "cập nhật lên trang thông tin điện tử của xã"
    log = [
        correct(1, "add", "f" * 12, start=0, end=4, quote="Không còn", section="II"),
        correct(2, "edit", "f" * 12, lead=["Các thôn"], before={"lead": []}),
    ]
    assert [one.seq for one in replay(READ, log, RULES).lost] == [1, 2]
    put = correct(3, "add", "f" * 12, undoes=1, start=0, end=9, quote=quote, section="II")
    done = replay(READ, [*log, put], RULES)
    (row,) = [one for one in done.directive.tasks if one.id == "f" * 12]
    assert (row.text, row.lead, done.lost) == (quote, ("Các thôn",), ())


def test_a_document_is_finished_once_what_it_lost_is_put() -> None:
    rest = correct(9, "confirm", *READ.tasks)
    unfinished, finished = (gold(replay(READ, [*log, rest], RULES)) for log in ([EDIT], [EDIT, PUT]))
    assert unfinished is not None and not unfinished.complete
    assert finished is not None and finished.complete


def test_what_was_put_recurs_once() -> None:
    def log(*put: Correction) -> list[Correction]:
        rows = [correct(10 + at, "edit", row, lead=["Công an xã"], before={"lead": []}) for at, row in enumerate((LAND, FIRE))]
        return [*rows, EDIT, *put]

    (once,) = suggestions([(READ, log())], RULES)
    (put,) = suggestions([(READ, log(PUT))], RULES)
    assert once.times == put.times == 3


LOGS = st.lists(
    st.builds(
        lambda kind, rows, undoes, of: correct(0, kind, *rows, undoes=undoes, **({} if of is None else {"of": of})),
        st.sampled_from(["edit", "confirm", "reject", "merge", "undo"]),
        st.lists(st.sampled_from([one.id for one in READ.tasks]), max_size=3, unique=True),
        st.none() | st.integers(1, 8),
        st.none() | st.lists(st.sampled_from([one.id for one in READ.tasks]), max_size=3) | st.just("x"),
    ),
    max_size=8,
).map(lambda log: [replace(one, seq=seq) for seq, one in enumerate(log, 1)])


@given(LOGS)
@settings(deadline=None, max_examples=300)
def test_a_row_of_a_correction_counts_or_something_took_it_back(log: list[Correction]) -> None:
    left = {one.seq: one.tasks for one in live(log)[0]}
    for one in log:
        if one.kind == "undo":
            continue
        for key in one.tasks:
            draft = correct(99, "undo", undoes=one.seq, of=[key])
            assert (key in left.get(one.seq, ())) == (taken_back_by(log, draft) is None)
