"""What an article has been through: its texts, and what was decided about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from archive.schema import decision, letter, revision
from archive.transaction import Transaction
from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class RevisionNote:
    """made_by: the editor who wrote it, "" for one that was read from a letter. sender: of that letter."""

    number: int
    made_at: datetime
    made_by: str
    attachment: str
    sender: str
    letter_sha256: str


@dataclass(frozen=True, slots=True)
class DecisionNote:
    """A change of an article's status."""

    before: ArticleStatus
    after: ArticleStatus
    who: str
    note: str
    decided_at: datetime


def revisions_of(ledger: Transaction, article_id: int) -> Sequence[RevisionNote]:
    """The latest first."""
    rows = ledger.sql.execute(
        select(
            revision.c.number,
            revision.c.made_at,
            revision.c.made_by,
            revision.c.attachment,
            letter.c.sender,
            letter.c.sha256,
        )
        .join(letter, letter.c.id == revision.c.letter_id)
        .where(revision.c.article_id == article_id)
        .order_by(revision.c.number.desc())
    )
    return [RevisionNote(row.number, row.made_at, row.made_by, row.attachment, row.sender, row.sha256) for row in rows]


def decisions_of(ledger: Transaction, article_id: int) -> Sequence[DecisionNote]:
    """The latest first."""
    rows = ledger.sql.execute(
        select(decision).where(decision.c.article_id == article_id).order_by(decision.c.id.desc())
    ).mappings()
    return [
        DecisionNote(
            ArticleStatus(row["before"]), ArticleStatus(row["after"]), row["who"], row["note"], row["decided_at"]
        )
        for row in rows
    ]
