"""The connection lost, or the program killed, at any moment of a writing: all of it is there, or nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from databases import NOW, dump, empty
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from pipeline.errors import OutputError
from pipeline.model import Directive, Task
from pipeline.store import transactions
from pipeline.store.address import parse
from pipeline.store.runs import Saved
from pipeline.store.saving import save
from pipeline.store.states import enter

ROOT = Path(__file__).resolve().parent.parent.parent
LATER = NOW + dt.timedelta(days=1)


class Wire:
    """A connection to the server that can be cut: after so many bytes one way or the other, so many times."""

    def __init__(self, host: str, port: int) -> None:
        self.server = (host, port)
        self.cuts: list[tuple[str, int]] = []  # for each connection to come: direction and bytes until it is cut
        self.passed: list[dict[str, int]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self.server)
                cut = self.cuts.pop(0) if self.cuts else ("", 0)
                passed = {"up": 0, "down": 0}
                self.passed.append(passed)
                for way, (source, target) in (("up", (client, server)), ("down", (server, client))):
                    left = cut[1] if cut[0] == way else None
                    threading.Thread(target=self._pump, args=(source, target, left, passed, way), daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket, left: int | None, passed: dict[str, int], way: str) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if left is not None and passed[way] + len(data) >= left:
                    target.sendall(data[: left - passed[way]])
                    break
                passed[way] += len(data)
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def wire(postgres: str) -> Iterator[tuple[Wire, str]]:
    """A wire to the empty database, and the address through it."""
    url = make_url(postgres)
    made = Wire(url.host, url.port)
    yield made, url.set(host="127.0.0.1", port=made.port).render_as_string(hide_password=False)
    made.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions, "PAUSES", (0.05, 0.1, 0.2))


def plans(plan: Callable[..., Directive], task: Callable[..., Task]) -> tuple[Directive, Directive]:
    """What is there before, and what is written when the connection is cut: some is new, some changed, some gone."""
    # no two tasks have a word in common, or differ in figures alone, so that none is taken for another one that was mended
    words = [" ".join(f"{letter}{'abcdefghijklmnopqrstuvwxyzăâđê'[n]}" for letter in "abcdefgh") for n in range(30)]
    before = plan(*(task(text, lead=("Văn phòng",)) for text in words[:20]))
    after = plan(*(task(text, lead=(f"Ban {n % 2}" if n % 2 else "Văn phòng",)) for n, text in enumerate(words[10:])))
    return before, after


WRITTEN = Saved(documents=1, added=10, changed=5, vanished=10)  # what the second of `plans` comes to


def begin(url: str, first: Directive) -> None:
    """Empties the database, and puts into it what is there before."""
    empty(url)
    save(parse(url), [first], NOW)
    enter(parse(url), {first.tasks[15].id: {"status": "done", "notes": "giữ"}}, NOW)


def everything(url: str) -> dict[str, list[dict]]:
    """All that the database holds; but for the numbers of the history, which PostgreSQL leaves out after a failure."""
    found = dump(parse(url))
    return {**found, "history": [{**row, "id": None} for row in found["history"]]}


def before_and_after(url: str, first: Directive, second: Directive) -> tuple[dict, dict]:
    """All that the database holds before, and after a writing that nothing disturbs."""
    begin(url, first)
    before = everything(url)
    assert save(parse(url), [second], LATER) == WRITTEN
    return before, everything(url)


@pytest.mark.parametrize("way", ["up", "down"])
def test_a_connection_cut_anywhere_is_made_again(wire, postgres: str, plan, task, way: str) -> None:
    line, through = wire
    first, second = plans(plan, task)
    _, wanted = before_and_after(postgres, first, second)
    begin(postgres, first)
    save(parse(through), [second], LATER)
    whole = line.passed[-1][way]
    for place in [1, whole // 3, whole - 30, whole - 1, whole, *random.Random(5).sample(range(1, whole), 8)]:
        begin(postgres, first)
        line.cuts = [(way, place)]
        # the figures are right as well where only the answer to the commit was lost
        assert save(parse(through), [second], LATER) == WRITTEN
        assert line.cuts == []
        assert everything(postgres) == wanted


def test_a_connection_that_is_lost_for_good_leaves_all_or_nothing(wire, postgres: str, plan, task) -> None:
    line, through = wire
    first, second = plans(plan, task)
    before, wanted = before_and_after(postgres, first, second)
    begin(postgres, first)
    save(parse(through), [second], LATER)
    whole = line.passed[-1]["up"]
    done = []
    for place in (1, whole // 2, whole - 30, whole):
        begin(postgres, first)
        line.cuts = [("up", place)] * (len(transactions.PAUSES) + 1)
        try:
            assert save(parse(through), [second], LATER) == WRITTEN
            done.append(True)
        except OutputError as error:
            assert "mạng và máy chủ" in error.message
            done.append(False)
        line.cuts = []
        # where the commit came through and its answer did not, the next attempt finds it done
        assert everything(postgres) in ([wanted] if done[-1] else [before, wanted])
        # and when it is done again, all is there once
        save(parse(postgres), [second], LATER)
        assert everything(postgres) == wanted
    assert done[:2] == [False, False]


def test_a_server_that_ends_the_connection(postgres: str, plan, task, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an administrator does, and a server that is shut down: SQLSTATE 57P01."""
    from pipeline.store import saving

    ended = []
    replace = saving.replace

    def end(connection, *args) -> None:
        replace(connection, *args)
        if not ended:
            pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
            engine = create_engine(parse(postgres).url)
            with engine.connect() as other:
                ended.append(other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid}).scalar())
            engine.dispose()

    monkeypatch.setattr(saving, "replace", end)
    first, _ = plans(plan, task)
    assert save(parse(postgres), [first], NOW).added == 20
    assert ended == [True]
    found = dump(parse(postgres))
    assert (len(found["tasks"]), len(found["runs"]), len(found["history"])) == (20, 1, 20)


# ── SQLite: the program killed ─────────────────────────────────────────────────────────────

KILLED = """
import datetime as dt, sys
from pipeline.model import Directive, Meta, Task
from pipeline.store.address import parse
from pipeline.store.saving import save

tasks = tuple(Task(id=f"t{n}", section="I", order=n, text=f"Việc {n}.", lead=("B",)) for n in range(3000))
print("go", flush=True)
save(parse(sys.argv[1]), [Directive("a", "a", "t", 1, "ok", Meta(number="1"), tasks=tasks)], dt.datetime.now(dt.UTC))
print("done", flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_program_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path, plan, task) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    old = tuple(Task(id=f"t{n}", section="I", order=n, text=f"Việc {n}.", lead=("A",)) for n in range(300))
    save(parse(url), [plan(*old, number="1", type=None, issuer=None, date=None)], NOW)
    before = len(dump(parse(url))["tasks"])
    for pause in [n * 0.2 for n in range(8)]:
        program = subprocess.Popen([sys.executable, "-c", KILLED, url], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        program.stdout.readline()
        time.sleep(pause)
        program.kill()
        rest = program.communicate(timeout=60)[0]
        found = dump(parse(url))
        leads = {tuple(row["lead"]) for row in found["tasks"]}
        assert (len(found["tasks"]), leads) in [(before, {("A",)}), (3000, {("B",)})]
        assert "done" not in rest or leads == {("B",)}
        assert sum(row["field"] == "added" for row in found["history"]) == len(found["tasks"])
