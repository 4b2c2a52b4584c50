"""Real servers on one database: each upload is read once, a dead one's are taken over, a deadly one is given up."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from databases import NOW, dump, own_database

from pipeline.serve.reading.queue import _DIED
from pipeline.store import files, intake
from pipeline.store.address import Address, parse
from pipeline.store.database import Database
from pipeline.store.files import DONE, FAILED, OPEN, READING

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted((ROOT / "corpus" / "docs").iterdir())[:6]
PATIENCE = 120  # seconds after which a test gives up on what is to come
LEASE = 5  # seconds: shorter than that of the program, for the tests wait for its end

# A server, but for what it is to do with an upload of a certain name.
SERVER = f"""
import datetime as dt, os, signal, sys, time
from pipeline.cli import main
from pipeline.serve.reading import batch, queue
from pipeline.store import leases

leases.LEASE, queue.BEAT = dt.timedelta(seconds={LEASE}), 0.5
read, manner = batch.Batch.read, sys.argv[2]

def reading(self, run):
    if any(upload.name == "chet.txt" for upload in self.open) and manner == "dies":
        time.sleep(2)  # long enough for the other thread to take something as well
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    if any(upload.name == "treo.txt" for upload in self.open) and manner == "hangs":
        time.sleep(600)
    read(self, run)

batch.Batch.read = reading
if __name__ == "__main__":
    sys.argv = ["dondoc", "serve", "--db", sys.argv[1], "--port", "0"]
    main()
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'x.db'}"
        return
    server = os.environ.get("DONDOC_POSTGRES")
    if not server:
        pytest.skip("DONDOC_POSTGRES names no PostgreSQL server; see .ci/postgres")
    with own_database(server) as made:
        yield made


@pytest.fixture
def address(url: str) -> Address:
    return parse(url)


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    with Database(address) as opened:
        yield opened


@contextmanager
def served(url: str, manner: str = "") -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, url, manner], stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert process.stderr is not None
    try:
        told = process.stderr.readline()
        assert "http://" in told, told + process.stderr.read()
        yield process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


@pytest.fixture
def serving(url: str) -> Callable[..., Any]:
    return partial(served, url)


def rows(address: Address) -> dict[str, dict[str, Any]]:
    """The queue by the names of the uploads."""
    return {row["name"]: row for row in dump(address, "files", "readings", "tasks")["queue"]}


def until(address: Address, holds: Callable[[dict[str, dict[str, Any]]], bool]) -> dict[str, dict[str, Any]]:
    """The queue as soon as that holds of it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = rows(address)
        if holds(found):
            return found
        time.sleep(0.1)
    raise AssertionError(found)


def over(found: dict[str, dict[str, Any]]) -> bool:
    return not any(row["state"] in OPEN for row in found.values())


def put(database: Database, *paths: Path, name: str = "") -> None:
    for path in paths:
        files.put(database, path.read_bytes(), name or path.name, "lan", NOW)


def test_two_servers_read_each_upload_once(address: Address, database: Database, serving: Callable[..., Any]) -> None:
    with serving(), serving():
        put(database, *DOCS)  # neither is told: they look
        found = until(address, over)
    assert {(row["state"], row["starts"]) for row in found.values()} == {(DONE, 1)}
    assert len(dump(address)["runs"]) == len(DOCS)
    assert len({name for row in found.values() for name in row["documents"]}) == len(DOCS)


def test_what_a_dead_server_read_is_taken_over_and_what_a_living_one_reads_is_not(
    address: Address, database: Database, serving: Callable[..., Any]
) -> None:
    put(database, DOCS[0], name="treo.txt")
    with serving("hangs") as first:
        before = until(address, lambda found: found["treo.txt"]["state"] == READING)["treo.txt"]
        with serving():
            put(database, DOCS[1])
            until(address, lambda found: found[DOCS[1].name]["state"] == DONE)
            time.sleep(1.5 * LEASE)
            still = rows(address)["treo.txt"]
            assert (still["state"], still["reader"]) == (READING, before["reader"])
            assert still["until"] > before["until"]
            first.kill()
            first.wait()
            after = until(address, over)
    assert {row["state"] for row in after.values()} == {DONE}
    assert (after["treo.txt"]["starts"], after[DOCS[1].name]["starts"]) == (2, 1)


def test_an_upload_that_kills_the_server_is_given_up_and_costs_no_other(
    address: Address, database: Database, serving: Callable[..., Any]
) -> None:
    put(database, DOCS[0], name="chet.txt")
    put(database, *DOCS[1:4])
    for _ in range(2):
        with serving("dies") as process:
            process.wait(PATIENCE)
    # The second time it was alone.
    assert {name: row["starts"] for name, row in rows(address).items() if row["starts"] > 1} == {"chet.txt": 2}
    with serving("dies"):
        found = until(address, over)
    assert (found["chet.txt"]["state"], found["chet.txt"]["reason"]) == (FAILED, _DIED)
    assert {row["state"] for name, row in found.items() if name != "chet.txt"} == {DONE}
    assert intake.retry(database, found["chet.txt"]["id"], "lan", NOW)
    with serving():
        assert until(address, over)["chet.txt"]["state"] == DONE
    assert rows(address)["chet.txt"]["starts"] == 1
