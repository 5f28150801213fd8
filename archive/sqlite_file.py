"""The ledger in a file of SQLite, for one machine.

SQLite runs in WAL with synchronous=FULL: what is committed survives a power cut (security.md A-6).
Writing transactions begin with BEGIN IMMEDIATE, so two processes queue instead of failing half-way.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from archive.database import BUSY_SECONDS, WRITES, Ledger
from archive.storage_errors import storage_errors


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """Implements `archive.database.DatabaseServer`."""

    path: Path
    """Made at the first transaction."""

    @property
    def in_directory(self) -> bool:
        return True

    @property
    def shown(self) -> str:
        return str(self.path)

    def connect(self) -> Engine:
        # Not as text, where a "?" in the path would end the path.
        address = URL.create("sqlite", database=str(self.path))
        # hide_parameters: an error would repeat the values, and so bring letters into the logs (security.md I8)
        engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
        event.listen(engine, "connect", self._set_up)
        event.listen(engine, "begin", _begin)
        return engine

    def purge(self, engine: Engine) -> bool:
        """Writes the whole database anew, and empties its log (WAL): False where a reader kept that in use."""
        with closing(engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            busy, _in_log, _written = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def holds_tables(self) -> bool:
        """SQLite writes its second page with the first table."""
        with storage_errors(self.path):
            if not self.path.exists():
                return False
            with self.path.open("rb") as file:
                header = file.read(_HEADER)
            if (
                self._log.exists() and self._log.stat().st_size
            ):  # killed before the first checkpoint: the tables are in there
                return True
        return len(header) == _HEADER and int.from_bytes(header[_PAGES]) > 1

    def is_open(self) -> bool:
        """Whether somebody has it open: the connection that is closed last moves the log (WAL) into the file, and
        removes it. Raises StorageFailed."""
        with closing(Ledger(self)) as ledger, ledger.reading():
            pass
        with storage_errors(self.path):
            return self._log.exists()

    def octets(self) -> int:
        with storage_errors(self.path):
            return self.path.stat().st_size

    def remove(self) -> None:
        """Removes the file, with those that SQLite has beside it. Raises StorageFailed."""
        with storage_errors(self.path):
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def meaning(self, error: DatabaseError) -> str | None:
        message = str(error.orig)
        if _IO_ERROR in message and self._has_no_space():
            message = _FULL
        return next((meaning for sign, meaning in _MEANINGS if sign in message), None)

    @property
    def _log(self) -> Path:
        return self.path.with_name(f"{self.path.name}-wal")

    def _set_up(self, connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late and be DEFERRED
        cursor = connection.cursor()
        with _locked(self.path.parent):
            cursor.execute("PRAGMA journal_mode = WAL")
        # secure_delete: what is deleted is overwritten with zeros in its page.
        for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def _has_no_space(self) -> bool:
        """Whether an I/O error means a full disk: SQLite reports one when it cannot extend its -shm file."""
        try:
            return shutil.disk_usage(self.path.parent).free < _SHM_GROWTH
        except OSError:
            return False


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


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


_HEADER: Final = 100
"""Octets of the header of an SQLite database (sqlite.org/fileformat2.html 1.3); a smaller file holds no table."""
_PAGES: Final = slice(28, 32)
"""Of the header: the size of the database in pages, big-endian."""
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
