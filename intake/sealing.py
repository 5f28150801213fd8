"""Sealing a letter in the ledger: its seal, and the texts that an earlier reading of this letter brought.

Texts of other letters stay: an article whose sealed text is taken away shows the one before it again, held, for the
editor to decide. A printed article is not changed. The same happens to the articles of a letter that is removed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from archive import article_changes, articles, revisions, seals, withheld_texts
from archive.article_mergers import end_mergers, mergers_into
from archive.articles import ArticleRecord
from archive.database import Ledger
from archive.files import HashStore
from archive.letters import LetterRecord
from archive.recorded_files import files_in_media
from archive.revisions import NewEdit
from archive.transaction import Transaction
from intake.settle import SERVICE
from values.issue import ArticleStatus
from values.letter import Seal

_SEALED: Final = "来信带有密级标志，已封存"
_NOT_IN_ISSUES: Final = frozenset({ArticleStatus.HELD, ArticleStatus.RETURNED, ArticleStatus.REJECTED})


def seal_letter(ledger: Transaction, letter: LetterRecord, seal: Seal, *, at: datetime) -> frozenset[str]:
    """Records the seal and empties the texts of the letter in articles that are not printed.

    Returns the SHA-256 of the pictures in them: their files may go once the transaction is committed
    (`destroy_unused`).
    """
    seals.seal(ledger, letter.id, seal, at=at)
    take_back_texts(ledger, letter, _SEALED, at=at)
    return withheld_texts.withhold_texts(ledger, letter.id)


def take_back_texts(ledger: Transaction, letter: LetterRecord, why: str, *, at: datetime) -> None:
    """Takes the texts of the letter out of the articles that are not printed: an article without another text is
    rejected, one with an earlier text of another letter shows that, held. why: Chinese, without a full stop."""
    for record in articles.articles_with_ids(ledger, withheld_texts.articles_with_texts_of(ledger, letter.id)):
        _take_back(ledger, letter, record, why, at)


def destroy_unused(ledger: Ledger, media: HashStore, pictures: Collection[str]) -> None:
    """Destroys those of these files in media/ that nothing in the ledger refers to.

    As a writer: no other process can add a text with one of them meanwhile. Raises StorageFailed.
    """
    if not pictures:
        return
    with ledger.writing() as transaction:
        for sha256 in set(pictures) - files_in_media(transaction):
            media.destroy(sha256)


def _take_back(ledger: Transaction, letter: LetterRecord, record: ArticleRecord, why: str, at: datetime) -> None:
    number = revisions.last_revision_of_others(ledger, record.id, letter.id)
    _free_merged(ledger, record, number or 0, at)
    if number is None:
        if record.status is not ArticleStatus.REJECTED:
            _decide(ledger, record, ArticleStatus.REJECTED, why, at)
        return
    if not revisions.has_revision_text_of(ledger, record.id, record.revision, letter.id):
        return
    earlier = articles.revision_numbered(ledger, record.id, number)
    text = NewEdit(earlier.manuscript, earlier.findings, earlier.manuscript.text_sha256, SERVICE, source=number)
    revisions.add_edit(ledger, record, text, at=at)
    if record.status not in _NOT_IN_ISSUES:
        note = f"第 {record.revision} 稿的{why}，恢复了第 {number} 稿，请编辑定夺"
        _decide(ledger, articles.article_named(ledger, record.id), ArticleStatus.HELD, note, at)


def _free_merged(ledger: Transaction, record: ArticleRecord, number: int, at: datetime) -> None:
    """Ends the mergers into the article whose result is later than its revision `number`, which it shows again."""
    later = [merger for merger in mergers_into(ledger, [record.id]) if merger.into_revision >= number]
    if later:
        end_mergers(ledger, later, at=at)
        article_changes.assign_jointly(ledger, record.id, later[0].into_departments)


def _decide(ledger: Transaction, record: ArticleRecord, to: ArticleStatus, note: str, at: datetime) -> None:
    article_changes.change_status(ledger, record, to, who=SERVICE, note=note, at=at)
