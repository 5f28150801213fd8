"""The articles behind a department's numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archive import articles, endorsements, statistics
from archive.articles import ArticleRecord
from archive.corrections import CorrectionLink, corrections_of
from archive.endorsements import Endorsement
from archive.statistics import PeriodBounds
from service.figures.statistics import moments_of, names_of
from service.office import Office
from settings.model import BulletinSettings
from values.issue import ArticleStatus
from values.period import Period

_MOST: Final = 100
"""Articles on the page: a year of a department that sends two a week."""


@dataclass(frozen=True, slots=True)
class DepartmentArticles:
    """The articles that a department's figures of a period count."""

    articles: Sequence[ArticleRecord]
    """Those received in the period, and those in its issues, which may have arrived before it; the newest first."""
    endorsements: Mapping[int, Sequence[Endorsement]]
    """By the article's id; articles without any are left out."""
    labels: Mapping[int, str]
    """By the article's id, the label of the issue that it was printed in."""
    corrections: Mapping[int, Sequence[CorrectionLink]]
    """What corrects them, by the id of the corrected article."""
    more: int = 0
    """How many are left out."""


def articles_of_department(office: Office, bulletin: BulletinSettings, name: str, period: Period) -> DepartmentArticles:
    """The articles behind the figures of a department. name: the canonical one, or UNKNOWN. Raises StorageFailed."""
    bounds = PeriodBounds(*moments_of(office, period), period.first, period.last)
    with office.ledger.reading() as ledger:
        _, canonical = names_of(ledger, bulletin)
        names = statistics.departments_counted(ledger, bulletin.id, bounds)
        own_names = [counted for counted in names if canonical(counted) == name]
        ids = statistics.articles_counted(ledger, bulletin.id, bounds, own_names)
        records = articles.articles_with_ids(ledger, ids[:_MOST])
        noted = endorsements.endorsements_on(ledger, ids[:_MOST])
        links = corrections_of(ledger, ids[:_MOST])
    by_article: dict[int, list[Endorsement]] = {}
    for endorsement in noted:
        by_article.setdefault(endorsement.article, []).append(endorsement)
    labels = {record.id: record.issue_label for record in records if record.status is ArticleStatus.PUBLISHED}
    return DepartmentArticles(list(reversed(records)), by_article, labels, links, len(ids) - len(records))
