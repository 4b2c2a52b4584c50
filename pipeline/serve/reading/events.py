"""What the pages hear of the queue while it is read (server-sent events): the last that is to be said of each upload.

A client that is slow misses what has been overtaken, and holds no more than a number for each upload.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.serve.refusals import Refusal
from pipeline.store.files import OPEN

__all__ = ["Events"]

MOST = 200  # clients: each is a connection that stays
KEPT = 1000  # uploads of which the last word is remembered: what a page shows and more
BEAT = 15.0  # seconds without news after which a sign of life goes out, so that nothing between takes it for dead
BREATH = 0.2  # seconds that news are gathered
LONGEST = 600.0  # seconds of a stream: the browser comes back, and who is not let in any more stays out


@dataclass(eq=False, slots=True)
class _Client:
    loop: asyncio.AbstractEventLoop
    changed: dict[int, None] = field(default_factory=dict)
    wake: asyncio.Event = field(default_factory=asyncio.Event)


class Events:
    """What is said of uploads, and who listens. `tell` may be called from any thread."""

    def __init__(self) -> None:
        self._latest: dict[int, dict[str, Any]] = {}
        self._clients: set[_Client] = set()
        self._lock = threading.Lock()
        self._closed = False

    def tell(self, upload: int, **facts: object) -> None:
        """Something new of an upload: facts of plain JSON, beside those that were told before."""
        with self._lock:
            self._latest[upload] = {**self._latest.pop(upload, {"id": upload}), **facts}
            while len(self._latest) > KEPT:
                del self._latest[next(iter(self._latest))]
            for client in self._clients:
                client.changed[upload] = None
            self._wake()

    def open(self) -> dict[int, str]:
        """The uploads of which the last word was that they wait or are read, with that word."""
        with self._lock:
            return {upload: facts["state"] for upload, facts in self._latest.items() if facts.get("state") in OPEN}

    def correct(self, upload: int, was: str, state: str) -> None:
        """Tells the state of an upload, unless something newer than `was` has been told of it."""
        if state != was and self.open().get(upload) == was:
            self.tell(upload, state=state)

    def close(self) -> None:
        """Ends all streams: the server stops."""
        with self._lock:
            self._closed = True
            self._wake()

    def _wake(self) -> None:
        for client in self._clients:
            with contextlib.suppress(RuntimeError):  # its loop has been closed, and it with it
                client.loop.call_soon_threadsafe(client.wake.set)

    def listen(self) -> AsyncIterator[bytes]:
        """A stream for a client, which begins with the last that is known of each upload. Raises `Refusal`."""
        with self._lock:
            if len(self._clients) >= MOST:
                message = "Đang có quá nhiều trang theo dõi việc đọc. Hãy đóng bớt thẻ trình duyệt rồi tải lại trang."
                raise Refusal(503, "too-many-listeners", message)
        return self._stream()

    async def _stream(self) -> AsyncIterator[bytes]:
        client = _Client(asyncio.get_running_loop())
        with self._lock:  # here and not before: of a stream that nobody begins, the end is never reached
            client.changed.update(dict.fromkeys(self._latest))
            self._clients.add(client)
        end = client.loop.time() + LONGEST
        try:
            yield b"retry: 3000\n\n"
            while client.loop.time() < end and not self._closed:
                news = self._news(client)
                yield b"".join(news) or b": \n\n"
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(client.wake.wait(), BEAT)
                    await asyncio.sleep(BREATH)
        finally:
            with self._lock:
                self._clients.discard(client)

    def _news(self, client: _Client) -> list[bytes]:
        with self._lock:
            client.wake.clear()
            facts = [self._latest[upload] for upload in client.changed if upload in self._latest]
            client.changed.clear()
        return [f"event: upload\ndata: {json.dumps(fact, ensure_ascii=True)}\n\n".encode() for fact in facts]
