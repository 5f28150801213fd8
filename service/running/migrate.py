"""Bringing a data directory to this version: the ledger is copied first, then migrated in one transaction."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.database import DatabaseServer, Ledger
from archive.files import destroy_file, make_directory
from archive.ledger_format import FORMAT, format_of, refuse_newer
from archive.ledger_mark import refuse_other_directory
from archive.lost_ledger import refuse_lost_ledger
from archive.migrate import migrate
from archive.opening import open_ledger
from archive.privacy import refuse_directory_of_another
from archive.snapshot import copy_ledger
from archive.sqlite_file import SqliteFile
from archive.unfinished_restore import refuse_unfinished
from service.office import COPY_PREFIX
from service.running.lock import sole_service
from values.errors import JianbaoError


class MigrationFailed(JianbaoError):
    """A migration ended half-way; the ledger is as it was before."""


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """What `migrate_ledger` will do."""

    before: str | None
    """Format of the ledger; None: there is none, a new one is made."""
    after: str
    copy: Path | None
    """Where the ledger is copied first; None where nothing is to be migrated, and on a server,
    where pg_dump makes a copy."""


def plan_migration(server: DatabaseServer, data_dir: Path) -> MigrationPlan:
    """server: where the ledger is.

    Raises BadUsage for a newer format and for a directory of another user, LedgerLost, StorageFailed.
    """
    make_directory(data_dir)
    refuse_directory_of_another(data_dir, os.geteuid())
    refuse_unfinished(data_dir)
    refuse_lost_ledger(server, data_dir)
    before = None
    if server.holds_tables():
        with closing(Ledger(server)) as ledger, ledger.reading() as transaction:
            before = format_of(transaction)
            if not server.in_directory:
                refuse_other_directory(transaction, server.shown, data_dir)
    refuse_newer(before)
    needed = before is not None and before != FORMAT
    copied = needed and isinstance(server, SqliteFile)
    return MigrationPlan(before, FORMAT, data_dir / f"{COPY_PREFIX}{before}.sqlite3" if copied else None)


def migrate_ledger(server: DatabaseServer, data_dir: Path) -> MigrationPlan:
    """Carries out the plan and returns it. Makes directory and ledger when they do not exist, and the copy anew when an
    earlier attempt has left one.

    Raises BadUsage while a service runs and as `plan_migration`, StorageFailed, MigrationFailed.
    """
    plan = plan_migration(server, data_dir)
    with sole_service(data_dir):
        if plan.before is None:  # PostgreSQL has never run the migrations that a file once needed
            open_ledger(server, data_dir).close()
            return plan
        if plan.copy is not None:
            destroy_file(plan.copy)
            copy_ledger(server, plan.copy)
        with closing(Ledger(server)) as ledger:
            try:
                migrate(ledger)
            except JianbaoError:
                raise
            except Exception as error:  # of any migration: whatever it is, the transaction was rolled back
                raise MigrationFailed(
                    f"升级没有做完（{type(error).__name__}: {error}）。台账没有改动，仍是格式 {plan.before}，"
                    f"可以继续用原来的版本{_where(plan)}。请把这段话交给程序的维护者。"
                ) from error
    return plan


def _where(plan: MigrationPlan) -> str:
    return f"；升级前另存的一份在 {plan.copy}" if plan.copy else ""
