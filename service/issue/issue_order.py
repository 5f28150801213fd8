"""The articles of the next issue in printed order, without reading any text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive import articles
from archive.articles import ArticleRecord, ArticleSummary
from archive.transaction import Transaction
from assembler.plan import ordered_by_section
from service.register.register import department_names
from settings.model import BulletinSettings


def order_by_section(
    ledger: Transaction, bulletin: BulletinSettings, *, supplement: bool
) -> Mapping[str, Sequence[ArticleSummary]]:
    """The articles of each section of the next issue, or supplement, as they would be printed."""
    return ordered_by_section(
        articles.summaries_for_issue(ledger, bulletin.id, supplement=supplement),
        sections=bulletin.printed_sections,
        departments=department_names(ledger, bulletin),
    )


def neighbours_of(
    ledger: Transaction, bulletin: BulletinSettings, record: ArticleRecord
) -> tuple[int | None, int | None]:
    """The ids of the articles before and after this one in its issue; None for none, and for one in no issue."""
    sections = order_by_section(ledger, bulletin, supplement=record.for_supplement)
    ids = [article.id for in_section in sections.values() for article in in_section]
    if record.id not in ids:
        return None, None
    place = ids.index(record.id)
    return (ids[place - 1] if place else None), (ids[place + 1] if place + 1 < len(ids) else None)
