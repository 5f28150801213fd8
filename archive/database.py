"""One door to the database: engine, transactions, and what its failures mean.

SQLite runs in WAL with synchronous=FULL: what is committed survives a power cut (security.md A-6).
Writing transactions begin with BEGIN IMMEDIATE, so two processes queue instead of failing half-way.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, Executable, Table, create_engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError

from archive.transaction import Transaction
from values.errors import StorageFailed

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_BUSY_SECONDS = 30
"""SQLite lets writers in without order: of fifty who assemble at once on a busy machine, one may well wait for ten."""
_IN_ONE_STATEMENT = 1_000


class Ledger:
    """The database. Values come from and go to the functions of `letters`, `articles`, `issues` and `firings`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A consistent view of the ledger. Raises StorageFailed when the database cannot be read."""
        with _explained(self.engine), self.engine.begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """One transaction: all of it or, after any exception, none of it. Raises StorageFailed as `reading`."""
        with _explained(self.engine), self.engine.connect() as connection:
            connection = connection.execution_options(jianbao_writes=True)
            with connection.begin():
                yield Transaction(connection)

    def close(self) -> None:
        self.engine.dispose()


def sqlite_engine(database: Path) -> Engine:
    address = URL.create("sqlite", database=str(database))  # as text, a "?" in the path would end it
    # hide_parameters: an error would repeat what was to be written, and so bring it into the logs (security.md I8)
    engine = create_engine(address, connect_args={"timeout": _BUSY_SECONDS}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late and be DEFERRED
        cursor = connection.cursor()
        with _one_at_a_time(database.parent):
            cursor.execute("PRAGMA journal_mode = WAL")
        for pragma in ("synchronous = FULL", "foreign_keys = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("jianbao_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Waits for its turn among all processes and threads.

    Of two that turn a new file to WAL at once SQLite refuses one, without waiting its busy time. The lock is the
    folder's, since closing the database's file here would drop SQLite's own locks on it.
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
    statement = _insert(ledger.sql.dialect.name, table).on_conflict_do_nothing(index_elements=list(keys) or None)
    return bool(ledger.sql.execute(statement, values).rowcount)


def insert_all_if_new(
    ledger: Transaction, table: Table, keys: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> None:
    """`insert_if_new` for many rows in one go."""
    if rows:
        statement = _insert(ledger.sql.dialect.name, table).on_conflict_do_nothing(index_elements=list(keys))
        ledger.sql.execute(statement, rows)


def upsert(ledger: Transaction, table: Table, keys: tuple[str, ...]) -> Executable:
    """The statement that inserts rows, or writes over the one with the same unique `keys`."""
    return _upsert(ledger.sql.dialect.name, table, keys)


@cache  # building a statement takes longer than executing it
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
    """The ids in lots that fit into the IN of one statement: what belongs to many rows is asked for together."""
    for first in range(0, len(ids), _IN_ONE_STATEMENT):
        yield ids[first : first + _IN_ONE_STATEMENT]


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    """Turns what the database says about disk and files into StorageFailed; programming errors pass as they are."""
    try:
        yield
    except DatabaseError as error:
        said = str(error.orig)
        if _IO_ERROR in said and _no_space_beside(Path(str(engine.url.database))):
            said = _FULL
        for sign, meaning in _MEANINGS:
            if sign in said:
                raise StorageFailed(f"台账（{engine.url.database}）{meaning}已收到的来信不会丢失。") from error
        raise


def _no_space_beside(database: Path) -> bool:
    """Whether that is why: SQLite calls it an I/O error where it cannot make its -shm file grow."""
    try:
        return shutil.disk_usage(database.parent).free < _SHM_GROWTH
    except OSError:
        return False


_IO_ERROR = "disk I/O error"
_FULL = "database or disk is full"
_SHM_GROWTH = 32 * 1024
_MEANINGS = (
    (_FULL, "写不进去：磁盘空间不足。请腾出空间，然后再运行一次；"),
    ("readonly database", "写不进去：文件或目录是只读的。请检查权限和挂载方式；"),
    ("unable to open database file", "打不开：请检查目录是否存在、磁盘是否变成只读、是否有读写权限；"),
    (_IO_ERROR, "读写出错：请检查磁盘；"),
    ("database is locked", "正被另一个进程长时间占用。请稍后再试；"),
    ("malformed", "已损坏。请停止服务，从备份恢复；"),
    ("not a database", "不是台账文件。请检查 data_dir，或从备份恢复；"),
)
