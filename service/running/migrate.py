"""Bringing a data directory to this version."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from archive.database import Ledger, sqlite_engine
from archive.files import make_directory
from archive.migrate import migrate
from service.office import DATABASE


def migrate_ledger(data_dir: Path) -> tuple[str | None, str]:
    """Brings the ledger in that directory to this version, making both when they do not exist.

    Returns its format before, None for a new one, and after. Raises StorageFailed, BadUsage for a newer format.
    """
    make_directory(data_dir)
    with closing(Ledger(sqlite_engine(data_dir / DATABASE))) as ledger:
        return migrate(ledger)
