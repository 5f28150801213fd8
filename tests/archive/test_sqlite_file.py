"""The ledger's file: whether it holds tables, how large it is, and that it goes whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.sqlite_file import SqliteFile
from tests.support.ledgers import empty_ledger
from values.errors import StorageFailed


def test_a_file_holds_tables_from_the_first_one_on(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "a.sqlite3")
    assert not file.holds_tables()
    assert not file.path.exists()
    with closing(sqlite3.connect(file.path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        assert not file.holds_tables()
        connection.execute("CREATE TABLE t (a)")
        assert file.holds_tables()
    assert file.holds_tables()
    assert file.octets() > 4096


def test_it_is_removed_with_its_log(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "a.sqlite3")
    with empty_ledger(file.path) as ledger, ledger.reading():
        assert len(list(tmp_path.iterdir())) > 1
        file.remove()
        assert list(tmp_path.iterdir()) == []
    file.remove()
    with pytest.raises(StorageFailed):
        file.octets()
