"""The pages of ``dondoc serve``: 1,000 rows of one document, and twenty who read while one converts a hundred."""

from __future__ import annotations

import http.client
import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks import generate
from benchmarks.measure import Figure

ROWS, CLIENTS, DOCUMENTS = 1000, 20, 100
SMALL_ROWS, SMALL_CLIENTS, SMALL_DOCUMENTS = 20, 2, 2
ROUNDS = 20  # requests of which the median is taken
DEMAND = 0.2  # seconds: the page of 1,000 rows (issue 8)
SLOWEST = 1.0  # seconds: the slowest request while documents are converted (issue 8)
PAUSE = 0.2  # seconds that a person looks before the next page
PATIENCE = 600  # seconds
PAGES = ("/van-ban", "/nhiem-vu", "/lich", "/tong-quan", "/ra-soat")


def run(small: bool) -> list[Figure]:
    """Milliseconds of the page with its rows, the slowest request under load, and how many failed."""
    amounts = (SMALL_ROWS, SMALL_CLIENTS, SMALL_DOCUMENTS) if small else (ROWS, CLIENTS, DOCUMENTS)
    rows, clients, documents = amounts
    with TemporaryDirectory(ignore_cleanup_errors=True) as place, _served(Path(place)) as (host, process):
        folder = Path(place)
        generate.write(folder / "docs", documents)
        long = folder / "dai.txt"
        long.write_text(plan(rows), "utf-8")
        took, work = _page_of(host, process, long)
        slowest, asked, failed = _under_load(host, folder, clients)
    what = f"review page of {rows:,} rows"
    load = f"{clients} clients read while one converts {documents} documents"
    fits = took <= DEMAND
    return [
        Figure(what, "ms", took * 1000, "demanded", DEMAND * 1000, took / DEMAND, f"{DEMAND * 1000:.0f} ms", fits),
        Figure(f"{what}: time of the processor", "ms", work * 1000, "by the clock", took * 1000, work / took),
        Figure(f"{load}: slowest of {asked:,}", "ms", slowest * 1000, "demanded", SLOWEST * 1000, slowest / SLOWEST,
               f"{SLOWEST * 1000:.0f} ms", slowest <= SLOWEST),
        Figure(f"{load}: answered", "requests", asked - failed, "asked", asked, (asked - failed) / asked, "all",
               failed == 0),
    ]  # fmt: skip


def plan(rows: int) -> str:
    """A plan of a commune with so many tasks, each with its lead and its day."""
    head = (
        "ỦY BAN NHÂN DÂN\nXÃ VÂN HẢI\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        "Số: 12/KH-UBND\n\nVân Hải, ngày 05 tháng 01 năm 2026\n\nKẾ HOẠCH\nCông tác năm 2026\n\nII. NHIỆM VỤ\n"
    )
    days = [f"{1 + at % 28}/{1 + at % 12}/2026" for at in range(rows)]
    tasks = (
        f"{at + 1}. Phòng Kinh tế chủ trì rà soát tuyến đường số {at + 1}, hoàn thành trước ngày {day}."
        for at, day in enumerate(days)
    )
    return head + "\n".join(tasks) + "\n"


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """A server with an empty database: its host with the port, and its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "serve", "--db", f"sqlite:///{folder / 'x.db'}", "--port", "0"],
        stderr=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert process.stderr is not None
    try:
        found = re.search(r"http://(\S+)", process.stderr.readline())
        assert found is not None
        yield found[1], psutil.Process(process.pid)
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def _ask(host: str, path: str) -> tuple[float, int, str]:
    """Seconds, status and words of an answer."""
    connection = http.client.HTTPConnection(host, timeout=PATIENCE)
    start = time.perf_counter()
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        words = answer.read().decode()
        return time.perf_counter() - start, answer.status, words
    finally:
        connection.close()


def _page_of(host: str, process: psutil.Process, path: Path) -> tuple[float, float]:
    """Sends the document, waits until it is read: seconds of its page, by the clock (median) and of the processor."""
    _send(host, path)
    page = _when(host, r'href="(/van-ban/[0-9a-f]{12})"')
    _ask(host, page)
    before = process.cpu_times()
    taken = [_ask(host, page)[0] for _ in range(ROUNDS)]
    after = process.cpu_times()
    return statistics.median(taken), (after.user + after.system - before.user - before.system) / ROUNDS


def _send(host: str, *paths: Path) -> None:
    _, _, words = _ask(host, "/van-ban")
    found = re.search(r'name="csrf" value="([^"]+)"', words)
    assert found is not None
    for path in paths:
        part = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{path.name}"\r\n\r\n'.encode()
        body = part + path.read_bytes() + b"\r\n--x--\r\n"
        kind = "multipart/form-data; boundary=x"
        head = {"Content-Type": kind, "Accept": "application/json", "X-CSRF-Token": found[1]}
        connection = http.client.HTTPConnection(host, timeout=PATIENCE)
        connection.request("POST", "/van-ban", body, head)
        assert connection.getresponse().status == 200
        connection.close()


def _when(host: str, pattern: str) -> str:
    """What a pattern finds on the page of arrivals, as soon as it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = re.search(pattern, _ask(host, "/van-ban")[2])
        if found is not None:
            return found[1]
        time.sleep(0.2)
    raise TimeoutError(pattern)


def _under_load(host: str, folder: Path, clients: int) -> tuple[float, int, int]:
    """Seconds of the slowest request, how many were made, how many failed."""
    over = threading.Event()
    taken: list[float] = []
    failed: list[str] = []

    def read(at: int) -> None:
        while not over.is_set():
            path = PAGES[at % len(PAGES)]
            try:
                seconds, status, _ = _ask(host, path)
            except OSError as error:
                failed.append(f"{path}: {error}")
                continue
            taken.append(seconds)
            if status != 200:
                failed.append(f"{path}: {status}")
            at += 1
            over.wait(PAUSE)

    readers = [threading.Thread(target=read, args=(at,)) for at in range(clients)]
    for reader in readers:
        reader.start()
    try:
        _send(host, *sorted((folder / "docs").glob("[0-9]*")))
        _until_read(host)
    finally:
        over.set()
        for reader in readers:
            reader.join()
    return max(taken), len(taken), len(failed)


def _until_read(host: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not re.search(r'data-state="(waiting|reading)"', _ask(host, "/van-ban")[2]):
            return
        time.sleep(1)
    raise TimeoutError("documents are still read")
