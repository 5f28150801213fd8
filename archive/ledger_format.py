"""The format of the ledger: which tables a version of the program expects, and which a database has."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, text

from archive.schema import metadata
from archive.transaction import Transaction
from values.errors import BadUsage, StorageFailed

FORMAT: Final = "0032"
"""The format that this version reads and writes: the number of the last migration in `migrations/versions/`."""
_FORMAT_TABLE: Final = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""As Alembic makes it."""


def format_of(ledger: Transaction) -> str | None:
    """The format that the database is in, None for an empty one."""
    if not inspect(ledger.sql).has_table("alembic_version"):
        return None
    return ledger.sql.execute(text("SELECT version_num FROM alembic_version")).scalar()


def create_tables(ledger: Transaction) -> None:
    """Makes the tables of this format in an empty database, the same as all migrations would make."""
    metadata.create_all(ledger.sql)
    _FORMAT_TABLE.create(ledger.sql)
    ledger.sql.execute(insert(_FORMAT_TABLE), {"version_num": FORMAT})


def remove_tables(ledger: Transaction) -> None:
    """Removes the tables of this format, with all that is in them."""
    metadata.drop_all(ledger.sql)
    _FORMAT_TABLE.drop(ledger.sql)


def refuse_newer(format: str | None) -> None:
    """Raises BadUsage for the format of a later version of the program."""
    if format is not None and format > FORMAT:
        raise BadUsage(f"台账是由更新的版本写成的（{format}，本版本只认识到 {FORMAT}）。请换用更新的版本。")


def refuse_incomplete(ledger: Transaction, format: str | None) -> None:
    """Raises StorageFailed for tables without a format, and for this version's format without all of its tables.

    No run of the program leaves such a database, but restoring half a backup does (security.md A-9).
    """
    present = set(inspect(ledger.sql).get_table_names()) - {"alembic_version"}
    if (format is None and present) or (format == FORMAT and metadata.tables.keys() - present):
        file = ledger.sql.engine.url.database
        raise StorageFailed(f"台账（{file}）不完整，可能恢复备份时只恢复了一半。请停止服务，再从备份完整地恢复一次。")
