"""Conversions into a database: what is added, changed, marked and kept."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from databases import NOW, dump, told

from pipeline import export
from pipeline.model import Citation, Directive, Evidence, Milestone, Task, UnitMention, Unplaced
from pipeline.model import Warning as Caution
from pipeline.store.address import Address
from pipeline.store.runs import Saved
from pipeline.store.saving import save
from pipeline.store.states import enter

Make, Plan = Callable[..., Task], Callable[..., Directive]
DAY = dt.timedelta(days=1)
WORDS = [
    "Tham mưu ban hành kế hoạch kiểm tra công tác cải cách hành chính năm 2026.",
    "Rà soát hồ sơ cán bộ thuộc diện quản lý.",
    "Tổ chức hội nghị sơ kết, báo cáo kết quả về Ban Thường vụ.",
    "Bố trí kinh phí sửa chữa trụ sở.",
]


def later(days: int) -> dt.datetime:
    return NOW + days * DAY


def live(address: Address) -> list[str]:
    return [row["text"] for row in dump(address)["tasks"] if row["vanished"] is None]


def test_every_field_is_written(address: Address, task: Make, plan: Plan) -> None:
    one = task(
        "Văn phòng tham mưu báo cáo.",
        kind="report",
        lead=("Văn phòng",),
        coordinating=("Ban Tổ chức", "Tổ 1"),
        due=dt.date(2026, 11, 20),
        start=dt.date(2026, 11, 1),
        due_text="trước ngày 20/11/2026",
        due_precision="day",
        milestones=(Milestone("gửi dự thảo", dt.date(2026, 11, 10)),),
        cadence=("once", "annual"),
        report_to=("Ban Thường vụ",),
        deliverable="báo cáo",
        quantity=("100%",),
        urgency="khẩn",
        units=(
            UnitMention("Văn phòng", "van-phong/xa", "lead"),
            UnitMention("Ban Tổ chức", "ban-to-chuc/xa", "coordinating"),
            UnitMention("Tổ 1", None, "coordinating"),
            UnitMention("Văn phòng", "van-phong/xa", "lead"),  # named twice in one task
        ),
        confidence=0.967,
        review=("no-lead",),
        page=2,
        evidence={"lead": (Evidence(0, 9, 2, None, "subject"),)},
    )
    directive = plan(
        one,
        text="Văn phòng tham mưu báo cáo.",
        cites=(Citation("31-CT/TU", dt.date(2020, 10, 9), None, None, 0, 1),),
        recipients=("Lưu VP",),
        unplaced=(Unplaced("Nâng cao nhận thức.", "II", "no action verb"),),
        warnings=(Caution("long-page", "Trang dài.", 3, detail="/somewhere/on/this/machine"),),
    )
    assert save(address, [directive], NOW) == Saved(documents=1, added=1)
    found = dump(address)
    (document,), (row,) = found["documents"], found["tasks"]
    assert (document["number"], document["recipients"], document["unplaced"][0]["text"]) == (
        "12/KH-UBND", ["Lưu VP"], "Nâng cao nhận thức.",
    )  # fmt: skip
    assert document["cites"] == [{"number": "31-CT/TU", "date": "2020-10-09", "issuer": None, "title": None}]
    assert document["warnings"] == [{"code": "long-page", "page": 3, "message": "Trang dài."}]
    for name in (
        "id",
        "section",
        "text",
        "kind",
        "due",
        "start",
        "due_text",
        "due_precision",
        "deliverable",
        "urgency",
        "page",
    ):
        assert row[name] == getattr(one, name), name
    for name in ("lead", "coordinating", "cadence", "report_to", "quantity", "review", "related"):
        assert row[name] == list(getattr(one, name)), name
    assert row["milestones"] == [{"text": "gửi dự thảo", "due": "2026-11-10"}]
    assert row["confidence"] == 0.97
    assert row["evidence"] == {"lead": [{"quote": "Văn phòng", "page": 2, "rule": "subject"}]}
    assert [(one["role"], one["unit_id"]) for one in found["task_units"]] == [
        ("coordinating", "?tổ 1"), ("coordinating", "ban-to-chuc/xa"), ("lead", "van-phong/xa"),
    ]  # fmt: skip
    assert {one["id"]: one["known"] for one in found["units"]} == {
        "?tổ 1": False,
        "ban-to-chuc/xa": True,
        "van-phong/xa": True,
    }
    assert [(one["number"], one["kind"], one["date"]) for one in found["occurrences"]] == [
        (1, "milestone", dt.date(2026, 11, 10)), (2, "due", dt.date(2026, 11, 20)),
    ]  # fmt: skip
    assert told(address) == [("added", None, None)]


def test_recurring_work_is_expanded_up_to_next_year(address: Address, task: Make, plan: Plan) -> None:
    one = task(cadence=("annual",), rrule="FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20")
    save(address, [plan(one, date=dt.date(2024, 3, 1))], NOW)
    days = [row["original"] for row in dump(address)["occurrences"]]
    # the document's year and the one behind it, and from the year of the conversion on
    assert days == [dt.date(year, 6, 20) for year in (2024, 2025, 2026, 2027)]
    save(address, [plan(one, date=dt.date(2024, 3, 1))], later(365))
    assert dump(address)["occurrences"][-1]["original"] == dt.date(2028, 6, 20)


def test_days_off_are_moved_as_the_office_says(address: Address, task: Make, plan: Plan) -> None:
    sunday = dt.date(2026, 3, 15)
    for days_off, day in (
        ((True, False), dt.date(2026, 3, 13)),
        ((True, True), dt.date(2026, 3, 16)),
        ((False, False), sunday),
    ):
        save(address, [plan(task(due=sunday))], NOW, days_off)
        (row,) = dump(address)["occurrences"]
        assert (row["original"], row["date"]) == (sunday, day)


def test_the_same_again_changes_nothing(address: Address, task: Make, plan: Plan) -> None:
    directive = plan(*(task(words, lead=("Văn phòng",), due=dt.date(2026, 5, 1)) for words in WORDS))
    save(address, [directive], NOW)
    before = dump(address, "runs")
    assert save(address, [directive], later(1)) == Saved(documents=1)
    after = dump(address, "runs")
    assert [
        row.pop("run") < new.pop("run") for row, new in zip(before["documents"], after["documents"], strict=True)
    ] == [True]
    assert after == before


def test_what_changed_is_updated_and_told(address: Address, task: Make, plan: Plan) -> None:
    save(address, [plan(task(due=dt.date(2026, 5, 1), lead=("Văn phòng",)))], NOW)
    changed = task(due=dt.date(2026, 6, 30), lead=("Văn phòng", "Ban Tổ chức"), page=4, confidence=0.5)
    assert save(address, [plan(changed)], later(1)) == Saved(documents=1, changed=1)
    (row,) = dump(address)["tasks"]
    assert (row["due"], row["page"], row["confidence"]) == (dt.date(2026, 6, 30), 4, 0.5)
    # the page and the confidence are no change that an officer would speak of
    assert told(address)[1:] == [
        ("lead", '["Văn phòng"]', '["Văn phòng", "Ban Tổ chức"]'),
        ("due", "2026-05-01", "2026-06-30"),
    ]
    history = dump(address)["history"]
    assert {row["at"] for row in history} == {NOW.replace(tzinfo=None), later(1).replace(tzinfo=None)}


def test_a_vanished_task_is_marked_and_may_return(address: Address, task: Make, plan: Plan) -> None:
    first, second = task(WORDS[0]), task(WORDS[1])
    save(address, [plan(first, second)], NOW)
    enter(address, {second.id: {"status": "done", "notes": "đã xong"}}, later(1))
    assert save(address, [plan(first)], later(2)) == Saved(documents=1, vanished=1)
    assert live(address) == [WORDS[0]]
    assert save(address, [plan(first)], later(3)) == Saved(documents=1)  # once is enough
    assert save(address, [plan(first, second)], later(4)) == Saved(documents=1, changed=1)
    assert sorted(live(address)) == sorted(WORDS[:2])
    (state,) = dump(address)["states"]
    assert (state["task_id"], state["status"], state["notes"]) == (second.id, "done", "đã xong")
    assert [name for name, *_ in told(address)] == ["added", "added", "status", "notes", "vanished", "returned"]


@pytest.mark.parametrize("status", ["partial", "failed"])
def test_what_could_not_be_read_makes_nothing_vanish(address: Address, task: Make, plan: Plan, status: str) -> None:
    save(address, [plan(*map(task, WORDS))], NOW)
    error = (Caution("broken", "Tệp hỏng."),)
    if status == "failed":
        # nothing is known of it but its bytes
        bad = plan(status=status, errors=error, type=None, number=None, issuer=None, date=None)
    else:
        bad = plan(task(WORDS[0]), status=status, errors=error)
    assert save(address, [bad], later(1)) == Saved(documents=1)
    assert sorted(live(address)) == sorted(WORDS)
    (document,) = dump(address)["documents"]
    assert (document["status"], document["number"], document["errors"][0]["code"]) == (status, "12/KH-UBND", "broken")


def test_a_file_that_could_not_be_read_at_first_becomes_its_document(address: Address, task: Make, plan: Plan) -> None:
    bad = plan(status="failed", type=None, number=None, issuer=None, date=None)
    save(address, [bad], NOW)
    save(address, [plan(task())], later(1))
    (document,) = dump(address)["documents"]
    assert (document["status"], document["number"]) == ("ok", "12/KH-UBND")


def test_bytes_that_failed_beside_a_document_of_before_become_it(address: Address, task: Make, plan: Plan) -> None:
    save(address, [plan(task())], NOW)
    save(address, [plan(status="failed", sha256="cd" * 32, type=None, number=None, issuer=None, date=None)], later(1))
    assert len(dump(address)["documents"]) == 2
    save(address, [plan(task(), sha256="cd" * 32)], later(2))
    assert [row["status"] for row in dump(address)["documents"]] == ["ok"]


# what is changed in the words of a task, and whether it is still the same task
MENDED = [
    # the same words under another section
    (WORDS[1], {"section": "II.3"}, True),
    # a letter and the stop
    ("Rà soát hồ sơ cán bộ thuộc diện quản lí", {}, True),
    # a deadline put off, which stands in the words
    (WORDS[0].replace("2026", "2027"), {}, True),
    # another task
    ("Trồng cây xanh tại các thôn.", {}, False),
]


@pytest.mark.parametrize(("words", "fields", "same"), MENDED)
def test_a_task_whose_words_were_mended_keeps_its_state(
    address: Address, task: Make, plan: Plan, words: str, fields: dict[str, str], same: bool
) -> None:
    old = {one.text: one for one in map(task, WORDS)}
    save(address, [plan(*old.values())], NOW)
    enter(address, {one.id: {"status": "done", "notes": one.text} for one in old.values()}, later(1))
    gone = WORDS[0] if "2027" in words or not same else WORDS[1]
    new = task(words, **fields)
    kept = [one for text, one in old.items() if text != gone]
    save(address, [plan(*kept, new)], later(2))
    notes = {row["task_id"]: row["notes"] for row in dump(address)["states"]}
    assert notes.get(new.id) == (gone if same else None)
    assert len(notes) == len(WORDS)
    assert len(dump(address)["tasks"]) == len(WORDS) + (not same)
    assert (("id", old[gone].id, new.id) in told(address)) is same


@pytest.mark.parametrize(
    ("before", "now", "documents"),
    [
        # the same bytes, and the program now reads their number
        ({"number": None, "sha256": "ab" * 32}, {"sha256": "ab" * 32}, 1),
        # a better scan shows the number
        ({"number": None, "sha256": "ab" * 32}, {"sha256": "cd" * 32}, 1),
        # the plan of the next year has the same file name and much the same words
        ({"sha256": "ab" * 32}, {"sha256": "cd" * 32, "number": "15/KH-UBND", "date": dt.date(2027, 1, 5)}, 2),
        # two plans of one day that have a task in common, and no number yet
        ({"sha256": "ab" * 32, "number": None, "document": "a.docx", "tasks": [*WORDS[:2], "Việc khác.", "Việc nữa."]},
         {"sha256": "cd" * 32, "document": "b.docx"}, 2),
    ],
)  # fmt: skip
def test_a_document_whose_number_was_mended_is_the_same_document(
    address: Address, task: Make, plan: Plan, before: dict, now: dict, documents: int
) -> None:
    words = before.get("tasks", WORDS)
    before = {name: value for name, value in before.items() if name != "tasks"}
    old = [task(f"{text}", home="before", section=f"I.{n}") for n, text in enumerate(words)]
    save(address, [plan(*old, **before)], NOW)
    enter(address, {one.id: {"notes": one.section} for one in old}, later(1))
    new = [task(text, home="now", section=f"I.{n}") for n, text in enumerate(WORDS)]
    save(address, [plan(*new, **now)], later(2))
    found = dump(address)
    assert len(found["documents"]) == documents
    assert len(found["tasks"]) == len(WORDS) * documents
    assert {row["task_id"]: row["notes"] for row in found["states"]} == {
        one.id: one.section for one in (new if documents == 1 else old)
    }


def test_two_files_of_one_document_are_one(address: Address, task: Make, plan: Plan) -> None:
    word = plan(*map(task, WORDS), document="kh-12.docx", sha256="ab" * 32)
    scan = plan(
        *map(task, WORDS[:2]), task("Chỉ bản quét có."), document="kh-12.pdf", sha256="cd" * 32, status="partial"
    )
    dumps = []
    for order in itertools.permutations([word, scan]):
        save(address, order, NOW)
        dumps.append(dump(address, "runs", "history"))
    (document,) = dumps[0]["documents"]
    assert (document["name"], document["status"]) == ("kh-12.docx", "ok")
    assert sorted(live(address)) == sorted([*WORDS, "Chỉ bản quét có."])
    assert dumps[0] == dumps[1]


def test_tasks_of_other_documents_are_not_touched(address: Address, task: Make, plan: Plan) -> None:
    other = plan(
        task("Việc của kế hoạch khác.", home="13"), number="13/KH-UBND", document="kh-13.docx", sha256="cd" * 32
    )
    save(address, [plan(*map(task, WORDS)), other], NOW)
    assert save(address, [plan(task(WORDS[0]))], later(1)).vanished == len(WORDS) - 1
    assert sorted(live(address)) == sorted([WORDS[0], "Việc của kế hoạch khác."])


@pytest.mark.parametrize(
    "words",
    ["=SUM(A1)", "+84", "-1'; DROP TABLE tasks; --", "@x", "một\x00hai", "nửa \ud800 cặp", "\x1b[31m\x07", "dài " * 10_000,
     '{"a": "\\u0000"}', "%s :id ? $1"],
)  # fmt: skip
def test_hostile_words_stay_words(address: Address, task: Make, plan: Plan, words: str) -> None:
    one = task(
        words, lead=(words,), deliverable=words, units=(UnitMention(words, None, "lead"),),
        milestones=(Milestone(words, dt.date(2026, 5, 1)),), evidence={"text": (Evidence(0, len(words), 1, None, "r"),)},
    )  # fmt: skip
    directive = plan(one, text=words, document=f"{words[:50]}.docx", title=words, unplaced=(Unplaced(words, "I", "x"),))
    (target,) = export.targets([address.url.render_as_string(hide_password=False).replace("+pg8000", "")])
    for _ in range(2):
        export.write([directive], target)
    enter(address, {one.id: {"status": words, "notes": words}}, NOW)
    found = dump(address)
    kept = words.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    (row,), (document,), (state,) = found["tasks"], found["documents"], found["states"]
    assert (row["text"], row["lead"], row["deliverable"], document["title"]) == (kept, [kept], kept, kept)
    assert (state["status"], state["notes"]) == (kept, kept)
    assert row["evidence"]["text"][0]["quote"] == kept
    assert len(found["history"]) == 3  # added, status, notes


def test_many_tasks_in_many_statements(address: Address, task: Make, plan: Plan) -> None:
    tasks = [
        task(f"Việc số {n}.", lead=(f"Tổ {n % 7}",), units=(UnitMention(f"Tổ {n % 7}", None, "lead"),))
        for n in range(1200)
    ]
    assert save(address, [plan(*tasks)], NOW).added == 1200
    assert save(address, [plan(*tasks)], later(1)) == Saved(documents=1)
    assert enter(address, {one.id: {"percent": 50.0} for one in tasks}, later(2)).changed == 1200
    found = dump(address)
    assert [len(found[name]) for name in ("tasks", "units", "task_units", "states")] == [1200, 7, 1200, 1200]


# ── what officers typed ────────────────────────────────────────────────────────────────────


def test_states_are_entered_with_their_history(address: Address, task: Make, plan: Plan) -> None:
    one, two = task(WORDS[0]), task(WORDS[1])
    save(address, [plan(one, two)], NOW)
    # what was never touched is no statement
    untouched = {"status": "not-begun", "percent": None, "done_on": None, "outcome": None, "notes": None}
    assert enter(address, {one.id: untouched, "no-such-id": {"notes": "x"}}, later(1)) == (
        type(enter(address, {}, later(1)))(0, ("no-such-id",))
    )
    done = {
        "status": "done",
        "percent": 100.0,
        "done_on": dt.date(2026, 4, 1),
        "outcome": "Báo cáo số 5",
        "notes": "ổn",
    }
    assert enter(address, {one.id: done}, later(2)).changed == 1
    assert enter(address, {one.id: done}, later(3)).changed == 0
    # a tracker without a column for notes says nothing of them; an emptied cell does
    assert enter(address, {one.id: {"status": "under-way", "outcome": None}}, later(4)).changed == 1
    (state,) = dump(address)["states"]
    assert {name: state[name] for name in done} == {**done, "status": "under-way", "outcome": None}
    assert told(address)[2:] == [
        ("status", "not-begun", "done"), ("percent", None, "100.0"), ("done_on", None, "2026-04-01"),
        ("outcome", None, "Báo cáo số 5"), ("notes", None, "ổn"), ("status", "done", "under-way"),
        ("outcome", "Báo cáo số 5", None),
    ]  # fmt: skip


def test_a_conversion_never_touches_a_state(address: Address, task: Make, plan: Plan) -> None:
    one = task(due=dt.date(2026, 5, 1))
    save(address, [plan(one)], NOW)
    enter(address, {one.id: {"status": "done", "notes": "giữ"}}, later(1))
    before = dump(address)["states"]
    save(address, [plan(replace(one, due=dt.date(2026, 7, 1), lead=("Khác",)))], later(2))
    save(address, [plan()], later(3))
    assert dump(address)["states"] == before


def test_the_output_tells_what_was_done(address: Address, task: Make, plan: Plan) -> None:
    (target,) = export.targets([address.url.render_as_string(hide_password=False).replace("+pg8000", "")])
    written = export.write([plan(*map(task, WORDS))], target)
    assert written.path == str(address)
    assert written.notes[0].message == "1 văn bản: thêm 4 nhiệm vụ, cập nhật 0, 0 không còn trong văn bản."
    assert "4 tasks added" not in export.write([plan(*map(task, WORDS))], target, "en").notes[0].message
