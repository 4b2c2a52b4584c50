"""A server for the tests: on this machine alone, or one that others reach, with its users."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsers import NAME, PASSWORD, USERS, Clock
from starlette.testclient import TestClient

from pipeline.serve.app import create_app
from pipeline.serve.settings import Settings
from pipeline.store import people
from pipeline.store.address import parse
from pipeline.store.database import Database


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(tmp_path: Path, clock: Clock) -> Iterator[TestClient]:
    """A browser on the machine of a server that nobody else reaches."""
    app = create_app(Settings(parse(f"sqlite:///{tmp_path / 'nhiệm vụ.db'}"), now=clock))
    with TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the users; made once, for to hash a password takes its time."""
    path = tmp_path_factory.mktemp("users") / "users.db"
    with Database(parse(f"sqlite:///{path}")) as database:
        for name, role in USERS.items():
            people.add_user(database, name, PASSWORD, role, "test", Clock()())
    return path


@pytest.fixture
def others(tmp_path: Path, filled: Path, clock: Clock) -> Iterator[Callable[[], TestClient]]:
    """Makes browsers of other machines; nobody is logged in."""
    shutil.copy(filled, tmp_path / "users.db")
    settings = Settings(parse(f"sqlite:///{tmp_path / 'users.db'}"), ("127.0.0.1", NAME), now=clock)
    app = create_app(settings)

    def browser() -> TestClient:
        return TestClient(app, base_url=f"http://{NAME}", follow_redirects=False)

    with browser():
        yield browser
