"""Opening the ledger: it is made when there is none, and refused when another version of the program wrote it."""

from __future__ import annotations

import secrets
from pathlib import Path

from archive.database import DatabaseServer, Ledger
from archive.ledger_format import FORMAT, create_tables, format_of, refuse_incomplete, refuse_newer
from archive.ledger_mark import refuse_other_directory, settle_mark, write_mark
from archive.lost_ledger import refuse_lost_ledger
from values.errors import BadUsage


def open_ledger(server: DatabaseServer, data_dir: Path) -> Ledger:
    """The ledger there, made when it does not exist. data_dir: where the files are that it records.

    Raises StorageFailed when it cannot be opened or lacks tables, BadUsage when it has the format of another version or
    belongs to another directory, LedgerLost when there is none and letters or issues are stored in the directory.
    """
    refuse_lost_ledger(server, data_dir)
    ledger = Ledger(server)
    try:
        _bring_to_this_version(ledger, data_dir)
    except BaseException:
        ledger.close()
        raise
    return ledger


def create_ledger(server: DatabaseServer, data_dir: Path) -> Ledger:
    """A new ledger where there is none. Raises StorageFailed."""
    ledger = Ledger(server)
    try:
        _create(ledger, data_dir)
    except BaseException:
        ledger.close()
        raise
    return ledger


def _bring_to_this_version(ledger: Ledger, data_dir: Path) -> None:
    with ledger.reading() as transaction:
        format = format_of(transaction)
        refuse_incomplete(transaction, format)
        if format is not None and not ledger.server.in_directory:
            refuse_other_directory(transaction, ledger.server.shown, data_dir)
    if format is None:
        _create(ledger, data_dir)
    elif format < FORMAT:
        raise BadUsage(f"台账的格式较旧（{format}，本版本用 {FORMAT}）。请先备份，再运行 migrate 命令")
    refuse_newer(format)


def _create(ledger: Ledger, data_dir: Path) -> None:
    """Without Alembic, whose import takes half a second and 12 MB: a new ledger needs no migrations."""
    mark = secrets.token_hex(16)
    with ledger.writing() as transaction:
        is_first = format_of(transaction) is None  # else another process was faster
        if is_first:
            create_tables(transaction)
        if not ledger.server.in_directory:
            if is_first:
                write_mark(transaction, data_dir, mark)
            else:
                refuse_other_directory(transaction, ledger.server.shown, data_dir)
    if is_first and not ledger.server.in_directory:
        settle_mark(data_dir, mark)
