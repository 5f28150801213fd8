"""The articles that a new one is compared with: a year's, read from the ledger once and kept up with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from archive.revisions import RevisionRecord, revisions_after
from archive.transaction import Transaction
from intake.check.likeness import NEAR, SHORTEST, IndexedText, TextIndex, near_duplicate, words_of
from intake.relation import EarlierArticle
from values.finding import LedgerNote
from values.manuscript import Manuscript

_AS_FAR_BACK: Final = timedelta(days=400)
"""Thirteen months: what is reported every year at the same time is compared with last year's."""
_MOST_REPORTED: Final = 3
"""Near-duplicates of one article; more would hide the other findings."""
_MOST_KEPT: Final = 5_000
"""Three years of a bulletin with thirty articles a week; a flood of letters must not fill the memory."""


class Neighbours:
    """The articles of one bulletin that a letter received at `first` or later is compared with.

    Call `refresh` before each comparison, within the transaction that will write.
    """

    def __init__(self, bulletin: str, first: datetime) -> None:
        self._bulletin = bulletin
        self._since = first - _AS_FAR_BACK
        self._last_revision = 0
        self._written: dict[tuple[int, int], Manuscript] = {}
        self._index = TextIndex()
        self._earlier: dict[int, EarlierArticle] = {}

    def reach_back_for(self, first: datetime) -> bool:
        """Whether they hold all that a letter received at `first` is compared with."""
        return self._since <= first - _AS_FAR_BACK

    def refresh(self, ledger: Transaction) -> None:
        """Takes up the revisions written since the last call, by this process or another."""
        latest_first = revisions_after(
            ledger, self._bulletin, self._last_revision, self._since, most=_MOST_KEPT, written=self._written
        )
        entries = [(record.id, *_compared(record)) for record in latest_first]
        self._written.clear()
        for revision, indexed, earlier in reversed(entries):
            self._last_revision = revision
            self._add(indexed, earlier)
        while len(self._earlier) > _MOST_KEPT:
            oldest = next(iter(self._earlier))
            del self._earlier[oldest]
            self._index.remove(oldest)

    def note_written(self, article: int, number: int, manuscript: Manuscript) -> None:
        """A revision that the caller has just written: `refresh` need not parse its text."""
        self._written[article, number] = manuscript

    def earlier(self) -> Iterable[EarlierArticle]:
        """All of them, by the time of their last revision."""
        return self._earlier.values()

    def near_duplicates(self, words: str) -> tuple[LedgerNote, ...]:
        """A note for each of the articles that are nearly this text, the most alike first."""
        if len(words) < SHORTEST:
            return ()
        matches = self._index.search(words, least=NEAR, most=_MOST_REPORTED)
        return tuple(near_duplicate(match, words) for match in matches)

    def _add(self, indexed: IndexedText, earlier: EarlierArticle) -> None:
        """The article counts as sent by the sender of its first revision."""
        self._index.add(indexed)
        before = self._earlier.pop(earlier.id, None)
        self._earlier[earlier.id] = replace(earlier, sender=before.sender) if before else earlier


def _compared(record: RevisionRecord) -> tuple[IndexedText, EarlierArticle]:
    """What is kept of a revision; its words once for both."""
    title, words = record.manuscript.title, words_of(record.manuscript)
    where = f"，已刊于{record.issue}" if record.issue else ""
    label = f"稿件 {record.article}《{title}》（{record.department or '单位不明'}{where}）"
    earlier = EarlierArticle(record.article, record.department, record.sender, title, words)
    return IndexedText(record.article, words, label), earlier
