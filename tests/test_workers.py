"""The pool: an item that hangs, devours memory or crashes costs itself and no other, and nothing stays behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
import work_for_workers
from work_for_workers import idle, named, work

from pipeline.workers import Limits, Pool

ROOT = Path(__file__).resolve().parent.parent
SHORT = Limits(quiet=1.0, seconds=2.5, memory=300 * 1024 * 1024)
# Where it is not time that runs out: a machine with much to do takes long to fill 300 MB.
PATIENT = replace(SHORT, quiet=120.0, seconds=120.0)


def run(
    items: Sequence[Any], jobs: int = 1, heard: Callable[..., object] = lambda *_: None, limits: Limits = SHORT
) -> list[Any]:
    with Pool(work, jobs=jobs, warm=idle, failed=named, heard=heard, limits=limits) as pool:
        for place, item in enumerate(items):
            pool.submit(item, size=-place)
        found = dict(pool.outcomes())
    return [found[item] for item in items]


def children() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}


@pytest.fixture(autouse=True)
def nothing_stays_behind() -> Any:
    before = children()
    yield
    assert children() <= before


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes(jobs: int) -> None:
    assert run(list("abcdef"), jobs) == list("ABCDEF")


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        ("hang", "time"),  # no sign of life
        ("forever", "time"),  # signs of life without end
        ("memory", "memory"),
        ("exit", "died"),
        ("crash", "died"),  # a fault in a C library
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_item_costs_itself_alone(bad: str, kind: str, jobs: int) -> None:
    limits = SHORT if kind == "time" else PATIENT
    assert run(["a", bad, "b", "c"], jobs, limits=limits) == ["A", f"{kind}: {bad}", "B", "C"]


def test_a_pool_can_be_left_amid_its_work() -> None:
    with Pool(work, jobs=1, warm=idle, failed=named, limits=PATIENT) as pool:
        pool.submit("a", size=1)
        pool.submit("hang")
        found = pool.outcomes()
        assert next(found) == ("a", "A")
        threading.Timer(0.1, pool.stop).start()  # as another thread, while this one waits
        assert list(found) == []


def test_modest_children_come_last() -> None:
    def priorities(modest: bool) -> set[Any]:
        with Pool(work, jobs=1, warm=idle, failed=named, modest=modest) as pool:
            pool.submit("a")
            list(pool.outcomes())
            return {process.nice() for process in psutil.Process().children()}

    usual, modest = priorities(False), priorities(True)
    assert len(usual) == len(modest) == 1 and usual != modest


def test_progress_restarts_the_clock() -> None:
    heard: list[tuple[str, int, int]] = []
    assert run(["slow"], heard=lambda *said: heard.append(said)) == ["slow and done"]
    assert heard == [("slow", page, 6) for page in range(1, 7)]


def test_what_the_work_raises_comes_back() -> None:
    with pytest.raises(ZeroDivisionError, match="planted"):
        run(["fault"])
    with pytest.raises(RuntimeError, match="cannot be sent"):
        run(["closure"])


def test_numpy_brings_no_threads_of_its_own() -> None:
    """They would wait for work busily, and take a core from the neighbours."""
    assert run(["threads"], limits=PATIENT) == [0]


def test_what_is_printed_does_no_harm() -> None:
    assert run(["print", "a"]) == ["printed", "A"]


def test_a_big_outcome() -> None:
    (found,) = run(["big"])
    assert len(found) == 20_000_000


def test_what_an_item_started_is_stopped_with_it(tmp_path: Path) -> None:
    noted = tmp_path / "child"
    assert run([("child", str(noted)), "a"])[1] == "A"
    assert not runs(int(noted.read_text("utf-8")))


def runs(number: int) -> bool:
    """Whether a process runs; one that ended and that nobody has asked about yet does not."""
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_body_that_raises_leaves_nothing() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Pool(work, jobs=2, warm=idle, failed=named) as pool:
        pool.submit("hang")
        pool.submit("hang")
        time.sleep(0.5)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_caller_who_is_slow_holds_the_processes_back(tmp_path: Path, jobs: int) -> None:
    with busy(tmp_path / "log.txt", jobs) as (pool, begun):
        outcomes = pool.outcomes()
        next(outcomes)
        # that one, those that wait, and one that each process is done with
        most = 1 + pool._through.maxsize + jobs
        until(lambda: begun() >= most)
        time.sleep(1)  # for those that would not be held back
        assert begun() == most < MANY / 2
        assert len(list(outcomes)) == MANY - 1
        assert begun() == MANY


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_caller_who_takes_no_more_leaves_nothing(tmp_path: Path, jobs: int) -> None:
    with busy(tmp_path / "log.txt", jobs) as (pool, begun):
        until(lambda: begun() >= pool._through.maxsize + jobs)
        time.sleep(0.5)  # each process is done, and its thread has nowhere to put the outcome
    assert not any(thread.is_alive() for thread in pool._threads)


MANY = 100


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def busy(log: Path, jobs: int) -> Iterator[tuple[Pool[Any, Any], Callable[[], int]]]:
    """A pool with many items, and what tells how many of them were begun."""
    log.touch()
    with Pool(work, jobs=jobs, warm=idle, failed=named, limits=PATIENT) as pool:
        for number in range(MANY):
            pool.submit(("noted", str(log), str(number), 0.0))
        yield pool, lambda: log.read_text("utf-8").count("begins")


def test_a_script_needs_no_main_guard(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    plan = ROOT / "corpus" / "docs" / "kh-hoi-phu-nu-xa-nam-2026.txt"
    script.write_text(
        f"import pipeline\nprint(pipeline.convert([{str(plan)!r}], [], jobs=2).tasks)\n", encoding="utf-8"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, check=True, timeout=120, cwd=tmp_path)
    assert int(done.stdout) > 0


def test_the_tests_pieces_of_work_are_found_by_children() -> None:
    assert os.path.dirname(work_for_workers.__file__) in sys.path
