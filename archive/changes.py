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


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change about to be recorded."""

    bulletin: str
    """Id of the bulletin; "" for what belongs to none, such as an account."""
    who: str
    """Name of the person, or of the service's own process."""
    subject: Subject
    subject_id: str | int
    """Id, number or name of what was changed."""
    summary: str
    """What was changed: a sentence in Chinese without a full stop."""
    at: datetime
    why: str = ""
    """The reason that the person gave, "" for none."""


def record_change(ledger: Transaction, new: NewChange) -> None:
    """Writes a line into the record. Call it in the transaction that makes the change."""
    ledger.execute(
        insert(change).values(
            bulletin=new.bulletin,
            changed_at=new.at,
            who=new.who,
            subject=new.subject,
            subject_id=str(new.subject_id),
            said=new.summary,
            why=new.why,
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
