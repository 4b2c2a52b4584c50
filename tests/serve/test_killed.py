"""A real server that is killed while it takes a file and while it reads one: after a new start nothing is half-done."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from pipeline.store import files, intake
from pipeline.store.address import Address, parse
from pipeline.store.database import Database
from pipeline.store.files import DONE, OPEN, READING, WAITING, Queued

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted((ROOT / "corpus" / "docs").iterdir())[:4]
PATIENCE = 120  # seconds after which a test gives up on what is to come


class Server:
    """A server in a process of its own, and a browser that has opened a page of it."""

    def __init__(self, process: subprocess.Popen[str], host: str) -> None:
        self.process, self.host = process, host
        page = self.ask("GET", "/lich")
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found is not None
        self.token = found[1]

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> str:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        said = answer.read().decode()
        connection.close()
        assert answer.status == 200, said
        return said

    def send(self, *paths: Path) -> list[dict[str, Any]]:
        body, kind = form(*paths)
        said = self.ask("POST", "/van-ban", body, content_type=kind, x_csrf_token=self.token, accept="application/json")
        found: list[dict[str, Any]] = json.loads(said)
        return found

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


def form(*paths: Path) -> tuple[bytes, str]:
    """The files as a browser sends them: the body and its type."""
    parts = [
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n%s\r\n'
        % (path.name.encode(), path.read_bytes())
        for path in paths
    ]
    return b"".join(parts) + b"--x--\r\n", "multipart/form-data; boundary=x"


@pytest.fixture
def address(tmp_path: Path) -> Address:
    return parse(f"sqlite:///{tmp_path / 'x.db'}")


@pytest.fixture
def serving(tmp_path: Path, address: Address) -> Iterator[Callable[[], Any]]:
    """Starts a server on the same database each time; its temporary files go to a folder of their own."""
    place = tmp_path / "tmp"
    place.mkdir()

    @contextmanager
    def started() -> Iterator[Server]:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "serve", "--db", str(address), "--port", "0"],
            stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT,
            env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(place)), "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert process.stderr is not None
        try:
            told = process.stderr.readline()
            found = re.search(r"http://(\S+)", told)
            assert found is not None, told + process.stderr.read()
            yield Server(process, found[1])
        finally:
            process.kill()
            process.wait()
            process.stderr.close()

    yield started


def until(address: Address, holds: Callable[[tuple[Queued, ...]], bool]) -> tuple[Queued, ...]:
    """The queue as soon as that holds of it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with Database(address) as database:
            found = files.queue(database)
        if holds(found):
            return found
        time.sleep(0.02)
    raise AssertionError(found)


def begun(address: Address, folder: Path) -> None:
    """Until something is being read, and its file lies there."""
    until(address, lambda found: any(one.state == READING for one in found) and bool(left(folder)))


def over(found: tuple[Queued, ...]) -> bool:
    return not any(one.state in OPEN for one in found)


def left(folder: Path) -> list[str]:
    return [path.name for path in (folder / "tmp").iterdir() if path.name.startswith("dondoc")]


def test_killed_while_a_file_comes(serving: Callable[[], Any], address: Address) -> None:
    body, kind = form(*DOCS)
    with serving() as server:
        host, port = server.host.split(":")
        with socket.create_connection((host, int(port))) as connection:
            head = {
                "Host": server.host,
                "Content-Type": kind,
                "Content-Length": len(body),
                "X-CSRF-Token": server.token,
            }
            lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
            connection.sendall(f"POST /van-ban HTTP/1.1\r\n{lines}\r\n".encode() + body[: len(body) // 2])
            server.ask("GET", "/van-ban")  # it goes on answering
            server.process.kill()
            server.process.wait()
    with serving() as server:
        assert until(address, over) == ()
        assert len(server.send(*DOCS)) == len(DOCS)
        assert [one.state for one in until(address, over)] == [DONE] * len(DOCS)


def test_killed_while_it_reads(serving: Callable[[], Any], address: Address, tmp_path: Path) -> None:
    with serving() as server:
        server.send(*DOCS)
        begun(address, tmp_path)
        family = server.family()
        server.process.kill()
        server.process.wait()
        assert psutil.wait_procs(family, PATIENCE)[1] == []  # no process goes on reading
        assert left(tmp_path)
    with Database(address) as database:
        before = {one.id: one for one in files.queue(database)}
        found, _ = intake.arrivals(database, intake.Wanted(), 100)
    for arrival in found:  # done with rows, or not begun
        assert arrival.queued is not None
        assert bool(arrival.papers) == (arrival.queued.state == DONE)
    with serving():
        after = until(address, over)
        assert {one.id for one in after} == before.keys() and {one.state for one in after} == {DONE}
        assert all(one == before[one.id] for one in after if before[one.id].state == DONE)  # nothing is read twice
        assert all(len(one.documents) == 1 for one in after)
        deadline = time.monotonic() + PATIENCE
        while left(tmp_path) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert left(tmp_path) == []  # nor do the files of the one that was killed lie about


@pytest.mark.skipif(sys.platform == "win32", reason="a process there is told to stop by its console alone")
def test_stopped_while_it_reads(serving: Callable[[], Any], address: Address, tmp_path: Path) -> None:
    with serving() as server:
        listening = http.client.HTTPConnection(server.host, timeout=PATIENCE)
        listening.request("GET", "/su-kien")
        stream = listening.getresponse()
        assert (stream.status, stream.getheader("content-type")) == (200, "text/event-stream; charset=utf-8")
        long = tmp_path / "long.txt"
        long.write_text("1. Văn phòng rà soát thủ tục, xong trước ngày 30/6/2026.\n" * 40_000, encoding="utf-8")
        server.send(long)
        begun(address, tmp_path)
        family = server.family()
        assert family
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(PATIENCE)
        assert b"event: upload" in stream.read()  # it comes to an end
        assert psutil.wait_procs(family, 0)[1] == []
        assert left(tmp_path) == []
    with Database(address) as database:
        assert [one.state for one in files.queue(database)] == [WAITING]  # it was left, and not waited for


def test_a_page_that_listens_hears_of_each_upload(serving: Callable[[], Any], address: Address) -> None:
    with serving() as server:
        listening = http.client.HTTPConnection(server.host, timeout=PATIENCE)
        listening.request("GET", "/su-kien")
        stream = listening.getresponse()
        sent = {one["upload"] for one in server.send(*DOCS)}
        heard: dict[int, dict[str, Any]] = {}
        while {one["id"] for one in heard.values() if one["state"] == DONE} != sent:
            line = stream.readline().decode()
            assert line, heard
            if line.startswith("data: "):
                news = json.loads(line[6:])
                heard[news["id"]] = news
        with Database(address) as database:
            for one in files.queue(database):
                (document,) = one.documents
                rows, doubts = intake.counts(database, one.documents).get(document, (0, 0))
                assert (heard[one.id]["rows"], heard[one.id]["doubts"]) == (rows, doubts)
                assert heard[one.id]["documents"] == [document]
        listening.close()
