"""``dondoc users``: passwords are typed where nobody sees them, and stand nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsers import PASSWORD, Clock
from typer.testing import CliRunner, Result

from pipeline import cli
from pipeline.store import people, trail
from pipeline.store.address import parse
from pipeline.store.database import Database


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'x.db'}"


def users(*args: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli.app, ["users", *args], input=typed)


def test_a_user_is_added_and_listed(url: str, tmp_path: Path) -> None:
    assert "Chưa có người dùng nào" in users("list", "--db", url).stderr
    done = users("add", "quan-tri", "--role", "admin", "--db", url, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    assert users("list", "--db", url).stdout.split()[:2] == ["quan-tri", "admin"]
    with Database(parse(url)) as database:
        assert [note.what for note in trail.of(database)] == ["user.add"]
        assert people.check_password(database, "quan-tri", PASSWORD, Clock()()) is not None
    assert not [path for path in tmp_path.iterdir() if PASSWORD.encode() in path.read_bytes()]


def test_a_password_is_typed_twice_alike(url: str) -> None:
    typed = f"{PASSWORD}\nkhac hoan toan\n{PASSWORD}\n{PASSWORD}\n"
    done = users("add", "quan-tri", "--db", url, typed=typed)
    assert done.exit_code == 0
    assert "không giống nhau" in done.stderr


def test_a_user_is_shut_out_and_let_in(url: str) -> None:
    users("add", "bien-tap", "--role", "editor", "--db", url, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert users("disable", "bien-tap", "--db", url).exit_code == 0
    assert "đã khóa" in users("list", "--db", url).stdout
    assert users("enable", "bien-tap", "--db", url).exit_code == 0
    assert "đang dùng" in users("list", "--db", url).stdout


def test_a_role_is_changed_but_not_that_of_the_last_admin(url: str) -> None:
    for name, role in (("quan-tri", "admin"), ("lan", "viewer")):
        users("add", name, "--role", role, "--db", url, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert users("role", "lan", "editor", "--db", url).exit_code == 0
    assert "lan\teditor" in users("list", "--db", url).stdout
    for locked in (["role", "quan-tri", "viewer"], ["disable", "quan-tri"]):
        done = users(*locked, "--db", url)
        assert done.exit_code != 0 and "người quản trị cuối cùng" in done.stderr
    assert users("role", "lan", "admin", "--db", url).exit_code == 0
    assert users("role", "quan-tri", "viewer", "--db", url).exit_code == 0
    assert users("disable", "lan", "--db", url).exit_code != 0  # now that one is the last
    assert users("role", "quan-tri", "viewer", "--db", url).exit_code == 0  # what is so already changes nothing


def test_a_password_is_set_anew(url: str) -> None:
    users("add", "bien-tap", "--db", url, typed=f"{PASSWORD}\n{PASSWORD}\n")
    new = "mot cau khac han"
    assert users("password", "bien-tap", "--db", url, typed=f"{new}\n{new}\n").exit_code == 0
    with Database(parse(url)) as database:
        assert people.check_password(database, "bien-tap", PASSWORD, Clock()()) is None
        assert people.check_password(database, "bien-tap", new, Clock()()) is not None


@pytest.mark.parametrize(
    ("args", "typed"),
    [
        (["add", "x", "--role", "chu"], f"{PASSWORD}\n{PASSWORD}\n"),
        (["add", "x"], "ngan\nngan\n"),
        (["add", ""], f"{PASSWORD}\n{PASSWORD}\n"),
        (["disable", "khong-co"], ""),
        (["enable", "khong-co"], ""),
        (["role", "khong-co", "admin"], ""),
        (["role", "x", "chu"], ""),
        (["password", "khong-co"], f"{PASSWORD}\n{PASSWORD}\n"),
    ],
)
def test_what_is_refused(url: str, args: list[str], typed: str) -> None:
    done = users(*args, "--db", url, typed=typed)
    assert done.exit_code != 0
    assert "Traceback" not in done.output
