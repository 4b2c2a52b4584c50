"""Which item is next: lanes, largest first, a second try with nothing beside it, processes that have grown."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from work_for_workers import idle, named, work

from pipeline import workers
from pipeline.workers import Limits, Pool
from pipeline.workers.lanes import Lanes, Work

LIMITS = Limits(quiet=60.0, seconds=60.0, memory=1_000_000_000)


def lanes(jobs: int, *works: tuple[str, int, int]) -> Lanes[str]:
    found: Lanes[str] = Lanes(jobs)
    for name, lane, size in works:
        found.put(Work(name, lane, size))
    return found


def taken(lanes: Lanes[str]) -> Work[str]:
    work = lanes.take()
    assert work is not None
    return work


def is_blocked(lanes: Lanes[str]) -> bool:
    """Whether nobody may begin anything now."""
    return lanes._next() is None


MIXED = (("a", 0, 1), ("b", 0, 3), ("c", 0, 2), ("d", 0, 2), ("o", 1, 1), ("p", 1, 5), ("s", 2, 1), ("t", 2, 9))


def test_one_process_takes_a_lane_after_the_other_largest_first() -> None:
    waiting = lanes(1, *MIXED)
    order = []
    for _ in MIXED:
        work = taken(waiting)
        waiting.done(work)
        order.append(work.item)
    # of equal size, the first that was handed in
    assert order == ["b", "c", "d", "a", "p", "o", "t", "s"]


@pytest.mark.parametrize("jobs", [2, 3, 4, 8])
def test_slow_lanes_have_half_while_quick_work_waits(jobs: int) -> None:
    many = [(f"{lane}.{number}", lane, 0) for lane in range(3) for number in range(20)]
    waiting = lanes(jobs, *many)
    running = [taken(waiting).lane for _ in range(jobs)]
    assert len([lane for lane in running if lane]) == jobs // 2
    # both slow lanes have their share; where there is one place for the two, they take turns (below)
    assert {lane for lane in running if lane} == ({1, 2} if jobs > 3 else {1})


def test_slow_lanes_take_turns_and_neither_starves() -> None:
    waiting = lanes(2, *[(f"{lane}.{number}", lane, 0) for lane in range(3) for number in range(20)])
    slow = []
    while len(slow) < 6:
        work = taken(waiting)
        if work.lane:
            slow.append(work.lane)
        waiting.done(work)
        # a quick item would go on in the other process
        quick = taken(waiting)
        waiting.done(quick)
        slow += [quick.lane] * bool(quick.lane)
    assert slow == [1, 2, 1, 2, 1, 2]


def test_no_process_is_idle_while_slow_work_waits() -> None:
    waiting = lanes(3, ("s", 2, 0), ("t", 2, 0), ("u", 2, 0))
    assert {taken(waiting).item for _ in range(3)} == {"s", "t", "u"}


def test_what_may_bring_quick_work_holds_slow_lanes_back_until_it_has() -> None:
    waiting = lanes(1, ("scan", 2, 0))
    waiting.put(Work("a.zip", 0, 0, opens=True))
    archive = taken(waiting)
    assert archive.item == "a.zip"
    waiting.done(archive)
    assert is_blocked(waiting)  # else an hour's scan would begin before what is in the archive
    waiting.put(Work("a.zip/1.docx"))
    waiting.followed()
    assert [taken(waiting).item] == ["a.zip/1.docx"]


def test_alone_is_after_all_others_and_beside_none() -> None:
    waiting = lanes(2, ("a", 0, 0))
    waiting.put(Work("killer", alone=True))
    first = taken(waiting)
    assert first.item == "a"
    assert is_blocked(waiting)
    waiting.done(first)
    killer = taken(waiting)
    waiting.put(Work("late"))
    assert is_blocked(waiting)
    waiting.done(killer)
    assert taken(waiting).item == "late"


def test_alone_is_after_what_other_work_may_bring() -> None:
    waiting = lanes(2)
    waiting.put(Work("a.zip", opens=True))
    waiting.put(Work("killer", alone=True))
    archive = taken(waiting)
    waiting.done(archive)
    assert is_blocked(waiting)
    waiting.followed()
    assert taken(waiting).item == "killer"


def test_closing_wakes_those_that_wait() -> None:
    waiting = lanes(1)
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(waiting.take()), daemon=True)
    thread.start()
    waiting.close()
    thread.join(timeout=20)
    assert found == [None]


# ── with processes ──


@pytest.fixture
def log(tmp_path: Path) -> Iterator[str]:
    path = tmp_path / "log.txt"
    path.touch()
    yield str(path)


@pytest.mark.parametrize("jobs", [2, 3])
def test_slow_items_do_not_delay_quick_ones(log: str, jobs: int) -> None:
    """Those in the slow lane end when all quick ones are done, and not before: held up by them, they would never."""
    slow = [("waits", log, "ends", 10), ("waits", log, "ends", 9)]
    with Pool(work, jobs=jobs, warm=idle, failed=named, limits=LIMITS) as pool:
        for number in range(10):
            pool.submit(("noted", log, f"quick{number}", 0.1))
        for item in slow:
            pool.submit(item, lane=2)
        found = dict(pool.outcomes())
    assert len(found) == 12
    assert [found[item] for item in slow] == [str(item).upper() for item in slow]


@pytest.mark.parametrize(("times", "outcome"), [(1, str.upper), (2, None)])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killer_is_tried_once_more_alone(log: str, jobs: int, times: int, outcome: Any) -> None:
    killer = ("kills", log, "killer", times)
    with Pool(work, jobs=jobs, warm=idle, failed=named, limits=LIMITS) as pool:
        pool.submit(killer, size=9)
        for number in range(4):
            pool.submit(("noted", log, f"n{number}", 0.2))
        found = dict(pool.outcomes())
    assert len(found) == 5
    assert found[killer] == (outcome(str(killer)) if outcome else f"died: {killer}")
    lines = [line.split() for line in Path(log).read_text(encoding="utf-8").splitlines()]
    first, second = (place for place, line in enumerate(lines) if line[:2] == ["killer", "begins"])
    assert first < second
    # all others were through, and none began beside it; its process is a fresh one
    assert {line[0] for line in lines[second:]} == {"killer"}
    assert lines[second][2] not in {line[2] for line in lines[:second]}


def test_an_item_may_be_one_that_is_not_tried_again(log: str) -> None:
    with Pool(work, jobs=1, warm=idle, failed=named, limits=LIMITS) as pool:
        pool.submit(("kills", log, "killer", 1), again=False)
        ((_, outcome),) = pool.outcomes()
    assert outcome.startswith("died")


def pids(*items: Any) -> list[int]:
    with Pool(work, jobs=1, warm=idle, failed=named, limits=LIMITS) as pool:
        for place, item in enumerate(items):
            pool.submit(item, size=-place)
        return [pid for _, pid in pool.outcomes()]


FULL = ("hoard", int(LIMITS.memory * workers._FULL))
CREPT = ("hoard", int(LIMITS.memory * (workers._FULL + workers._CREPT) / 2) - 25_000_000)  # with Python itself


def test_a_process_that_has_grown_is_replaced() -> None:
    first, second, third = pids(FULL, ("pid", 1), ("pid", 2))
    assert first != second == third


def test_a_process_that_creeps_is_replaced_after_many_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_MANY", 3)
    first, second, third, fourth = pids(CREPT, ("pid", 1), ("pid", 2), ("pid", 3))
    assert first == second == third != fourth


KILLED = """
import sys
sys.path.insert(0, {tests!r})
from work_for_workers import idle, named, work
from pipeline.workers import Pool
with Pool(work, jobs=2, warm=idle, failed=named) as pool:
    pool.submit(("child", {noted!r}))
    for outcome in pool.outcomes():
        pass
"""


def test_a_parent_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    """`kill -9`: it cannot stop its children, which are amid an item that has started a program."""
    noted, script = tmp_path / "child", tmp_path / "script.py"
    tests = Path(__file__).resolve().parent
    script.write_text(KILLED.format(tests=str(tests), noted=str(noted)), encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], cwd=tests.parent) as parent:
        until(lambda: noted.exists() and noted.read_text(encoding="utf-8") != "")
        family = psutil.Process(parent.pid).children(recursive=True)
        assert len(family) >= 2
        parent.kill()
    _, alive = psutil.wait_procs(family, timeout=20)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def until(condition: Any) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
