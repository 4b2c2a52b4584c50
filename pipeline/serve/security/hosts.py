"""A request is answered only where it is addressed to a name that the server was given.

Against DNS rebinding: a page of another site whose name is made to point at this machine could else read everything
that the browser here may read. Its requests still carry the name of that site.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from fastapi.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pipeline.english import told

__all__ = ["HostCheck"]

_REFUSED = "Máy chủ không nhận yêu cầu gửi tới tên này. Hãy mở bằng địa chỉ mà dondoc serve đã in ra."
_UNGUARDED = (
    "Yêu cầu này đi qua một chương trình trung gian, mà máy chủ đang chạy cho riêng máy này nên không có đăng nhập. "
    "Hãy chạy lại và nêu tên mà mọi người gõ: dondoc serve --host 127.0.0.1 --host TÊN"
)
# What programs in between add of whom they ask for.
_FORWARDED = frozenset(
    (b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip")
)
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::\d{1,5})?")


class HostCheck:
    """Middleware. `names` are hosts without a port, in small letters.

    A server that knows no login (not `guarded`) answers no program in between either: it would be open to whoever
    reaches that.
    """

    def __init__(self, app: ASGIApp, names: Collection[str], guarded: bool) -> None:
        self._app = app
        self._names = names
        self._guarded = guarded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 421 (misdirected) to what is meant for another name."""
        refused = self._refused(scope) if scope["type"] == "http" else None
        if refused is None:
            await self._app(scope, receive, send)
            return
        # Words and no page: the other site reads this answer, and a page would hold the token of our forms.
        await PlainTextResponse(f"{refused}\n{told(refused, 'en')}\n", 421)(scope, receive, send)

    def _refused(self, scope: Scope) -> str | None:
        if not self._known(scope):
            return _REFUSED
        between = not self._guarded and any(name in _FORWARDED for name, _ in scope["headers"])
        return _UNGUARDED if between else None

    def _known(self, scope: Scope) -> bool:
        hosts = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        found = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        return found is not None and found[1] in self._names
