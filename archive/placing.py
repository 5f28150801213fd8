"""Putting a ledger that was made in a file, by a restore or a rebuild, to where the service has its ledger."""

from __future__ import annotations

import os
import secrets
from contextlib import closing
from pathlib import Path

from archive.database import DatabaseServer, Ledger
from archive.ledger_format import FORMAT, create_tables, format_of, remove_tables
from archive.ledger_mark import refuse_other_directory, settle_mark, write_mark
from archive.sqlite_file import SqliteFile
from archive.storage_errors import storage_errors
from archive.table_copy import TableContent, copy_tables, table_contents
from archive.transaction import Transaction
from values.errors import BadUsage, StorageFailed


def place_ledger(finished: SqliteFile, server: DatabaseServer, data_dir: Path) -> None:
    """Moves the ledger, which nobody has open, to the server, in place of the one that is there.

    Raises StorageFailed, and BadUsage where that one belongs to another directory.
    """
    if isinstance(server, SqliteFile):
        server.remove()
        with storage_errors(server.path):
            finished.path.rename(server.path)
            os.sync()
        return
    with closing(Ledger(finished)) as source:
        copy_to_server(source, server, data_dir)
    finished.remove()


def copy_to_server(source: Ledger, server: DatabaseServer, data_dir: Path) -> dict[str, TableContent]:
    """Copies a ledger of this version, in one transaction, in place of the one that is there, and compares.

    Returns what was copied, by table. Raises StorageFailed, also where the copy is not the same, and BadUsage as
    `place_ledger`; nothing is written then.
    """
    mark = secrets.token_hex(16)
    with closing(Ledger(server)) as target, source.reading() as reading, target.writing() as writing:
        if format_of(reading) != FORMAT:
            raise BadUsage(f"台账（{source.server.shown}）的格式不是本版本的（{FORMAT}）。请先运行 migrate 命令。")
        _remove_tables(writing, server, data_dir)
        create_tables(writing)
        copied = copy_tables(reading, writing)
        written = table_contents(writing)
        for name, content in copied.items():
            if written[name] != content:
                raise StorageFailed(
                    f"台账复制后不一致：表 {name} 原有 {content.rows} 行，复制后 {written[name].rows} 行。没有改动。"
                )
        if not server.in_directory:
            write_mark(writing, data_dir, mark)
    if not server.in_directory:
        settle_mark(data_dir, mark)
    return copied


def _remove_tables(ledger: Transaction, server: DatabaseServer, data_dir: Path) -> None:
    """What a restore has left that was killed before its end."""
    if format_of(ledger) is not None:
        if not server.in_directory:
            refuse_other_directory(ledger, server.shown, data_dir)
        remove_tables(ledger)
