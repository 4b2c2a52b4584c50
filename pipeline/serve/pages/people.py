"""Users: an admin adds them, gives them roles and shuts them out; everybody changes his own password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from starlette.requests import Request

from pipeline.english import told
from pipeline.errors import DondocError, UsageError
from pipeline.serve.house import house_of
from pipeline.serve.refusals import Refusal, language_of
from pipeline.serve.security import logins
from pipeline.serve.security.gate import PASSWORD
from pipeline.serve.security.roles import ADMIN, EDITOR, VIEWER, Admin, Person, Viewer
from pipeline.store import people

__all__ = ["router"]

router = APIRouter()
HERE = "/nguoi-dung"
WORDS = {
    "vi": {
        VIEWER: "Người xem",
        EDITOR: "Người rà soát",
        ADMIN: "Quản trị",
        "own-password": "Đổi mật khẩu của tôi",
        "old": "Mật khẩu hiện nay",
        "new": "Mật khẩu mới",
        "new-again": "Nhập lại mật khẩu mới",
        "again": "Nhập lại mật khẩu",
        "changed": "Đã đổi mật khẩu. Mọi nơi khác đang đăng nhập bằng tài khoản này đều phải đăng nhập lại.",
        "password-hint": f"Từ {people.LEAST} ký tự trở lên; một câu ngắn dễ nhớ thì tốt hơn một từ khó.",
        "change": "Đổi mật khẩu",
        "all": "Danh sách",
        "tokens": "Mã truy cập cho hệ thống khác",
        "trail": "Nhật ký: ai đã làm gì",
        "name": "Tên đăng nhập",
        "role": "Quyền",
        "since": "Từ ngày",
        "state": "Tình trạng",
        "enabled": "Đang dùng",
        "disabled": "Đã khóa",
        "change-role": "Đổi quyền",
        "disable": "Khóa",
        "enable": "Mở lại",
        "add": "Thêm người dùng",
        "password": "Mật khẩu",
        "nobody": "Chưa có người dùng nào. Trên máy này không cần đăng nhập; chỉ cần khi mở cho máy khác vào.",
        "roles-hint": "Người xem chỉ đọc; người rà soát sửa, xác nhận và gửi văn bản; quản trị còn quản lý người dùng.",
        "actions": "Việc",
        "of": "của",
        "here": "Đang dùng trên máy này, không cần đăng nhập:",
    },
    "en": {
        VIEWER: "Viewer",
        EDITOR: "Editor",
        ADMIN: "Admin",
        "own-password": "Change my password",
        "old": "Password now",
        "new": "New password",
        "new-again": "The new password again",
        "again": "The password again",
        "changed": "The password is changed. Wherever else this account was logged in, it has to log in again.",
        "password-hint": f"At least {people.LEAST} characters; a short sentence is better than a hard word.",
        "change": "Change password",
        "all": "List",
        "tokens": "Access tokens for other systems",
        "trail": "Audit log: who did what",
        "name": "User name",
        "role": "Role",
        "since": "Since",
        "state": "State",
        "enabled": "In use",
        "disabled": "Shut out",
        "change-role": "Change role",
        "disable": "Shut out",
        "enable": "Let in again",
        "add": "Add a user",
        "password": "Password",
        "nobody": "There are no users yet. Nobody has to log in on this machine; they are for when others may come.",
        "roles-hint": "A viewer reads; an editor corrects, confirms and sends documents; an admin keeps the users too.",
        "actions": "Actions",
        "of": "of",
        "here": "In use on this machine, without a login:",
    },
}
ROLES = (VIEWER, EDITOR, ADMIN)


CHANGED = "da-doi"  # in the address: the own password was changed just now


@router.get(HERE)
def page(request: Request, person: Viewer) -> Response:
    """Who may come in, for an admin; one's own password for everybody."""
    return _page(request, person)


def _page(request: Request, person: Person, wrong: DondocError | None = None, status: int = 200) -> Response:
    """`wrong` is why the own password was not changed."""
    house = house_of(request)
    everybody = people.users(house.database) if person.may(ADMIN) else ()
    why = "" if wrong is None else told(wrong.message, language_of(request))
    changed = CHANGED in request.query_params
    return house.page(request, "people.html", WORDS, status, everybody=everybody, roles=ROLES, changed=changed, why=why)


@router.post(PASSWORD)
def change_own(
    request: Request,
    person: Viewer,
    old: Annotated[str, Form()],
    new: Annotated[str, Form()],
    again: Annotated[str, Form()],
) -> Response:
    """Changes one's own password: all sessions end, and a new one begins here."""
    house = house_of(request)
    if person.csrf is None:
        raise Refusal(400, "no-login", "Trên máy này không cần đăng nhập nên không có mật khẩu để đổi.")
    try:
        _refuse_a_slip(new, again)
        logins.check_own_password(house, request, person.name, old)
        people.set_password(house.database, person.name, new, person.name, house.settings.now())
    except Refusal as refusal:
        return _page(request, person, refusal, refusal.status)
    except UsageError as refused:
        return _page(request, person, refused, 400)
    response = RedirectResponse(f"{HERE}?{CHANGED}=1", 303)
    response.headers.append(
        "set-cookie", logins.cookie(request, logins.SESSION, logins.log_in(house, request, person.name, new))
    )
    return response


@router.post(HERE)
def add(
    request: Request,
    admin: Admin,
    name: Annotated[str, Form()],
    password: Annotated[str, Form()],
    again: Annotated[str, Form()],
    role: Annotated[str, Form()],
) -> Response:
    """Adds a user."""
    _refuse_a_slip(password, again)
    house = house_of(request)
    people.add_user(house.database, name.strip(), password, role, admin.name, house.settings.now())
    return _back()


@router.post(f"{HERE}/quyen")
def give_role(request: Request, admin: Admin, name: Annotated[str, Form()], role: Annotated[str, Form()]) -> Response:
    """Gives a user another role."""
    _refuse_oneself(admin.name, name)
    house = house_of(request)
    people.set_role(house.database, name, role, admin.name, house.settings.now())
    return _back()


@router.post(f"{HERE}/khoa")
def disable(
    request: Request, admin: Admin, name: Annotated[str, Form()], disabled: Annotated[bool, Form()]
) -> Response:
    """Shuts a user out, his sessions with him, or lets him in again."""
    _refuse_oneself(admin.name, name)
    house = house_of(request)
    people.disable(house.database, name, disabled, admin.name, house.settings.now())
    return _back()


def _refuse_a_slip(password: str, again: str) -> None:
    """Nobody sees what he types, and who has mistyped it is locked out."""
    if password != again:
        message = "Hai lần nhập mật khẩu mới không giống nhau nên chưa ghi gì. Hãy nhập lại."
        raise Refusal(400, "passwords-differ", message)


def _refuse_oneself(admin: str, name: str) -> None:
    if admin == name:
        message = "Không tự khóa hoặc đổi quyền của chính mình được. Hãy nhờ một người quản trị khác."
        raise Refusal(400, "oneself", message)


def _back() -> RedirectResponse:
    return RedirectResponse(HERE, 303)
