"""Bringing a data directory to this version."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from archive.database import Ledger, sqlite_engine
from archive.files import make_directory
from archive.lost_ledger import refuse_lost_ledger
from archive.migrate import migrate
from archive.privacy import refuse_directory_of_another
from service.office import DATABASE


def migrate_ledger(data_dir: Path) -> tuple[str | None, str]:
    """Brings the ledger in that directory to this version, making both when they do not exist.

    Returns its format before, None for a new one, and after. Raises StorageFailed, BadUsage for a newer format and for
    a directory of another user, LedgerLost.
    """
    make_directory(data_dir)
    refuse_directory_of_another(data_dir, os.geteuid())
    refuse_lost_ledger(data_dir / DATABASE)
    with closing(Ledger(sqlite_engine(data_dir / DATABASE))) as ledger:
        return migrate(ledger)
