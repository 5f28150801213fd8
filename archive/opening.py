"""Opening the ledger: it is made when there is none, and refused when another version of the program wrote it."""

from __future__ import annotations

from pathlib import Path

from archive.database import Ledger, sqlite_engine
from archive.ledger_format import FORMAT, create_tables, format_of, refuse_incomplete, refuse_newer
from archive.lost_ledger import refuse_lost_ledger
from values.errors import BadUsage


def open_ledger(database: Path) -> Ledger:
    """The SQLite ledger at `database`, made when it does not exist.

    Raises StorageFailed when it cannot be opened or lacks tables, BadUsage when it has the format of another version,
    LedgerLost when there is none and letters or issues are stored beside it.
    """
    refuse_lost_ledger(database)
    ledger = Ledger(sqlite_engine(database))
    try:
        _bring_to_this_version(ledger)
    except BaseException:
        ledger.close()
        raise
    return ledger


def create_ledger(database: Path) -> Ledger:
    """A new SQLite ledger in a file that does not exist. Raises StorageFailed."""
    ledger = Ledger(sqlite_engine(database))
    try:
        _create(ledger)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _bring_to_this_version(ledger: Ledger) -> None:
    with ledger.reading() as transaction:
        format = format_of(transaction)
        refuse_incomplete(transaction, format)
    if format is None:
        _create(ledger)
    elif format < FORMAT:
        raise BadUsage(f"台账的格式较旧（{format}，本版本用 {FORMAT}）。请先备份，再运行 migrate 命令")
    refuse_newer(format)


def _create(ledger: Ledger) -> None:
    """Without Alembic, whose import takes half a second and 12 MB: a new ledger needs no migrations."""
    with ledger.writing() as transaction:
        if format_of(transaction) is None:  # else another process was faster
            create_tables(transaction)
