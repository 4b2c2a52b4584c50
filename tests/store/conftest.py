"""Databases for the tests: a file of SQLite always, and a PostgreSQL server where DONDOC_POSTGRES names one.

``.ci/postgres start`` prints the address of a server of its own. Each process of
the tests has a database of its own there, emptied before each test.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from databases import empty, own_database

from pipeline.model import Directive, Meta, Task
from pipeline.store.address import Address, parse


@pytest.fixture(scope="session")
def server() -> str:
    """The address of a PostgreSQL server where databases may be made."""
    url = os.environ.get("DONDOC_POSTGRES")
    if not url:
        pytest.skip("DONDOC_POSTGRES names no PostgreSQL server; see .ci/postgres")
    return url


@pytest.fixture(scope="session")
def _own_database(server: str) -> Iterator[str]:
    with own_database(server) as url:
        yield url


@pytest.fixture
def postgres(_own_database: str) -> str:
    """The address of an empty PostgreSQL database."""
    empty(_own_database)
    return _own_database


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: each test runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'nhiệm vụ.db'}"
    return request.getfixturevalue("postgres")


@pytest.fixture
def address(url: str) -> Address:
    return parse(url)


@pytest.fixture
def task() -> Callable[..., Task]:
    """Makes a task whose id is made of its section and words, as the ids of documents are."""

    def task(words: str = "Rà soát hồ sơ.", **fields: Any) -> Task:
        section = fields.get("section", "I.1")
        name = hashlib.sha256(f"{fields.pop('home', '12')}|{section}|{words}".encode("utf-8", "surrogatepass"))
        return Task(**{"id": name.hexdigest()[:12], "section": section, "order": 1, "text": words, **fields})

    return task


@pytest.fixture
def plan() -> Callable[..., Directive]:
    """Makes a directive with these tasks; the fields of `Meta` and of `Directive` as given."""

    def plan(*tasks: Task, **fields: Any) -> Directive:
        meta = {"type": "kế hoạch", "number": "12/KH-UBND", "issuer": "UBND xã Sông Trong", "date": dt.date(2026, 1, 5)}
        meta |= {name: fields.pop(name) for name in list(fields) if name in Meta.__dataclass_fields__}
        given = {"document": "kh-12.docx", "sha256": "ab" * 32, "media_type": "text/plain", "pages": 2, "status": "ok"}
        return Directive(**{**given, "meta": Meta(**meta), "tasks": tasks, **fields})

    return plan
