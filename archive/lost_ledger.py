"""A data directory whose ledger is gone: it is refused, never given a new ledger in silence.

A new one would begin with the first number again, take printed articles for new ones, and overwrite drafts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from archive.files import files_below
from archive.storage_errors import storage_errors
from values.errors import LedgerLost

_STORED: Final = ("raw", "issues")
"""Folders beside the ledger in which nothing is stored before the ledger is made."""
_HEADER: Final = 100
"""Octets of the header of an SQLite database (sqlite.org/fileformat2.html 1.3); a smaller file holds no table."""
_PAGES: Final = slice(28, 32)
"""Of the header: the size of the database in pages, big-endian."""


def refuse_lost_ledger(database: Path) -> None:
    """Raises LedgerLost when the file holds no database, or an empty one, and letters or issues are stored beside it.

    Raises StorageFailed when that cannot be seen.
    """
    if holds_tables(database):
        return
    for name in _STORED:
        if next(files_below(database.parent / name), None) is not None:
            raise LedgerLost(
                f"数据文件夹 {database.parent} 里有来信或期刊（{name}/），台账 {database.name} 却不见了，或是空的。"
                "没有新建台账，免得期号重来、已刊发的稿件又当成新稿。请停服务，用 restore 从备份恢复；"
                "没有备份的，把空的台账文件移走，用 rebuild 从来信和各期清单重建。"
            )


def holds_tables(database: Path) -> bool:
    """Whether the file is a database with tables: SQLite writes its second page with the first of them. Raises
    StorageFailed."""
    with storage_errors(database):
        if not database.exists():
            return False
        with database.open("rb") as file:
            header = file.read(_HEADER)
        wal = database.with_name(f"{database.name}-wal")
        if wal.exists() and wal.stat().st_size:  # killed before the first checkpoint: the tables are in there
            return True
    return len(header) == _HEADER and int.from_bytes(header[_PAGES]) > 1
