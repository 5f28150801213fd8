"""What was decided about articles: read from here, written by `archive.articles.change_status` alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from archive.schema import decision
from archive.transaction import Transaction
from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class Decision:
    """One change of an article's status: from, to, who, why ("" for no reason), when."""

    before: ArticleStatus
    after: ArticleStatus
    who: str
    note: str
    decided_at: datetime


def last_decisions(ledger: Transaction, article_ids: Iterable[int]) -> Mapping[int, Decision]:
    """The latest decision about each of these articles; those about which none was made are missing."""
    latest = (
        select(func.max(decision.c.id))
        .where(decision.c.article_id.in_(list(article_ids)))
        .group_by(decision.c.article_id)
    )
    rows = ledger.sql.execute(select(decision).where(decision.c.id.in_(latest)))
    return {
        row.article_id: Decision(ArticleStatus(row.before), ArticleStatus(row.after), row.who, row.note, row.decided_at)
        for row in rows
    }
