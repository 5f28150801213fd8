"""A ledger for each test, in a file and on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import Ledger
from archive.postgresql_server import PostgresqlServer
from archive.sqlite_file import SqliteFile
from tests.support.ledgers import empty_ledger
from tests.support.postgresql import RunningPostgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """A ledger without any row, of each kind."""
    if request.param == "sqlite":
        with empty_ledger(tmp_path / "jianbao.sqlite3") as ledger:
            yield ledger
        return
    server: RunningPostgresql = request.getfixturevalue("postgresql")
    ledger = Ledger(PostgresqlServer(server.empty_ledger()))
    yield ledger
    ledger.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger without any table."""
    ledger = Ledger(SqliteFile(tmp_path / "jianbao.sqlite3"))
    yield ledger
    ledger.close()
