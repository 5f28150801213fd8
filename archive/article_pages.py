"""Lists of articles with their texts, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, tuple_

from archive.articles import ArticleRecord, articles_with_ids
from archive.joint_departments import is_of
from archive.schema import article
from archive.transaction import Transaction
from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles are wanted; a field left at its default restricts nothing."""

    status: ArticleStatus | None = None
    department: str | None = None
    """Canonical name; joint articles are of each of their departments."""
    issue: int | None = None
    """Id of the issue that has them."""
    received_from: datetime | None = None
    """Received then or later."""


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """A page of a list of articles."""

    articles: tuple[ArticleRecord, ...]
    """The latest first, each with its current text."""
    before: int | None
    """Where the next page begins, for `articles_page`; None: this is the last page."""


def articles_page(
    ledger: Transaction, bulletin: str, which: ArticleFilter, *, before: int | None, most: int
) -> ArticlesPage:
    """Articles of the bulletin that were received before the article `before`, with which the last page ended.

    before: an id, None for the first page. Articles that arrive meanwhile move nothing to another page. most: articles
    on a page.
    """
    conditions = [article.c.bulletin == bulletin, *_conditions(which)]
    if before is not None:
        last = (article.c.bulletin == bulletin, article.c.id == before)
        end = ledger.sql.execute(select(article.c.received_at, article.c.id).where(*last)).first()
        if end is not None:
            conditions.append(tuple_(article.c.received_at, article.c.id) < tuple_(end.received_at, end.id))
    latest_first = (article.c.received_at.desc(), article.c.id.desc())
    wanted = select(article.c.id).where(*conditions).order_by(*latest_first).limit(most + 1)
    ids = list(ledger.sql.execute(wanted).scalars())
    shown = tuple(reversed(articles_with_ids(ledger, ids[:most])))
    return ArticlesPage(shown, shown[-1].id if len(ids) > most else None)


def _conditions(which: ArticleFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if which.status is not None:
        conditions.append(article.c.status == which.status.value)
    if which.department is not None:
        conditions.append(is_of(which.department))
    if which.issue is not None:
        conditions.append(article.c.issue_id == which.issue)
    if which.received_from is not None:
        conditions.append(article.c.received_at >= which.received_from)
    return conditions
