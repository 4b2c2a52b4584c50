"""Addresses of databases, and that no message shows a password."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import cli, export
from pipeline.errors import UsageError
from pipeline.store import address

ROOT = Path(__file__).resolve().parent.parent.parent
NOTICE = ROOT / "corpus" / "docs" / "tb-dang-uy-xa-ket-luan-giao-ban.txt"
SECRET = "Th0i-H4n"


@pytest.mark.parametrize(
    ("url", "shown", "driver"),
    [
        ("sqlite:///nhiem-vu.db", "sqlite:///nhiem-vu.db", "sqlite"),
        ("sqlite:////srv/nhiem vu.db", "sqlite:////srv/nhiem vu.db", "sqlite"),
        (f"postgresql://vp:{SECRET}@may-chu/dondoc", "postgresql://vp@may-chu/dondoc", "postgresql+pg8000"),
        (f"postgresql://vp:{SECRET}@10.0.0.5:5433/dondoc", "postgresql://vp@10.0.0.5:5433/dondoc", "postgresql+pg8000"),
        # an @ in a password is written %40
        ("postgresql://vp:a%40b@may-chu/dondoc", "postgresql://vp@may-chu/dondoc", "postgresql+pg8000"),
    ],
)
def test_an_address_is_read_and_shown_without_its_password(url: str, shown: str, driver: str) -> None:
    found = address.parse(url)
    assert (str(found), found.url.drivername) == (shown, driver)
    assert SECRET not in repr(found)
    (target,) = export.targets([url, url])
    assert SECRET not in repr(target)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",  # in memory: gone when the program ends
        "sqlite:///:memory:",
        "sqlite://nhiem-vu.db",  # two slashes: that would be a machine
        "sqlite:///x.db?mode=ro",
        f"mysql://vp:{SECRET}@may-chu/dondoc",
        f"postgres://vp:{SECRET}@may-chu/dondoc",
        f"postgresql://vp:{SECRET}@may-chu",
        f"postgresql://vp:{SECRET}@/dondoc",
        f"postgresql://:{SECRET}@may-chu/dondoc",
        # what the library says of a port that is none quotes it; with a stray colon that is the password
        f"postgresql://may-chu:{SECRET}/dondoc",
        f"postgresql://vp:{SECRET}@may-chu:cong/dondoc",
        f"postgresql://vp@may-chu/dondoc?password={SECRET}",
        f"vp:{SECRET}@may-chu://dondoc",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_before_anything_is_read(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        export.targets([url])
    assert "sqlite:///" in caught.value.message
    assert SECRET not in caught.value.message + caught.value.detail
    assert caught.value.__cause__ is None
    for args in (["convert", str(NOTICE), "-o", url], ["list", url]):
        done = CliRunner().invoke(cli.app, args)
        assert done.exit_code == 2
        assert SECRET not in done.output


def test_the_password_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    found = address.parse("postgresql://vp@may-chu/dondoc")
    assert found.url.password == SECRET
    assert SECRET not in f"{found} {found!r}"
    assert address.parse("postgresql://vp:other@may-chu/dondoc").url.password == "other"


def test_a_missing_library_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "find_spec", lambda name: None if name == "pg8000" else object())
    with pytest.raises(UsageError, match=r'pip install "dondoc\[db\]"'):
        address.parse("sqlite:///x.db")


@pytest.mark.parametrize("log", [[], ["--log-json"]])
def test_a_server_that_is_not_there(log: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.transactions.PAUSES", (0.0,))
    url = f"postgresql://vp:{SECRET}@127.0.0.1:9/dondoc"  # port 9: nothing listens
    done = CliRunner().invoke(cli.app, ["convert", str(NOTICE), "-o", url, *log])
    assert done.exit_code == 1
    assert "postgresql://vp@127.0.0.1:9/dondoc" in done.output
    assert "mạng và máy chủ" in done.output
    assert SECRET not in done.output


def test_a_wrong_password_is_not_told(postgres: str) -> None:
    before, _, host = postgres.partition("@")
    wrong = before.rpartition(":")[0] + f":{SECRET}@{host}"
    done = CliRunner().invoke(cli.app, ["convert", str(NOTICE), "-o", wrong, "--log-json"])
    assert done.exit_code == 1
    assert "không nhận tên người dùng hoặc mật khẩu" in done.output
    assert SECRET not in done.output


def test_help_and_an_address_load_no_database_library() -> None:
    import subprocess

    code = (
        "import sys; from typer.testing import CliRunner; from pipeline import cli, export; "
        "CliRunner().invoke(cli.app, ['list', '--help']); export.targets(['t.xlsx']); "
        "print([name for name in ('sqlalchemy', 'alembic', 'pg8000') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"
