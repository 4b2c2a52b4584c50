"""A few pages at a time are made; the others wait for their turn, and what waits for something else takes none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.testclient import TestClient

from pipeline.serve.turns import AT_ONCE, Turns, turn

MANY = AT_ONCE * 3
PATIENCE = 15  # seconds


class Doors:
    """Pages that end when they are let: `inside` counts those that are being made now."""

    def __init__(self) -> None:
        self.inside, self.most = 0, 0
        self.came, self.may_end = threading.Semaphore(0), threading.Event()
        self._lock = threading.Lock()

    def page(self) -> str:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.came.release()
        assert self.may_end.wait(PATIENCE)
        with self._lock:
            self.inside -= 1
        return "x"


def application(doors: Doors) -> FastAPI:
    app = FastAPI(dependencies=[Depends(turn)])
    app.add_middleware(Turns)

    @app.get("/computes")
    def computes() -> str:
        return doors.page()

    @app.get("/waits")
    async def waits() -> str:
        return await run_in_threadpool(doors.page)

    @app.post("/writes")
    def writes() -> str:
        return doors.page()

    @app.get("/fails")
    def fails() -> str:
        raise RuntimeError

    return app


def ask_many(client: TestClient, doors: Doors, ask: Callable[[], object], expected: int) -> int:
    """How many of `MANY` requests were inside at once, once `expected` had come; then all are answered."""
    with ThreadPoolExecutor(MANY) as threads:
        answers = [threads.submit(ask) for _ in range(MANY)]
        for _ in range(expected):
            assert doors.came.acquire(timeout=PATIENCE)
        more = doors.came.acquire(timeout=0.3)
        doors.may_end.set()
        assert [answer.result(PATIENCE) for answer in answers]
    assert expected == MANY or not more
    return doors.most


def test_a_few_pages_at_a_time() -> None:
    doors = Doors()
    with TestClient(application(doors)) as client:
        assert ask_many(client, doors, lambda: client.get("/computes"), AT_ONCE) == AT_ONCE


def test_what_waits_for_something_else_takes_no_turn() -> None:
    for method, path in (("GET", "/waits"), ("POST", "/writes")):
        doors = Doors()
        with TestClient(application(doors)) as client:
            ask = lambda method=method, path=path, client=client: client.request(method, path)  # noqa: E731
            assert ask_many(client, doors, ask, MANY) == MANY, path


def test_a_turn_ends_where_the_page_fails() -> None:
    doors = Doors()
    doors.may_end.set()
    with TestClient(application(doors), raise_server_exceptions=False) as client:
        assert [client.get("/fails").status_code for _ in range(MANY)] == [500] * MANY
        assert [client.get("/nothing").status_code for _ in range(MANY)] == [404] * MANY
        assert client.get("/computes").status_code == 200
