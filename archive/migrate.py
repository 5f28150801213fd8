"""Bringing the ledger to this version, in one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from archive.database import Ledger, ledger_revision, refuse_incomplete, refuse_newer
from archive.schema import REVISION
from archive.search import rebuild


def migrate(ledger: Ledger) -> tuple[str | None, str]:
    """Migrates, or does nothing when there is nothing to do. Returns the revision before and after.

    The whole way is one writing transaction: a second process waits for it and then finds it done; a kill leaves
    the ledger as it was. What is derived is made anew.
    Raises BadUsage for a ledger of a newer version, StorageFailed for half a one.
    """
    with ledger.writing() as connection:
        before = ledger_revision(connection)
        refuse_newer(before)
        refuse_incomplete(connection, before)
        if before != REVISION:
            command.upgrade(alembic_config(connection), "head")
            rebuild(connection)
    return before, REVISION


def alembic_config(connection: Connection) -> Config:
    config = Config()
    migrations = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", migrations.replace("%", "%%"))  # ConfigParser interpolates
    config.attributes["connection"] = connection
    return config
