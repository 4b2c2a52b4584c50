"""The rows that count: what each correction does, rows found again after a further reading, and that nothing is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from corrected import MORNING, RULES, correct, plan, task
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corrections.counting import live
from pipeline.corrections.fields import as_confirmed
from pipeline.corrections.model import FIELDS, KINDS, Correction, Replayed
from pipeline.corrections.parting import new_id, part_ids
from pipeline.corrections.replay import replay

READ = plan()
LAND, FIRE, SUMS, RADIO, ONLINE, HOMES = READ.tasks


def of(*corrections: Correction, directive=READ) -> Replayed:  # type: ignore[no-untyped-def]
    return replay(directive, corrections, RULES)


def words(replayed: Replayed) -> list[str]:
    return [one.text for one in replayed.directive.tasks]


# ── one correction ─────────────────────────────────────────────────────────────────────────


def test_an_edit_sets_the_value_its_evidence_its_body_and_answers_the_doubt() -> None:
    done = of(correct(1, "edit", RADIO, lead=["Công an xã"], before={"lead": []}))
    row = task(done.directive, "hệ thống loa")
    assert row.lead == ("Công an xã",)
    assert [(unit.canonical, unit.role) for unit in row.units] == [("cong-an/xa", "lead")]
    assert RADIO.review == ("no-lead", "no-deadline")
    assert row.review == ("no-deadline",)
    (entry,) = row.evidence["lead"]
    assert (READ.text[entry.start : entry.end], entry.rule) == ("Công an xã", "correction")
    (mark,) = done.marks[row.id]
    assert (mark.what, mark.before, mark.by, mark.at, mark.seq) == (
        "lead",
        [],
        "lan",
        MORNING + dt.timedelta(minutes=1),
        1,
    )


def test_what_a_person_put_in_is_no_doubt_any_more() -> None:
    done = of(correct(1, "edit", RADIO, lead=["Công an xã", "Liên minh Sữa"]))
    assert task(done.directive, "hệ thống loa").review == ("no-deadline",)  # neither several leads nor an unknown body
    unknown = replace(FIRE, coordinating=("Liên minh Sữa",), review=("unit-unknown",))
    one = replace(READ, tasks=(unknown,))
    assert of(correct(1, "edit", unknown, lead=["Các thôn"]), directive=one).directive.tasks[0].review == (
        "unit-unknown",
    )
    assert of(correct(1, "edit", unknown, coordinating=[]), directive=one).directive.tasks[0].review == ()


def test_the_evidence_of_a_value_that_stands_nowhere_is_the_row() -> None:
    row = task(of(correct(1, "edit", RADIO, lead=["Tổ truyền thanh"])).directive, "hệ thống loa")
    assert [(one.start, one.end) for one in row.evidence["lead"]] == [
        (one.start, one.end) for one in RADIO.evidence["text"]
    ]


def test_a_value_is_looked_for_in_the_row_first() -> None:
    row = task(of(correct(1, "edit", FIRE, lead=["Phòng Kinh tế"])).directive, "phòng cháy")
    (entry,) = row.evidence["lead"]
    (own,) = FIRE.evidence["text"]
    assert own.start <= entry.start < entry.end <= own.end


def test_a_day_brings_its_precision_and_cadence() -> None:
    row = task(of(correct(1, "edit", RADIO, due="2026-05-31")).directive, "hệ thống loa")
    assert (row.due, row.due_precision, row.cadence) == (dt.date(2026, 5, 31), "day", ("once",))
    assert row.review == ("no-lead",)
    assert row.evidence["due"]


def test_a_section_is_changed_only_where_it_is_said_what_it_was() -> None:
    stood = correct(1, "edit", RADIO, kind="report", section="IX", before={"kind": "task"})
    moved = correct(1, "edit", RADIO, section="IX", before={"section": "II.4"})
    assert task(of(stood).directive, "hệ thống loa").section == "II.4"
    assert task(of(moved).directive, "hệ thống loa").section == "IX"


def test_a_confirmed_row_is_certain_and_keeps_what_was_signed() -> None:
    doubtful = replace(READ, tasks=tuple(replace(one, confidence=0.4) for one in READ.tasks))
    done = of(correct(1, "confirm", RADIO, FIRE, **as_confirmed([RADIO, FIRE])), directive=doubtful)
    assert done.confirmed == {RADIO.id, FIRE.id}
    row = task(done.directive, "hệ thống loa")
    assert (row.review, row.confidence) == ((), 1.0)
    assert task(done.directive, "đất đai").confidence == 0.4
    # a later program reads another lead: the signed one stays
    otherwise = replace(READ, tasks=tuple(replace(one, lead=("Bộ Y tế",)) for one in READ.tasks))
    again = of(correct(1, "confirm", FIRE, **as_confirmed([FIRE])), directive=otherwise)
    assert task(again.directive, "phòng cháy").lead == ("Công an xã",)
    assert task(again.directive, "hệ thống loa").lead == ("Bộ Y tế",)


def test_a_rejected_row_is_out_and_kept_to_be_shown() -> None:
    done = of(correct(1, "reject", RADIO))
    assert RADIO.text not in words(done)
    assert [one.id for one in done.rejected] == [RADIO.id]
    assert [one.order for one in done.directive.tasks] == list(range(1, len(READ.tasks)))
    assert [mark.what for mark in done.marks[RADIO.id]] == ["reject"]


@pytest.mark.parametrize("kind", ["confirm", "edit"])
def test_what_is_decided_later_brings_a_rejected_row_back(kind: str) -> None:
    done = of(correct(1, "reject", RADIO), correct(2, kind, RADIO, lead=["Công an xã"]))
    assert RADIO.id in {one.id for one in done.directive.tasks}
    assert not done.rejected


def test_a_row_is_split_and_each_part_keeps_what_its_words_say() -> None:
    first, second = (part.strip(" .") for part in FIRE.text.split(". "))
    split = correct(1, "split", FIRE, parts=[first, second])
    done = of(split)
    one, other = (row for row in done.directive.tasks if row.id in part_ids(split))
    assert words(done)[1:3] == [first, second]  # in the place of the row
    assert (one.lead, one.coordinating, one.due) == (("Công an xã",), ("Phòng Kinh tế",), None)
    # who led the part before leads on, who helped does not
    assert (other.lead, other.coordinating, other.due) == (("Công an xã",), (), dt.date(2026, 6, 30))
    assert (one.review, other.review) == (("no-deadline",), ())
    assert [(unit.name, unit.role) for unit in other.units] == [("Công an xã", "lead")]
    for row in (one, other):
        (entry,) = row.evidence["text"]
        assert READ.text[entry.start : entry.end] == row.text
    assert done.marks[one.id][0].before == FIRE.text


def test_what_a_row_has_from_elsewhere_goes_to_all_parts() -> None:
    heading = FIRE.evidence["text"][0].start - 400
    inherited = {**FIRE.evidence, "lead": (replace(FIRE.evidence["lead"][0], start=heading, end=heading + 5),)}
    directive = replace(READ, tasks=(replace(FIRE, evidence=inherited),))
    done = of(correct(1, "split", FIRE, parts=FIRE.text.split(". ")), directive=directive)
    assert [row.lead for row in done.directive.tasks] == [("Công an xã",)] * 2


def test_a_split_that_is_read_so_by_now_changes_nothing_more() -> None:
    read = plan(**{"._Hoàn_thành_trong": "", "quý_II/2026.": ""})
    parts = [task(read, "phòng cháy").text, RADIO.text]
    done = of(correct(1, "split", "gone", parts=parts), directive=read)
    assert done.directive.tasks == read.tasks
    assert not done.lost


def test_rows_are_merged_into_the_first() -> None:
    done = of(correct(1, "merge", FIRE, LAND))
    row = task(done.directive, "phòng cháy")
    assert row.id == FIRE.id
    assert row.text == f"{FIRE.text} {LAND.text}"
    assert row.lead == ("Công an xã", "Phòng Kinh tế")
    assert row.coordinating == ()  # who leads does not help
    assert row.due == max(FIRE.due, LAND.due)
    assert "several-leads" in row.review
    assert len(done.directive.tasks) == len(READ.tasks) - 1


def added(seq: int, quote: str, text: str | None = None, **fields: object) -> Correction:
    start = READ.text.index(quote)
    values = {"start": start, "end": start + len(quote), "quote": quote, "section": "II", **fields}
    return correct(seq, "add", new_id("d1", "II", quote), **values)


def test_a_missed_row_is_added_where_its_words_stand() -> None:
    quote = "cập nhật lên trang thông tin điện tử của xã"
    done = of(added(1, quote, lead=["Công an xã"], due="2026-07-01"))
    row = task(done.directive, "rà soát").order + 1
    new = done.directive.tasks[row - 1]
    assert (new.text, new.lead, new.due, new.review) == (quote, ("Công an xã",), dt.date(2026, 7, 1), ())
    assert {name for name in ("text", "lead", "due", "due_precision", "cadence") if not new.evidence.get(name)} == set()
    (entry,) = new.evidence["text"]
    assert READ.text[entry.start : entry.end] == quote
    assert [one.order for one in done.directive.tasks] == list(range(1, len(READ.tasks) + 2))


def test_an_added_row_that_is_read_by_now_is_that_row() -> None:
    done = of(added(1, RADIO.text, lead=["Công an xã"]), correct(2, "confirm", new_id("d1", "II", RADIO.text)))
    assert [one.id for one in done.directive.tasks] == [one.id for one in READ.tasks]
    assert task(done.directive, "hệ thống loa").lead == ("Công an xã",)
    assert done.confirmed == {RADIO.id}


# ── undo ───────────────────────────────────────────────────────────────────────────────────


def test_an_undo_may_be_undone() -> None:
    log = [correct(1, "reject", RADIO), correct(2, "undo", undoes=1), correct(3, "undo", undoes=2)]
    assert of(*log[:2]).directive == READ
    assert of(*log).rejected


def test_a_row_above_a_rejected_one_takes_its_place() -> None:
    tree = replace(READ, tasks=(LAND, replace(FIRE, parent=LAND.id), replace(SUMS, parent=FIRE.id)))
    done = of(correct(1, "reject", FIRE), directive=tree)
    assert [one.parent for one in done.directive.tasks] == [None, LAND.id]


def test_a_copy_of_a_rejected_row_is_no_copy() -> None:
    twins = replace(READ, tasks=(LAND, replace(FIRE, related=(LAND.id,), review=("duplicate",))))
    assert of(correct(1, "reject", LAND), directive=twins).directive.tasks[0].review == ()
    assert of(correct(1, "confirm", LAND), directive=twins).directive.tasks[1].review == ("duplicate",)


# ── a further reading ──────────────────────────────────────────────────────────────────────


def test_a_row_with_mended_words_keeps_its_corrections() -> None:
    now = plan(hệ_thống_loa="hệ thống truyền thanh")
    row = task(now, "truyền thanh")
    assert row.id != RADIO.id
    log = [correct(1, "edit", RADIO, lead=["Công an xã"]), correct(2, "confirm", RADIO)]
    done = of(*log, directive=now)
    assert not done.lost
    assert task(done.directive, "truyền thanh").lead == ("Công an xã",)
    assert done.confirmed == {row.id}


def test_corrections_of_three_readings_come_together() -> None:
    readings = [READ, plan(hệ_thống_loa="hệ thống truyền thanh"), plan(hệ_thống_loa="hệ thống truyền thanh cơ sở")]
    rows = [task(one, "dịch vụ công") for one in readings]
    assert len({row.id for row in rows}) == 3
    log = [
        correct(1, "edit", rows[0], lead=["Công an xã"]),
        correct(2, "edit", rows[1], due="2026-05-31"),
        correct(3, "confirm", rows[2]),
    ]
    done = of(*log, directive=readings[2])
    assert not done.lost
    row = task(done.directive, "dịch vụ công")
    assert (row.lead, row.due, done.confirmed) == (("Công an xã",), dt.date(2026, 5, 31), {row.id})


def test_a_row_with_another_figure_is_not_signed() -> None:
    now = plan(**{"15/6/2026": "16/6/2026"})
    done = of(correct(1, "confirm", LAND), correct(2, "confirm", FIRE), directive=now)
    assert [one.seq for one in done.lost] == [1]
    assert done.confirmed == {FIRE.id}


def test_a_rejected_copy_does_not_take_the_other_row_with_it() -> None:
    twin = replace(RADIO, id=f"{RADIO.id}-2")
    done = of(correct(1, "reject", twin), correct(2, "edit", RADIO, lead=["Công an xã"]))
    assert [one.seq for one in done.lost] == [1]
    assert task(done.directive, "hệ thống loa").lead == ("Công an xã",)


def test_what_is_found_no_more_is_told_by_row() -> None:
    gone = replace(RADIO, id="0" * 12, text="Một việc khác hẳn không còn trong văn bản", section="V")
    done = of(correct(1, "reject", gone, FIRE))
    (lost,) = done.lost
    assert (lost.seq, lost.tasks, lost.texts) == (1, (gone.id,), (gone.text,))
    assert [one.id for one in done.rejected] == [FIRE.id]


def test_parts_keep_their_ids_and_corrections_when_the_row_is_read_anew() -> None:
    parts = FIRE.text.split(". ")
    split = correct(1, "split", FIRE, parts=parts)
    log = [split, correct(2, "edit", part_ids(split)[1], lead=["Công an xã"])]
    now = plan(tại_các_chợ="tại chợ")
    done = of(*log, directive=now)
    assert not done.lost
    rows = {one.id: one for one in done.directive.tasks}
    assert rows[part_ids(split)[1]].lead == ("Công an xã",)


def test_an_added_row_whose_words_moved_moves_with_them() -> None:
    quote = "cập nhật lên trang thông tin điện tử của xã"
    now = plan(rà_soát_các="rà soát, đơn giản hóa tất cả các")
    (row,) = (one for one in of(added(1, quote), directive=now).directive.tasks if one.text == quote)
    assert now.text.index(quote) != READ.text.index(quote)
    (entry,) = row.evidence["text"]
    assert now.text[entry.start : entry.end] == quote


# ── whatever the log holds ─────────────────────────────────────────────────────────────────

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5000)
    | st.text(max_size=8)
    | st.sampled_from(["2026-02-30", "2026-05-31"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
SOUND = {
    "lead": ["Công an xã"], "due": "2026-05-31", "kind": "report", "text": "Việc được viết lại", "cadence": ["monthly"],
    "section": "IX", "rrule": "FREQ=MONTHLY;BYMONTHDAY=5", "quantity": ["02 cuộc"], "due_text": "cuối tháng 5",
}  # fmt: skip
FIELD_VALUES = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=3) | st.sampled_from(
    [{name: value} for name, value in SOUND.items()]
)
EXTRAS = st.fixed_dictionaries(
    {},
    optional={
        "parts": JSON | st.lists(st.sampled_from([FIRE.text[:40], FIRE.text[40:], RADIO.text]), min_size=2, max_size=3),
        "before": FIELD_VALUES | JSON,
        "quote": JSON | st.sampled_from(["trang thông tin điện tử", FIRE.text, "Các thôn"]),
        "start": JSON,
        "rows": JSON | st.dictionaries(st.sampled_from([one.id for one in READ.tasks]), FIELD_VALUES, max_size=2),
        "section": JSON,
    },
)
IDS = st.sampled_from([*(one.id for one in READ.tasks), "0" * 12, f"{RADIO.id}-2", new_id("d1", "II", "x")])
TEXTS = st.sampled_from([*(one.text for one in READ.tasks), "", "Việc khác"])
CORRECTIONS = st.builds(
    lambda seq, kind, tasks, texts, values, extras, undoes: Correction(
        seq, "d1", kind, tuple(tasks), tuple(texts), {**values, **extras}, "lan", MORNING, undoes
    ),
    st.integers(1, 12),
    st.sampled_from([*KINDS, "nonsense"]),
    st.lists(IDS, max_size=3),
    st.lists(TEXTS, max_size=3),
    FIELD_VALUES,
    EXTRAS,
    st.none() | st.integers(0, 13),
)
LOGS = st.lists(CORRECTIONS, max_size=8, unique_by=lambda one: one.seq)


@given(LOGS)
@settings(deadline=None, max_examples=300)
def test_no_correction_raises_and_none_is_lost_untold(log: list[Correction]) -> None:
    done = of(*log)
    counting, stray = live(log)
    told = {one.seq for one in done.lost} | {mark.seq for marks in done.marks.values() for mark in marks}
    assert {one.seq for one in (*counting, *stray)} <= told
    assert len({one.id for one in done.directive.tasks}) == len(done.directive.tasks)
    assert [one.order for one in done.directive.tasks] == list(range(1, len(done.directive.tasks) + 1))
    ids = {one.id for one in done.directive.tasks}
    assert not ids & {one.id for one in done.rejected}
    assert all(one.parent is None or one.parent in ids for one in done.directive.tasks)


@given(LOGS)
@settings(deadline=None, max_examples=100)
def test_undoing_everything_gives_back_what_was_extracted(log: list[Correction]) -> None:
    decisions = [one for one in log if one.kind != "undo"]
    undone = [correct(100 + one.seq, "undo", undoes=one.seq) for one in decisions]
    assert of(*decisions, *undone) == Replayed(READ)


@given(st.permutations(READ.tasks), st.data())
@settings(deadline=None, max_examples=60)
def test_corrections_of_different_rows_may_come_in_any_order(rows: list, data: st.DataObject) -> None:  # type: ignore[type-arg]
    now = data.draw(st.sampled_from([READ, plan(hệ_thống_loa="hệ thống truyền thanh"), plan(Hoàn_thành="Xong")]))

    def decision(seq: int, row: object) -> Correction:
        values = {
            LAND.id: ("edit", {"lead": ["Công an xã"]}),
            FIRE.id: ("split", {"parts": FIRE.text.split(". ")}),
            SUMS.id: ("reject", {}),
            RADIO.id: ("edit", {"due": "2026-05-31"}),
            ONLINE.id: ("confirm", {}),
            HOMES.id: ("edit", {"kind": "report"}),
        }
        kind, given_ = values[row.id]  # type: ignore[attr-defined]
        return correct(seq, kind, row, **given_)  # type: ignore[arg-type]

    mixed = of(*(decision(seq, row) for seq, row in enumerate(rows, 1)), directive=now)
    ordered = of(*(decision(seq, row) for seq, row in enumerate(READ.tasks, 1)), directive=now)
    assert mixed.directive == ordered.directive
    assert (mixed.confirmed, mixed.rejected) == (ordered.confirmed, ordered.rejected)
    assert not mixed.lost
