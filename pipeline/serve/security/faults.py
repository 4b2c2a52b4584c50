"""What goes wrong inside ends here: the person gets a page, the log gets the place and never the words.

The message of an error may quote a document, so the log holds its kind and where it came up, nothing else.
"""

from __future__ import annotations

import logging
import traceback

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.serve.refusals import answer, of_status

__all__ = ["LOG", "Faults", "note"]

LOG = logging.getLogger("dondoc.serve")


class Faults:
    """Middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 500 for an error that nobody expected; where the answer has begun, it breaks off."""
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception as error:  # whatever it is: beyond here it would be printed with its message
            note(error)
            if scope["type"] == "http" and not begun:
                await answer(Request(scope), of_status(500), 500)(scope, receive, send)


def note(error: BaseException) -> None:
    """Logs the kind of an error and the places that it came through."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    LOG.error("%s\n  %s", type(error).__name__, "\n  ".join(places))
