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
        self.forget()

    def forget(self) -> None:
        """Forgets all articles: a transaction after the last `refresh` has failed, and they are read anew."""
        self._last_revision = 0
        self._noted: list[tuple[int, IndexedText, EarlierArticle]] = []
        """New articles, with the ids of their revisions: the first that were written since the last `refresh`."""
        self._read_in: Transaction | None = None
        """The transaction in which the ledger was read last; None when it has to be read again."""
        self._index = TextIndex()
        self._earlier: dict[int, EarlierArticle] = {}

    def reach_back_for(self, first: datetime) -> bool:
        """Whether they hold all that a letter received at `first` is compared with."""
        return self._since <= first - _AS_FAR_BACK

    def refresh(self, ledger: Transaction) -> None:
        """Takes up the revisions written since the last call, by this process or another.

        Within one transaction, the ledger is read once, and again after `note_changed`.
        """
        self._add_all(self._noted)
        self._noted = []
        if self._read_in is not ledger:
            latest_first = revisions_after(ledger, self._bulletin, self._last_revision, self._since, most=_MOST_KEPT)
            self._add_all([_compared(record) for record in latest_first][::-1])
            self._read_in = ledger
        while len(self._earlier) > _MOST_KEPT:
            oldest = next(iter(self._earlier))
            del self._earlier[oldest]
            self._index.remove(oldest)

    def note_written(self, revision: int, article: EarlierArticle) -> None:
        """The caller has just written a new article: the next `refresh` takes it up without reading it.

        revision: the id of its first revision.
        """
        if self._read_in is not None:
            self._noted.append((revision, _indexed(article, issue=""), article))

    def note_changed(self) -> None:
        """The caller has just written texts that are not noted: the next `refresh` reads them."""
        self._read_in = None

    def earlier(self) -> Iterable[EarlierArticle]:
        """All of them, by the time of their last revision."""
        return self._earlier.values()

    def near_duplicates(self, words: str) -> tuple[LedgerNote, ...]:
        """A note for each of the articles that are nearly this text, the most alike first."""
        if len(words) < SHORTEST:
            return ()
        matches = self._index.search(words, least=NEAR, most=_MOST_REPORTED)
        return tuple(near_duplicate(match, words) for match in matches)

    def _add_all(self, entries: Iterable[tuple[int, IndexedText, EarlierArticle]]) -> None:
        """entries: with the ids of their revisions, ascending."""
        for revision, indexed, earlier in entries:
            self._last_revision = revision
            self._add(indexed, earlier)

    def _add(self, indexed: IndexedText, earlier: EarlierArticle) -> None:
        """The article counts as sent by the sender of its first revision."""
        self._index.add(indexed)
        before = self._earlier.pop(earlier.id, None)
        self._earlier[earlier.id] = replace(earlier, sender=before.sender) if before else earlier


def _compared(record: RevisionRecord) -> tuple[int, IndexedText, EarlierArticle]:
    """What is kept of a revision, after its id; its words once for both."""
    title, words = record.manuscript.title, words_of(record.manuscript)
    earlier = EarlierArticle(record.article, record.department, record.sender, title, words, record.joint)
    return record.id, _indexed(earlier, issue=record.issue), earlier


def _indexed(article: EarlierArticle, *, issue: str) -> IndexedText:
    """issue: 期号 of the signed-off issue that contains it, "" for none."""
    where = f"，已刊于{issue}" if issue else ""
    label = f"稿件 {article.id}《{article.title}》（{article.department or '单位待定'}{where}）"
    return IndexedText(article.id, article.words, label)
