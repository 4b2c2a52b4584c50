"""Few pages are made at a time; the others wait for their turn, first come, first served.

Python runs one thread at a time. Twenty pages that are made in twenty threads take turns every few milliseconds, so
that all of them are done as late as the last, and the loop that takes and sends requests waits behind each of them.
Made a few at a time, the slowest of 900 requests took half as long while documents were read. A request that changes
something takes no turn, for it may wait for another writer; nor does one that waits for another process, which is
written as a coroutine, and does that in threads that no page needs (`aside`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from anyio import CapacityLimiter, Semaphore, to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.serve.security.csrf import SAFE

__all__ = ["Turns", "aside", "turn"]

AT_ONCE = 4  # of them, some wait for the database
WAITING = 60  # threads of those who wait for another process; more of them wait without a thread

T = TypeVar("T")
Values = TypeVarTuple("Values")


class Turns:
    """Middleware. A turn that `turn` has taken ends when the answer begins: who reads slowly keeps nobody waiting."""

    def __init__(self, app: ASGIApp, at_once: int = AT_ONCE) -> None:
        self._app = app
        self._room, self._patience = Semaphore(at_once), CapacityLimiter(WAITING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Gives the request a turn that it may take, and takes it back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        own = _Turn(self._room, self._patience)
        Request(scope).state.turn = own

        async def sent(message: Message) -> None:
            own.end()
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            own.end()


class _Turn:
    """One request's."""

    def __init__(self, room: Semaphore, patience: CapacityLimiter) -> None:
        self._room, self.patience, self._taken = room, patience, False

    async def take(self) -> None:
        await self._room.acquire()
        self._taken = True

    def end(self) -> None:
        if self._taken:
            self._taken = False
            self._room.release()


async def turn(request: Request) -> None:
    """The dependency of every page: waits until it is the turn of this request, where it takes one."""
    if request.method in SAFE and not inspect.iscoroutinefunction(request.scope["endpoint"]):
        await request.state.turn.take()


async def aside(request: Request, work: Callable[[*Values], T], *values: *Values) -> T:
    """What ``work(*values)`` returns, which waits for another process."""
    return await to_thread.run_sync(work, *values, limiter=request.state.turn.patience)
