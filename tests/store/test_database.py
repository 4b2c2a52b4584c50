"""A database that is kept open: from many threads, beside writers, after a lost connection; it leaves nothing behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from databases import NOW
from sqlalchemy import create_engine, text, update

from pipeline.errors import OutputError
from pipeline.model import Directive, Task
from pipeline.store import files, migrate, register, tables
from pipeline.store.address import Address, parse
from pipeline.store.asking import entries
from pipeline.store.database import KEPT, MORE, Database
from pipeline.store.saving import save


def test_many_read_while_one_writes(address: Address, plan: Callable[..., Directive], task: Callable[..., Task]) -> None:
    inside, go = threading.Event(), threading.Event()
    with Database(address) as database:
        save(database, [plan(task())], NOW)

        def hold(connection: object) -> None:
            inside.set()
            go.wait(60)

        writer = threading.Thread(target=lambda: database.writing(hold))
        writer.start()
        assert inside.wait(60)
        found: list[int] = []
        all_in = threading.Barrier(KEPT * 4)

        def look(connection: object) -> int:
            all_in.wait(60)  # each has a connection of its own, and none waits for the writer
            return connection.execute(text("SELECT count(*) FROM tasks")).scalar()

        readers = [threading.Thread(target=lambda: found.append(database.reading(look))) for _ in range(KEPT * 4)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join(60)
        go.set()
        writer.join(60)
        assert found == [1] * KEPT * 4
    assert KEPT * 4 <= KEPT + MORE


def test_what_a_command_writes_is_seen(address: Address, plan, task) -> None:
    with Database(address) as database:
        save(address, [plan(task())], NOW)
        assert register.search(database, register.Filter()).total == len(entries(database, NOW.date())) == 1
        save(address, [plan(task("Việc khác hẳn."))], NOW)
        assert [row.text for row in register.search(database, register.Filter()).rows] == ["Việc khác hẳn."]


def test_a_connection_that_was_lost_meanwhile(postgres: str, plan, task) -> None:
    with Database(parse(postgres)) as database:
        save(database, [plan(task())], NOW)
        for use in (
            lambda: register.search(database, register.Filter()).total,
            lambda: save(database, [plan(task())], NOW).documents,
        ):
            use()
            engine = create_engine(parse(postgres).url)
            with engine.connect() as other:
                ended = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()")
                assert other.execute(ended).scalars().all()
            engine.dispose()
            assert use() == 1


def test_tables_that_a_later_version_has_changed(address: Address, plan, task) -> None:
    with Database(address) as database:
        save(database, [plan(task())], NOW)
        engine = create_engine(address.url)
        with engine.begin() as connection:
            connection.execute(text(f"UPDATE {migrate.VERSION_TABLE} SET version_num = '9999'"))
        engine.dispose()
        for use in (lambda: save(database, [plan(task())], NOW), lambda: entries(database, NOW.date())):
            with pytest.raises(OutputError, match="mới hơn"):
                use()


def test_a_closed_one_leaves_the_file_alone(tmp_path: Path, plan, task) -> None:
    with Database(parse(f"sqlite:///{tmp_path / 'moi' / 'x.db'}")) as database:
        save(database, [plan(task())], NOW)
        register.search(database, register.Filter())
    assert [path.name for path in (tmp_path / "moi").iterdir()] == ["x.db"]


def test_what_is_written_over_is_gone(tmp_path: Path) -> None:
    secret = b"van ban mat " * 20_000
    with Database(parse(f"sqlite:///{tmp_path / 'x.db'}")) as database:
        upload = files.put(database, secret, "x.docx", "lan", NOW)
        assert any(secret[:40] in path.read_bytes() for path in tmp_path.iterdir())
        emptied = update(tables.files).where(tables.files.c.sha256 == upload.sha256).values(content=b"", size=0)
        database.writing(lambda connection: connection.execute(emptied))
        database.write_over()
        assert not any(secret[:40] in path.read_bytes() for path in tmp_path.iterdir())
        # who sends it again is not told that it is empty
        files.put(database, secret, "x.docx", "lan", NOW)
        assert files.bytes_of(database, upload.sha256) == secret
