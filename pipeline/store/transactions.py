"""One transaction at a time: whole or not at all, one writer after the other, and again where the connection was lost.

SQLite: a write-ahead log, so that readers do not wait for the writer, and a transaction that takes the right to write
at its beginning. PostgreSQL: an advisory lock that all writers of this program take first.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from pipeline.errors import OutputError
from pipeline.store import migrate
from pipeline.store.address import POSTGRESQL, SQLITE, Address

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

__all__ = ["again", "make_folder", "must_exist", "opened", "reading", "writing", "written"]

T = TypeVar("T")

WAIT = 60  # seconds that a writer waits for the one before it
SILENCE = 120  # seconds after which a server that says nothing counts as lost
PAUSES = (0.5, 1.0, 2.0)  # seconds before each new attempt where the connection was lost
LOCK = 0x646F6E646F63  # “dondoc”: the advisory lock of all writers

# What PostgreSQL says (SQLSTATE) where the same transaction may succeed when it is begun again: connection lost, server
# stopped or starting, serialisation failure, deadlock.
_AGAIN = ("08", "57P01", "57P02", "57P03", "40001", "40P01")
_CONNECTION = ("InterfaceError", "ConnectionError", "TimeoutError", "BrokenPipeError")

_CONNECT = "Hãy kiểm tra lại địa chỉ, mạng và máy chủ."
_DETAIL = "Chạy lại với --log-json để xem chi tiết và gửi cho người quản trị."
# SQLSTATE or words of SQLite → what to do
_REASONS = {
    "28": "Máy chủ không nhận tên người dùng hoặc mật khẩu. Hãy kiểm tra lại.",
    "3D000": "Máy chủ không có cơ sở dữ liệu tên này. Hãy tạo nó trước (createdb) hoặc sửa địa chỉ.",
    "42501": "Người dùng này chưa được quyền ghi. Hãy xin quyền tạo bảng và ghi.",
    "55P03": "Cơ sở dữ liệu đang bận vì một lần ghi khác. Hãy thử lại sau ít phút.",
    "database is locked": "Cơ sở dữ liệu đang bận vì một lần ghi khác. Hãy thử lại sau ít phút.",
    "file is not a database": "Tệp này không phải cơ sở dữ liệu SQLite. Hãy chọn tên tệp khác.",
    "malformed": "Tệp cơ sở dữ liệu bị hỏng. Hãy lấy bản sao lưu hoặc chọn tên tệp khác.",
    "unable to open": "Không mở được tệp này. Hãy kiểm tra đường dẫn và quyền ghi thư mục.",
    "readonly": "Tệp này không ghi được. Hãy kiểm tra quyền ghi của tệp và thư mục.",
    "is full": "Đĩa đã đầy. Hãy giải phóng dung lượng rồi chạy lại.",
}


def writing(address: Address, work: Callable[[Connection], T]) -> T:
    """Does `work` in one transaction, with the tables as this version knows them.

    The work is begun again where the connection was lost: then it may have been done already, for the answer to the
    commit may be what was lost. It has to look. Raises `OutputError`, and then nothing of it is done.
    """

    def once() -> T:
        with _engine(address, writes=True) as engine:
            return written(address, engine, work)

    make_folder(address)
    return again(address, once)


def again(address: Address, once: Callable[[], T]) -> T:
    """What `once` returns; it is tried anew where the connection was lost. Raises `OutputError`."""
    for pause in (*PAUSES, None):
        try:
            return once()
        except DBAPIError as error:
            if pause is None or not _lost(address, error):
                raise refused(address, error) from error
        except ConnectionError as error:  # pg8000 lets it through where a kept connection is asked whether it lives
            if pause is None:
                raise _error(address, _CONNECT, f"{type(error).__name__}: {error}") from error
        time.sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def written(address: Address, engine: Engine, work: Callable[[Connection], T]) -> T:
    """Does `work` in a transaction of an engine that `opened` made to write. Raises `DBAPIError`, `OutputError`."""
    with engine.begin() as connection:
        _lock(address, connection)
        migrate.upgrade(connection)
        return work(connection)


def must_exist(address: Address) -> None:
    """Raises `OutputError` where there is no file of that database: what only adds to it makes none."""
    if address.path is not None and not address.path.is_file():
        message = f"Chưa có cơ sở dữ liệu {address}. Hãy tạo bằng: dondoc convert VĂN_BẢN -o {address}"
        raise OutputError("no-database", message)


def reading(address: Address, work: Callable[[Connection], T]) -> T:
    """Does `work` on one state of the database. Raises `OutputError` where there is none, or none of this program."""
    must_exist(address)
    try:
        with _engine(address, writes=False) as engine, engine.begin() as connection:
            migrate.check(connection, address)
            return work(connection)
    except DBAPIError as error:
        raise refused(address, error) from error


@contextmanager
def _engine(address: Address, *, writes: bool) -> Iterator[Engine]:
    engine = opened(address, writes=writes, poolclass=NullPool)
    try:
        yield engine
    finally:
        engine.dispose()


def opened(address: Address, *, writes: bool, **options: Any) -> Engine:
    """An engine of that database, for transactions that only read or that write; `options` are SQLAlchemy's."""
    options |= {"hide_parameters": True, "json_serializer": _json}
    if address.kind == POSTGRESQL:
        import pg8000  # SQLAlchemy would find it by its name, and what packs programs would not

        options["module"] = pg8000
        options["connect_args"] = {"timeout": SILENCE, "application_name": "dondoc"}
        if not writes:
            options["isolation_level"] = "REPEATABLE READ"
    else:
        options["connect_args"] = {"timeout": WAIT}
    engine = create_engine(address.url, **options)
    if address.kind == SQLITE:
        _prepare_sqlite(engine, writes)
    return engine


