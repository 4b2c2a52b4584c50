"""Mã truy cập: what other systems call the API with. An admin makes them here; the secret is shown once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from starlette.requests import Request

from pipeline.serve.house import house_of
from pipeline.serve.refusals import Refusal
from pipeline.serve.security.roles import ADMIN, EDITOR, VIEWER, Admin
from pipeline.store import people

__all__ = ["router"]

router = APIRouter()
HERE = "/nguoi-dung/ma-truy-cap"
LONGEST = 100  # characters of a name
ROLES = (VIEWER, EDITOR, ADMIN)
WORDS = {
    "vi": {
        VIEWER: "Chỉ đọc",
        EDITOR: "Đọc, gửi văn bản và sửa",
        ADMIN: "Quản trị",
        "tokens": "Mã truy cập",
        "to-people": "Về trang Người dùng",
        "hint": "Hệ thống khác gọi API bằng mã này, trong tiêu đề Authorization: Bearer. Mã không làm được nhiều hơn "
        "người tạo ra nó, và hết hiệu lực khi người đó bị khóa.",
        "made": "Mã vừa tạo. Hãy chép ngay: mã chỉ hiện một lần.",
        "secret": "Mã",
        "name": "Dùng cho việc gì",
        "of": "Người tạo",
        "role": "Quyền",
        "since": "Từ ngày",
        "last-used": "Dùng lần cuối",
        "never": "chưa dùng",
        "state": "Tình trạng",
        "valid": "Đang dùng",
        "revoked": "Đã thu hồi",
        "revoke": "Thu hồi",
        "make": "Tạo mã",
        "none": "Chưa có mã nào.",
        "all": "Danh sách mã",
        "actions": "Việc",
    },
    "en": {
        VIEWER: "Reads only",
        EDITOR: "Reads, sends documents and corrects",
        ADMIN: "Admin",
        "tokens": "Access tokens",
        "to-people": "To the users",
        "hint": "Other systems call the API with a token, in the header Authorization: Bearer. It may do no more than "
        "who made it, and ends when that person is shut out.",
        "made": "The new token. Copy it now: it is shown once.",
        "secret": "Token",
        "name": "What it is for",
        "of": "Made by",
        "role": "Role",
        "since": "Since",
        "last-used": "Last used",
        "never": "never",
        "state": "State",
        "valid": "In use",
        "revoked": "Revoked",
        "revoke": "Revoke",
        "make": "Make a token",
        "none": "There are no tokens yet.",
        "all": "List of tokens",
        "actions": "Actions",
    },
}


@router.get(HERE)
def page(request: Request, admin: Admin) -> Response:
    """The tokens that there are."""
    return _page(request)


@router.post(HERE)
def make(request: Request, admin: Admin, name: Annotated[str, Form()], role: Annotated[str, Form()]) -> Response:
    """Makes a token. Its secret stands in this answer alone."""
    house, name = house_of(request), name.strip()
    if not 0 < len(name) <= LONGEST:
        message = f"Tên của mã truy cập cần từ 1 đến {LONGEST} ký tự. Hãy ghi mã dùng cho việc gì."
        raise Refusal(422, "token-name", message)
    _, secret = people.new_token(house.database, name, admin.name, role, house.settings.now())
    return _page(request, secret)


@router.post(f"{HERE}/thu-hoi")
def revoke(request: Request, admin: Admin, id: Annotated[str, Form()]) -> Response:
    """Takes the rights of a token away, at once."""
    house = house_of(request)
    if not people.revoke(house.database, id, admin.name, house.settings.now()):
        raise Refusal(404, "no-such-token", "Không có mã truy cập này, hoặc mã đã bị thu hồi.")
    return RedirectResponse(HERE, 303)


def _page(request: Request, secret: str | None = None) -> Response:
    house = house_of(request)
    every = people.tokens(house.database)
    return house.page(request, "tokens.html", WORDS, secret=secret, every=every, roles=ROLES, longest=LONGEST)
