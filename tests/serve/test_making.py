"""Files of exports come from processes of their own, which may be stopped, and end with the server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from offices import fill, plan

from pipeline.serve import making
from pipeline.serve.beside import Beside
from pipeline.serve.making import AT_ONCE, Exports, Order
from pipeline.serve.refusals import Refusal
from pipeline.store.address import parse
from pipeline.store.database import Database
from pipeline.store.register import Filter
from pipeline.workers import Limits

ORDER = Order(Filter(), "jsonl", "vi")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(parse(f"sqlite:///{tmp_path / 'x.db'}")) as opened:
        fill(opened, plan())
        yield opened


@pytest.fixture
def exports(database: Database) -> Iterator[Exports]:
    made = Exports(database)
    yield made
    made.close()


def children() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


def test_one_process_is_kept_for_the_next_file_and_ends_with_the_server(exports: Exports) -> None:
    before = children()
    first = exports.make(ORDER)
    started = children() - before
    assert first.name.endswith(".jsonl") and first.data.count(b"\n") == len(plan().tasks)
    assert len(started) == 1
    assert exports.make(ORDER) == first and children() - before == started
    exports.close()
    assert not children() - before
    with pytest.raises(Refusal):
        exports.make(ORDER)


def test_what_is_refused_in_the_process_is_refused_here(exports: Exports) -> None:
    with pytest.raises(Refusal) as refused:
        exports.make(Order(Filter(), "pdf", "vi"))
    assert (refused.value.status, refused.value.code) == (404, "unknown-format")
    assert exports.make(ORDER).data


def test_a_file_that_takes_too_long_is_given_up(database: Database) -> None:
    exports = Exports(database, limits=Limits(quiet=0, seconds=0))
    try:
        with pytest.raises(Refusal) as refused:
            exports.make(ORDER)
        assert (refused.value.status, refused.value.code) == (503, "not-exported")
    finally:
        exports.close()


def test_more_than_wait_are_told_so(exports: Exports, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, go_on = threading.Semaphore(0), threading.Event()

    def do(beside: object, order: Order) -> str:
        inside.release()
        assert go_on.wait(60)
        return order.kind

    monkeypatch.setattr(Beside, "do", do)
    with ThreadPoolExecutor(making.WAITING) as threads:
        asked = [threads.submit(exports.make, ORDER) for _ in range(making.WAITING)]
        for _ in range(AT_ONCE):
            assert inside.acquire(timeout=60)
        while exports._room.acquire(blocking=False):  # until all of them wait
            exports._room.release()
        with pytest.raises(Refusal) as refused:
            exports.make(ORDER)
        go_on.set()
        assert [one.result(60) for one in asked] == ["jsonl"] * making.WAITING
    assert refused.value.code == "too-many-exports"
