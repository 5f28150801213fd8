"""The mark by which a ledger on a server and a data directory know that they belong together.

The files are on a machine and the tables on a server: the directory of another office, or one that is not mounted, must
not be taken for this one. The mark is a file in the directory and the comment of a table. A ledger in a file is
in its directory and has none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import text

from archive.files import read_file, write_durably
from archive.transaction import Transaction
from values.errors import BadUsage

MARK_FILE: Final = "ledger.id"
"""In the data directory."""


def write_mark(ledger: Transaction, data_dir: Path, mark: str) -> None:
    """Writes both, the file first: a ledger that is committed has its directory. mark: hexadecimal digits.

    The file keeps the former marks until `settle_mark`: where the transaction fails, the directory belongs to the
    ledger that it belonged to before. Raises StorageFailed.
    """
    assert mark.isalnum(), "it is written into a statement"
    write_durably(data_dir / MARK_FILE, "\n".join((*_marks(data_dir), mark)).encode())
    ledger.sql.execute(text(f"COMMENT ON TABLE alembic_version IS '{mark}'"))


def settle_mark(data_dir: Path, mark: str) -> None:
    """The ledger with that mark is committed: no other belongs to the directory any more. Raises StorageFailed."""
    write_durably(data_dir / MARK_FILE, mark.encode())


def refuse_other_directory(ledger: Transaction, shown: str, data_dir: Path) -> None:
    """Raises BadUsage where the ledger on the server is not that of the directory, StorageFailed.

    shown: how messages name the server.
    """
    marked = ledger.sql.execute(text("SELECT obj_description('alembic_version'::regclass)")).scalar()
    if marked not in _marks(data_dir):
        raise BadUsage(
            f"数据库 {shown} 里的台账不是数据文件夹 {data_dir} 的。"
            "可能是磁盘没有挂载，或 [service] 的 database、data_dir 写成了别处的；没有改动任何东西。"
        )


def _marks(data_dir: Path) -> tuple[str, ...]:
    """Those in the file, one a line; () without a file."""
    path = data_dir / MARK_FILE
    return tuple(read_file(path).decode(errors="replace").split()) if path.exists() else ()
