"""Learned senders: addresses that an editor has confirmed as a department's, in addition to those of config.toml; and
which addresses have sent articles of which department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, insert, select

from archive.joint_departments import departments_of
from archive.schema import article, learned_sender, letter, removal, revision
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


def recent_senders(ledger: Transaction, bulletin: str, *, most: int) -> Mapping[str, Sequence[str]]:
    """By department, the addresses that have sent its articles, the latest first: of the last `most` articles of the
    bulletin whose sender is confirmed. Without those of letters whose content was removed."""
    kept = letter.c.id.not_in(select(removal.c.letter_id))
    rows = ledger.sql.execute(
        select(article.c.department, article.c.departments, letter.c.sender)
        .join(revision, and_(revision.c.article_id == article.c.id, revision.c.number == 1))
        .join(letter, letter.c.id == revision.c.letter_id)
        .where(article.c.bulletin == bulletin, article.c.confirmed, kept)
        .order_by(article.c.id.desc())
        .limit(most)
    )
    senders: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for department in departments_of(row.department, row.departments):
            senders[department][row.sender] = None
    return {department: tuple(addresses) for department, addresses in senders.items()}
