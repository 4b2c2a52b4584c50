"""What the values of the API hold to, whatever they are about, and why something was not done."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

__all__ = ["LAST", "MOST", "WORDS", "Date", "Id", "Sent", "Told", "Trouble"]

MOST = 1000  # rows of one correction, and of a page
LAST = 2**31 - 1  # what a number of a database can be
WORDS = r"^[^\x00]*$"  # PostgreSQL keeps no NUL

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


def _written(value: object) -> object:
    """A day as it is written; a number would else be taken for seconds since 1970, and a moment lose its hour."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


Date = Annotated[dt.date, BeforeValidator(_written)]


class Sent(BaseModel):
    """What is sent: a value that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")


class Told(BaseModel):
    """What is answered, made of the nouns of the store."""

    model_config = ConfigDict(from_attributes=True)


class Trouble(Told):
    """Why something was not done. `code` is stable; `message` is for people."""

    code: str
    message: str
    where: list[str] | None = None
