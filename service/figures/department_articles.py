"""The articles behind a department's numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select

from archive import articles, statistics
from archive.articles import ArticleRecord
from archive.schema import article, endorsement, issue
from archive.statistics import Endorsement
from archive.transaction import Transaction
from service.figures.statistics import UNKNOWN, moments_of, names_of
from service.office import Office
from settings.model import BulletinSettings
from values.issue import IssueNumber, IssueStatus
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
    start, end = moments_of(office, period)
    counted = or_(
        statistics.arrived(bulletin.id, start, end), statistics.printed_in(bulletin.id, period.first, period.last)
    )
    with office.ledger.reading() as ledger:
        _, canonical = names_of(ledger, bulletin)
        names = ledger.execute(select(article.c.department).where(counted).distinct()).scalars().all()
        theirs = [one for one in names if canonical(one) == name]
        owned = article.c.department.in_([one for one in theirs if one])
        whose = or_(owned, article.c.department.is_(None)) if name == UNKNOWN else owned
        ids = ledger.execute(
            select(article.c.id).where(counted, whose).order_by(article.c.received_at.desc(), article.c.id.desc())
        )
        wanted = list(ids.scalars())
        shown = wanted[:_MOST]
        found = articles.articles(ledger, article.c.id.in_(shown))
        noted = statistics.endorsements(ledger, endorsement.c.article_id.in_(shown))
        labels = _labels(ledger, shown)
    by_article: dict[int, list[Endorsement]] = {}
    for one in noted:
        by_article.setdefault(one.article, []).append(one)
    return DepartmentArticles(list(reversed(found)), by_article, labels, len(wanted) - len(shown))


def _labels(ledger: Transaction, ids: Sequence[int]) -> dict[int, str]:
    columns = (issue.c.number, issue.c.numbering, issue.c.year, issue.c.supplement)
    printed = (article.c.id.in_(ids), issue.c.status == IssueStatus.SIGNED_OFF.value)
    rows = ledger.execute(
        select(article.c.id, *columns).join(issue, issue.c.id == article.c.issue_id).where(*printed)
    ).mappings()
    return {
        row["id"]: IssueNumber(row["number"], row["numbering"], row["year"], row["supplement"]).label for row in rows
    }
