"""A consistent copy of the ledger while others read and write it (sqlite.org/backup.html)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from archive.database import DatabaseServer, Ledger
from archive.ledger_format import FORMAT, format_of
from archive.placing import copy_to_server
from archive.privacy import create_private
from archive.recorded_files import RecordedFile, recorded_files
from archive.sqlite_file import SqliteFile
from archive.storage_errors import storage_errors
from values.errors import StorageFailed

_BUSY_SECONDS: Final = 30
"""How long the copy waits for a lock on the ledger, as every other reader does (`archive.database`)."""


def copy_ledger(server: DatabaseServer, copy: Path) -> None:
    """Copies the ledger into a new private file of SQLite, in one read transaction, and checks the copy.

    Writers go on meanwhile. Raises StorageFailed when there is no ledger, and when the ledger is damaged.
    """
    if isinstance(server, SqliteFile):
        _copy_file(server.path, copy)
        return
    with storage_errors(copy):
        create_private(copy).close()
    with closing(Ledger(server)) as ledger:
        copy_to_server(ledger, SqliteFile(copy), copy.parent)


def _copy_file(database: Path, copy: Path) -> None:
    with storage_errors(database):
        database.stat()
    with storage_errors(copy):
        create_private(copy).close()
    # mode=rw: a ledger that has just disappeared is not made anew
    address = f"{database.resolve().as_uri()}?mode=rw"
    try:
        with (
            closing(sqlite3.connect(address, timeout=_BUSY_SECONDS, uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
            answer = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise StorageFailed(f"台账（{database}）复制不出来：{error}。请检查磁盘空间，再运行 verify 核对。") from error
    if answer != "ok":
        raise StorageFailed(f"台账（{database}）已损坏（{answer}），没有备份。请停服务，从以前的备份恢复。")


def recorded_in(copy: Path) -> tuple[str | None, frozenset[RecordedFile]]:
    """The format of a ledger's copy, and the files that it records; none for another format than this version's.

    Raises StorageFailed.
    """
    with closing(Ledger(SqliteFile(copy))) as ledger, ledger.reading() as transaction:
        format = format_of(transaction)
        return format, frozenset(recorded_files(transaction)) if format == FORMAT else frozenset()
