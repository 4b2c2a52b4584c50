"""How much a request may send. It is counted while it comes, and what is too much is never kept."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.serve.refusals import Refusal, answer, of_status

__all__ = ["FILE", "FORM", "REQUEST", "Bodies", "check_files"]

FORM = 2**20  # bytes of a body without files
FILE, REQUEST = 50 * 2**20, 200 * 2**20  # bytes of a file, and of all that come in one request
_WITH_FILES = b"multipart/form-data"


class Bodies:
    """Middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 413 before or while too much comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        most = REQUEST if headers.get(b"content-type", b"").lower().startswith(_WITH_FILES) else FORM
        told = headers.get(b"content-length", b"0")
        if not told.isdigit() or len(told) > 12 or int(told) > most:
            await answer(Request(scope), of_status(413), 413)(scope, receive, send)
            return
        came = 0

        async def received() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise of_status(413)
            return message

        await self._app(scope, received, send)


async def check_files(request: Request) -> None:
    """Raises `Refusal` where one of the files that came is too large. The form has been taken apart before."""
    for _, value in (await request.form()).multi_items():
        if not isinstance(value, str) and (value.size or 0) > FILE:
            message = (
                f"Tệp “{value.filename}” lớn hơn {FILE // 2**20} MB. Hãy chia nhỏ hoặc nén ảnh trong tệp rồi gửi lại."
            )
            raise Refusal(413, "file-too-large", message)
