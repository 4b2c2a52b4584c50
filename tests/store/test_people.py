"""Who may come in: passwords, sessions, tokens, and how often a password may be tried."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from databases import NOW, dump

from pipeline.errors import UsageError
from pipeline.store import people, trail
from pipeline.store.address import Address
from pipeline.store.database import Database
from pipeline.store.keys import IDLE, LASTS, NOTED

PASSWORD = "một câu ngắn dễ nhớ"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little: what is tested is not how long they take."""
    from argon2 import PasswordHasher

    monkeypatch.setattr(people, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    with Database(address) as opened:
        people.add_user(opened, "lan", PASSWORD, "admin", "máy chủ", NOW)
        yield opened


def test_a_password_opens_what_it_belongs_to(database: Database, address: Address) -> None:
    people.add_user(database, "minh", PASSWORD, "viewer", "lan", NOW)
    assert people.check_password(database, "minh", PASSWORD, NOW) == people.User("minh", "viewer", NOW, False)
    assert people.check_password(database, "minh", PASSWORD + "!", NOW) is None
    assert people.check_password(database, "không có", PASSWORD, NOW) is None
    assert people.check_password(database, "minh", "x" * 1_000_000, NOW) is None
    # whichever way the keyboard makes its letters
    import unicodedata

    assert people.check_password(database, "minh", unicodedata.normalize("NFD", PASSWORD), NOW) is not None
    stored = [row["password"] for row in dump(address)["users"]]
    assert all(one.startswith("$argon2id$") for one in stored)
    assert len(set(stored)) == 2  # the same password, and nobody can see that
    assert PASSWORD not in str(dump(address))


def test_a_hash_that_was_cheaper_is_made_anew(database: Database, address: Address, monkeypatch) -> None:
    from argon2 import PasswordHasher

    before = dump(address)["users"][0]["password"]
    monkeypatch.setattr(people, "_hasher", lambda: PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    assert people.check_password(database, "lan", PASSWORD, NOW) is not None
    after = dump(address)["users"][0]["password"]
    assert "t=1" in before and "t=2" in after
    assert people.check_password(database, "lan", PASSWORD, NOW) is not None


@pytest.mark.parametrize(
    ("name", "password", "role", "said"),
    [
        ("lan", PASSWORD, "viewer", "Đã có người dùng"),
        ("", PASSWORD, "viewer", "Tên người dùng"),
        ("a\nb", PASSWORD, "viewer", "Tên người dùng"),
        ("a" * 65, PASSWORD, "viewer", "Tên người dùng"),
        ("minh", "ngắn", "viewer", "Mật khẩu cần"),
        ("minh", "x" * 201, "viewer", "Mật khẩu cần"),
        ("minh", PASSWORD, "owner", "Không có quyền"),
    ],
)
def test_who_cannot_be_added(database: Database, address: Address, name: str, password: str, role: str, said: str) -> None:
    before = dump(address)
    with pytest.raises(UsageError, match=said):
        people.add_user(database, name, password, role, "lan", NOW)
    assert dump(address) == before


def test_sessions(database: Database, address: Address) -> None:
    token = people.begin_session(database, "lan", NOW)
    other = people.begin_session(database, "lan", NOW)
    assert token != other  # each login has one of its own
    found = people.session(database, token, NOW + MINUTE)
    assert (found.user, found.role) == ("lan", "admin")
    assert found.csrf not in (token, people.session(database, other, NOW).csrf)
    assert token not in str(dump(address))  # who reads the database cannot come in with it
    assert people.session(database, token[:-1], NOW) is None
    assert people.session(database, dump(address)["sessions"][0]["hash"], NOW) is None
    people.end_session(database, token)
    assert people.session(database, token, NOW) is None
    assert people.session(database, other, NOW) is not None


def test_a_session_ends_by_itself(database: Database, address: Address) -> None:
    token, idle = people.begin_session(database, "lan", NOW), people.begin_session(database, "lan", NOW)
    at = NOW
    while at + IDLE / 2 < NOW + LASTS:
        at += IDLE / 2
        assert (people.session(database, token, at) is not None) == (at < NOW + LASTS)
    assert people.session(database, idle, NOW + IDLE) is None
    assert people.session(database, token, NOW + LASTS) is None
    people.begin_session(database, "lan", NOW + LASTS)  # and what is over is cleared away
    assert len(dump(address)["sessions"]) == 1


def test_who_only_looks_writes_seldom(database: Database, address: Address) -> None:
    token = people.begin_session(database, "lan", NOW)
    before = dump(address)
    people.session(database, token, NOW + NOTED / 2)
    assert dump(address) == before
    people.session(database, token, NOW + NOTED)
    assert dump(address) != before


def test_a_change_ends_the_sessions(database: Database) -> None:
    people.add_user(database, "minh", PASSWORD, "editor", "lan", NOW)
    for change in (
        lambda: people.set_password(database, "minh", PASSWORD * 2, "lan", NOW),
        lambda: people.set_role(database, "minh", "viewer", "lan", NOW),
        lambda: people.disable(database, "minh", True, "lan", NOW),
    ):
        token = people.begin_session(database, "minh", NOW)
        assert people.session(database, token, NOW) is not None
        change()
        assert people.session(database, token, NOW) is None
    assert people.check_password(database, "minh", PASSWORD * 2, NOW) is None
    people.disable(database, "minh", False, "lan", NOW)
    assert people.check_password(database, "minh", PASSWORD * 2, NOW).role == "viewer"
    told = [(one.who, one.what) for one in trail.of(database, who="lan")]
    assert told == [("lan", f"user.{what}") for what in ("enable", "disable", "role", "password", "add")]
    with pytest.raises(UsageError, match="Không có người dùng"):
        people.disable(database, "không có", True, "lan", NOW)


def test_an_admin_is_always_left(database: Database, address: Address) -> None:
    before = dump(address)
    for change in (lambda: people.disable(database, "lan", True, "lan", NOW),
                   lambda: people.set_role(database, "lan", "editor", "lan", NOW)):  # fmt: skip
        with pytest.raises(UsageError, match="người quản trị cuối cùng"):
            change()
    assert dump(address) == before


def test_tries_are_counted(database: Database) -> None:
    at = NOW
    assert [people.may_try(database, "lan", f"10.0.0.{n}", at) for n in range(7)] == [True] * 5 + [False] * 2
    # another user, from one of these addresses and from one that has been busy
    assert people.may_try(database, "minh", "10.0.0.1", at)
    assert [people.may_try(database, f"ai {n}", "10.0.0.9", at) for n in range(6)] == [True] * 5 + [False]
    assert people.may_try(database, "lan", "10.0.0.8", at + people.WINDOW)
    # the password that is right takes the tries away
    assert people.check_password(database, "lan", PASSWORD, at + people.WINDOW) is not None
    assert [people.may_try(database, "lan", "10.0.0.8", at + people.WINDOW) for _ in range(6)] == [True] * 5 + [False]


def test_many_tries_at_once_are_no_way_around(database: Database) -> None:
    answers: list[bool] = []
    ready = threading.Barrier(12)

    def work() -> None:
        ready.wait(60)
        answers.append(people.may_try(database, "lan", "10.0.0.1", NOW))

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(answers) == people.TRIES


def test_tokens(database: Database, address: Address) -> None:
    made, secret = people.new_token(database, "Hệ thống điều hành", "lan", "editor", NOW)
    assert secret not in str(dump(address))
    found = people.token(database, secret, NOW)
    assert (found.id, found.name, found.user, found.role) == (made.id, "Hệ thống điều hành", "lan", "editor")
    assert people.token(database, secret + "x", NOW) is None
    assert people.tokens(database) == people.tokens(database, "lan")
    assert people.tokens(database, "minh") == ()
    # no more rights than its user has now
    people.add_user(database, "minh", PASSWORD, "admin", "lan", NOW)
    people.set_role(database, "lan", "viewer", "minh", NOW)
    assert people.token(database, secret, NOW).role == "viewer"
    people.disable(database, "lan", True, "minh", NOW)
    assert people.token(database, secret, NOW) is None
    people.disable(database, "lan", False, "minh", NOW)
    assert not people.revoke(database, made.id, "minh", NOW, user="minh")  # another one's
    assert not people.revoke(database, "", "minh", NOW)  # the beginning of every hash
    assert people.revoke(database, made.id, "minh", NOW)
    assert people.token(database, secret, NOW) is None
    assert not people.revoke(database, made.id, "minh", NOW)
    with pytest.raises(UsageError, match="Không có quyền"):
        people.new_token(database, "x", "lan", "owner", NOW)


def test_a_token_where_nobody_is_entered(address: Address) -> None:
    with Database(address) as database:  # on loopback: who sits at the machine is no user
        _, secret = people.new_token(database, "x", "nguoi-dung-may", "editor", NOW)
        assert people.token(database, secret, NOW).role == "editor"
