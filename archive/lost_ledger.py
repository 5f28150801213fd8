"""A data directory whose ledger is gone: it is refused, never given a new ledger in silence.

A new one would begin with the first number again, take printed articles for new ones, and overwrite drafts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from archive.database import DatabaseServer
from archive.files import files_below
from archive.ledger_mark import MARK_FILE
from values.errors import LedgerLost

_STORED: Final = ("raw", "issues")
"""Folders of the data directory in which nothing is stored before the ledger is made."""


def refuse_lost_ledger(server: DatabaseServer, data_dir: Path) -> None:
    """Raises LedgerLost when there is no database, or an empty one, and letters or issues are stored in the directory,
    or the directory belongs to a ledger on a server and `server` is a file.

    Raises StorageFailed when that cannot be seen.
    """
    if server.holds_tables():
        return
    for name in _STORED:
        if next(files_below(data_dir / name), None) is not None:
            raise LedgerLost(
                f"数据文件夹 {data_dir} 里有来信或期刊（{name}/），台账 {server.shown} 却不见了，或是空的。"
                "没有新建台账，免得期号重来、已刊发的稿件又当成新稿。请停服务，用 restore 从备份恢复；"
                "没有备份的，把空的台账文件移走，用 rebuild 从来信和各期清单重建。"
            )
    if server.in_directory and (data_dir / MARK_FILE).exists():  # moved before the first letter came
        raise LedgerLost(
            f"数据文件夹 {data_dir} 的台账在数据库服务器上（有 {MARK_FILE}），[service] 的 database 却空着。"
            f"没有新建台账。请把 database 改回数据库的地址；那个库不要了的，把 {MARK_FILE} 移走。"
        )
