"""Texts that a letter has changed since a person last looked: they are not signed off without being shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive import articles
from archive.article_mergers import mergers_into
from archive.articles import ArticleRecord
from archive.revisions import last_revisions_from_letters
from archive.transaction import Transaction
from archive.viewings import revisions_viewed
from service.office import Office
from values.rules import CORRECTION_UNVERIFIED


@dataclass(frozen=True, slots=True)
class UnseenText:
    """A later text of an article, or an unverified one, that nobody has opened at the desk."""

    article: int
    """Id of the article."""
    title: str
    revision: int
    """Number of the text."""
    unverified: bool
    """Nobody vouches for the letter that brought it (docs/decisions/0051)."""

    @property
    def chinese(self) -> str:
        source = "（来源未经验证）" if self.unverified else ""
        return f"稿件 {self.article}《{self.title}》第 {self.revision} 稿{source}"


def unseen_texts(ledger: Transaction, records: Sequence[ArticleRecord]) -> tuple[UnseenText, ...]:
    """Those whose last text by letter is later than the first, or unverified, and was opened by nobody, nor any later.

    A first text is no change of what somebody has seen: the draft issue shows it. A person who has edited a text opened
    it before, but a title can be changed without. Later texts of articles that were merged into these count too.
    """
    merged = _changed_after_merger(ledger, records)
    viewed = revisions_viewed(ledger, [record.id for record in (*records, *merged)])
    from_letters = last_revisions_from_letters(ledger, {record.id: record.revision for record in records})
    unseen: list[UnseenText] = []
    for record in records:
        number = from_letters.get(record.id, 0)
        unverified = any(finding.rule is CORRECTION_UNVERIFIED for finding in record.findings)
        if (number > 1 or unverified) and viewed.get(record.id, 0) < number:
            unseen.append(UnseenText(record.id, record.manuscript.title, number, unverified))
    unseen += [
        UnseenText(record.id, record.manuscript.title, record.revision, unverified=False)
        for record in merged
        if viewed.get(record.id, 0) < record.revision
    ]
    return tuple(unseen)


def _changed_after_merger(ledger: Transaction, records: Sequence[ArticleRecord]) -> Sequence[ArticleRecord]:
    """The articles merged into these of which a later text has come since: what was sent last is not printed."""
    merged = {merger.article: merger for merger in mergers_into(ledger, [record.id for record in records])}
    now = articles.articles_with_ids(ledger, list(merged)) if merged else ()
    return [record for record in now if record.revision > merged[record.id].revision]


def unseen_texts_of(office: Office, issue_id: int) -> tuple[UnseenText, ...]:
    """The unseen texts of an issue."""
    with office.ledger.reading() as ledger:
        return unseen_texts(ledger, articles.articles_in_issue(ledger, issue_id))
