"""Two programs that write at once: one after the other, nothing doubled, nothing lost."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from databases import NOW, dump
from sqlalchemy import create_engine, text

from pipeline.errors import OutputError
from pipeline.model import Directive, Task
from pipeline.store import migrate, transactions
from pipeline.store.address import SQLITE, Address
from pipeline.store.asking import entries
from pipeline.store.saving import save

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 6

# A program that waits for its start, and then writes documents one after the other, each again and again.
WRITER = """
import datetime as dt, sys, json
from pipeline.model import Directive, Meta, Task
from pipeline.store.address import parse
from pipeline.store.saving import save
from pipeline.store.states import enter

url, name, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
sys.stdin.readline()
added = changed = vanished = 0
for n in range(rounds):
    tasks = tuple(
        Task(id=f"{home}-{k}", section="I", order=k, text=f"Việc {k} của {home}.", lead=(f"{name} lần {n}",))
        for home in (name, "chung") for k in range(20)
    )
    directives = [
        Directive(f"{home}.docx", home * 8, "text/plain", 1, "ok", Meta(number=home, type="kế hoạch"),
                  tasks=tuple(task for task in tasks if task.id.startswith(home)))
        for home in (name, "chung")
    ]
    saved = save(parse(url), directives, dt.datetime.now(dt.UTC))
    added += saved.added; changed += saved.changed; vanished += saved.vanished
    enter(parse(url), {f"{name}-{n}": {"notes": f"{name} {n}"}}, dt.datetime.now(dt.UTC))
print(json.dumps([added, changed, vanished]))
"""


def test_two_programs_at_once(url: str, address: Address) -> None:
    programs = [
        subprocess.Popen([sys.executable, "-c", WRITER, url, name, str(ROUNDS)], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        for name in ("a", "b")
    ]  # fmt: skip
    for program in programs:
        program.stdin.write("\n")
        program.stdin.flush()
    answers = [program.communicate(timeout=240) for program in programs]
    assert [program.returncode for program in programs] == [0, 0], answers
    counts = [json.loads(out) for out, _ in answers]
    found = dump(address)
    # the tables were made once; the shared document was added by one of them, and written by both
    assert len(found["documents"]) == 3
    assert len(found["tasks"]) == 60 == sum(added for added, *_ in counts)
    assert len(found["runs"]) == 2 * 2 * ROUNDS
    assert {row["task_id"]: row["notes"] for row in found["states"]} == {
        f"{name}-{n}": f"{name} {n}" for name in "ab" for n in range(ROUNDS)
    }
    assert sum(row["field"] == "added" for row in found["history"]) == 60
    assert {row["vanished"] for row in found["tasks"]} == {None}
    for task in {row["id"] for row in found["tasks"]}:
        # what a change found is what the change before it left: no writing was lost
        values = [
            (row["old"], row["new"]) for row in found["history"] if (row["task_id"], row["field"]) == (task, "lead")
        ]
        assert [old for old, _ in values[1:]] == [new for _, new in values[:-1]]
        (lead,) = (row["lead"] for row in found["tasks"] if row["id"] == task)
        assert not values or json.loads(values[-1][1]) == lead


def held(address: Address) -> tuple[threading.Event, threading.Event, threading.Thread]:
    """A writer that is in the middle of its transaction until it is told to go on."""
    inside, go = threading.Event(), threading.Event()

    def work(connection: object) -> None:
        inside.set()
        go.wait(60)

    thread = threading.Thread(target=lambda: transactions.writing(address, work))
    thread.start()
    assert inside.wait(60)
    return inside, go, thread


def test_a_reader_does_not_wait_for_the_writer(
    address: Address, plan: Callable[..., Directive], task: Callable[..., Task]
) -> None:
    save(address, [plan(task())], NOW)
    _, go, thread = held(address)
    try:
        assert len(entries(address, NOW.date())) == 1
    finally:
        go.set()
        thread.join()


def test_a_writer_that_waits_too_long_says_so(
    address: Address, plan: Callable[..., Directive], task: Callable[..., Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(address, [plan(task())], NOW)
    _, go, thread = held(address)
    monkeypatch.setattr(transactions, "WAIT", 1)
    try:
        with pytest.raises(OutputError, match="đang bận"):
            save(address, [plan(task("Việc khác hẳn."))], NOW)
    finally:
        go.set()
        thread.join()
    assert [entry.text for entry in entries(address, NOW.date())] == ["Rà soát hồ sơ."]


def test_a_failure_in_the_middle_leaves_what_was_there(
    address: Address, plan: Callable[..., Directive], task: Callable[..., Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("pipeline.store.saving.replace", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            save(address, [plan(task())], NOW)
    engine = create_engine(address.url)
    with engine.connect() as connection:  # not even the tables
        names = "SELECT name FROM sqlite_master" if address.kind == SQLITE else "SELECT tablename FROM pg_tables"
        assert migrate.VERSION_TABLE not in connection.execute(text(names)).scalars().all()
    engine.dispose()
    save(address, [plan(task())], NOW)
    before = dump(address)
    with monkeypatch.context() as broken:
        broken.setattr("pipeline.store.saving.replace", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            save(address, [plan(task("Việc khác hẳn."))], NOW)
    assert dump(address) == before
