"""Keeping letters: the bytes on disk first, then one ledger row. From there on nothing can be lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from archive import folders, letters
from archive.database import Ledger
from archive.files import HashStore
from archive.folders import UnfetchedRecord
from archive.letters import KeptLetter
from archive.transaction import Transaction
from intake.fetch.mailbox import Folder, Gone, LargeLetter, Mailbox, Oversize, Received, Registered, Unfetched
from values.letter import Letter, Place

_log = structlog.get_logger(__name__)

RECONCILE_EVERY: Final = timedelta(days=1)
PATIENCE: Final = 3
"""Polls in which a UID is asked for and does not come, before it is only asked for when the folder is reconciled."""

Keepable = Letter | LargeLetter | Oversize


@dataclass(frozen=True, slots=True)
class Kept:
    """How many letters are safe, how many of those were never seen before, and what could not be fetched this time."""

    stored: int = 0
    new: int = 0
    problems: tuple[str, ...] = ()

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.stored + other.stored, self.new + other.new, self.problems + other.problems)


class Visit:
    """One pass over a folder: what is missing of it (UIDs, ascending), and up to where all of it is settled by now.

    mark: the watermark before. highest: the last UID that is known to be real: SEARCH may list ghosts, and a watermark
    up there would hide what comes later. vanished: UIDs that never came and are listed no more. whole: not only what is
    new was looked at. kept: what came so far. finished: not broken off.
    """

    def __init__(
        self,
        folder: Folder,
        missing: Sequence[int],
        *,
        mark: int,
        highest: int,
        vanished: Collection[int],
        whole: bool,
    ) -> None:
        self.folder = folder
        self.missing = tuple(missing)
        self.mark = mark
        self.highest = highest
        self.vanished = vanished
        self.whole = whole
        self.done = 0
        self.kept = Kept()
        self.finished = False
        self._settled: set[int] = set()
        self._first_open = 0

    def settle(self, came: Collection[int], absent: Collection[int], *, of: int) -> None:
        """Of as many that were asked for, these are kept, and these need not be asked for again."""
        self.done += of
        self.highest = max(self.highest, *came, 0)
        self._settled.update(came, absent)
        while self._first_open < len(self.missing) and self.missing[self._first_open] in self._settled:
            self._settled.remove(self.missing[self._first_open])
            self._first_open += 1

    @property
    def watermark(self) -> Place:
        """Up to this UID nothing is missing any more."""
        complete = self._first_open == len(self.missing)
        below = self.highest if complete else self.missing[self._first_open] - 1
        return self.place(min(below, self.highest))

    def place(self, uid: int) -> Place:
        return Place(self.folder.account, self.folder.name, self.folder.uidvalidity, uid)


class StrongRoom:
    """Where the letters of one bulletin are kept."""

    def __init__(self, bulletin: str, ledger: Ledger, raws: HashStore, now: Callable[[], datetime]) -> None:
        self._bulletin = bulletin
        self._ledger = ledger
        self._raws = raws
        self._now = now

    def keep(self, batch: Sequence[Keepable]) -> Kept:
        """Keeps a batch: each file fsynced, then their directories, then one commit. Raises StorageFailed.

        Any part may be done again after a crash: files are named by their bytes, rows are unique.
        """
        kept = self._store(batch)
        with self._ledger.writing() as ledger:
            return Kept(len(kept), letters.keep(ledger, self._bulletin, kept, at=self._now()))

    def look(self, folder: Folder, mailbox: Mailbox) -> Visit:
        """What the open folder has and we do not: above the watermark, and once a day anywhere in it.

        A UID given up is left out, but once a day.
        """
        nowhere = Place(folder.account, folder.name, folder.uidvalidity, 0)
        with self._ledger.reading() as ledger:
            mark = folders.watermark(ledger, nowhere)
            last = folders.reconciled_at(ledger, nowhere)
            whole = last is None or self._now() - last >= RECONCILE_EVERY
            start = 0 if whole else mark
            seen = folders.seen_uids(ledger, Place(folder.account, folder.name, folder.uidvalidity, start))
            awaited = folders.unfetched_uids(ledger, nowhere)
        listed = mailbox.after(start)
        vanished = {uid for uid in awaited if uid > start}.difference(listed)
        wanted = {*listed, *awaited} - seen - vanished
        missing = sorted(uid for uid in wanted if whole or not awaited.get(uid))
        highest = max(seen.intersection(listed), default=mark)
        return Visit(folder, missing, mark=mark, highest=highest, vanished=vanished, whole=whole)

    def take(self, batch: Sequence[Received], visit: Visit) -> None:
        """Keeps what came of a batch, counts what did not, and raises the watermark, in one commit after the files."""
        arrived = [one for one in batch if isinstance(one, Keepable)]
        kept = self._store(arrived)
        came = {one.place.uid for one in arrived if one.place}
        absent = {one.uid for one in batch if isinstance(one, Gone)}
        with self._ledger.writing() as ledger:
            new = letters.keep(ledger, self._bulletin, kept, at=self._now())
            folders.forget_unfetched(ledger, visit.place(0), came | absent)
            missed = [self._miss(ledger, visit, one) for one in batch if isinstance(one, Unfetched)]
            absent |= {one.place.uid for one in missed if one.given_up}
            visit.settle(came, absent, of=len(batch))
            folders.raise_watermark(ledger, visit.watermark, at=self._now())
        visit.kept += Kept(len(kept), new, tuple(said_of(one) for one in missed))

    def finish(self, visit: Visit) -> None:
        """Notes that the visit came to its end. One that found nothing writes nothing: there is one each minute."""
        visit.finished = True
        if not (visit.whole or visit.vanished or visit.watermark.uid > visit.mark):
            return
        with self._ledger.writing() as ledger:
            folders.forget_unfetched(ledger, visit.place(0), visit.vanished)
            folders.raise_watermark(ledger, visit.watermark, at=self._now())
            if visit.whole:
                folders.record_reconciliation(ledger, visit.place(0), at=self._now())

    def _miss(self, ledger: Transaction, visit: Visit, one: Unfetched) -> UnfetchedRecord:
        place = visit.place(one.uid)
        found = folders.record_unfetched(ledger, place, one.reason, patience=PATIENCE, at=self._now())
        if found.given_up:
            _log.warning("letter given up", account=place.account, folder=place.folder, uid=one.uid, said=one.reason)
        return found

    def _store(self, batch: Sequence[Keepable]) -> list[KeptLetter]:
        """Makes the bytes durable. Files of large letters are gone or in place afterwards, whatever happens."""
        large = [one for one in batch if isinstance(one, LargeLetter)]
        small = [one for one in batch if not isinstance(one, LargeLetter)]
        try:
            hashes = self._raws.put_all([_bytes(letter) for letter in small])
            kept = [_kept(letter, sha256) for letter, sha256 in zip(small, hashes, strict=True)]
            kept += [_kept(letter, self._raws.take(letter.content)) for letter in large]
        finally:
            for letter in large:
                letter.content.discard()
        self._raws.sync()
        return kept


def poll(
    mailbox: Mailbox,
    room: StrongRoom,
    *,
    stopping: Callable[[], bool],
    after_batch: Callable[[Visit], None],
    registered: Registered | None = None,
) -> Visit:
    """One pass over an unopened mailbox: whatever is in it and not kept yet.

    The watermark rises to the last UID below which none is missing, so a letter that did not come is asked for again.
    Of a flood, letters from `registered` senders come first. `stopping` is asked between batches. Raises TryLater when
    the mailbox fails; what came before is kept.
    """
    visit = room.look(mailbox.open(), mailbox)
    for batch in mailbox.batches(visit.missing, registered):
        room.take(batch, visit)
        after_batch(visit)
        if stopping():
            return visit
    room.finish(visit)
    return visit


def said_of(found: UnfetchedRecord) -> str:
    """What a clerk reads of a letter that does not come, and what can be done."""
    if not found.given_up:
        return found.reason
    place = found.place
    return (
        f"邮箱 {place.account} 的文件夹“{place.folder}”里有一封信（UID {place.uid}）连取 {found.polls} 次都没有取到，"
        f"以后每天只再试一次。请在网页邮箱里找到它，存为 .eml 后用 import 导入，或请对方重发。原因：{found.reason}"
    )


def _bytes(letter: Letter | Oversize) -> bytes:
    return letter.raw if isinstance(letter, Letter) else letter.header


def _kept(letter: Keepable, sha256: str) -> KeptLetter:
    match letter:
        case Letter(raw=raw):
            size = len(raw)
        case LargeLetter(content=content):
            size = content.size
        case Oversize(size=announced):
            size = announced
    return KeptLetter(sha256, size, isinstance(letter, Oversize), letter.received_at, letter.place)
