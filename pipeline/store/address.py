"""The address of a database: `sqlite:///path.db` or `postgresql://user:password@host/name`.

Nothing here, and nothing that is told of an address, shows its password.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

__all__ = ["POSTGRESQL", "SQLITE", "Address", "is_address", "parse"]

SQLITE, POSTGRESQL = "sqlite", "postgresql"
DRIVERS = {SQLITE: "sqlite", POSTGRESQL: "postgresql+pg8000"}
LIBRARIES = ("sqlalchemy", "alembic", "pg8000")
FORMS = "sqlite:///tệp.db hoặc postgresql://người_dùng:mật_khẩu@máy_chủ/tên_cơ_sở_dữ_liệu"

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}")
_FILE = re.compile(r"[^@:]+\.(?:db|sqlite3?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is. `shown` names it for people; `path` is the file of an SQLite database."""

    kind: str
    shown: str
    path: Path | None
    url: URL = field(repr=False)

    def __str__(self) -> str:
        return self.shown


def is_address(text: str) -> bool:
    """Whether that names a database, and not a file or folder."""
    return "://" in text


def parse(text: str) -> Address:
    """Reads an address. Raises `UsageError` where it is none that can be used, or the libraries are missing.

    A PostgreSQL address without a password takes that of the variable PGPASSWORD, as PostgreSQL's own programs do.
    """
    scheme = text.partition("://")[0]
    if scheme not in DRIVERS:
        if not is_address(text):
            raise _no_address(text)
        named = f"“{scheme}://…”" if _SCHEME.fullmatch(scheme) else "này"
        raise UsageError("unknown-database", f"Chưa hỗ trợ cơ sở dữ liệu {named}. Hãy dùng {FORMS}.")
    if any(find_spec(name) is None for name in LIBRARIES):
        message = 'Chưa có thư viện cơ sở dữ liệu. Hãy cài: pip install "dondoc[db]"'
        raise UsageError("missing-library", message, ", ".join(LIBRARIES))
    url = _url(text, scheme)
    return _sqlite(url) if scheme == SQLITE else _postgresql(url)


def _no_address(text: str) -> UsageError:
    """Refuses what names no database. It is quoted where it cannot hold a password."""
    if _FILE.fullmatch(text):
        message = f"“{text}” là tên tệp, không phải địa chỉ cơ sở dữ liệu. Hãy viết sqlite:///{text}"
    elif re.search("[@:]", text):
        message = f"Chữ đã gõ không phải địa chỉ cơ sở dữ liệu. Hãy dùng {FORMS}."
    else:
        message = f"“{text}” không phải địa chỉ cơ sở dữ liệu. Hãy dùng {FORMS}."
    return UsageError("wrong-address", message)


def _url(text: str, scheme: str) -> URL:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # From None: what the parser says quotes the address, with the password in it.
        message = (
            f"Địa chỉ {scheme}://… viết chưa đúng. Hãy dùng {FORMS}; ký tự đặc biệt trong mật khẩu viết dạng %40 (@), "
            "%2F (/), %3A (:)."
        )
        raise UsageError("wrong-address", message) from None
    if url.query:
        message = f"Địa chỉ cơ sở dữ liệu không nhận tham số sau dấu “?”. Hãy dùng {FORMS}."
        raise UsageError("wrong-address", message)
    return url


def _sqlite(url: URL) -> Address:
    if not url.database or url.database == ":memory:" or url.host:
        message = "Hãy ghi tên tệp của cơ sở dữ liệu SQLite sau ba dấu “/”, ví dụ sqlite:///nhiem-vu.db."
        raise UsageError("wrong-address", message)
    path = Path(url.database)
    return Address(SQLITE, f"sqlite:///{url.database}", path, url)


def _postgresql(url: URL) -> Address:
    if not (url.host and url.database and url.username):
        message = f"Địa chỉ postgresql://… còn thiếu người dùng, máy chủ hoặc tên cơ sở dữ liệu. Hãy dùng {FORMS}."
        raise UsageError("wrong-address", message)
    shown = url._replace(password=None).render_as_string()
    if url.password is None and "PGPASSWORD" in os.environ:
        url = url.set(password=os.environ["PGPASSWORD"])
    return Address(POSTGRESQL, shown, None, url.set(drivername=DRIVERS[POSTGRESQL]))
