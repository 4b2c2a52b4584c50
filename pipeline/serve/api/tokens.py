"""Tokens: what other systems call with. An admin makes them, and the secret is told once."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request

from pipeline.serve.api.models.tokens import NewToken, Token, TokenId, TokenMade
from pipeline.serve.house import house_of
from pipeline.serve.refusals import Refusal
from pipeline.serve.security.roles import Admin, Person
from pipeline.store import people

__all__ = ["router"]

router = APIRouter(prefix="/tokens", tags=["tokens"])


@router.get("")
def tokens(request: Request, admin: Admin) -> list[Token]:
    """All tokens, the newest first; revoked ones too."""
    return [Token.model_validate(one) for one in people.tokens(house_of(request).database)]


@router.post("", status_code=201)
def make(request: Request, admin: Admin, wanted: NewToken) -> TokenMade:
    """Makes a token. A system cannot make one: it would outlive its own."""
    _refuse_a_system(admin)
    house = house_of(request)
    token, secret = people.new_token(house.database, wanted.name, admin.name, wanted.role, house.settings.now())
    return TokenMade(secret=secret, token=Token.model_validate(token))


@router.delete("/{token}", status_code=204)
def revoke(request: Request, admin: Admin, token: TokenId) -> None:
    """Takes its rights away, at once."""
    house = house_of(request)
    if not people.revoke(house.database, token, admin.name, house.settings.now()):
        raise Refusal(404, "no-such-token", "Không có mã truy cập này, hoặc mã đã bị thu hồi.")


def _refuse_a_system(admin: Person) -> None:
    if admin.by_token:
        message = "Mã truy cập chỉ do người quản trị tạo khi đăng nhập, không tạo được bằng một mã khác."
        raise Refusal(403, "token-by-token", message)
