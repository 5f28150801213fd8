"""What editors write to each other about an article (留言): neither printed nor mailed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from archive.schema import article_comment
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ArticleComment:
    """A comment of an editor."""

    who: str
    """Name of the editor."""
    text: str
    written_at: datetime


def add_comment(ledger: Transaction, article_id: int, comment: ArticleComment) -> None:
    """Adds a comment to the article."""
    values = {"article_id": article_id, "who": comment.who, "comment": comment.text, "written_at": comment.written_at}
    ledger.sql.execute(insert(article_comment).values(values))


def comments_on(ledger: Transaction, article_id: int) -> Sequence[ArticleComment]:
    """The comments on the article, the earliest first."""
    rows = ledger.sql.execute(
        select(article_comment).where(article_comment.c.article_id == article_id).order_by(article_comment.c.id)
    )
    return [ArticleComment(row.who, row.comment, row.written_at) for row in rows]
