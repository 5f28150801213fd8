"""Until when the digests of a bulletin are sent, and what they count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from archive.database import upsert
from archive.schema import article, digest, letter
from archive.transaction import Transaction
from values.issue import ArticleStatus


def last_digest(ledger: Transaction, bulletin: str) -> datetime | None:
    """The due time of the last digest, or the moment from which they count; None before that."""
    return ledger.sql.execute(select(digest.c.due_at).where(digest.c.bulletin == bulletin)).scalar()


def record_digest(ledger: Transaction, bulletin: str, due_at: datetime) -> None:
    """Records a due time, in the transaction that queues its letters."""
    ledger.sql.execute(upsert(ledger, digest, ("bulletin",)), {"bulletin": bulletin, "due_at": due_at})


def letters_between(ledger: Transaction, bulletin: str, since: datetime, until: datetime) -> int:
    """How many letters were received in [since, until)."""
    within = (letter.c.bulletin == bulletin, letter.c.received_at >= since, letter.c.received_at < until)
    return int(ledger.sql.execute(select(func.count()).select_from(letter).where(*within)).scalar_one())


def articles_between(ledger: Transaction, bulletin: str, since: datetime, until: datetime) -> int:
    """How many articles were received in [since, until)."""
    within = (article.c.bulletin == bulletin, article.c.received_at >= since, article.c.received_at < until)
    return int(ledger.sql.execute(select(func.count()).select_from(article).where(*within)).scalar_one())


def articles_with_status(ledger: Transaction, bulletin: str, status: ArticleStatus) -> list[int]:
    """The ids of the articles with that status, in the order they were received."""
    of_status = (article.c.bulletin == bulletin, article.c.status == status.value)
    ids = select(article.c.id).where(*of_status).order_by(article.c.received_at, article.c.id)
    return list(ledger.sql.execute(ids).scalars())
