"""Empty ledgers for tests, copied from one that is migrated once per process: migrating takes 80 ms, copying 1 ms.

A command started on such a ledger does not import Alembic either (0.4 s). That an absent ledger is made is tested in
tests/archive/test_migrate.py and tests/archive/test_ledger_database.py, and by every scenario in
tests/scenarios/test_scenarios.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.database import Ledger
from archive.opening import open_ledger


def place_empty_ledger(database: Path) -> None:
    """Writes a migrated ledger without any row to `database`, making its folder. An existing file stays as it is."""
    if not database.exists():
        database.parent.mkdir(parents=True, exist_ok=True)
        database.write_bytes(_empty_ledger())


@contextmanager
def empty_ledger(database: Path) -> Iterator[Ledger]:
    """Opens a ledger without any row at `database`."""
    place_empty_ledger(database)
    ledger = open_ledger(database)
    try:
        yield ledger
    finally:
        ledger.close()


@cache
def _empty_ledger() -> bytes:
    """The file of a migrated ledger; SQLite moves its write-ahead log into it when the last connection closes."""
    with TemporaryDirectory() as folder:
        database = Path(folder, "empty.sqlite3")
        open_ledger(database).close()
        return database.read_bytes()
