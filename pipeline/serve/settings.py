"""What a server is told when it starts: which database, where it listens, under which names it is reached."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.store.address import Address

__all__ = ["HERE", "PORT", "Settings"]

PORT = 8765
HERE = ("127.0.0.1", "localhost", "[::1]")  # what a browser on this machine calls it
_EVERYWHERE = frozenset(("0.0.0.0", "::"))  # addresses to listen on, under which nobody is reached


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Settings:
    """`hosts`: the first is the address to listen on, all are names under which people reach the server.

    `rules` is the office's folder of rules, added to the shipped ones. `now` says what time it is, with a zone: tests
    stop the clock there.
    """

    address: Address
    hosts: tuple[str, ...] = ("127.0.0.1",)
    port: int = PORT
    now: Callable[[], dt.datetime] = _now
    rules: Path | None = None

    @property
    def guarded(self) -> bool:
        """Whether others than the person at this machine may come: then there are users, and a login."""
        return any(not _is_here(host) for host in self.hosts)

    @property
    def names(self) -> frozenset[str]:
        """The names that a request may be addressed to, as a Host header writes them."""
        return frozenset((*HERE, *(_written(host) for host in self.hosts if host not in _EVERYWHERE)))

    @property
    def local_only(self) -> bool:
        """Whether it listens on this machine alone, be it behind a program that others reach."""
        return _is_here(self.hosts[0])

    def check(self) -> None:
        """Raises `UsageError` where nobody could reach the server under a name that it knows."""
        if self.hosts[0] in _EVERYWHERE and len(self.hosts) == 1:
            message = (
                f"--host {self.hosts[0]} nhận kết nối từ mọi nơi, nên cần thêm tên hoặc địa chỉ mà mọi người gõ để "
                f"vào, ví dụ: --host {self.hosts[0]} --host dondoc.coquan.vn"
            )
            raise UsageError("host-unnamed", message)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _written(host: str) -> str:
    """The host as a Host header has it: small letters, an IPv6 address in brackets."""
    host = host.lower()
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
