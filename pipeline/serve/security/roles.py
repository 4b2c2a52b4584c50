"""Who asks, and what that person may do: a viewer reads, an editor corrects, an admin keeps the users."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from pipeline.serve.refusals import Refusal

__all__ = ["ADMIN", "EDITOR", "VIEWER", "Admin", "Editor", "Person", "Viewer", "needs"]

VIEWER, EDITOR, ADMIN = "viewer", "editor", "admin"
_RANKS = {VIEWER: 0, EDITOR: 1, ADMIN: 2}


@dataclass(frozen=True, slots=True)
class Person:
    """`csrf` is the token of the session's forms, None without a session; `by_token`: another system, by its token."""

    name: str
    role: str
    csrf: str | None = None
    by_token: bool = False

    def may(self, role: str) -> bool:
        """Whether the person has that role or a higher one."""
        return _RANKS[self.role] >= _RANKS[role]


def needs(role: str) -> Callable[[Request], Person]:
    """A dependency that gives the person who asks, and refuses one of a lower role."""

    def person(request: Request) -> Person:
        found: Person | None = getattr(request.state, "person", None)
        if found is None:
            raise Refusal(401, "login", "Cần đăng nhập để xem trang này.")
        if not found.may(role):
            message = "Tài khoản này chưa được quyền làm việc đó. Hãy nhờ người quản trị cấp quyền."
            raise Refusal(403, "not-permitted", message)
        return found

    return person


Viewer = Annotated[Person, Depends(needs(VIEWER))]
Editor = Annotated[Person, Depends(needs(EDITOR))]
Admin = Annotated[Person, Depends(needs(ADMIN))]
