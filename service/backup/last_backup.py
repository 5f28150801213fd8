"""When the last backup was made: a file beside the ledger, which `check` reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from archive.files import read_file, write_state
from service.backup.members import BACKUPS_FILE

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The last backup that was made of a data directory."""

    made_at: datetime
    """Aware."""
    target: str
    """The file or folder."""


def record_backup(data_dir: Path, backup: LastBackup) -> None:
    """Durable when it returns. Raises StorageFailed."""
    fields = {"made_at": backup.made_at.isoformat(), "target": backup.target}
    write_state(data_dir, BACKUPS_FILE, f"{json.dumps(fields, ensure_ascii=False)}\n".encode())


def last_backup(data_dir: Path) -> LastBackup | None:
    """None where there was none, and for a damaged file. Raises StorageFailed."""
    path = data_dir / BACKUPS_FILE
    if not path.is_file():
        return None
    try:
        fields = json.loads(read_file(path))
        return LastBackup(datetime.fromisoformat(fields["made_at"]), str(fields["target"]))
    except (ValueError, KeyError, TypeError) as error:
        _log.error("record of backups lost", file=BACKUPS_FILE, reason=repr(error))
        return None
