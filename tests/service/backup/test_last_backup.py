from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from service.backup.last_backup import LastBackup, last_backup, record_backup

BACKUP = LastBackup(datetime(2026, 11, 30, tzinfo=UTC), "/srv/备份")


def test_last_backup_is_read_back_and_a_damaged_record_is_none(tmp_path: Path) -> None:
    assert last_backup(tmp_path) is None
    record_backup(tmp_path, BACKUP)
    assert last_backup(tmp_path) == BACKUP
    (tmp_path / "backups.json").write_bytes(b"{")
    assert last_backup(tmp_path) is None
