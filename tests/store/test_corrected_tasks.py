"""Corrections in the database: what they change, who comes second, and that a document that is read again keeps them."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from databases import NOW, dump, told

from pipeline.corrections.model import Correction
from pipeline.errors import UsageError
from pipeline.model import Directive, Evidence, Task
from pipeline.store import corrections, files, overview, people, readings, register, trail
from pipeline.store.address import Address, parse
from pipeline.store.corrections import Conflict
from pipeline.store.database import Database
from pipeline.store.rows import document_id
from pipeline.store.saving import save
from pipeline.store.states import enter

ROOT = Path(__file__).resolve().parent.parent.parent
LATER = NOW + dt.timedelta(minutes=5)
WORDS = ("Rà soát hồ sơ đất đai của các hộ.", "Lập kế hoạch phòng chống thiên tai.", "Tổ chức tuyên truyền pháp luật.")


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    with Database(address) as opened:
        yield opened


@pytest.fixture
def paper(plan: Callable[..., Directive], task: Callable[..., Task]) -> Directive:
    """A document with its text, so that words can be split and added."""
    text = "\n".join(WORDS)
    made = []
    for order, words in enumerate(WORDS, start=1):
        start = text.index(words)
        evidence = {"text": (Evidence(start, start + len(words), 1, None, "item"),)}
        made.append(task(words, order=order, evidence=evidence, review=("no-lead",), confidence=0.7))
    return plan(*made, text=text)


def draft(kind: str, *of: Task, by: str = "lan", undoes: int | None = None, **values: object) -> Correction:
    section = of[0].section if of else ""
    return Correction(
        0, "", kind, tuple(one.id for one in of), tuple(one.text for one in of), {"section": section, **values}
        if kind != "edit" else values, by, NOW, undoes,
    )  # fmt: skip


def edit(of: Task, by: str = "lan", **values: object) -> Correction:
    before = {name: getattr(of, name) for name in values}
    return draft("edit", of, by=by, **values, before={n: list(v) if isinstance(v, tuple) else v for n, v in before.items()})


def rows(address: Address) -> dict[str, dict]:
    return {row["text"]: row for row in dump(address)["tasks"]}


def test_an_edit_reaches_every_table(database: Database, address: Address, paper: Directive) -> None:
    save(database, [paper], NOW)
    home = document_id(paper)
    made = corrections.append(
        database, home, edit(paper.tasks[0], lead=["Phòng Kinh tế"], due="2026-06-30"), 0, LATER
    )
    assert (made.document, made.by, made.at) == (home, "lan", LATER)
    assert corrections.of(database, home) == (made,) == corrections.all(database)[home]
    row = rows(address)[WORDS[0]]
    assert (row["lead"], row["due"]) == (["Phòng Kinh tế"], dt.date(2026, 6, 30))
    assert "no-lead" not in row["review"]
    found = dump(address)
    assert [(one["task_id"], one["role"], one["name"]) for one in found["task_units"]] == [(row["id"], "lead", "Phòng Kinh tế")]
    assert [(one["task_id"], one["date"]) for one in found["occurrences"]] == [(row["id"], dt.date(2026, 6, 30))]
    assert {("lead", "[]", '["Phòng Kinh tế"]'), ("due", None, "2026-06-30")} <= set(told(address))
    (note,) = trail.of(database, document=home)
    assert (note.who, note.what, note.task) == ("lan", "correction.edit", row["id"])
    assert WORDS[0] not in str(note.detail)
    # what nobody touched is as it was written
    assert {rows(address)[words]["lead"] == [] for words in WORDS[1:]} == {True}
    # and what was extracted stays
    assert readings.of(database, home).directive == paper


def test_what_was_decided_holds_whoever_converts_again(database: Database, address: Address, paper: Directive, task) -> None:
    save(database, [paper], NOW)
    home = document_id(paper)
    first, second, third = paper.tasks
    corrections.append(database, home, edit(first, lead=["Phòng Kinh tế"]), 0, LATER)
    corrections.append(database, home, draft("reject", second), 0, LATER)
    corrections.append(database, home, draft("confirm", third), 0, LATER)
    before = rows(address)
    assert [before[words]["vanished"] is None for words in WORDS] == [True, False, True]
    assert [before[words]["confirmed"] for words in WORDS] == [False, False, True]
    save(address, [paper], LATER)  # a command, which knows nothing of the server
    assert rows(address) == before
    # the first was mended in the file, and keeps what was decided of it
    mended = task("Rà soát hồ sơ đất đai của các hộ dân.", order=1)
    save(address, [replace(paper, tasks=(mended, second, third), text=paper.text)], LATER + dt.timedelta(1))
    now = rows(address)
    assert now[mended.text]["lead"] == ["Phòng Kinh tế"]
    assert now[WORDS[1]]["vanished"] is not None
    assert now[WORDS[2]]["confirmed"]


def test_an_undo_gives_back_what_was(database: Database, address: Address, paper: Directive) -> None:
    save(database, [paper], NOW)
    home = document_id(paper)
    enter(database, {paper.tasks[1].id: {"status": "under-way", "notes": "giữ"}}, NOW)
    before = rows(address)
    made = [
        corrections.append(database, home, edit(paper.tasks[0], lead=["Phòng Kinh tế"]), 0, LATER),
        corrections.append(database, home, draft("reject", paper.tasks[1]), 0, LATER),
        corrections.append(database, home, draft("split", paper.tasks[2], parts=["Tổ chức tuyên truyền", "pháp luật."]), 0, LATER),
    ]
    assert {text for text, row in rows(address).items() if row["vanished"] is None} & set(WORDS) == {WORDS[0]}
    seen = made[-1].seq
    for one in made:
        undone = corrections.append(database, home, draft("undo", undoes=one.seq), seen, LATER)
        assert undone.tasks == one.tasks
        seen = undone.seq
    still = {text: row for text, row in rows(address).items() if row["vanished"] is None}
    assert still == before
    (state,) = dump(address)["states"]
    assert (state["task_id"], state["notes"]) == (paper.tasks[1].id, "giữ")
    assert len(corrections.of(database, home)) == 6  # nothing is taken out of the log
    with pytest.raises(UsageError, match="hoàn tác"):
        corrections.append(database, home, draft("undo", undoes=made[0].seq), seen, LATER)
    # an undo may be undone
    corrections.append(database, home, draft("undo", undoes=seen), seen, LATER)
    assert WORDS[2] not in {text for text, row in rows(address).items() if row["vanished"] is None}


def test_what_an_officer_typed_goes_with_the_words(database: Database, address: Address, paper: Directive) -> None:
    save(database, [paper], NOW)
    enter(database, {paper.tasks[0].id: {"status": "done"}}, NOW)
    corrections.append(database, document_id(paper), edit(paper.tasks[0], text="Rà soát hồ sơ đất đai của các hộ dân."), 0, LATER)
    (state,) = dump(address)["states"]
    assert rows(address)["Rà soát hồ sơ đất đai của các hộ dân."]["id"] == state["task_id"]


def test_the_second_is_told(database: Database, address: Address, paper: Directive) -> None:
    save(database, [paper], NOW)
    home = document_id(paper)
    first = corrections.append(database, home, edit(paper.tasks[0], lead=["Phòng Kinh tế"]), 0, LATER)
    before = dump(address)
    with pytest.raises(Conflict, match="lan vừa sửa") as told_so:
        corrections.append(database, home, edit(paper.tasks[0], by="minh", lead=["Công an xã"]), 0, LATER)
    assert told_so.value.other == first
    assert dump(address) == before
    # of another row he is told nothing, and once he has seen it he may go on
    corrections.append(database, home, edit(paper.tasks[1], by="minh", lead=["Công an xã"]), 0, LATER)
    corrections.append(database, home, edit(paper.tasks[0], by="minh", lead=["Công an xã"]), first.seq, LATER)
    # an undo of what somebody else has gone on from
    with pytest.raises(Conflict, match="minh vừa sửa"):
        corrections.append(database, home, draft("undo", undoes=first.seq), first.seq, LATER)


def test_two_at_once_on_one_row(database: Database, address: Address, paper: Directive) -> None:
    save(database, [paper], NOW)
    home = document_id(paper)
    ready = threading.Barrier(6)
    answers: list[object] = []

    def work(number: int) -> None:
        ready.wait(60)
        try:
            answers.append(corrections.append(
                database, home, edit(paper.tasks[0], by=f"người {number}", lead=[f"Ban {number}"]), 0, LATER
            ))  # fmt: skip
        except Conflict as conflict:
            answers.append(conflict.other)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    (made,) = corrections.of(database, home)
    assert answers == [made] * 6  # one wrote it, and all others were told of just that
    assert rows(address)[WORDS[0]]["lead"] == made.values["lead"]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (Correction(0, "", "confirm", ("không có",), ("Việc không có.",), {}, "lan", NOW), "Không còn thấy"),
        (Correction(0, "", "sửa bừa", (), (), {}, "lan", NOW), "Không có loại sửa"),
        (Correction(0, "", "undo", (), (), {}, "lan", NOW, 7), "hoàn tác"),
    ],
)
def test_what_fits_nothing_is_refused(database: Database, address: Address, paper: Directive, made, said: str) -> None:
    save(database, [paper], NOW)
    before = dump(address)
    with pytest.raises(UsageError, match=said):
        corrections.append(database, document_id(paper), made, 0, LATER)
    with pytest.raises(UsageError):
        corrections.append(database, "khac", made, 0, LATER)
    assert dump(address) == before


def test_a_document_to_be_looked_at(database: Database, paper: Directive) -> None:
    save(database, [paper], NOW)
    home = document_id(paper)
    assert corrections.decided(database, home).seen == 0
    made = corrections.append(database, home, draft("reject", paper.tasks[1]), 0, LATER)
    found = corrections.decided(database, home)
    assert (found.seen, found.log) == (made.seq, (made,))
    assert [one.text for one in found.replayed.directive.tasks] == [WORDS[0], WORDS[2]]
    assert corrections.decided(database, "khac") is None


def test_the_log_follows_a_document_whose_id_changes(database: Database, address: Address, paper: Directive, plan) -> None:
    unnumbered = plan(*paper.tasks, text=paper.text, number=None, date=None)
    save(database, [unnumbered], NOW)
    made = corrections.append(database, document_id(unnumbered), draft("confirm", paper.tasks[0]), 0, LATER)
    save(database, [paper], LATER)  # the same bytes: now its number was read
    assert corrections.of(database, document_id(unnumbered)) == ()
    assert corrections.of(database, document_id(paper)) == (replace(made, document=document_id(paper)),)
    assert rows(address)[WORDS[0]]["confirmed"]
    assert trail.of(database, document=document_id(paper))[0].what == "correction.confirm"


def test_a_view_stays_while_it_shows_the_same_text(database: Database, address: Address, paper: Directive) -> None:
    save(database, [paper], NOW)
    home = document_id(paper)
    assert readings.of(database, home).view is None
    readings.save(database, home, paper.sha256, paper, b"view", "1", LATER)
    save(address, [replace(paper, pages=3)], LATER)
    assert (readings.of(database, home).view, readings.of(database, home).directive.pages) == (b"view", 3)
    save(address, [replace(paper, text=paper.text + "\nHết.")], LATER)
    assert readings.of(database, home).view is None
    assert readings.of(database, "khac") is None


def test_one_that_cannot_be_read_keeps_what_was_read(database: Database, paper: Directive) -> None:
    save(database, [paper], NOW)
    save(database, [replace(paper, status="failed", tasks=(), text="")], LATER)
    assert readings.of(database, document_id(paper)).directive == paper
    corrections.append(database, document_id(paper), draft("confirm", paper.tasks[0]), 0, LATER)
    (listed,) = overview.documents(database)
    assert (listed.status, listed.rows, listed.confirmed, listed.corrections) == ("failed", 3, 1, 1)
    assert register.search(database, register.Filter(doubtful=False)).total == 1


@pytest.mark.parametrize("name", ["\x00", "a\ud800", "'; DROP TABLE tasks; --", "đ" * 5000])
def test_ids_that_nothing_has(database: Database, paper: Directive, name: str) -> None:
    save(database, [paper], NOW)
    assert corrections.decided(database, name) is None
    assert corrections.of(database, name) == trail.of(database, document=name) == trail.of(database, who=name) == ()
    assert readings.of(database, name) is files.bytes_of(database, name) is people.check_password(database, name, name, NOW) is None
    assert overview.document(database, name) is None
    assert register.listed(database, [name]) == ()
    assert not people.revoke(database, name, name, NOW)
    assert people.session(database, name, NOW) is people.token(database, name, NOW) is None
    assert register.search(database, register.Filter(name, name, name, document=name, kind=name)).total == 0
    for refused in (
        lambda: corrections.append(database, name, draft("confirm", paper.tasks[0]), 0, LATER),
        lambda: corrections.append(database, document_id(paper), Correction(0, name, "confirm", (name,), (name,), {name: name}, name, NOW), 0, LATER),
        lambda: people.disable(database, name, True, name, NOW),
    ):  # fmt: skip
        with pytest.raises(UsageError):
            refused()
    assert register.bulk_state(database, [name], {"status": name, "notes": name}, name, NOW).changed == 0


def test_words_that_no_database_takes(database: Database, address: Address, paper: Directive) -> None:
    save(database, [paper], NOW)
    corrections.append(database, document_id(paper), edit(paper.tasks[0], lead=["Ban\x00 A\ud800"], by="l\x00"), 0, LATER)
    assert rows(address)[WORDS[0]]["lead"] == ["Ban\ufffd A\ufffd"]
    assert register.bulk_state(database, [paper.tasks[0].id], {"notes": "x\x00"}, "l\ud800", NOW).changed == 1


KILLED = """
import datetime as dt, sys
from pipeline.corrections.model import Correction
from pipeline.store import corrections
from pipeline.store.address import parse
from pipeline.store.database import Database

