"""An office's ledger from a file to a PostgreSQL server, and back; the other files stay where they are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from archive.database import DatabaseServer
from archive.files import remove_file
from archive.ledger_mark import MARK_FILE
from archive.opening import open_ledger
from archive.placing import copy_to_server, place_ledger
from archive.sqlite_file import SqliteFile
from archive.storage_errors import storage_errors
from archive.table_copy import TableContent
from service.office import COPY_PREFIX, DATABASE, ledger_server, server_at
from service.running.lock import sole_service
from settings.kinds import database_url
from settings.model import Settings
from values.errors import BadUsage

IN_DATA_DIR: Final = "data_dir"
"""What stands for the file in data_dir where a URL is asked for."""
_UNFINISHED: Final = f"{COPY_PREFIX}moving.sqlite3"
"""What a killed move leaves: letters that are removed later are in it, and it goes with them as the other copies."""


@dataclass(frozen=True, slots=True)
class MovedLedger:
    """A ledger that was copied to another database, and compared with it row by row."""

    rows: Mapping[str, int]
    """By table."""
    left_as: str
    """Where the former ledger still is: the path of a file, or a URL."""
    setting: str
    """What `[service] database` is to be from now on."""


def move_ledger(settings: Settings, environ: Mapping[str, str], to: str, at: datetime) -> MovedLedger:
    """Copies the ledger in one transaction and compares every row. Killed at any moment, it is to be run again.

    to: the URL of a PostgreSQL database without tables, or "data_dir". The former ledger stays, but no service opens it
    any more: a file gets another name, a database loses the directory's mark. Where `[service] database` is not
    changed, every command refuses therefore.
    Raises BadUsage for another `to`, where both are the same, the database has the ledger of another directory, a
    service runs, or a command has the file open; StorageFailed; LedgerLost.
    """
    data_dir = settings.service.data_dir
    former = ledger_server(settings, environ)
    file = SqliteFile(data_dir / DATABASE)
    target = file if to == IN_DATA_DIR else server_at(_url(to), settings, environ)
    if target == former:
        raise BadUsage(f"台账已经在 {former.shown}，不用移动。")
    aside = data_dir / f"{COPY_PREFIX}{at:%Y%m%d-%H%M%S}.sqlite3"
    with sole_service(data_dir):
        copied = _copy(former, target, data_dir, aside)
        if target.in_directory:
            remove_file(data_dir / MARK_FILE)
        else:
            _put_aside(file, aside)
    rows = {name: content.rows for name, content in copied.items()}
    return MovedLedger(
        rows,
        left_as=str(aside) if former.in_directory else former.shown,
        setting="" if target.in_directory else to,
    )


def _url(to: str) -> str:
    """Raises BadUsage for what `[service] database` may not be."""
    try:
        url = database_url(to)
    except ValueError as error:
        raise BadUsage(f"--to 不对：{error}。") from None
    if not url:
        raise BadUsage(f"--to 应是 postgresql://用户@主机/库名，或 {IN_DATA_DIR}。")
    return url


def _copy(former: DatabaseServer, target: DatabaseServer, data_dir: Path, aside: Path) -> Mapping[str, TableContent]:
    with closing(open_ledger(former, data_dir)) as ledger:
        if not isinstance(target, SqliteFile):
            return copy_to_server(ledger, target, data_dir)
        unfinished = SqliteFile(data_dir / _UNFINISHED)
        unfinished.remove()
        copied = copy_to_server(ledger, unfinished, data_dir)
    if target.holds_tables():  # of a move that was killed
        _put_aside(target, aside)
    place_ledger(unfinished, target, data_dir)
    return copied


def _put_aside(file: SqliteFile, aside: Path) -> None:
    """Renames the file, if there is one. Raises BadUsage where a command has it open, whose changes would be lost."""
    with storage_errors(file.path):
        if not file.path.exists():
            return
    if file.is_open():
        raise BadUsage(f"另一个命令正在使用台账（{file.shown}），没有移动完。请等它做完，再运行一次。")
    with storage_errors(file.path):
        file.path.rename(aside)
