"""What was decided about articles. Decisions are written by `archive.article_changes` alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Row, bindparam, func, select

from archive.schema import decision
from archive.transaction import Transaction
from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class Decision:
    """One change of an article's status."""

    before: ArticleStatus
    after: ArticleStatus
    who: str
    """Name of the person, or of the service's own process."""
    note: str
    """The reason, "" for none."""
    decided_at: datetime


# Built once: building it takes longer than SQLite takes to answer it.
_LAST: Final = select(decision).where(
    decision.c.id.in_(
        select(func.max(decision.c.id))
        .where(decision.c.article_id.in_(bindparam("articles", expanding=True)))
        .group_by(decision.c.article_id)
    )
)


def last_decisions(ledger: Transaction, article_ids: Iterable[int]) -> Mapping[int, Decision]:
    """The latest decision about each of these articles, by article id; articles without a decision are missing."""
    rows = ledger.sql.execute(_LAST, {"articles": list(article_ids)})
    return {row.article_id: _decision(row) for row in rows}


def decisions_of(ledger: Transaction, article_id: int) -> Sequence[Decision]:
    """All decisions about the article, the latest first."""
    rows = ledger.sql.execute(
        select(decision).where(decision.c.article_id == article_id).order_by(decision.c.id.desc())
    )
    return [_decision(row) for row in rows]


def _decision(row: Row[tuple[object, ...]]) -> Decision:
    return Decision(ArticleStatus(row.before), ArticleStatus(row.after), row.who, row.note, row.decided_at)
