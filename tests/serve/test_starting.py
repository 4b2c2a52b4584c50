"""The program as it is started: what it says, whom it lets in, what it refuses, what stands in its output."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browsers import NAME, PASSWORD
from typer.testing import CliRunner

from pipeline import cli
from pipeline.errors import UsageError
from pipeline.serve.settings import Settings
from pipeline.store import people
from pipeline.store.address import parse
from pipeline.store.database import Database

ROOT = Path(__file__).resolve().parents[2]
WAIT = 60  # seconds, after which a server that says nothing never will


@contextmanager
def serving(folder: Path, *args: str) -> Iterator[tuple[str, list[str]]]:
    """A server of its own, on a port that is free: the address that it names, and in the end all that it said."""
    call = [sys.executable, "-m", "pipeline", "serve", "--port", "0", "--db", f"sqlite:///{folder / 'x.db'}", *args]
    with subprocess.Popen(
        call, stderr=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as server:  # fmt: skip
        try:
            assert server.stderr is not None
            said = [server.stderr.readline()]
            found = re.search(r"http://\S+", said[0])
            assert found is not None, said
            yield found[0], said
        finally:
            if server.poll() is None:
                server.terminate()
            server.wait(WAIT)
            said += [stream.read() for stream in (server.stderr, server.stdout) if stream is not None]


def asked(url: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=WAIT) as answer:
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8")


def test_it_is_there_when_it_says_so(tmp_path: Path) -> None:
    with serving(tmp_path) as (url, said):
        assert url.startswith("http://127.0.0.1:")
        status, page = asked(f"{url}/van-ban?tim=nguyenvana")
        assert status == 200 and "<h1>" in page
        assert asked(f"{url}/van-ban", Host="evil.example")[0] == 421
    assert "nguyenvana" not in "".join(said) and "Traceback" not in "".join(said)
    assert (tmp_path / "x.db").is_file()


def test_with_a_name_it_demands_a_login_and_tells_of_tls(tmp_path: Path) -> None:
    with Database(parse(f"sqlite:///{tmp_path / 'x.db'}")) as database:
        people.add_user(database, "quan-tri", PASSWORD, "admin", "test", Settings(database.address).now())
    with serving(tmp_path, "--host", "127.0.0.1", "--host", NAME) as (url, said):
        assert url.startswith(f"http://{NAME}:")
        port = url.rpartition(":")[2]
        status, page = asked(f"http://127.0.0.1:{port}/van-ban")
        assert status == 200 and 'type="password"' in page
    assert "TLS" in "".join(said)


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (["--host", "0.0.0.0"], 2, "--host 0.0.0.0 --host"),  # nobody could name it
        (["--host", "192.0.2.1"], 2, "dondoc users add"),  # nobody could log in
        (["--host", "127.0.0.1", "--host", "dondoc.vi-du.vn"], 2, "dondoc users add"),
        (["--db", "x.db"], 2, "sqlite:///x.db"),
    ],
)
def test_what_cannot_be_served(tmp_path: Path, args: list[str], status: int, said: str) -> None:
    db = [] if "--db" in args else ["--db", f"sqlite:///{tmp_path / 'x.db'}"]
    done = CliRunner().invoke(cli.app, ["serve", *db, *args])
    assert done.exit_code == status
    assert said in done.stderr


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(cli.app, ["serve", "--db", f"sqlite:///{tmp_path / 'x.db'}", "--port", port])
    assert done.exit_code == 1
    assert port in done.stderr


@pytest.mark.parametrize(
    ("hosts", "guarded", "name"),
    [
        (("127.0.0.1",), False, "127.0.0.1"),
        (("localhost",), False, "localhost"),
        (("::1",), False, "[::1]"),
        (("127.0.0.9",), False, "127.0.0.9"),
        (("192.168.1.5",), True, "192.168.1.5"),
        (("fd00::5",), True, "[fd00::5]"),
        (("127.0.0.1", "Dondoc.Xa.VN"), True, "dondoc.xa.vn"),  # behind a program with TLS
        (("0.0.0.0", "may-chu"), True, "may-chu"),
    ],
)
def test_who_may_come_and_under_which_name(tmp_path: Path, hosts: tuple[str, ...], guarded: bool, name: str) -> None:
    settings = Settings(parse(f"sqlite:///{tmp_path / 'x.db'}"), hosts)
    settings.check()
    assert settings.guarded == guarded
    assert name in settings.names and "0.0.0.0" not in settings.names


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_everywhere_needs_a_name(tmp_path: Path, host: str) -> None:
    with pytest.raises(UsageError):
        Settings(parse(f"sqlite:///{tmp_path / 'x.db'}"), (host,)).check()


@pytest.mark.parametrize("module", ["pipeline.cli", "pipeline.commands.serve", "pipeline.commands.users"])
def test_other_commands_load_no_server(module: str) -> None:
    heavy = ("fastapi", "starlette", "uvicorn", "sqlalchemy", "jinja2", "argon2")
    code = f"import sys, {module}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=WAIT, cwd=ROOT)
    assert done.stdout.decode().strip() == "[]"
