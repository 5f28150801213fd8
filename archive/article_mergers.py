"""Articles whose text another one has (综合采用).

Each stays with its letter and its texts, is in no issue, and counts as printed with the other one. What undoing it
restores is recorded with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, insert, select, update

from archive.schema import article, article_merger, revision
from archive.transaction import Transaction
from values.errors import BadUsage
from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class ArticleMerger:
    """An article that was merged into another."""

    article: int
    """Id of the article."""
    into: int
    """Id of the article that has its text."""
    revision: int
    """Number of its revision that was merged."""
    status: ArticleStatus
    """The status that it had."""
    into_revision: int
    """Number of the revision that the other article had."""
    into_departments: tuple[str, ...]
    """The departments that the other article had, in their order."""
    merged_by: str
    """Name of the person."""
    merged_at: datetime


def record_merger(ledger: Transaction, merger: ArticleMerger) -> None:
    """Records that the article was merged."""
    ledger.sql.execute(
        insert(article_merger).values(
            article_id=merger.article,
            into_id=merger.into,
            revision=merger.revision,
            status=merger.status.value,
            into_revision=merger.into_revision,
            into_departments="\n".join(merger.into_departments),
            merged_by=merger.merged_by,
            merged_at=merger.merged_at,
        )
    )


def mergers_of(ledger: Transaction, article_ids: Collection[int]) -> Mapping[int, ArticleMerger]:
    """Of those of the articles that are merged into another one, how, by article id."""
    wanted = (article_merger.c.article_id.in_(list(article_ids)), article_merger.c.undone_at.is_(None))
    rows = ledger.sql.execute(select(article_merger).where(*wanted)).mappings()
    return {merger.article: merger for merger in map(_merger, rows)}


def mergers_into(ledger: Transaction, article_ids: Collection[int]) -> Sequence[ArticleMerger]:
    """The articles that are merged into one of these, in the order in which they were merged."""
    wanted = (article_merger.c.into_id.in_(list(article_ids)), article_merger.c.undone_at.is_(None))
    rows = ledger.sql.execute(select(article_merger).where(*wanted).order_by(article_merger.c.id)).mappings()
    return [_merger(row) for row in rows]


def is_of_ended_merger(ledger: Transaction, article_id: int, number: int) -> bool:
    """Whether that revision of the article was written while others were merged into it that are not any more."""
    during = (
        revision.c.number > article_merger.c.into_revision,
        revision.c.made_at < article_merger.c.undone_at,
    )
    this = (revision.c.article_id == article_id, revision.c.number == number)
    joined = select(revision.c.id).join(article_merger, article_merger.c.into_id == revision.c.article_id)
    return ledger.sql.execute(joined.where(*this, *during).limit(1)).first() is not None


def end_mergers(ledger: Transaction, mergers: Iterable[ArticleMerger], *, at: datetime) -> None:
    """Records that these hold no longer."""
    ended = (
        article_merger.c.article_id.in_([merger.article for merger in mergers]),
        article_merger.c.undone_at.is_(None),
    )
    ledger.sql.execute(update(article_merger).where(*ended).values(undone_at=at))


def refuse_merged(ledger: Transaction, article_id: int) -> None:
    """Raises BadUsage for an article that is merged into another: what becomes of that becomes of it."""
    merger = mergers_of(ledger, [article_id]).get(article_id)
    if merger is None:
        return
    status = ledger.sql.execute(select(article.c.status).where(article.c.id == merger.into)).scalar_one()
    done = (
        "，已随它刊发"
        if status == ArticleStatus.PUBLISHED.value
        else f"；要单独处理，请先撤销稿件 {merger.into} 的合并"
    )
    raise BadUsage(f"稿件 {article_id} 已并入稿件 {merger.into}{done}。")


def _merger(row: RowMapping) -> ArticleMerger:
    return ArticleMerger(
        article=row["article_id"],
        into=row["into_id"],
        revision=row["revision"],
        status=ArticleStatus(row["status"]),
        into_revision=row["into_revision"],
        into_departments=tuple(filter(None, row["into_departments"].split("\n"))),
        merged_by=row["merged_by"],
        merged_at=row["merged_at"],
    )
