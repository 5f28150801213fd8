"""Keeping letters: the bytes on disk first, then one ledger row. From there on nothing can be lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive import letters
from archive.database import Ledger
from archive.files import HashStore
from archive.letters import KeptLetter
from intake.fetch.mailbox import Folder, Mailbox, Oversize, Received, Unfetched
from values.letter import Letter, Place


@dataclass(frozen=True, slots=True)
class Kept:
    """How many letters are safe, how many of those were never seen before, and what could not be fetched this time."""

    stored: int = 0
    new: int = 0
    problems: tuple[str, ...] = ()

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.stored + other.stored, self.new + other.new, self.problems + other.problems)


@dataclass(frozen=True, slots=True)
class Found:
    """The folder's highest UID, those not kept yet (ascending), and up to which none is missing."""

    highest: int
    missing: tuple[int, ...]
    watermark: int


class StrongRoom:
    """Where the letters of one bulletin are kept."""

    def __init__(self, bulletin: str, ledger: Ledger, raws: HashStore, now: Callable[[], datetime]) -> None:
        self._bulletin = bulletin
        self._ledger = ledger
        self._raws = raws
        self._now = now

    def keep(self, batch: Sequence[Letter | Oversize], settled: Place | None = None) -> Kept:
        """Keeps a batch: each file fsynced, then their directories, then one commit. Raises StorageFailed.

        settled: up to this UID nothing of its folder is missing any more. Any part may be done again after a crash:
        files are named by their bytes, rows are unique.
        """
        hashes = self._raws.put_all([_bytes(letter) for letter in batch])
        self._raws.sync()
        kept = [_kept(letter, sha256) for letter, sha256 in zip(batch, hashes, strict=True)]
        with self._ledger.writing() as ledger:
            new = letters.keep(ledger, self._bulletin, kept, at=self._now())
            if settled is not None:
                letters.raise_watermark(ledger, settled, at=self._now())
        return Kept(len(kept), new)

    def look(self, folder: Folder, mailbox: Mailbox) -> Found:
        """What is above the watermark of the open folder."""
        place = _place(folder, 0)
        with self._ledger.reading() as ledger:
            mark, seen = letters.watermark(ledger, place), letters.seen_uids(ledger, place)
        uids = mailbox.after(mark)
        return Found(max(uids, default=mark), tuple(uid for uid in uids if uid not in seen), mark)


def poll(mailbox: Mailbox, room: StrongRoom, *, stopping: Callable[[], bool], tell: Callable[[int, int], None]) -> Kept:
    """One pass over an unopened mailbox: whatever is in it and not kept yet. `tell` hears (done, found).

    The watermark rises to the last UID below which none is missing, so a letter that did not come is asked for again.
    `stopping` is asked between batches. Raises TryLater when the mailbox fails; what came before is kept.
    """
    folder = mailbox.open()
    found = room.look(folder, mailbox)
    if not found.missing and found.highest > found.watermark:  # what had been missing came meanwhile
        return room.keep([], _place(folder, found.highest))
    kept, done = Kept(), 0
    for batch in mailbox.batches(found.missing):
        done += len(batch)
        problems = tuple(one.reason for one in batch if isinstance(one, Unfetched))
        unbroken = not (kept.problems or problems)
        complete = found.highest if done == len(found.missing) else found.missing[done - 1]
        kept += room.keep(_letters(batch), _place(folder, complete) if unbroken else None)
        kept += Kept(problems=problems)
        tell(done, len(found.missing))
        if stopping():
            break
    return kept


def _bytes(letter: Letter | Oversize) -> bytes:
    return letter.raw if isinstance(letter, Letter) else letter.header


def _kept(letter: Letter | Oversize, sha256: str) -> KeptLetter:
    return KeptLetter(
        sha256=sha256,
        size=len(letter.raw) if isinstance(letter, Letter) else letter.size,
        header_only=isinstance(letter, Oversize),
        received_at=letter.received_at,
        place=letter.place,
    )


def _letters(batch: Sequence[Received]) -> list[Letter | Oversize]:
    return [one for one in batch if isinstance(one, Letter | Oversize)]


def _place(folder: Folder, uid: int) -> Place:
    return Place(folder.account, folder.name, folder.uidvalidity, uid)
