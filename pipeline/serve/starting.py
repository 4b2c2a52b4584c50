"""Starts the server: the port first, then whether somebody could log in, then what a person should know."""

from __future__ import annotations

import gc
import logging
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from pipeline import ruleset
from pipeline.errors import OutputError, UsageError
from pipeline.serve.app import create_app
from pipeline.serve.house import House
from pipeline.serve.security.roles import ADMIN
from pipeline.serve.settings import Settings
from pipeline.store import people
from pipeline.store.database import Database

__all__ = ["serve"]

_GRACE = 5  # seconds that open answers get when the server is stopped: those that tell of events have no end
_BACKLOG = 128  # connections that wait to be taken


def serve(settings: Settings, opened: Callable[[str], None]) -> None:
    """Serves until it is stopped. `opened` is called with the address to open, once it can be opened.

    Raises `UsageError` where the settings do not fit together or others may come and nobody could log in, `OutputError`
    where the database or the port cannot be had.
    """
    app = create_app(settings)
    if settings.guarded:
        _demand_an_admin(settings)
    listening = _listen(settings)
    _log_without_words()
    _settle()
    config = uvicorn.Config(
        app,
        access_log=False,  # addresses hold what people search for
        log_config=None,
        lifespan="on",
        proxy_headers=settings.guarded,
        forwarded_allow_ips="127.0.0.1,::1",  # only a program on this machine may say for whom it asks
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        ws="none",
    )
    with listening:
        opened(_address(settings, listening.getsockname()[1]))
        _Server(config, app.state.house).run([listening])


class _Server(uvicorn.Server):
    """Ends what has no end of its own, so that Ctrl-C need not wait for every page that is open somewhere."""

    def __init__(self, config: uvicorn.Config, house: House) -> None:
        super().__init__(config)
        self._house = house

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called with the signal that stops the server."""
        self._house.queue.events.close()
        super().handle_exit(sig, frame)


def _demand_an_admin(settings: Settings) -> None:
    with Database(settings.address) as database:
        found = people.users(database)
    if not any(user.role == ADMIN and not user.disabled for user in found):
        message = (
            "Máy khác vào được thì phải đăng nhập, mà chưa có người quản trị nào. "
            f"Hãy thêm trước: dondoc users add TÊN --role admin --db {settings.address}"
        )
        raise UsageError("no-admin", message)


def _listen(settings: Settings) -> socket.socket:
    """The port, taken before anything is said: an address that cannot be opened is never shown."""
    host = settings.hosts[0].strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, settings.port), family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        message = f"Không mở được cổng {settings.port} trên {host}. Hãy chọn cổng khác với --port hoặc sửa --host."
        raise OutputError("port", message, f"{type(error).__name__}: {error}") from error


def _address(settings: Settings, port: int) -> str:
    if not settings.guarded or len(settings.hosts) == 1:
        host = settings.hosts[0]
        return f"http://{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{port}"
    return f"http://{settings.hosts[1]}:{port}"


def _settle() -> None:
    """What stays as long as the server runs is loaded, and no longer searched for garbage.

    While a page of 1,000 rows was made it was searched again and again: that took as long as the page itself.
    """
    ruleset.load()
    gc.collect()
    gc.freeze()


def _log_without_words() -> None:
    """What is logged: kinds of errors and their places (`security.faults`), and what uvicorn says of itself."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", level=logging.WARNING)
