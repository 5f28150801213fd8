"""Addresses that an editor has confirmed as a department's: the register's own memory, beside config.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from archive.schema import learned_sender
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LearnedSender:
    """address: lower case. department: the canonical name."""

    bulletin: str
    address: str
    department: str
    learned_at: datetime
    learned_by: str


def learn(ledger: Transaction, bulletin: str, address: str, department: str, *, who: str, at: datetime) -> None:
    """What is learned last holds."""
    forget(ledger, bulletin, address)
    ledger.sql.execute(
        insert(learned_sender).values(
            bulletin=bulletin, address=address, department=department, learned_at=at, learned_by=who
        )
    )


def forget(ledger: Transaction, bulletin: str, address: str) -> bool:
    """Whether there was anything to forget."""
    known = (learned_sender.c.bulletin == bulletin, learned_sender.c.address == address)
    return ledger.sql.execute(delete(learned_sender).where(*known)).rowcount > 0


def learned_senders(ledger: Transaction, bulletin: str) -> Sequence[LearnedSender]:
    columns = learned_sender.c
    rows = ledger.sql.execute(
        select(columns.bulletin, columns.address, columns.department, columns.learned_at, columns.learned_by)
        .where(columns.bulletin == bulletin)
        .order_by(columns.department, columns.address)
    )
    return [LearnedSender(*row) for row in rows]
