"""Who may come in: users with their passwords and roles, and how often a password may be tried.

Sessions and tokens are in `pipeline.store.keys`; what a server asks of both is found here.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from pipeline.errors import UsageError
from pipeline.store import tables, trail
from pipeline.store.database import Place, reading, writing
from pipeline.store.keys import Session, Token, begin_session, end_session, new_token, revoke, session, token, tokens
from pipeline.store.moments import kept, told
from pipeline.store.rows import clean

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from sqlalchemy.engine import Connection, Row

__all__ = [
    "ADMIN", "EDITOR", "LEAST", "ROLES", "TRIES", "VIEWER", "WINDOW", "Session", "Token", "User", "add_user",
    "begin_session", "check_password", "disable", "end_session", "may_try", "new_token", "revoke", "session",
    "set_password", "set_role", "token", "tokens", "users",
]  # fmt: skip

VIEWER, EDITOR, ADMIN = ROLES = ("viewer", "editor", "admin")  # each may do what those before it may
LEAST, MOST = 10, 200  # characters of a password; a longer one would only cost time
LONGEST_NAME = 64
TRIES, WINDOW = 5, dt.timedelta(minutes=15)  # passwords tried for a user, and from an address


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in, unless `disabled`."""

    name: str
    role: str
    since: dt.datetime
    disabled: bool


def users(place: Place) -> tuple[User, ...]:
    """All users by name."""
    asked = select(tables.users).order_by(tables.users.c.name)
    return tuple(_user(row) for row in reading(place, lambda connection: connection.execute(asked).all()))


def _user(row: Row[Any]) -> User:
    return User(row.name, row.role, told(row.since), row.disabled is not None)


def add_user(place: Place, name: str, password: str, role: str, by: str, now: dt.datetime) -> User:
    """Adds a user. Raises `UsageError` for a name that is taken or cannot be one, a short password, an unknown role."""
    name = _fit_name(name)
    row = {"name": name, "password": _hashed(password), "role": _fit_role(role), "since": kept(now), "disabled": None}

    def work(connection: Connection) -> None:
        if connection.scalar(select(tables.users.c.name).where(tables.users.c.name == name)) is not None:
            raise UsageError("user-exists", f"Đã có người dùng “{name}”. Hãy chọn tên khác.")
        connection.execute(insert(tables.users).values(row))
        trail.note(connection, now, by, "user.add", detail={"user": name, "role": role})

    writing(place, work)
    return User(name, role, now, False)


def set_password(place: Place, name: str, password: str, by: str, now: dt.datetime) -> None:
    """Gives a user another password; all his sessions end. Raises `UsageError`."""
    _change(place, name, by, now, "user.password", password=_hashed(password))


def set_role(place: Place, name: str, role: str, by: str, now: dt.datetime) -> None:
    """Gives a user another role. Raises `UsageError`, also where no admin would be left."""
    _change(place, name, by, now, "user.role", role=_fit_role(role))


def disable(place: Place, name: str, disabled: bool, by: str, now: dt.datetime) -> None:
    """Shuts a user out, with his sessions and tokens, or lets him in again. Raises `UsageError`, as `set_role` does."""
    what = "user.disable" if disabled else "user.enable"
    _change(place, name, by, now, what, disabled=kept(now) if disabled else None)


def _change(place: Place, name: str, by: str, now: dt.datetime, what: str, **values: object) -> None:
    name = clean(name)

    def work(connection: Connection) -> None:
        changed = update(tables.users).where(tables.users.c.name == name).values(values)
        admins = select(func.count()).where(tables.users.c.role == ADMIN, tables.users.c.disabled.is_(None))
        before = connection.scalar(admins)
        if connection.execute(changed).rowcount == 0:
            raise UsageError("no-user", f"Không có người dùng “{name}”. Hãy kiểm tra lại tên.")
        if before and not connection.scalar(admins):
            message = "Đây là người quản trị cuối cùng. Hãy giao quyền quản trị cho một người khác trước."
            raise UsageError("last-admin", message, name)
        connection.execute(delete(tables.sessions).where(tables.sessions.c.user == name))
        detail = {"user": name, **({"role": values["role"]} if "role" in values else {})}
        trail.note(connection, now, by, what, detail=detail)

    writing(place, work)


def may_try(place: Place, name: str, address: str, now: dt.datetime) -> bool:
    """Whether a password may be tried for that user from that address. If so, the try counts from now on.

    It counts before it is known how it ends, so that many tries at once are no way around the limit. The password that
    is right takes those of the user away: see `check_password`.
    """
    table = tables.attempts
    name, since = _shown(name), kept(now - WINDOW)

    def work(connection: Connection) -> bool:
        connection.execute(delete(table).where(table.c.at <= since))
        for column, value in ((table.c.user, name), (table.c.address, address)):
            if (connection.scalar(select(func.count()).where(column == value)) or 0) >= TRIES:
                return False
        connection.execute(insert(table).values(user=name, address=address, at=kept(now)))
        return True

    return writing(place, work)


def check_password(place: Place, name: str, password: str, now: dt.datetime) -> User | None:
    """The user, where the password is right and he is not shut out. It takes as long for one that is not there."""
    from argon2.exceptions import InvalidHashError, VerificationError

    name = clean(name)
    asked = select(tables.users).where(tables.users.c.name == name)
    row = reading(place, lambda connection: connection.execute(asked).first())
    known = _nobody() if row is None else row.password
    try:
        _hasher().verify(known, _typed(password)[:MOST])
    except (VerificationError, InvalidHashError):
        return None
    if row is None or row.disabled is not None:
        return None
    better = _hasher().hash(_typed(password)) if _hasher().check_needs_rehash(known) else None

    def work(connection: Connection) -> None:
        connection.execute(delete(tables.attempts).where(tables.attempts.c.user == _shown(name)))
        if better is not None:  # made when hashes were cheaper
            connection.execute(update(tables.users).where(tables.users.c.name == name).values(password=better))
        trail.note(connection, now, name, "login")

    writing(place, work)
    return _user(row)


@cache
def _hasher() -> PasswordHasher:
    """Argon2id with what RFC 9106 gives for machines with little memory: 64 MiB, three passes."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    """The hash of a password that nobody has."""
    return _hasher().hash("nobody")


def _hashed(password: str) -> str:
    if not LEAST <= len(password) <= MOST:
        message = f"Mật khẩu cần từ {LEAST} đến {MOST} ký tự. Hãy chọn một câu ngắn dễ nhớ."
        raise UsageError("password-length", message)
    return _hasher().hash(_typed(password))


def _typed(password: str) -> str:
    """The password however the keyboard makes its letters."""
    return unicodedata.normalize("NFC", password.encode("utf-8", "replace").decode("utf-8"))


def _shown(name: str) -> str:
    """A name that was tried, as it is kept: whatever was typed."""
    return "".join(char for char in name[:LONGEST_NAME] if char.isprintable())


def _fit_name(name: str) -> str:
    found = unicodedata.normalize("NFC", name[: 4 * LONGEST_NAME]).strip()
    if not 0 < len(found) <= LONGEST_NAME or not found.isprintable():
        message = f"Tên người dùng cần từ 1 đến {LONGEST_NAME} ký tự và không có ký tự điều khiển. Hãy chọn tên khác."
        raise UsageError("user-name", message)
    return found


def _fit_role(role: str) -> str:
    if role not in ROLES:
        raise UsageError("unknown-role", f"Không có quyền “{role}”. Hãy chọn {', '.join(ROLES)}.")
    return role
