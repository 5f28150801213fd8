"""A ledger that was restored from an older backup: what was removed since then is removed from it again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog

from archive import letters, removals, seals
from archive.changes import NewChange, record_change
from archive.letters import KeptLetter, LetterRecord
from archive.removals import RemovedLetter
from archive.tombstones import read_tombstone, tombstone_names
from archive.transaction import Transaction
from intake.sealing import take_back_texts
from intake.settle import SERVICE
from service.office import Office
from values.errors import StorageFailed

_log = structlog.get_logger(__name__)

_WHY: Final = "台账是从较早的备份恢复的"


def recall_removed(office: Office) -> int:
    """Removes every letter that has a tombstone and that the ledger still holds, or does not know; returns how many.

    To be called before letters are fetched or imported. `finish_removals` destroys the files. A tombstone that cannot
    be read is logged and left. Raises StorageFailed.
    """
    names = tombstone_names(office.data_dir)
    if not names:
        return 0
    with office.ledger.reading() as ledger:
        lost = sorted(names - removals.removed_names(ledger))
    count = 0
    for bulletin, sha256 in lost:
        try:
            tombstone = read_tombstone(office.data_dir, bulletin, sha256)
        except StorageFailed as error:
            _log.error("tombstone unreadable", letter=sha256, reason=str(error))
            continue
        with office.ledger.writing() as ledger:
            letter = letters.letter_with_sha256(ledger, bulletin, sha256)
            if letter is not None and letter.removal is not None:
                continue  # another process has just done it
            _remove_again(ledger, tombstone, office.now())
        _log.warning("letter removed again", letter=sha256, kind=tombstone.removal.kind.value)
        count += 1
    return count


def _remove_again(ledger: Transaction, tombstone: RemovedLetter, at: datetime) -> None:
    letter = _recorded(ledger, tombstone, at)
    if tombstone.seal is not None and seals.seal_of(ledger, letter.id) is None:
        seals.seal(ledger, letter.id, tombstone.seal, at=tombstone.removal.at)
    take_back_texts(ledger, letter, f"来信{tombstone.removal.kind.chinese}", at=at)
    removals.remove(ledger, letter.id, tombstone.removal, with_open_drafts=True)
    change = NewChange(
        bulletin=letter.bulletin,
        who=SERVICE,
        subject="letter",
        subject_id=letter.id,
        summary=f"再次移除{tombstone.removal.kind.chinese}的来信 {letter.id}（sha256 {letter.sha256}）",
        why=_WHY,
        at=at,
    )
    record_change(ledger, change)


def _recorded(ledger: Transaction, tombstone: RemovedLetter, at: datetime) -> LetterRecord:
    """The letter's row, made where the ledger does not know it, with the verdict of the tombstone."""
    kept = KeptLetter(tombstone.sha256, tombstone.size, False, tombstone.received_at, None)
    letters.keep(ledger, tombstone.bulletin, [kept], at=at)
    letter_id = letters.letter_id(ledger, tombstone.bulletin, tombstone.sha256)
    letters.settle(ledger, letter_id, tombstone.verdict, tombstone.removal.kind.chinese, at=at)
    letter = letters.letter_with_id(ledger, tombstone.bulletin, letter_id)
    assert letter, "it was recorded above"
    return letter
