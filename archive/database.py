"""The connection to the database: engine, transactions, and the meaning of its errors.

SQLite runs in WAL with synchronous=FULL: what is committed survives a power cut (security.md A-6).
Writing transactions begin with BEGIN IMMEDIATE, so two processes queue instead of failing half-way.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Connection, Engine, Executable, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError

from archive.transaction import Transaction
from values.errors import StorageFailed

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_BUSY_SECONDS: Final = 30
"""How long a writer waits for others. SQLite serves them in no order: of fifty processes that assemble at the same time
on a busy machine, one was seen to wait for ten seconds."""

_IN_ONE_STATEMENT: Final = 1_000
"""Values in one IN list, far below the 32,766 parameters that SQLite allows (SQLITE_MAX_VARIABLE_NUMBER)."""


class Ledger:
    """The database. The functions of the other modules read and write it within one of its transactions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that reads a consistent state. Raises StorageFailed when the database cannot be read."""
        with _storage_errors(self.engine), self.engine.begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that writes: all of it or, after any exception, nothing. Raises StorageFailed as `reading`."""
        with _storage_errors(self.engine), self.engine.connect() as connection:
            connection = connection.execution_options(jianbao_writes=True)
            with connection.begin():
                yield Transaction(connection)

    def purge(self) -> bool:
        """Writes the whole database anew, without anything that was deleted, and empties its log (WAL).

        Returns False when a reader kept the log in use for longer than `_BUSY_SECONDS`; to be called again then. Raises
        StorageFailed, also when there is no room for the copy.
        """
        with _storage_errors(self.engine), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            busy, _in_log, _written = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


@contextmanager
def all_or_nothing(ledger: Transaction) -> Iterator[None]:
    """A part of a transaction that is undone after an exception, which is raised on; the rest of it stays."""
    with ledger.sql.begin_nested():
        yield


def sqlite_engine(database: Path) -> Engine:
    """An engine for the SQLite file, which is made at the first transaction."""
    address = URL.create("sqlite", database=str(database))  # not as text, where a "?" in the path would end the path
    # hide_parameters: an error would repeat the values, and so bring letters into the logs (security.md I8)
    engine = create_engine(address, connect_args={"timeout": _BUSY_SECONDS}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late and be DEFERRED
        cursor = connection.cursor()
        with _locked(database.parent):
            cursor.execute("PRAGMA journal_mode = WAL")
        # secure_delete: what is deleted is overwritten with zeros in its page.
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("jianbao_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Locks the folder against all other processes and threads that enter here.

    When two connections turn a new file to WAL at the same time, SQLite refuses one of them without waiting its busy
    time. The folder is locked, not the file: closing the file here would release SQLite's own locks on it (POSIX).
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def insert_if_new(ledger: Transaction, table: Table, keys: Sequence[str], **values: object) -> bool:
    """Inserts a row unless one with the same unique `keys` exists; without keys, with the same of any unique key.

    Returns whether it was inserted.
    """
    statement = _insert_if_new(ledger.sql.dialect.name, table, tuple(keys))
    return bool(ledger.sql.execute(statement, values).rowcount)


def insert_all_if_new(
    ledger: Transaction, table: Table, keys: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> None:
    """`insert_if_new` for many rows in one statement."""
    if rows:
        ledger.sql.execute(_insert_if_new(ledger.sql.dialect.name, table, tuple(keys)), rows)


def upsert(ledger: Transaction, table: Table, keys: tuple[str, ...]) -> Executable:
    """The statement that inserts rows, or writes over the one with the same unique `keys`."""
    return _upsert(ledger.sql.dialect.name, table, keys)


@cache  # building a statement takes longer than executing it
def _insert_if_new(dialect: str, table: Table, keys: tuple[str, ...]) -> Executable:
    return _insert(dialect, table).on_conflict_do_nothing(index_elements=keys or None)


@cache
def _upsert(dialect: str, table: Table, keys: tuple[str, ...]) -> Executable:
    statement = _insert(dialect, table)
    kept = {column.name for column in table.primary_key} | set(keys)
    changed = {column.name: statement.excluded[column.name] for column in table.c if column.name not in kept}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # takes 30 ms to import, which no command over SQLite needs

    return postgresql.insert(table)


def batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids in lots that fit into the IN list of one statement."""
    for first in range(0, len(ids), _IN_ONE_STATEMENT):
        yield ids[first : first + _IN_ONE_STATEMENT]


@contextmanager
def _storage_errors(engine: Engine) -> Iterator[None]:
    """Turns errors of the database about disk and files into StorageFailed; programming errors pass unchanged."""
    try:
        yield
    except DatabaseError as error:
        message = str(error.orig)
        if _IO_ERROR in message and _has_no_space(Path(str(engine.url.database))):
            message = _FULL
        for sign, meaning in _MEANINGS:
            if sign in message:
                raise StorageFailed(f"台账（{engine.url.database}）{meaning}已收到的来信不会丢失。") from error
        raise


def _has_no_space(database: Path) -> bool:
    """Whether an I/O error means a full disk: SQLite reports one when it cannot extend its -shm file."""
    try:
        return shutil.disk_usage(database.parent).free < _SHM_GROWTH
    except OSError:
        return False


# What SQLite writes into its errors (sqlite3_errstr).
_IO_ERROR: Final = "disk I/O error"
_FULL: Final = "database or disk is full"
_SHM_GROWTH: Final = 32 * 1024
"""Octets by which the -shm file grows (SQLite, WAL-index format)."""
_MEANINGS: Final = (
    (_FULL, "写不进去：磁盘空间不足。请腾出空间，然后再运行一次；"),
    ("readonly database", "写不进去：文件或目录是只读的。请检查权限和挂载方式；"),
    ("unable to open database file", "打不开：请检查目录是否存在、磁盘是否变成只读、是否有读写权限；"),
    (_IO_ERROR, "读写出错：请检查磁盘；"),
    ("database is locked", "正被另一个进程长时间占用。请稍后再试；"),
    ("malformed", "已损坏。请停止服务，从备份恢复；"),
    ("not a database", "不是台账文件。请检查 data_dir，或从备份恢复；"),
)
