"""``dondoc users add|list|role|disable|enable|password``: who may log in. A password is typed, never part of a call."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from pipeline.commands.options import Help, Lang, Language, status_of
from pipeline.commands.serve import DATABASE

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.store.database import Database

__all__ = ["users"]

T = TypeVar("T")

users = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    help="Quản lý người dùng của dondoc serve khi máy khác vào được.",
)


class Role(StrEnum):
    """What a user may do."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"


Name = Annotated[str, typer.Argument(metavar="NAME", help="Tên đăng nhập.")]
Url = Annotated[str, typer.Option("--db", metavar="URL", help="Cơ sở dữ liệu của dondoc serve.")]
Roles = Annotated[Role, typer.Option("--role", help="Quyền: viewer chỉ xem, editor rà soát, admin quản trị.")]

BY = "dondoc users"  # who did it, in the audit log
ASKED = {"vi": ("Mật khẩu", "Nhập lại mật khẩu"), "en": ("Password", "The password again")}
DIFFER = {"vi": "Hai lần nhập không giống nhau. Hãy nhập lại.", "en": "The two are not the same. Type them again."}
DONE = {"vi": "Đã ghi: {name}.", "en": "Done: {name}."}
NOBODY = {"vi": "Chưa có người dùng nào.", "en": "There are no users yet."}
STATES = {"vi": ("đang dùng", "đã khóa"), "en": ("in use", "shut out")}


@users.callback(add_help_option=False)
def common(help_: Help = False) -> None:
    """Quản lý người dùng của dondoc serve khi máy khác vào được."""


@users.command("add", add_help_option=False)
def add(
    name: Name, db: Url = DATABASE, role: Roles = Role.VIEWER, lang: Language = Lang.VI, help_: Help = False
) -> None:
    """Thêm người dùng; mật khẩu được hỏi trên màn hình."""
    password = _asked(lang.value)
    _do(db, lang.value, lambda people, database: people.add_user(database, name, password, role.value, BY, _now()))
    typer.echo(DONE[lang.value].format(name=name), err=True)


@users.command("list", add_help_option=False)
def show(db: Url = DATABASE, lang: Language = Lang.VI, help_: Help = False) -> None:
    """Liệt kê người dùng: tên, quyền, tình trạng."""
    from pipeline.terminal import clean

    found = _do(db, lang.value, lambda people, database: people.users(database))
    for user in found:
        typer.echo("\t".join((clean(user.name), user.role, STATES[lang.value][user.disabled])))
    if not found:
        typer.echo(NOBODY[lang.value], err=True)


@users.command("role", add_help_option=False)
def role(
    name: Name,
    role: Annotated[Role, typer.Argument(metavar="ROLE", help="viewer chỉ xem, editor rà soát, admin quản trị.")],
    db: Url = DATABASE,
    lang: Language = Lang.VI,
    help_: Help = False,
) -> None:
    """Đổi quyền; các phiên đang mở của người đó hết hiệu lực. Người quản trị cuối cùng thì giữ quyền."""
    _do(db, lang.value, lambda people, database: people.set_role(database, name, role.value, BY, _now()))
    typer.echo(DONE[lang.value].format(name=name), err=True)


@users.command("disable", add_help_option=False)
def disable(name: Name, db: Url = DATABASE, lang: Language = Lang.VI, help_: Help = False) -> None:
    """Khóa người dùng: không đăng nhập được nữa, phiên đang mở và mã truy cập cũng hết hiệu lực."""
    _do(db, lang.value, lambda people, database: people.disable(database, name, True, BY, _now()))
    typer.echo(DONE[lang.value].format(name=name), err=True)


@users.command("enable", add_help_option=False)
def enable(name: Name, db: Url = DATABASE, lang: Language = Lang.VI, help_: Help = False) -> None:
    """Mở lại cho người đã bị khóa."""
    _do(db, lang.value, lambda people, database: people.disable(database, name, False, BY, _now()))
    typer.echo(DONE[lang.value].format(name=name), err=True)


@users.command("password", add_help_option=False)
def password(name: Name, db: Url = DATABASE, lang: Language = Lang.VI, help_: Help = False) -> None:
    """Đặt lại mật khẩu; các phiên đang mở của người đó hết hiệu lực."""
    typed = _asked(lang.value)
    _do(db, lang.value, lambda people, database: people.set_password(database, name, typed, BY, _now()))
    typer.echo(DONE[lang.value].format(name=name), err=True)


def _asked(lang: str) -> str:
    """A password as it is typed twice, unseen."""
    first, again = ASKED[lang]
    while True:
        typed = str(typer.prompt(first, hide_input=True, err=True))
        if typed == typer.prompt(again, hide_input=True, err=True):
            return typed
        typer.echo(DIFFER[lang], err=True)


def _do(db: str, lang: str, work: Callable[[Any, Database], T]) -> T:
    """What `work` does with `pipeline.store.people` and the database; ends the program where it cannot be done."""
    from pipeline.errors import DondocError
    from pipeline.store import address
    from pipeline.terminal import reporter

    try:
        where = address.parse(db)
        from pipeline.store import people
        from pipeline.store.database import Database

        with Database(where) as database:
            return work(people, database)
    except DondocError as error:
        reporter(lang, quiet=False, log_json=False).error(error)
        raise typer.Exit(status_of(error)) from error


def _now() -> dt.datetime:
    import datetime as dt

    return dt.datetime.now(dt.UTC)
