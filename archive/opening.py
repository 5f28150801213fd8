"""Opening the ledger: made when there is none, refused when another version wrote it."""

from __future__ import annotations

from pathlib import Path

from archive.database import Ledger, ledger_revision, refuse_incomplete, refuse_newer, sqlite_engine
from archive.schema import REVISION
from values.errors import BadUsage


def open_ledger(database: Path) -> Ledger:
    """The SQLite ledger at `database`, made or completed when it does not exist yet.

    Raises StorageFailed when it cannot be opened or is not whole, BadUsage when it was written by another version.
    """
    ledger = Ledger(sqlite_engine(database))
    try:
        _bring_to_this_version(ledger)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _bring_to_this_version(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        found = ledger_revision(connection)
        refuse_incomplete(connection, found)
    if found is None:
        from archive.migrate import migrate  # Alembic takes half a second to import; needed once in a ledger's life

        migrate(ledger)
    elif found < REVISION:
        raise BadUsage(
            f"台账的格式较旧（{found}，本版本用 {REVISION}）。请先备份，再运行：python run_service.py migrate"
        )
    refuse_newer(found)
