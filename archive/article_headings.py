"""By what an article is listed: title, department, status and issue, without its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, bindparam, select

from archive.articles import NUMBER, label_of
from archive.database import batches
from archive.schema import article, issue, letter_article, searchable
from archive.transaction import Transaction
from values.issue import ArticleStatus, IssueStatus


@dataclass(frozen=True, slots=True)
class ArticleHeading:
    """An article as a list shows it."""

    id: int
    title: str
    """Of its present text; "" where it has none, or none is shown."""
    department: str
    """Canonical name, "": unknown."""
    status: ArticleStatus
    issue: int | None
    """Id of the issue that contains it, None: no issue does. For articles in print, the signed-off one."""
    issue_label: str
    """期号 of that issue, "" for none."""


# Built once: building a statement takes longer than executing it.
_HEADINGS: Final = (
    select(article.c.id, article.c.department, article.c.status, searchable.c.heading)
    .add_columns(issue.c.id.label("issue_id"), *NUMBER)
    .outerjoin(issue, and_(issue.c.id == article.c.issue_id, issue.c.status != IssueStatus.DISCARDED.value))
    .outerjoin(
        searchable,
        and_(
            searchable.c.kind == "article",
            searchable.c.subject_id == article.c.id,
            searchable.c.number == article.c.revision,
        ),
    )
    .where(article.c.id.in_(bindparam("ids", expanding=True)))
)


def article_headings(ledger: Transaction, ids: Iterable[int]) -> Mapping[int, ArticleHeading]:
    """The headings of those of the articles that exist, by article id. Titles come from the index of searching."""
    headings: dict[int, ArticleHeading] = {}
    for some in batches(list(ids)):
        for row in ledger.sql.execute(_HEADINGS, {"ids": some}).mappings():
            headings[row["id"]] = ArticleHeading(
                id=row["id"],
                title=row["heading"] or "",
                department=row["department"] or "",
                status=ArticleStatus(row["status"]),
                issue=row["issue_id"],
                issue_label=label_of(row),
            )
    return headings


def articles_by_letter(ledger: Transaction, letter_ids: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
    """The articles that each of these letters brought or repeats, by letter id; letters without any are missing."""
    brought: dict[int, tuple[int, ...]] = {}
    for some in batches(list(letter_ids)):
        of_letters = select(letter_article).where(letter_article.c.letter_id.in_(some))
        for row in ledger.sql.execute(of_letters.order_by(letter_article.c.letter_id, letter_article.c.article_id)):
            brought[row.letter_id] = (*brought.get(row.letter_id, ()), row.article_id)
    return brought
