"""The tables of a database brought to the form that this version knows, by the migrations that come with it.

To change a table: change `tables`, and add a revision beside the others in ``migrations/versions``; a test says where
the two differ. Revisions that have shipped are never changed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import OutputError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine import Connection

    from pipeline.store.address import Address

__all__ = ["VERSION_TABLE", "check", "configuration", "revision", "upgrade"]

VERSION_TABLE = "dondoc_version"  # not alembic's own name: another program may use the same database
FOLDER = Path(__file__).parent / "migrations"


def configuration(connection: Connection) -> Config:
    """Alembic's settings, without a file of them: where the migrations are, and the open transaction they run in."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def revision(connection: Connection) -> str | None:
    """The revision that the tables of a database are of; None where the program has made none there."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


def upgrade(connection: Connection) -> None:
    """Makes or changes the tables, inside the transaction that is open.

    Raises `OutputError` where the tables are of a later version, or where there are tables of these names of another
    program.
    """
    from alembic import command

    found = revision(connection)
    if found == _head():
        return
    _refuse_later(found)
    if found is None:
        _refuse_others(connection)
    command.upgrade(configuration(connection), "head")


def check(connection: Connection, address: Address) -> None:
    """Raises `OutputError` where the tables are not of this version: who only reads changes nothing."""
    found = revision(connection)
    if found == _head():
        return
    if found is None:
        message = f"{address} chưa có bảng nào của dondoc. Hãy tạo bằng: dondoc convert VĂN_BẢN -o {address}"
        raise OutputError("no-database", message)
    _refuse_later(found)
    message = f"{address} do phiên bản cũ tạo ra. Hãy chạy dondoc convert VĂN_BẢN -o {address} để nâng cấp."
    raise OutputError("older-database", message, found)


@cache
def _head() -> str | None:
    """The newest revision. A server asks in each transaction, and alembic would read all revisions each time."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(FOLDER).get_current_head()


def _refuse_later(found: str | None) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory(FOLDER).walk_revisions()}
    if found is not None and found not in known:
        message = "Cơ sở dữ liệu do phiên bản dondoc mới hơn tạo ra. Hãy nâng cấp dondoc trên máy này."
        raise OutputError("newer-database", message, found)


def _refuse_others(connection: Connection) -> None:
    from sqlalchemy import inspect

    from pipeline.store.tables import metadata

    taken = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
    if taken:
        names = ", ".join(taken)
        message = f"Cơ sở dữ liệu đã có bảng cùng tên của chương trình khác: {names}. Hãy dùng cơ sở dữ liệu riêng."
        raise OutputError("other-tables", message)
