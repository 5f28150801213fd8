"""A lost ledger is not replaced in silence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.ledger_mark import MARK_FILE
from archive.lost_ledger import refuse_lost_ledger
from archive.sqlite_file import SqliteFile
from tests.support.ledgers import open_sqlite
from values.errors import LedgerLost

STORED = ("raw/ab/abcd.eml", "issues/wuxing/70/70.pdf", "issues/wuxing/70/70-r1.docx")


def store(folder: Path, name: str) -> Path:
    """A data directory with that file and no ledger; returns where the ledger was."""
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"content")
    return folder / "jianbao.sqlite3"


@pytest.mark.parametrize("name", STORED)
def test_missing_ledger_beside_what_is_stored_is_refused_and_not_made(tmp_path: Path, name: str) -> None:
    database = store(tmp_path, name)
    with pytest.raises(LedgerLost, match="rebuild"):
        open_sqlite(database)
    assert not database.exists()


@pytest.mark.parametrize("statement", ["", "PRAGMA journal_mode = WAL", "CREATE TABLE t(a); DROP TABLE t; VACUUM"])
def test_database_without_tables_counts_as_lost(tmp_path: Path, statement: str) -> None:
    database = store(tmp_path, STORED[0])
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(statement)
    database.touch()
    with pytest.raises(LedgerLost):
        refuse_lost_ledger(SqliteFile(database), tmp_path)


def test_first_start_makes_a_ledger(tmp_path: Path) -> None:
    for name in ("raw", "issues", "media"):
        (tmp_path / name).mkdir()
    (tmp_path / "raw" / ".part-half").touch()  # a letter that a killed process was writing
    open_sqlite(tmp_path / "jianbao.sqlite3").close()
    store(tmp_path, "raw/ab/letter.eml")
    open_sqlite(tmp_path / "jianbao.sqlite3").close()


def test_ledger_that_is_still_in_its_log_is_no_lost_one(tmp_path: Path) -> None:
    database = store(tmp_path, STORED[0])
    with closing(sqlite3.connect(database)) as writer:
        writer.executescript("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t(a)")
        refuse_lost_ledger(SqliteFile(database), tmp_path)


def test_file_is_not_made_in_a_directory_whose_ledger_is_on_a_server(tmp_path: Path) -> None:
    (tmp_path / MARK_FILE).write_text("a" * 32)
    with pytest.raises(LedgerLost, match=r"数据库服务器.*ledger\.id"):
        open_sqlite(tmp_path / "jianbao.sqlite3")
    assert not (tmp_path / "jianbao.sqlite3").exists()
