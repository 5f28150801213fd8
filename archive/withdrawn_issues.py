"""Signed-off issues that are handed to no other system any more: they print text of a letter that was sealed later, or
destroyed. At the desk they stay as they were printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, or_, select

from archive.schema import issue_article, removal, revision, revision_letter, seal
from archive.transaction import Transaction
from values.letter import RemovalKind


def withdrawn_issues(ledger: Transaction, issue_ids: Sequence[int]) -> Mapping[int, datetime]:
    """Those of the issues that print text of a letter that is sealed or destroyed, each with the time of the last
    sealing or destruction. A letter that was erased, as all are after some time, withdraws nothing."""
    printed = and_(
        revision.c.article_id == issue_article.c.article_id, revision.c.number == issue_article.c.article_revision
    )
    own = (
        select(issue_article.c.issue_id, revision.c.letter_id)
        .join(revision, printed)
        .where(issue_article.c.issue_id.in_(issue_ids))
    )
    further = (
        select(issue_article.c.issue_id, revision_letter.c.letter_id)
        .join(revision, printed)
        .join(revision_letter, revision_letter.c.revision_id == revision.c.id)
        .where(issue_article.c.issue_id.in_(issue_ids))
    )
    withdrawn: dict[int, datetime] = {}
    for issue_id, sealed_at, destroyed_at in ledger.sql.execute(_with_ends(own).union(_with_ends(further))):
        at = max(moment for moment in (sealed_at, destroyed_at) if moment is not None)
        withdrawn[issue_id] = max(at, withdrawn.get(issue_id, at))
    return withdrawn


def _with_ends(letters: Select[int, int]) -> Select[int, datetime | None, datetime | None]:
    letter = letters.subquery()
    sealed = and_(seal.c.letter_id == letter.c.letter_id, seal.c.released_at.is_(None))
    destroyed = and_(removal.c.letter_id == letter.c.letter_id, removal.c.kind == RemovalKind.DESTROYED.value)
    return (
        select(letter.c.issue_id, seal.c.sealed_at, removal.c.removed_at)
        .outerjoin(seal, sealed)
        .outerjoin(removal, destroyed)
        .where(or_(seal.c.sealed_at.is_not(None), removal.c.removed_at.is_not(None)))
    )
