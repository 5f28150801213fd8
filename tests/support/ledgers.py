"""Empty ledgers for tests, copied from one that is made once per process: making takes 20 ms of CPU, copying 1 ms.

That an absent ledger is made is tested in
tests/archive/test_opening.py and tests/archive/test_database.py, and by every scenario in
tests/scenarios/test_scenarios.py.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.database import Ledger
from archive.opening import open_ledger
from archive.sqlite_file import SqliteFile


def open_sqlite(database: Path) -> Ledger:
    """The ledger in that file, made when it does not exist, as an office on one machine opens it."""
    return open_ledger(SqliteFile(database), database.parent)


def place_empty_ledger(database: Path) -> None:
    """Writes a ledger of this version without any row to `database`, making its folder. An existing file is kept.

    The file appears whole: several threads may place one at once and write to it at once.
    """
    if database.exists():
        return
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=database.parent) as folder:
        whole = Path(folder, database.name)
        whole.write_bytes(_empty_ledger())
        with suppress(FileExistsError):
            os.link(whole, database)


@contextmanager
def empty_ledger(database: Path) -> Iterator[Ledger]:
    """Opens a ledger without any row at `database`."""
    place_empty_ledger(database)
    ledger = open_sqlite(database)
    try:
        yield ledger
    finally:
        ledger.close()


@cache
def _empty_ledger() -> bytes:
    """The file of a migrated ledger; SQLite moves its write-ahead log into it when the last connection closes."""
    with TemporaryDirectory() as folder:
        database = Path(folder, "empty.sqlite3")
        open_sqlite(database).close()
        return database.read_bytes()


def statements_of(database: Path, *, without: str = "alembic_version") -> set[tuple[str, str]]:
    """(name, statement) of every table and index, apart from white space, quotes and the order of a table's lines."""
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {(name, _ordered(sql)) for name, sql in rows if name != without}


def _ordered(sql: str) -> str:
    a_line_each = re.sub(r", (?=[a-z0-9_]+ [A-Z])", ",\n", re.sub(r"\s+,", ",", sql))  # SQLite adds columns in one line
    pieces = [re.sub(r"[\s\"]", "", line).rstrip(",") for line in a_line_each.splitlines()]
    return "|".join(sorted(pieces))


def set_format(ledger: Ledger, format: str) -> None:
    """Writes another format into a ledger, as if another version had made it."""
    with ledger.writing() as writing:
        writing.sql.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (format,))
