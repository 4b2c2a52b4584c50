"""Random histories of conversions and edits: nothing doubled, nothing lost, and the database says what was last read."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections import defaultdict
from pathlib import Path

import pytest
from databases import NOW, dump, empty
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model import Directive, Meta, Task
from pipeline.model import Warning as Caution
from pipeline.store.address import Address, parse
from pipeline.store.saving import save
from pipeline.store.states import enter

VERBS = ["tham mưu ban hành kế hoạch", "rà soát hồ sơ", "tổ chức hội nghị", "bố trí kinh phí", "kiểm tra thực tế"]
OBJECTS = ["cải cách hành chính", "chuyển đổi số", "phòng cháy rừng", "dạy nghề cho thanh niên", "nước sạch nông thôn"]
SENTENCES = [f"{verb} về {thing}" for verb, thing in itertools.product(VERBS, OBJECTS)]
DUE = st.one_of(st.none(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))


@st.composite
def directives(draw: st.DrawFn) -> Directive:
    """A reading of one of three documents: whole, in part, or not at all."""
    number = draw(st.sampled_from(["1", "2", "3"]))
    status = draw(st.sampled_from(["ok", "ok", "ok", "partial", "failed"]))
    version = draw(st.sampled_from(["a", "b"]))
    sha256 = hashlib.sha256(f"{number}{version}".encode()).hexdigest()
    if status == "failed":
        return Directive(f"{number}.docx", sha256, "t", 1, status, errors=(Caution("broken", "Tệp hỏng."),))
    said = draw(
        st.lists(st.tuples(st.sampled_from(SENTENCES), st.booleans()), max_size=8, unique_by=lambda one: one[0])
    )
    tasks = []
    for order, (words, typo) in enumerate(said, start=1):
        text = words + (" trên địa bann xã" if typo else " trên địa bàn xã")
        name = hashlib.sha256(f"{number}|{text}".encode()).hexdigest()[:12]
        lead = draw(st.sampled_from([(), ("Văn phòng",), ("Ban Tổ chức", "Văn phòng")]))
        tasks.append(Task(name, "I", order, text, lead=lead, due=draw(DUE)))
    meta = Meta(type="kế hoạch", number=number, issuer="UBND xã", date=dt.date(2026, 1, 5))
    return Directive(f"{number}.docx", sha256, "t", 1, status, meta, tasks=tuple(tasks))


STATE = st.fixed_dictionaries(
    {},
    optional={"status": st.sampled_from(["under-way", "done", "xong rồi"]), "percent": st.sampled_from([None, 50.0])},
)
STEPS = st.lists(
    st.one_of(
        st.lists(directives(), min_size=1, max_size=3),  # a conversion
        st.lists(st.tuples(st.integers(0, 30), STATE), min_size=1, max_size=4),  # edits of some of the tasks there are
    ),
    min_size=1,
    max_size=8,
)


def check(address: Address, steps: list[list]) -> None:
    typed: dict[str, str] = {}  # a note that is typed once and never again → the field history that it must be found in
    rows = 0
    last: dict[str, list[Directive]] = {}
    if address.path is not None and not isinstance(steps[0][0], Directive):
        save(address, [], NOW)  # statuses alone make no file
    for number, step in enumerate(steps):
        now = NOW + dt.timedelta(hours=number)
        if isinstance(step[0], Directive):
            save(address, step, now)
            of = defaultdict(list)
            for one in step:
                if one.status != "failed":
                    of[one.meta.number].append(one)
            last |= of
        else:
            edit(address, step, number, now, typed)
        found = dump(address)
        assert len(found["tasks"]) >= rows  # no task is ever deleted
        rows = len(found["tasks"])
        says_what_was_read(found, last)
        nothing_typed_is_lost(found, typed)
        history_is_whole(found)
    same_again(address, steps)


def edit(address: Address, step: list, number: int, now: dt.datetime, typed: dict[str, str]) -> None:
    before = dump(address) if number else None
    tasks = [row["id"] for row in before["tasks"]] if before else []
    states: dict[str, dict] = {}
    for place, values in step:
        if tasks:
            states[tasks[place % len(tasks)]] = {**values, "notes": f"note {number}.{place}"}
    held = {row["task_id"]: row["notes"] for row in before["states"]} if before else {}
    enter(address, states, now)
    for task, state in states.items():
        typed.pop(held.get(task) or "", None)
        typed[state["notes"]] = state.get("status", "")


def says_what_was_read(found: dict, last: dict[str, list[Directive]]) -> None:
    """Of each document the tasks of its last reading are there once, with their values; others are marked."""
    numbers = {row["id"]: row["number"] for row in found["documents"]}
    assert sorted(filter(None, numbers.values())) == sorted(last)  # each document once
    by_id = {row["id"]: row for row in found["tasks"]}
    for number, readings in last.items():
        # of several files of one document the whole one with most tasks counts
        best = sorted(readings, key=lambda one: (one.status != "ok", -len(one.tasks), one.document, one.sha256))
        read = {task.id: task for one in reversed(best) for task in one.tasks}
        for name, task in read.items():
            row = by_id[name]
            assert (row["text"], row["due"], tuple(row["lead"])) == (task.text, task.due, task.lead)
            assert row["vanished"] is None
        kept = {
            name for name, row in by_id.items() if numbers[row["document_id"]] == number and row["vanished"] is None
        }
        assert kept == set(read) if best[0].status == "ok" else kept >= set(read)


def nothing_typed_is_lost(found: dict, typed: dict[str, str]) -> None:
    states = {row["notes"]: row for row in found["states"]}
    assert len(states) == len(found["states"])
    assert set(states) == set(typed)
    assert all(not status or states[note]["status"] == status for note, status in typed.items())


def history_is_whole(found: dict) -> None:
    """Every value is what its last change left, and every change found what the one before had left."""
    rows = {row["id"]: row for row in found["tasks"]}
    changes = defaultdict(list)
    for row in sorted(found["history"], key=lambda row: (row["at"], row["id"])):
        changes[row["task_id"], row["field"]].append((row["old"], row["new"]))
    assert {task for task, field in changes if field == "added"} == set(rows)
    assert all(len(values) == 1 for (_, field), values in changes.items() if field == "added")
    for (task, field), values in changes.items():
        if field in ("due", "text", "notes"):
            assert [old for old, _ in values[1:]] == [new for _, new in values[:-1]]
        if field in ("due", "text"):
            value = rows[task][field]
            assert values[-1][1] == (value.isoformat() if isinstance(value, dt.date) else value)


def same_again(address: Address, steps: list[list]) -> None:
    conversions = [step for step in steps if isinstance(step[0], Directive)]
    if not conversions:
        return
    before = dump(address, "runs")
    for days in (1, 2):
        save(address, conversions[-1], NOW + dt.timedelta(days=days))
        after = dump(address, "runs")
        for found in (before, after):
            for row in found["documents"]:
                row.pop("run", None)
        if days == 2:  # the steps behind the last conversion may have been edits only; twice the same is no change
            assert after == before
        before = after


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_histories_in_sqlite(tmp_path_factory: pytest.TempPathFactory, steps: list[list]) -> None:
    folder: Path = tmp_path_factory.mktemp("history")
    check(parse(f"sqlite:///{folder / 'x.db'}"), steps)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_histories_in_postgresql(postgres: str, steps: list[list]) -> None:
    empty(postgres)
    check(parse(postgres), steps)
