"""Sessions of people and tokens of other systems. Both are random; the tables hold their hashes only."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from pipeline.errors import UsageError
from pipeline.store import tables, trail
from pipeline.store.database import Place, reading, writing
from pipeline.store.moments import kept, told
from pipeline.store.rows import clean

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Row

__all__ = ["Session", "Token", "begin_session", "end_session", "new_token", "revoke", "session", "token", "tokens"]

LASTS = dt.timedelta(hours=12)  # a session, from the login: a day of work
IDLE = dt.timedelta(hours=2)  # without a request
NOTED = dt.timedelta(minutes=1)  # how exactly it is kept when somebody was last seen: not each request is a writing
SHOWN = 12  # characters of the hash that name a token
_RANK = {"viewer": 0, "editor": 1, "admin": 2}


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in; `csrf` goes into each of his forms."""

    user: str
    role: str
    csrf: str
    expires: dt.datetime


@dataclass(frozen=True, slots=True)
class Token:
    """What another system asks with. `id` names it for people and opens nothing; `name` says what it is for."""

    id: str
    name: str
    user: str
    role: str
    since: dt.datetime
    last_used: dt.datetime | None
    revoked: dt.datetime | None


def begin_session(place: Place, user: str, now: dt.datetime) -> str:
    """Begins a session of a user whose password was checked; the token that opens it, which nobody has seen before."""
    made = secrets.token_urlsafe(32)
    row = {"hash": _hash(made), "user": user, "csrf": secrets.token_urlsafe(32), "since": kept(now),
           "last_seen": kept(now), "expires": kept(now + LASTS)}  # fmt: skip

    def work(connection: Connection) -> None:
        connection.execute(delete(tables.sessions).where(tables.sessions.c.expires <= kept(now)))
        connection.execute(insert(tables.sessions).values(row))

    writing(place, work)
    return made


def session(place: Place, token: str, now: dt.datetime) -> Session | None:
    """The session that a token opens, with the role that its user has now; None where it is over."""
    table, people = tables.sessions, tables.users
    asked = (
        select(table, people.c.role)
        .join_from(table, people, people.c.name == table.c.user)
        .where(table.c.hash == _hash(token), people.c.disabled.is_(None))
    )
    row = reading(place, lambda connection: connection.execute(asked).first())
    if row is None or kept(now) >= row.expires or kept(now) >= row.last_seen + IDLE:
        return None
    if kept(now) >= row.last_seen + NOTED:
        seen = update(table).where(table.c.hash == row.hash).values(last_seen=kept(now))
        writing(place, lambda connection: connection.execute(seen))
    return Session(row.user, row.role, row.csrf, told(row.expires))


def end_session(place: Place, token: str) -> None:
    """Ends the session that a token opens, if there is one."""
    gone = delete(tables.sessions).where(tables.sessions.c.hash == _hash(token))
    writing(place, lambda connection: connection.execute(gone))


def new_token(place: Place, name: str, user: str, role: str, now: dt.datetime) -> tuple[Token, str]:
    """A token for another system, and its secret, which is told this once. Raises `UsageError` for an unknown role."""
    if role not in _RANK:
        raise UsageError("unknown-role", f"Không có quyền “{role}”. Hãy chọn {', '.join(_RANK)}.")
    made = secrets.token_urlsafe(32)
    row = {"hash": _hash(made), "name": clean(name), "user": clean(user), "role": role, "since": kept(now)}

    def work(connection: Connection) -> None:
        connection.execute(insert(tables.tokens).values(row))
        trail.note(connection, now, user, "token.new", detail={"token": row["hash"][:SHOWN], "role": role})

    writing(place, work)
    return Token(row["hash"][:SHOWN], row["name"], row["user"], role, now, None, None), made


def token(place: Place, secret: str, now: dt.datetime) -> Token | None:
    """The token with that secret, with no more rights than its user has; None where it or the user may not any more."""
    table, people = tables.tokens, tables.users
    asked = (
        select(table, people.c.role.label("of_user"), people.c.disabled)
        .join_from(table, people, people.c.name == table.c.user, isouter=True)
        .where(table.c.hash == _hash(secret), table.c.revoked.is_(None))
    )
    row = reading(place, lambda connection: connection.execute(asked).first())
    if row is None or row.disabled is not None:
        return None
    if row.last_used is None or kept(now) >= row.last_used + NOTED:
        used = update(table).where(table.c.hash == row.hash).values(last_used=kept(now))
        writing(place, lambda connection: connection.execute(used))
    return _token(row, min(row.role, row.of_user or row.role, key=_RANK.__getitem__))


def tokens(place: Place, user: str | None = None) -> tuple[Token, ...]:
    """The tokens, of a user or all, the newest first; revoked ones too."""
    table = tables.tokens
    asked = select(table).order_by(table.c.since.desc(), table.c.hash)
    asked = asked if user is None else asked.where(table.c.user == user)
    return tuple(_token(row, row.role) for row in reading(place, lambda connection: connection.execute(asked).all()))


def revoke(place: Place, id: str, by: str, now: dt.datetime, user: str | None = None) -> bool:
    """Takes a token's rights away by its `Token.id`, with `user` only one of that user; whether there was one."""
    table = tables.tokens
    chosen: Any = table.c.hash.startswith(clean(id), autoescape=True) & table.c.revoked.is_(None)
    chosen = chosen if user is None else chosen & (table.c.user == user)

    def work(connection: Connection) -> bool:
        found = connection.execute(update(table).where(chosen).values(revoked=kept(now))).rowcount > 0
        if found:
            trail.note(connection, now, by, "token.revoke", detail={"token": id})
        return found

    return len(id) == SHOWN and writing(place, work)


def _token(row: Row[Any], role: str) -> Token:
    last, gone = (None if moment is None else told(moment) for moment in (row.last_used, row.revoked))
    return Token(row.hash[:SHOWN], row.name, row.user, role, told(row.since), last, gone)


def _hash(secret: str) -> str:
    """SHA-256 does, for what is hashed is as long as the hash and random."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
