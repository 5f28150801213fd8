"""Which texts the articles of some months have now, and the texts of some of them: for finding similar ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import and_, select

from archive.schema import article, issue, revision
from archive.transaction import Transaction
from values.issue import IssueNumber, IssueStatus


@dataclass(frozen=True, slots=True)
class CurrentText:
    """An article, and which text it has now."""

    article: int
    """Id of the article."""
    revision: int
    """Number of its current revision."""
    department: str | None
    """Canonical name, None: unknown."""
    status: str
    received_at: datetime
    issue: str
    """期号 of the signed-off issue that contains the article, "": no issue does."""


def current_texts(
    ledger: Transaction, bulletin: str, since: datetime, until: datetime, *, most: int
) -> Sequence[CurrentText]:
    """Of the articles received from `since` to `until`, the latest first. most: of more articles, the latest ones."""
    signed_off = and_(issue.c.id == article.c.issue_id, issue.c.status == IssueStatus.SIGNED_OFF.value)
    rows = ledger.sql.execute(
        select(
            article.c.id,
            article.c.revision,
            article.c.department,
            article.c.status,
            article.c.received_at,
            issue.c.number,
            issue.c.numbering,
            issue.c.year,
            issue.c.supplement,
        )
        .outerjoin(issue, signed_off)
        .where(article.c.bulletin == bulletin, article.c.received_at.between(since, until))
        .order_by(article.c.received_at.desc(), article.c.id.desc())
        .limit(most)
    )
    return [CurrentText(*row[:5], _label(*row[5:])) for row in rows]


def current_manuscripts(ledger: Transaction, ids: Collection[int]) -> Mapping[int, str]:
    """The current texts of these articles by id, each as the JSON of a `values.manuscript.Manuscript`: building
    hundreds of them takes longer than comparing their texts."""
    if not ids:
        return {}
    current = and_(revision.c.article_id == article.c.id, revision.c.number == article.c.revision)
    rows = ledger.sql.execute(
        select(article.c.id, revision.c.manuscript).join(revision, current).where(article.c.id.in_(ids))
    )
    return {row.id: row.manuscript for row in rows}


def _label(number: int | None, numbering: Literal["running", "yearly"], year: int, supplement: bool) -> str:
    return "" if number is None else IssueNumber(number, numbering, year, supplement).label