def _prepare_sqlite(engine: Engine, writes: bool) -> None:
    def connected(connection: Any, record: object) -> None:
        connection.isolation_level = None  # the driver begins no transaction of its own; `begun` does
        # What is deleted is written over: a classified document that somebody uploaded must not stay in free pages.
        for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _lock(address: Address, connection: Connection) -> None:
    if address.kind == POSTGRESQL:
        # READ COMMITTED: what is read behind the lock is what the writer before has left.
        connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def make_folder(address: Address) -> None:
    """The folder of an SQLite database that is to be written. Raises `OutputError`."""
    if address.path is None:
        return
    try:
        address.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _error(address, _REASONS["unable to open"], f"{type(error).__name__}: {error}") from error


def _lost(address: Address, error: DBAPIError) -> bool:
    if address.kind == SQLITE:
        return False  # it has waited for the other writer already
    kinds = {kind.__name__ for kind in type(error.orig).__mro__}
    return error.connection_invalidated or bool(kinds & set(_CONNECTION)) or _said(error)[0].startswith(_AGAIN)


def _said(error: DBAPIError) -> tuple[str, str]:
    """The SQLSTATE that the server gave, or nothing, and what it or the driver says."""
    told = error.orig.args[0] if error.orig is not None and error.orig.args else None
    # The server's detail would quote the row, so only its message is taken.
    return (str(told.get("C", "")), str(told.get("M", ""))) if isinstance(told, dict) else ("", str(error.orig))


def refused(address: Address, error: DBAPIError) -> OutputError:
    """What a person is told of an error of the database. The detail is what the driver says, and holds no values."""
    state, said = _said(error)
    other = _CONNECT if _lost(address, error) else _DETAIL
    fits = (told for key, told in _REASONS.items() if state.startswith(key) or (not state and key in said))
    kind = " ".join(filter(None, (type(error.orig).__name__, state)))
    return _error(address, next(fits, other), f"{kind}: {said}")


def _error(address: Address, reason: str, detail: str) -> OutputError:
    return OutputError("database", f"Không dùng được cơ sở dữ liệu {address}. {reason}", detail)
