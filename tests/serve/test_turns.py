"""A few pages at a time are made; the others wait for their turn, and what waits for something else takes none."""

from __future__ import annotations

import threading

import anyio
import httpx2
import pytest
from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool

from pipeline.serve.turns import AT_ONCE, Turns, turn

MANY = AT_ONCE * 3
PATIENCE = 15  # seconds: a turn that nobody gives back fails a test and hangs none


class Doors:
    """Pages that end when they are let: `inside` counts those that are being made now, `most` were at once."""

    def __init__(self) -> None:
        self.inside, self.most = 0, 0
        self.may_end = threading.Event()
        self._lock = threading.Lock()

    def page(self) -> str:
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
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


def client(doors: Doors) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(application(doors), raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://testserver")


async def many_at_once(method: str, path: str, expected: int) -> int:
    """How many of `MANY` requests were inside at once, once `expected` had come in; then all are answered."""
    doors = Doors()
    answers: list[int] = []

    async def ask(browser: httpx2.AsyncClient) -> None:
        answers.append((await browser.request(method, path)).status_code)

    with anyio.fail_after(PATIENCE):
        async with client(doors) as browser, anyio.create_task_group() as group:
            for _ in range(MANY):
                group.start_soon(ask, browser)
            while doors.inside < expected:
                await anyio.sleep(0.01)
            await anyio.sleep(0.3)  # who else comes in
            doors.may_end.set()
    assert answers == [200] * MANY
    return doors.most


def test_a_few_pages_at_a_time() -> None:
    assert anyio.run(many_at_once, "GET", "/computes", AT_ONCE) == AT_ONCE


@pytest.mark.parametrize(("method", "path"), [("GET", "/waits"), ("POST", "/writes")])
def test_what_waits_for_something_else_takes_no_turn(method: str, path: str) -> None:
    assert anyio.run(many_at_once, method, path, MANY) == MANY


async def answers_to(*paths: str) -> list[int]:
    doors = Doors()
    doors.may_end.set()
    with anyio.fail_after(PATIENCE):
        async with client(doors) as browser:
            return [(await browser.get(path)).status_code for path in paths]


def test_a_turn_ends_where_the_page_fails() -> None:
    assert anyio.run(answers_to, *["/fails"] * MANY, *["/nothing"] * MANY) == [500] * MANY + [404] * MANY
    assert anyio.run(answers_to, *["/fails"] * MANY, "/computes")[-1] == 200
