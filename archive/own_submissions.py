"""What a department may be told of its own articles: which of them, and why they were returned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, select

from archive.database import batches
from archive.schema import decision, decision_letter, letter, letter_article, outbox, removal
from archive.transaction import Transaction
from values.issue import ArticleStatus
from values.letter import Verdict
from values.outgoing import OutboxState

_ARRIVED: Final = (OutboxState.SENT.value, OutboxState.POSSIBLY_SENT.value)


def showable_articles(ledger: Transaction, article_ids: Sequence[int]) -> Sequence[int]:
    """Those of the articles, in the same order, of which no letter is sealed or removed."""
    hidden: set[int] = set()
    for some in batches(article_ids):
        of_letters = (
            select(letter_article.c.article_id)
            .join(letter, letter.c.id == letter_article.c.letter_id)
            .outerjoin(removal, removal.c.letter_id == letter.c.id)
            .where(letter_article.c.article_id.in_(some))
            .where(or_(letter.c.verdict == Verdict.SEALED.value, removal.c.letter_id.is_not(None)))
        )
        hidden.update(ledger.sql.execute(of_letters).scalars())
    return [id for id in article_ids if id not in hidden]


@dataclass(frozen=True, slots=True)
class MailedReason:
    """Why an article was returned, and who was written to about it."""

    reason: str
    to: str
    """The address."""


def reasons_mailed(ledger: Transaction, article_ids: Sequence[int]) -> Mapping[int, MailedReason]:
    """By the article's id, why it was returned, as a letter has told its sender; others are left out.

    Only of articles whose last decision was to return them, and whose letter about it was sent.
    """
    reasons: dict[int, MailedReason] = {}
    for some in batches(article_ids):
        last = select(func.max(decision.c.id)).where(decision.c.article_id.in_(some)).group_by(decision.c.article_id)
        returned = (
            select(decision.c.article_id, decision.c.note, outbox.c.recipient)
            .join(decision_letter, decision_letter.c.decision_id == decision.c.id)
            .join(outbox, outbox.c.id == decision_letter.c.outbox_id)
            .where(decision.c.id.in_(last), decision.c.after == ArticleStatus.RETURNED.value)
            .where(outbox.c.state.in_(_ARRIVED), outbox.c.removed_at.is_(None))
        )
        rows = ledger.sql.execute(returned)
        reasons.update((row.article_id, MailedReason(row.note, row.recipient)) for row in rows)
    return reasons
