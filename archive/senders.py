"""Learned senders: addresses that an editor has confirmed as a department's, in addition to those of config.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from archive.schema import learned_sender
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LearnedSender:
    """An address that was confirmed as a department's."""

    bulletin: str
    address: str
    """In lower case."""
    department: str
    """Canonical name."""
    learned_at: datetime
    learned_by: str
    """Name of the editor."""


def learn(ledger: Transaction, bulletin: str, address: str, department: str, *, who: str, at: datetime) -> None:
    """Records the address as the department's, in place of what was recorded of it before."""
    forget(ledger, bulletin, address)
    ledger.sql.execute(
        insert(learned_sender).values(
            bulletin=bulletin, address=address, department=department, learned_at=at, learned_by=who
        )
    )


def forget(ledger: Transaction, bulletin: str, address: str) -> bool:
    """Deletes what is recorded of the address. Returns whether anything was."""
    same = (learned_sender.c.bulletin == bulletin, learned_sender.c.address == address)
    return ledger.sql.execute(delete(learned_sender).where(*same)).rowcount > 0


def learned_senders(ledger: Transaction, bulletin: str) -> Sequence[LearnedSender]:
    """Those of the bulletin, by department and address."""
    columns = learned_sender.c
    rows = ledger.sql.execute(
        select(columns.bulletin, columns.address, columns.department, columns.learned_at, columns.learned_by)
        .where(columns.bulletin == bulletin)
        .order_by(columns.department, columns.address)
    )
    return [LearnedSender(*row) for row in rows]
