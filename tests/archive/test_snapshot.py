from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.ledger_format import FORMAT
from archive.recorded_files import RecordedFile, RecordedKind
from archive.snapshot import copy_ledger, recorded_in
from archive.sqlite_file import SqliteFile
from service.office import DATABASE, Office
from tests.support.offices import hand_in
from values.errors import StorageFailed


def test_copy_has_what_was_committed_and_is_one_private_file(office: Office, tmp_path: Path) -> None:
    hand_in(office, "第一篇")
    copy = tmp_path / "copy"
    with office.ledger.writing():  # an open transaction does not keep it waiting
        copy_ledger(office.ledger.server, copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy"]
    format, recorded = recorded_in(copy)
    assert format == FORMAT
    assert RecordedFile(RecordedKind.LETTER, *2 * (next((office.data_dir / "raw").rglob("*.eml")).stem,)) in recorded


def test_a_missing_ledger_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed):
        copy_ledger(SqliteFile(tmp_path / DATABASE), tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_damaged_ledger_is_not_copied(office: Office, tmp_path: Path) -> None:
    hand_in(office, *(f"第{number}篇" for number in range(30)))
    office.ledger.purge()
    office.ledger.close()
    damaged = bytearray((office.data_dir / DATABASE).read_bytes())
    damaged[8192:40960] = bytes(32768)
    (tmp_path / DATABASE).write_bytes(damaged)
    with pytest.raises(StorageFailed, match=r"损坏|复制不出来"):
        copy_ledger(SqliteFile(tmp_path / DATABASE), tmp_path / "copy")


def test_format_of_another_version_has_no_recorded_files(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "copy")) as database:
        database.executescript(
            "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('0001');"
        )
    assert recorded_in(tmp_path / "copy") == ("0001", frozenset())