url, home, task, words = sys.argv[1:]
with Database(parse(url)) as database:
    seen = max((one.seq for one in corrections.of(database, home)), default=0)
    for number in range(2000):
        values = {"lead": [f"Ban {number}"], "before": {"lead": []}}
        made = Correction(0, home, "edit", (task,), (words,), values, "lan", dt.datetime.now(dt.UTC))
        seen = corrections.append(database, home, made, seen, dt.datetime.now(dt.UTC)).seq
        print(seen, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_program_that_is_killed_leaves_no_half_of_a_correction(url: str, paper: Directive) -> None:
    address = parse(url)
    save(address, [paper], NOW)
    home, first = document_id(paper), paper.tasks[0]
    for pause in (0.0, 0.05, 0.11, 0.17):
        command = [sys.executable, "-c", KILLED, url, home, first.id, first.text]
        program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        first_said = program.stdout.readline()
        time.sleep(pause)
        program.kill()
        said = [first_said, *program.communicate(timeout=60)[0].split()]
        if address.path is None:
            time.sleep(0.5)  # until the server has seen that nobody is there
        found = dump(address)
        log = found["corrections"]
        # what was answered is there; at most the one that was being written came through without an answer
        assert {int(seq) for seq in said} <= {row["seq"] for row in log}
        assert len(log) == len(found["trail"]) == sum(row["kind"] == "correction" for row in found["runs"])
        lead = next(row["lead"] for row in found["tasks"] if row["id"] == first.id)
        assert lead == (log[-1]["values"]["lead"] if log else [])
        told_of = [row["new"] for row in found["history"] if row["field"] == "lead"]
        assert (not log and not told_of) or lead[0] in told_of[-1]
    assert log
