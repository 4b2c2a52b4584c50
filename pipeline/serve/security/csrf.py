"""Tokens of forms: what changes something must come from a page of this server, not from one of another site.

A browser sends our cookies along whoever made the form. So each form holds a token that another site cannot read: of a
session it stands in the database; of who is not logged in it is made of a cookie and the secret of this start.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.requests import Request

from pipeline.serve.refusals import Refusal

if TYPE_CHECKING:
    from pipeline.serve.house import House

__all__ = ["FIELD", "HEADER", "SAFE", "VISIT", "check", "foreign", "token_for", "visit_of"]

FIELD, HEADER = "csrf", "x-csrf-token"
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
VISIT = "dondoc_visit"  # the cookie of who is not logged in
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def visit_of(request: Request) -> str:
    """What the token of a visitor is made of: his cookie, or a new one that the answer has to set."""
    found = getattr(request.state, "visit", None) or request.cookies.get(VISIT)
    request.state.visit = found or secrets.token_urlsafe(24)
    return str(request.state.visit)


def token_for(house: House, request: Request) -> str:
    """The token that the forms of a page hold."""
    person = getattr(request.state, "person", None)
    if person is not None and person.csrf is not None:
        return str(person.csrf)
    # Without a login everybody who reaches the server may do the same, and two windows opened at once must both work.
    whose = visit_of(request) if house.settings.guarded else house.owner
    return hmac.new(house.secret, whose.encode("utf-8", "surrogatepass"), sha256).hexdigest()


def foreign(request: Request) -> bool:
    """Whether the browser says itself that a page of another site asks."""
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return True
    origin = request.headers.get("origin")
    if origin is None or origin == "null":  # browsers say null of our own forms too, for our pages send no referrer
        return False
    # The scheme may differ: behind a program that speaks TLS the server itself is asked in the clear.
    return origin.partition("://")[2] != request.headers.get("host")


async def check(house: House, request: Request) -> None:
    """Raises `Refusal` where a request that changes something has not the token of its page."""
    given = request.headers.get(HEADER)
    if given is None and request.headers.get("content-type", "").partition(";")[0].strip().lower() in _FORMS:
        field = (await request.form()).get(FIELD)
        given = field if isinstance(field, str) else None
    if given is None or not hmac.compare_digest(given.encode(), token_for(house, request).encode()):
        message = (
            "Trang này đã mở từ trước và không còn hiệu lực, nên chưa có gì được ghi. Hãy tải lại trang rồi làm lại."
        )
        raise Refusal(403, "stale-page", message)
