"""The record of everything that a person changed: who, when, what, why. Nothing in it is ever changed itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, insert, select

from archive.schema import change
from archive.transaction import Transaction

Subject = Literal["article", "issue", "letter", "department", "account", "outbox"]


@dataclass(frozen=True, slots=True)
class Change:
    """said: what was changed, a sentence in Chinese. subject_id: an id, a number or a name, as text."""

    id: int
    bulletin: str
    changed_at: datetime
    who: str
    subject: Subject
    subject_id: str
    said: str
    why: str


def record_change(
    ledger: Transaction,
    *,
    bulletin: str,
    who: str,
    subject: Subject,
    subject_id: str | int,
    said: str,
    why: str = "",
    at: datetime,
) -> None:
    """Call it in the transaction of the change. bulletin: "" for what belongs to none, such as an account."""
    ledger.execute(
        insert(change).values(
            bulletin=bulletin,
            changed_at=at,
            who=who,
            subject=subject,
            subject_id=str(subject_id),
            said=said,
            why=why,
        )
    )


def changes_of(ledger: Transaction, subject: Subject, subject_id: str | int) -> Sequence[Change]:
    """What was changed of one thing, the latest first."""
    return changes(ledger, change.c.subject == subject, change.c.subject_id == str(subject_id))


def changes(ledger: Transaction, *conditions: ColumnElement[bool], most: int = 200) -> Sequence[Change]:
    """The latest first, at most so many."""
    rows = ledger.execute(select(change).where(*conditions).order_by(change.c.id.desc()).limit(most)).mappings()
    return [Change(**row) for row in rows]


def people_of_changes(ledger: Transaction, *conditions: ColumnElement[bool]) -> Sequence[str]:
    """Who has changed anything, by name."""
    return ledger.execute(select(change.c.who).where(*conditions).distinct().order_by(change.c.who)).scalars().all()
