"""Migrating the ledger to the format of this version, in one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from archive.database import Ledger
from archive.ledger_format import FORMAT, format_of, refuse_incomplete, refuse_newer
from archive.search import rebuild
from archive.transaction import Transaction


def migrate(ledger: Ledger) -> tuple[str | None, str]:
    """Migrates, or does nothing when there is nothing to do. Returns the format before (None: no ledger) and after.

    All migrations are one writing transaction: a second process waits for it and then has nothing to do; a kill leaves
    the ledger as it was. The tables that are derived from others are made anew.
    Raises BadUsage for the format of a newer version, StorageFailed for a ledger that lacks tables.
    """
    with ledger.writing() as transaction:
        before = format_of(transaction)
        refuse_newer(before)
        refuse_incomplete(transaction, before)
        if before != FORMAT:
            command.upgrade(alembic_config(transaction), "head")
            rebuild(transaction)
    return before, FORMAT


def alembic_config(transaction: Transaction) -> Config:
    """The settings with which Alembic migrates within this transaction."""
    config = Config()
    migrations = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", migrations.replace("%", "%%"))  # ConfigParser interpolates
    config.attributes["connection"] = transaction.sql
    return config
