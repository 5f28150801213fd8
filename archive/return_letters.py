"""Letters that returned an article to its department, and the articles that an answer to one refers to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, insert, select

from archive.schema import article, decision, decision_letter, outbox
from archive.transaction import Transaction
from values.issue import ArticleStatus


def record_return_letter(ledger: Transaction, article_id: int, message_id: str) -> None:
    """Links the letter out of this Message-ID to the last decision about the article.

    Raises NoResultFound when there is no such letter or no decision, IntegrityError when the decision has a letter.
    """
    last = select(func.max(decision.c.id)).where(decision.c.article_id == article_id)
    letter_out = select(outbox.c.id).where(outbox.c.message_id == message_id)
    ledger.sql.execute(
        insert(decision_letter).values(
            decision_id=ledger.sql.execute(last).scalar_one(), outbox_id=ledger.sql.execute(letter_out).scalar_one()
        )
    )


def last_return_letter(ledger: Transaction, article_id: int) -> int | None:
    """The id in the outbox of the letter about the last return of the article; None when that return had no letter, or
    the article was never returned."""
    returns = (decision.c.article_id == article_id, decision.c.after == ArticleStatus.RETURNED.value)
    last = select(func.max(decision.c.id)).where(*returns).scalar_subquery()
    return ledger.sql.execute(
        select(decision_letter.c.outbox_id).where(decision_letter.c.decision_id == last)
    ).scalar_one_or_none()


def articles_returned_by(ledger: Transaction, bulletin: str, message_ids: Sequence[str]) -> frozenset[int]:
    """The articles that letters out with these Message-IDs returned to their departments.

    Anybody may write any Message-ID into a letter: the result is where to look, never a proof of who answers.
    """
    if not message_ids:
        return frozenset()
    returned = (
        select(decision.c.article_id)
        .join(decision_letter, decision_letter.c.decision_id == decision.c.id)
        .join(outbox, outbox.c.id == decision_letter.c.outbox_id)
        .join(article, article.c.id == decision.c.article_id)
        .where(article.c.bulletin == bulletin, outbox.c.message_id.in_(message_ids))
    )
    return frozenset(ledger.sql.execute(returned).scalars())
