"""The articles that may become one (综合采用): those of the next issue and of the supplement, and those held."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archive import articles
from archive.article_mergers import mergers_of
from archive.articles import ArticleRecord
from archive.transaction import Transaction
from service.issue.issue_order import order_by_section
from settings.model import BulletinSettings
from values.issue import ArticleStatus


def mergeable_articles(
    ledger: Transaction, bulletin: BulletinSettings, more: Collection[int] = ()
) -> Sequence[ArticleRecord]:
    """In the order of the issue, then of the supplement, then the held ones. more: ids of further ones of the bulletin,
    which are included whatever their status, but for printed ones."""
    ids: list[int] = []
    for supplement in (False, True):
        for in_section in order_by_section(ledger, bulletin, supplement=supplement).values():
            ids += [article.id for article in in_section]
    ids += articles.held_articles(ledger, bulletin.id)
    ids = list(dict.fromkeys([*ids, *more]))
    merged = mergers_of(ledger, ids)
    by_id = {record.id: record for record in articles.articles_with_ids(ledger, ids)}
    return [
        by_id[id]
        for id in ids
        if id in by_id
        and by_id[id].bulletin == bulletin.id
        and by_id[id].status is not ArticleStatus.PUBLISHED
        and (id not in merged or id in more)
    ]
