"""Marks letters in the mailbox once their verdict is committed, and records whether that succeeded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Protocol

from archive import folders, read_marks
from archive.database import Ledger
from intake.fetch.imap_marks import Marked
from intake.fetch.mailbox import Folder
from values.letter import ReadMark

_ATTEMPTS: Final = 3
"""A mark is a courtesy to people: what a server refuses three times is left alone."""
_AT_ONCE: Final = 200
"""Letters marked in one poll: one IMAP command, whose list of UIDs takes some 2,000 characters."""


class Marker(Protocol):
    """A mailbox that can be marked (`intake.fetch.imap.ImapMailbox`)."""

    def mark(self, folder: Folder, uids: Sequence[int], mark: ReadMark) -> Marked:
        """Marks these letters of the folder; returns which were marked. Raises TryLater."""
        ...


def mark_settled(marker: Marker, ledger: Ledger, account: str, folder: str, mark: ReadMark, *, at: datetime) -> Marked:
    """Marks up to 200 letters that have their verdict and no mark; each is tried three times at most.

    Nothing is asked of the mailbox when there is nothing to mark. Raises TryLater.
    """
    with ledger.reading() as reading:
        place = folders.newest_epoch(reading, account, folder)
        waiting = read_marks.unmarked(reading, place, attempts=_ATTEMPTS, most=_AT_ONCE) if place else {}
    if place is None or not waiting:
        return Marked()
    marked = marker.mark(Folder(account, folder, place.uidvalidity), list(waiting), mark)
    with ledger.writing() as writing:
        for uids, done in ((marked.done, True), (marked.failed, False)):
            if uids:
                answer = "" if done else marked.problem
                read_marks.record_mark_attempts(
                    writing, [waiting[uid] for uid in uids], done=done, answer=answer, at=at
                )
    return marked
