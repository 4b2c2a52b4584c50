"""Uploads: the bytes once, a queue that one reader takes from, and nothing half-done where the program is killed."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from databases import NOW, dump

from pipeline.model import Directive, Task
from pipeline.store import files, leases, readings, trail
from pipeline.store.address import Address, parse
from pipeline.store.database import Database
from pipeline.store.saving import save, take_in

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    with Database(address) as opened:
        yield opened


def test_bytes_are_kept_once(database: Database, address: Address) -> None:
    data = bytes(range(256)) * 100
    first = files.put(database, data, "KH 12.docx", "lan", NOW)
    assert (first.sha256, first.known) == (hashlib.sha256(data).hexdigest(), False)
    # who waits already is not put behind himself
    assert files.put(database, data, "bản sao.docx", "minh", NOW).id == first.id
    assert leases.take(database, "a", NOW).id == first.id
    assert files.fail(database, first.id, "hỏng", NOW, "a")
    again = files.put(database, data, "bản sao.docx", "minh", NOW)
    assert (again.id > first.id, again.known) == (True, True)
    assert len(dump(address)["files"]) == 1
    assert files.bytes_of(database, first.sha256) == data
    assert files.bytes_of(database, "ab" * 32) is None
    newest, oldest = files.queue(database)
    assert (newest.name, newest.state, newest.by, newest.size) == ("bản sao.docx", "waiting", "minh", len(data))
    assert (oldest.name, oldest.state, oldest.reason, oldest.done_at) == ("KH 12.docx", "failed", "hỏng", NOW)
    assert [(one.who, one.what) for one in trail.of(database)] == [("minh", "upload"), ("lan", "upload")]
    assert files.queue(database, 1) == (newest,)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        # folders and their signs say nothing, on whatever system the file was
        ("../../etc/passwd", "passwd"),
        ("C:\\văn bản\\KH 12.docx", "KH 12.docx"),
        ("thư mục/", "thư mục"),
        ("", None),
        ("/", None),
        # characters that no database takes
        ("a\x00b\ud800.txt", "a\ufffdb\ufffd.txt"),
        ("đ" * 300 + ".pdf", "đ" * 251 + ".pdf"),
    ],
)
def test_what_a_file_is_called(database: Database, name: str, kept: str | None) -> None:
    made = files.put(database, b"x", name, "lan", NOW)
    assert made.name == (made.sha256[:12] if kept is None else kept)
    assert files.queue(database)[0].name == made.name


def test_each_is_taken_once_whoever_takes(database: Database, address: Address) -> None:
    made = [files.put(database, f"{number}".encode(), f"{number}.txt", "lan", NOW) for number in range(12)]
    taken: list[int] = []

    def take() -> None:
        with Database(address) as own:
            while (found := leases.take(own, threading.current_thread().name, NOW)) is not None:
                taken.append(found.id)

    threads = [threading.Thread(target=take, name=name) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(taken) == [one.id for one in made]
    assert {row["reader"] for row in dump(address)["queue"]} <= {"a", "b", "c"}


def test_what_was_read_is_taken_in(
    database: Database, address: Address, plan: Callable[..., Directive], task: Callable[..., Task]
) -> None:
    upload = files.put(database, b"x", "kh.docx", "lan", NOW)
    one, two = plan(task(), sha256="aa" * 32), plan(task("Việc khác."), number="13/KH-UBND", sha256="bb" * 32)
    homes = take_in(database, upload.id, [one, two], {two.sha256: b"view"}, "9", NOW)
    assert [row.documents for row in files.queue(database)] == [homes]
    first, second = (readings.of(database, home) for home in homes)
    assert (first.directive, first.view, second.directive, second.view) == (one, None, two, b"view")
    assert {first.version, second.version} == {"9"}
    # the same once more, at the same moment: another upload, and it is done as well
    again = files.put(database, b"y", "kh bản sao.docx", "lan", NOW)
    assert take_in(database, again.id, [one, two], {}, "9", NOW) == homes
    assert {row.state for row in files.queue(database)} == {"done"}
    assert len(dump(address)["tasks"]) == 2


def test_uploads_follow_a_document_whose_id_changes(database: Database, plan, task) -> None:
    upload = files.put(database, b"x", "kh.docx", "lan", NOW)
    take_in(database, upload.id, [plan(task(), number=None, date=None)], {}, "9", NOW)
    save(database, [plan(task())], NOW)
    (row,) = files.queue(database)
    (home,) = row.documents
    assert readings.of(database, home) is not None


KILLED = """
import datetime as dt, sys
from pipeline.store import files
from pipeline.store.address import parse
from pipeline.store.database import Database

with Database(parse(sys.argv[1])) as database:
    for number in range(200):
        data = (sys.argv[2] + str(number)).encode() * 400_000
        print(files.put(database, data, f"{number}.txt", "lan", dt.datetime.now(dt.UTC)).sha256, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_program_that_is_killed_leaves_no_half_of_an_upload(url: str, address: Address) -> None:
    with Database(address):
        pass
    for turn, pause in enumerate((0.05, 0.15, 0.3)):
        program = subprocess.Popen(
            [sys.executable, "-c", KILLED, url, f"{turn}-"], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        first_said = program.stdout.readline().strip()
        time.sleep(pause)
        program.kill()
        said = [first_said, *program.communicate(timeout=60)[0].split()]
        if address.path is None:
            time.sleep(0.5)  # until the server has seen that nobody is there
        found = dump(address)
        assert set(said) <= {row["sha256"] for row in found["files"]}
        assert [row["sha256"] for row in found["files"]] == sorted(row["sha256"] for row in found["queue"])
        assert len(found["trail"]) == len(found["queue"])
        for row in found["files"]:
            assert hashlib.sha256(row["content"]).hexdigest() == row["sha256"]
    with Database(parse(url)) as database:
        assert leases.take(database, "a", NOW).id == min(row["id"] for row in found["queue"])
