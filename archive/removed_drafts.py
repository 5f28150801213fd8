"""Files of drafts that go together with a letter: those that could contain its texts and are not printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update

from archive.schema import article, decision, issue, issue_article, issue_file, issue_revision, seal
from archive.transaction import Transaction
from archive.withheld_texts import texts_of
from values.issue import IssueStatus


def drafts_with_texts_of(ledger: Transaction, letter_id: int, until: datetime, *, with_open: bool = False) -> list[int]:
    """Ids of the revisions of drafts that were made while they could contain a text of the letter: after its first
    text, and before the seal, the last decision about its articles, or `until`; and the next one.

    Which articles an earlier revision contained is not recorded, so these are more rather than fewer. The printed
    revision of an issue is none of them; the current one of an open draft is one only when `with_open`.
    """
    texts = texts_of(ledger, letter_id)
    if not texts:
        return []
    articles = sorted({row.article_id for row in texts})
    sealed_at = ledger.sql.execute(select(seal.c.sealed_at).where(seal.c.letter_id == letter_id)).scalar()
    decided = select(func.max(decision.c.decided_at)).where(decision.c.article_id.in_(articles))
    last = sealed_at or ledger.sql.execute(decided).scalar() or until
    bulletin = select(article.c.bulletin).where(article.c.id == articles[0]).scalar_subquery()
    kept = [IssueStatus.SIGNED_OFF.value, *([] if with_open else [IssueStatus.DRAFT.value])]
    current = and_(issue.c.status.in_(kept), issue_revision.c.number == issue.c.revision)
    revisions = (
        select(issue_revision.c.id, issue_revision.c.made_at)
        .add_columns(or_(current, issue_revision.c.removed_at.is_not(None)).label("kept"))
        .join(issue, issue.c.id == issue_revision.c.issue_id)
        .where(issue.c.bulletin == bulletin, issue_revision.c.made_at >= min(row.made_at for row in texts))
        .order_by(issue_revision.c.made_at)
    )
    drafts = ledger.sql.execute(revisions).all()
    # The first one after names in its cover note what was taken out.
    end = next((draft.made_at for draft in drafts if draft.made_at > last), last)
    return [draft.id for draft in drafts if draft.made_at <= end and not draft.kept]


def remove_drafts(ledger: Transaction, ids: Sequence[int], *, at: datetime) -> None:
    """Records that the files of these revisions, by the ids of their rows, are removed; `removed_paths` names them."""
    gone = {"removed_at": at, "news": "{}", "print_sha256": ""}
    ledger.sql.execute(update(issue_revision).where(issue_revision.c.id.in_(list(ids))).values(gone))


def removed_paths(ledger: Transaction) -> Sequence[str]:
    """The files of all removed revisions, relative to data_dir."""
    removed = select(issue_revision.c.path).where(issue_revision.c.removed_at.is_not(None))
    return ledger.sql.execute(removed).scalars().all()


def articles_in_unfinished_issues(ledger: Transaction, articles: Sequence[int]) -> Sequence[int]:
    """Those of the articles that an open draft contains, or a signed-off issue whose files are not all made yet."""
    complete = select(issue_file.c.issue_id).where(issue_file.c.kind == "manifest")
    signed = and_(issue.c.status == IssueStatus.SIGNED_OFF.value, issue.c.id.not_in(complete))
    contained = (
        select(issue_article.c.article_id)
        .join(issue, issue.c.id == issue_article.c.issue_id)
        .where(issue_article.c.article_id.in_(list(articles)))
        .where(or_(issue.c.status == IssueStatus.DRAFT.value, signed))
        .distinct()
        .order_by(issue_article.c.article_id)
    )
    return ledger.sql.execute(contained).scalars().all()
