"""Tokens: what other systems call with."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from fastapi import Path
from pydantic import StringConstraints

from pipeline.serve.api.models.limits import WORDS, Sent, Told

__all__ = ["NewToken", "Token", "TokenId", "TokenMade"]

TokenId = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$", description="`id` of a token")]


class NewToken(Sent):
    """`name` says what it is for."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True, pattern=WORDS)]
    role: Literal["viewer", "editor", "admin"] = "viewer"


class Token(Told):
    """A token; `id` names it and opens nothing."""

    id: str
    name: str
    user: str
    role: str
    since: dt.datetime
    last_used: dt.datetime | None
    revoked: dt.datetime | None


class TokenMade(Told):
    """`secret` is what calls are made with. It is told this once."""

    secret: str
    token: Token
