"""A ledger for each test, on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import Ledger, sqlite_engine
from tests.support.ledgers import empty_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with empty_ledger(tmp_path / "jianbao.sqlite3") as ledger:
        yield ledger


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger without any table."""
    ledger = Ledger(sqlite_engine(tmp_path / "jianbao.sqlite3"))
    yield ledger
    ledger.close()
