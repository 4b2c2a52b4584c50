"""What pages hear of the queue: the last of each upload, as soon as they listen, and nothing that is endless."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pipeline.english import told
from pipeline.serve.reading import events
from pipeline.serve.reading.events import Events
from pipeline.serve.refusals import Refusal


def facts(part: bytes) -> list[dict[str, Any]]:
    return [json.loads(line[6:]) for line in part.decode().splitlines() if line.startswith("data: ")]


async def begun(hub: Events) -> AsyncIterator[bytes]:
    """A stream, behind its first line, which only says how soon to come back."""
    stream = hub.listen()
    assert (await anext(stream)).startswith(b"retry: ")
    return stream


def played(scene: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: a browser that another test has opened keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, scene).result()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "BREATH", 0.0)


def test_who_begins_to_listen_is_told_how_things_are() -> None:
    async def scene() -> None:
        hub = Events()
        hub.tell(1, state="reading")
        hub.tell(2, state="waiting")
        hub.tell(1, pages_done=3, pages=8)
        assert facts(await anext(await begun(hub))) == [
            {"id": 2, "state": "waiting"}, {"id": 1, "state": "reading", "pages_done": 3, "pages": 8},
        ]  # fmt: skip

    played(scene())


def test_what_was_done_elsewhere_is_told_unless_there_is_newer_news() -> None:
    async def scene() -> None:
        hub = Events()
        for upload, state in enumerate(("waiting", "reading", "done"), start=1):
            hub.tell(upload, state=state)
        seen = hub.open()
        assert seen == {1: "waiting", 2: "reading"}
        stream = await begun(hub)
        await anext(stream)
        hub.correct(1, seen[1], "done")
        hub.tell(2, state="failed")
        hub.correct(2, seen[2], "waiting")  # that was asked for before it failed
        assert {fact["id"]: fact["state"] for fact in facts(await anext(stream))} == {1: "done", 2: "failed"}
        hub.correct(3, "done", "done")
        assert facts(await anext(await begun(hub)))[-1] == {"id": 2, "state": "failed"}

    played(scene())


def test_news_come_from_any_thread_and_only_the_last_of_each() -> None:
    async def scene() -> None:
        hub = Events()
        stream = await begun(hub)
        assert facts(await anext(stream)) == []
        for page in range(100):
            await asyncio.to_thread(hub.tell, 7, state="reading", pages_done=page)
        assert facts(await anext(stream)) == [{"id": 7, "state": "reading", "pages_done": 99}]
        await asyncio.to_thread(hub.tell, 7, state="done")
        assert facts(await anext(stream)) == [{"id": 7, "state": "done", "pages_done": 99}]

    played(scene())


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "KEPT", 3)

    async def scene() -> None:
        hub = Events()
        slow = await begun(hub)
        for upload in range(10):
            hub.tell(upload, state="waiting")
        assert [fact["id"] for fact in facts(await anext(slow))] == [7, 8, 9]

    played(scene())


def test_a_sign_of_life_where_there_is_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "BEAT", 0.01)

    async def scene() -> None:
        stream = await begun(Events())
        for _ in range(3):
            part = await anext(stream)
            assert part.startswith(b":") and part.endswith(b"\n\n") and not facts(part)

    played(scene())


def test_who_goes_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST", 1)

    async def scene() -> None:
        hub = Events()
        stream = await begun(hub)
        with pytest.raises(Refusal) as refused:
            hub.listen()
        assert refused.value.status == 503
        assert told(refused.value.message, "en") != refused.value.message
        await stream.aclose()  # type: ignore[attr-defined]
        await begun(hub)

    played(scene())


def test_who_never_begins_takes_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that goes between the call and the first line."""
    monkeypatch.setattr(events, "MOST", 1)

    async def scene() -> None:
        hub = Events()
        stream = hub.listen()
        await stream.aclose()  # type: ignore[attr-defined]
        await begun(hub)

    played(scene())


def test_streams_end_when_the_server_stops_and_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        hub = Events()
        stream = await begun(hub)
        await anext(stream)
        waiting = asyncio.create_task(anext(stream, None))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        hub.close()
        assert await asyncio.wait_for(waiting, 10) is None
        monkeypatch.setattr(events, "LONGEST", 0.0)
        assert await anext(await begun(Events()), None) is None

    played(scene())
