"""The articles behind a department's numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archive import articles, statistics
from archive.articles import ArticleRecord
from archive.statistics import Endorsement, Span
from service.figures.statistics import moments_of, names_of
from service.office import Office
from settings.model import BulletinSettings
from values.issue import ArticleStatus
from values.period import Period

_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class DepartmentArticles:
    """received: of the period, newest first; adopted: in its issues, though they may have come before it.

    labels: of the issue of each printed article, by the article's id. more: how many are left out, the oldest.
    """

    articles: Sequence[ArticleRecord]
    endorsements: Mapping[int, Sequence[Endorsement]]
    labels: Mapping[int, str]
    more: int = 0


def articles_of_department(office: Office, bulletin: BulletinSettings, name: str, period: Period) -> DepartmentArticles:
    """What it sent in the period, and what was printed of it in the period; name: the canonical one, or `UNKNOWN`."""
    span = Span(*moments_of(office, period), period.first, period.last)
    with office.ledger.reading() as ledger:
        _, canonical = names_of(ledger, bulletin)
        names = statistics.departments_counted(ledger, bulletin.id, span)
        own_names = [counted for counted in names if canonical(counted) == name]
        ids = statistics.articles_counted(ledger, bulletin.id, span, own_names)
        records = articles.articles_with_ids(ledger, ids[:_MOST])
        endorsements = statistics.endorsements(ledger, ids[:_MOST])
    by_article: dict[int, list[Endorsement]] = {}
    for endorsement in endorsements:
        by_article.setdefault(endorsement.article, []).append(endorsement)
    labels = {record.id: record.issue_label for record in records if record.status is ArticleStatus.PUBLISHED}
    return DepartmentArticles(list(reversed(records)), by_article, labels, len(ids) - len(records))
