"""Who may call the API: another system with its token, or a script of our own pages.

On a machine where nobody logs in, pages are open to whoever sits there. The API is not: a call without a token has to
show the token of a page, for reading too. Pages of other sites cannot learn it (their requests are refused by their
host name and read no answer of ours), so a site that has its name point at this machine gets nothing. It is no wall
against other programs of this machine, which can read our pages as a browser does; `--host` with users is.
"""

from __future__ import annotations

from collections import Counter

from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPBearer
from starlette.requests import Request

from pipeline.serve.house import house_of
from pipeline.serve.refusals import Refusal
from pipeline.serve.security import csrf
from pipeline.serve.security.roles import Viewer

__all__ = ["BEARER", "PREFIX", "enter"]

PREFIX = "/api/v1"

# For the OpenAPI: the gate has read the header before.
BEARER = HTTPBearer(auto_error=False, description="A token of POST /api/v1/tokens or of the page “Người dùng”.")


async def enter(request: Request, person: Viewer) -> None:
    """The dependency of every call. What changes something has shown its token before (`security.gate`)."""
    _refuse_strange_filters(request)
    if person.by_token or person.csrf is not None or request.method not in csrf.SAFE:
        return
    try:
        await csrf.check(house_of(request), request)
    except Refusal as refusal:
        message = "Hãy gọi với mã truy cập: Authorization: Bearer …. Người quản trị tạo mã ở trang Người dùng."
        raise Refusal(401, "token-needed", message) from refusal


def _refuse_strange_filters(request: Request) -> None:
    """What the OpenAPI does not describe, or comes twice: a filter that is misspelt would else ask for everything."""
    described = request.app.openapi()["paths"][PREFIX + request.scope["route"].path][request.method.lower()]
    known = {one["name"] for one in described.get("parameters", ()) if one["in"] == "query"}
    given = Counter(name for name, _ in request.query_params.multi_items())
    strange = [name for name, times in given.items() if name not in known or times > 1]
    if strange:
        raise RequestValidationError([{"loc": ("query", name), "type": "extra_forbidden"} for name in strange])
