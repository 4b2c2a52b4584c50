"""The tables as the migrations make them, and databases that are not ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from databases import NOW, dump
from sqlalchemy import create_engine, inspect, text

from pipeline.errors import OutputError
from pipeline.model import Directive
from pipeline.store import migrate, register, tables
from pipeline.store.address import Address, parse
from pipeline.store.asking import entries
from pipeline.store.database import Database
from pipeline.store.rows import sought
from pipeline.store.saving import save
from pipeline.store.transactions import reading, writing


def differences(address: Address) -> list[object]:
    def compare(connection: object) -> list[object]:
        context = MigrationContext.configure(
            connection, opts={"version_table": migrate.VERSION_TABLE, "compare_type": True}
        )
        return compare_metadata(context, tables.metadata)

    return reading(address, compare)


def execute(address: Address, *statements: str) -> None:
    engine = create_engine(address.url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_the_migrations_make_the_tables_that_the_program_knows(address: Address) -> None:
    writing(address, lambda connection: None)
    assert differences(address) == []


@pytest.mark.parametrize(
    "change",
    ["ALTER TABLE tasks ADD COLUMN more TEXT", "ALTER TABLE tasks DROP COLUMN urgency", "DROP INDEX ix_tasks_due",
     "DROP TABLE history"],
)  # fmt: skip
def test_the_comparison_would_see_a_difference(address: Address, change: str) -> None:
    writing(address, lambda connection: None)
    execute(address, change)
    assert len(differences(address)) > 0


def test_what_the_page_says_of_the_tables(address: Address, plan: Callable[..., Directive]) -> None:
    page = (Path(__file__).resolve().parent.parent.parent / "docs" / "database.md").read_text("utf-8")
    save(address, [plan()], NOW)
    queries = re.search(r"```sql\n(.*?)```", page, re.S)[1].split(";")
    execute(address, *filter(str.strip, queries))
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (.*) \|$", page, re.M))
    assert set(rows) == set(tables.metadata.tables)
    for name, told in rows.items():
        columns = set(re.findall(r"`(\w+)`", told)) - {"dondoc"}
        assert columns <= set(tables.metadata.tables[name].columns.keys()), name


def test_upgrading_again_changes_nothing(address: Address, plan: Callable[..., Directive]) -> None:
    save(address, [plan()], NOW)
    before = reading(address, migrate.revision)
    writing(address, lambda connection: None)
    assert reading(address, migrate.revision) == before is not None


def test_a_database_of_a_later_version_is_left_alone(address: Address, plan: Callable[..., Directive]) -> None:
    save(address, [plan()], NOW)
    execute(address, f"UPDATE {migrate.VERSION_TABLE} SET version_num = '9999'")
    for use in (lambda: save(address, [plan()], NOW), lambda: entries(address, NOW.date())):
        with pytest.raises(OutputError, match="mới hơn"):
            use()


def test_a_reader_does_not_upgrade(
    address: Address, plan: Callable[..., Directive], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(address, [plan()], NOW)
    monkeypatch.setattr(migrate, "_head", lambda: "9998")
    with pytest.raises(OutputError, match="phiên bản cũ"):
        entries(address, NOW.date())


def test_tables_of_another_program_are_left_alone(address: Address, plan: Callable[..., Directive]) -> None:
    execute(address, "CREATE TABLE tasks (id INTEGER)", "INSERT INTO tasks VALUES (7)")
    with pytest.raises(OutputError, match="chương trình khác: tasks"):
        save(address, [plan()], NOW)
    engine = create_engine(address.url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id FROM tasks")).scalars().all() == [7]
    engine.dispose()


def test_other_tables_beside_ours_are_no_matter(address: Address, plan: Callable[..., Directive]) -> None:
    execute(address, "CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('theirs')")
    assert save(address, [plan()], NOW).documents == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Day khong phai co so du lieu." * 40, "không phải cơ sở dữ liệu"),
        # an empty file is an empty database
        (b"", None),
    ],
)
def test_a_file_that_is_no_database(tmp_path, content: bytes, said: str | None, plan: Callable[..., Directive]) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    address = parse(f"sqlite:///{path}")
    if said is None:
        assert save(address, [plan()], NOW).documents == 1
        return
    for use in (lambda: save(address, [plan()], NOW), lambda: entries(address, NOW.date())):
        with pytest.raises(OutputError, match=said):
            use()
    assert path.read_bytes() == content


def test_a_reader_makes_no_file(tmp_path) -> None:
    with pytest.raises(OutputError, match="Chưa có cơ sở dữ liệu"):
        entries(parse(f"sqlite:///{tmp_path / 'x.db'}"), NOW.date())
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_is_told(address: Address) -> None:
    execute(address, "CREATE TABLE other (id INTEGER)")
    with pytest.raises(OutputError, match="chưa có bảng nào của dondoc"):
        entries(address, NOW.date())


def test_nothing_but_the_database_is_left_behind(tmp_path, plan: Callable[..., Directive]) -> None:
    address = parse(f"sqlite:///{tmp_path / 'moi' / 'x.db'}")  # a folder that is not there yet
    save(address, [plan()], NOW)
    entries(address, NOW.date())
    assert [path.name for path in (tmp_path / "moi").iterdir()] == ["x.db"]


OF_THE_FIRST = (
    "INSERT INTO runs VALUES ('r', '2026-03-10 08:00:00', 'convert', 1, 1, 0, 0)",
    "INSERT INTO documents VALUES ('d', 'kh.docx', 'ab', 'text/plain', 1, 'ok', NULL, '12', NULL, NULL, NULL, NULL, NULL,"
    " NULL, '[]', '[]', '[]', '[]', '[]', '[]', 'r')",
    "INSERT INTO tasks VALUES ('t', 'd', 'I', 1, 'Rà soát Đất đai', 'task', NULL, '[\"Phòng Kinh tế\"]', '[]', NULL, NULL,"
    " NULL, NULL, '[]', '[]', NULL, '[]', NULL, '[]', NULL, '[]', 0.5, '[\"no-lead\"]', 1, '{}', '2026-03-10 08:00:00', NULL)",
    "INSERT INTO states VALUES ('t', 'done', NULL, NULL, NULL, 'giữ', 'r')",
)


def first(address: Address) -> None:
    """A database as the first revision made it, with a task in it."""
    engine = create_engine(address.url)
    with engine.begin() as connection:
        command.upgrade(migrate.configuration(connection), "0001")
        for statement in OF_THE_FIRST:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_database_of_the_first_revision_is_brought_up(address: Address) -> None:
    first(address)
    with pytest.raises(OutputError, match="phiên bản cũ"):
        entries(address, NOW.date())
    with Database(address) as database:
        assert differences(address) == []
        found = dump(address)
        (task,), (state,) = found["tasks"], found["states"]
        assert (task["text"], task["lead"], task["confirmed"]) == ("Rà soát Đất đai", ["Phòng Kinh tế"], False)
        assert (state["status"], state["notes"]) == ("done", "giữ")
        # what was written before is found by what is new
        assert task["folded"] == sought(task)
        for words in ("dat dai", "đất", "phong kinh"):
            assert [row.id for row in register.search(database, register.Filter(text=words)).rows] == ["t"]
        assert register.search(database, register.Filter(doubtful=True)).total == 1


def test_a_migration_that_fails_changes_nothing(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    first(address)
    with monkeypatch.context() as broken:
        broken.setattr("alembic.op.create_index", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            writing(address, lambda connection: None)
    engine = create_engine(address.url)
    with engine.connect() as connection:
        assert migrate.revision(connection) == "0001"
        assert connection.execute(text("SELECT notes FROM states")).scalars().all() == ["giữ"]
        assert "folded" not in {column["name"] for column in inspect(connection).get_columns("tasks")}
    engine.dispose()
    writing(address, lambda connection: None)
    assert differences(address) == []
