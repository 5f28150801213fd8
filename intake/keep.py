"""Keeps letters: the bytes on disk first, then one ledger row. From there on nothing can be lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self

import structlog

from archive import folders, letters, removals
from archive.database import Ledger
from archive.files import HashStore, IncomingFile
from archive.folders import UnfetchedRecord
from archive.letters import KeptLetter
from archive.transaction import Transaction
from intake.fetch.mailbox import Folder, Gone, LargeLetter, Mailbox, Oversize, Received, Registered, Unfetched
from values.errors import StorageFailed
from values.letter import Letter, Place

_log = structlog.get_logger(__name__)

RECONCILE_EVERY: Final = timedelta(days=1)
"""How often all UIDs of a folder are compared with the ledger: a letter moved into the folder below the watermark waits
a day at most, and a folder of 100,000 letters is listed once a day only."""
PATIENCE: Final = 3
"""Polls in which a UID that does not come is asked for, before it is asked for in the daily reconciliation only."""

Keepable = Letter | LargeLetter | Oversize


@dataclass(frozen=True, slots=True)
class KeptCounts:
    """What one pass over a mailbox, or one import, has stored."""

    stored: int = 0
    """Letters whose bytes are durable."""
    new: int = 0
    """Those of them that the ledger did not have."""
    problems: tuple[str, ...] = ()
    """Chinese, one for each letter that could not be fetched this time."""
    refused: int = 0
    """Letters that were not stored because they were erased or destroyed before."""

    def __add__(self, other: KeptCounts) -> KeptCounts:
        refused = self.refused + other.refused
        return KeptCounts(self.stored + other.stored, self.new + other.new, self.problems + other.problems, refused)


@dataclass(frozen=True, slots=True)
class _StoredBatch:
    """A batch whose bytes are durable, but for those that are refused."""

    letters: tuple[KeptLetter, ...]
    """All of the batch."""
    refused: frozenset[str]
    """SHA-256 of those that were erased or destroyed before."""

    def counts(self, new: int, problems: tuple[str, ...] = ()) -> KeptCounts:
        """new: letters that the ledger did not have."""
        refused = sum(letter.sha256 in self.refused for letter in self.letters)
        return KeptCounts(len(self.letters) - refused, new, problems, refused)


class FolderPass:
    """One pass over a folder: the UIDs that are missing, and how far the folder is complete by now."""

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
        """UIDs to fetch, ascending."""
        self.mark = mark
        """The watermark before the pass."""
        self.highest = highest
        """The highest UID of a letter that was fetched: SEARCH may list UIDs without a letter, and a watermark up there
        would hide what comes later."""
        self.vanished = vanished
        """UIDs that never came and are not listed any more."""
        self.whole = whole
        """Whether the whole folder is reconciled, and not only what is above the watermark."""
        self.done = 0
        """UIDs of `missing` that have been answered."""
        self.kept = KeptCounts()
        self.finished = False
        """False for a pass that was broken off."""
        self._settled: set[int] = set()
        self._first_open = 0

    def record(self, kept: Collection[int], absent: Collection[int], *, of: int) -> None:
        """Records the answers to `of` UIDs: those kept, and those that need not be asked for again."""
        self.done += of
        self.highest = max(self.highest, *kept, 0)
        self._settled.update(kept, absent)
        while self._first_open < len(self.missing) and self.missing[self._first_open] in self._settled:
            self._settled.remove(self.missing[self._first_open])
            self._first_open += 1

    @property
    def watermark(self) -> Place:
        """The UID up to which no letter is missing."""
        complete = self._first_open == len(self.missing)
        below = self.highest if complete else self.missing[self._first_open] - 1
        return self.place(min(below, self.highest))

    def place(self, uid: int) -> Place:
        return Place(self.folder.account, self.folder.name, self.folder.uidvalidity, uid)


class LetterStore:
    """Stores the letters of one bulletin: the bytes as files, then a row for each in the ledger."""

    def __init__(self, bulletin: str, ledger: Ledger, raws: HashStore, now: Callable[[], datetime]) -> None:
        self._bulletin = bulletin
        self._ledger = ledger
        self._raws = raws
        self._now = now

    def keep(self, batch: Sequence[Keepable]) -> KeptCounts:
        """Stores a batch: each file fsynced, then their directories, then one commit. Raises StorageFailed.

        Any part may be repeated after a crash: files are named by their bytes, rows are unique.
        """
        stored = self._store(batch)
        with self._ledger.writing() as ledger:
            return stored.counts(self._record(ledger, stored, self._now()))

    def begin_pass(self, folder: Folder, mailbox: Mailbox) -> FolderPass:
        """Lists the UIDs of the open folder that the ledger lacks: above the watermark, once a day in the whole folder.

        UIDs given up are skipped, except in the daily reconciliation. Raises TryLater when the mailbox fails.
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
        return FolderPass(folder, missing, mark=mark, highest=highest, vanished=vanished, whole=whole)

    def keep_fetched(self, batch: Sequence[Received], folder_pass: FolderPass) -> None:
        """Stores the letters of a batch, counts those that did not come, and raises the watermark, in one commit after
        the files. Raises StorageFailed."""
        arrived = [answer for answer in batch if isinstance(answer, Keepable)]
        stored = self._store(arrived)
        kept_uids = {letter.place.uid for letter in arrived if letter.place}
        absent = {answer.uid for answer in batch if isinstance(answer, Gone)}
        at = self._now()
        with self._ledger.writing() as ledger:
            new = self._record(ledger, stored, at)
            folders.forget_unfetched(ledger, folder_pass.place(0), kept_uids | absent)
            unfetched = [answer for answer in batch if isinstance(answer, Unfetched)]
            missed = [_record_unfetched(ledger, folder_pass.place(answer.uid), answer, at) for answer in unfetched]
            absent |= {record.place.uid for record in missed if record.given_up}
            folder_pass.record(kept_uids, absent, of=len(batch))
            folders.raise_watermark(ledger, folder_pass.watermark, at=at)
        folder_pass.kept += stored.counts(new, tuple(map(unfetched_notice, missed)))

    def finish_pass(self, folder_pass: FolderPass) -> None:
        """Records that the pass came to its end. One without news writes nothing: there is one each minute."""
        folder_pass.finished = True
        raised = folder_pass.watermark.uid > folder_pass.mark
        if not (folder_pass.whole or folder_pass.vanished or raised):
            return
        at = self._now()
        with self._ledger.writing() as ledger:
            folders.forget_unfetched(ledger, folder_pass.place(0), folder_pass.vanished)
            folders.raise_watermark(ledger, folder_pass.watermark, at=at)
            if folder_pass.whole:
                folders.record_reconciliation(ledger, folder_pass.place(0), at=at)

    def _store(self, batch: Sequence[Keepable]) -> _StoredBatch:
        """Makes the bytes durable, but for those of letters that were erased or destroyed before. Files of large
        letters are moved into the store or removed, whatever happens."""
        large = [letter for letter in batch if isinstance(letter, LargeLetter)]
        small = [(letter, _sha256(letter)) for letter in batch if not isinstance(letter, LargeLetter)]
        try:
            refused = self._refused([*(sha256 for _, sha256 in small), *(letter.content.sha256 for letter in large)])
            self._raws.put_all({sha256: _bytes(letter) for letter, sha256 in small if sha256 not in refused})
            kept = [_kept(letter, sha256) for letter, sha256 in small]
            kept += [_kept(letter, self._take(letter.content, refused)) for letter in large]
        finally:
            for letter in large:
                letter.content.discard()
        self._raws.sync()
        return _StoredBatch(tuple(kept), refused)

    def _take(self, content: IncomingFile, refused: Collection[str]) -> str:
        if content.sha256 not in refused:
            return self._raws.take(content)
        content.destroy()
        return content.sha256

    def _refused(self, sha256s: Sequence[str]) -> frozenset[str]:
        with self._ledger.reading() as ledger:
            refused = removals.refused(ledger, self._bulletin, sha256s)
        for sha256, kind in refused.items():
            _log.warning("removed letter not stored again", letter=sha256, kind=kind.value)
        return frozenset(refused)

    def _record(self, ledger: Transaction, stored: _StoredBatch, at: datetime) -> int:
        """Returns how many of the stored letters are new to the bulletin.

        Raises StorageFailed when the bytes of one are not there any more: the batch is to be stored again then.
        """
        names = [letter.sha256 for letter in stored.letters]
        late = removals.refused(ledger, self._bulletin, names).keys() - stored.refused
        refused = stored.refused | late
        # Files are destroyed by writers only (`service.removal.finish`), so what is there now stays.
        if not all(self._raws.path(sha256).exists() for sha256 in names if sha256 not in refused):
            raise StorageFailed(
                "收信时，另一份简报正在删除同一封来信的文件。这一批没有记下，会再收一次；请稍后再运行。"
            )
        new = letters.keep(ledger, self._bulletin, stored.letters, at=at)
        new -= removals.record_refused(ledger, self._bulletin, sorted(refused), at=at)
        if late:  # removed while they were stored; their files may have been destroyed before that
            for sha256 in late & removals.without_bytes(ledger):
                self._raws.destroy(sha256)
        return new


def poll(
    mailbox: Mailbox,
    store: LetterStore,
    *,
    stopping: Callable[[], bool],
    after_batch: Callable[[FolderPass], None],
    registered: Registered | None = None,
) -> FolderPass:
    """One pass over an unopened mailbox: stores whatever is in it and not stored yet.

    The watermark rises to the last UID below which none is missing, so a letter that did not come is asked for again.
    Of a flood, letters from `registered` senders come first. `stopping` is asked between batches. Raises TryLater when
    the mailbox fails, StorageFailed when the disk does; the batches before are stored.
    """
    folder_pass = store.begin_pass(mailbox.open(), mailbox)
    with _Storing(store, folder_pass, after_batch) as storing:
        for batch in mailbox.batches(folder_pass.missing, registered):
            storing.store(batch)
            del batch  # else its 5 MB would stay in memory with the next ones
            if stopping():
                return folder_pass
    store.finish_pass(folder_pass)
    return folder_pass


class _Storing:
    """Stores each batch while the next one is being fetched: the server and the disk do not wait for each other.

    Leaving the context waits for the last one.
    """

    def __init__(self, store: LetterStore, folder_pass: FolderPass, after_batch: Callable[[FolderPass], None]) -> None:
        self._store = store
        self._folder_pass = folder_pass
        self._after_batch = after_batch
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._unfinished: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._thread:
            self._finish(broken_off=kind is not None)

    def store(self, batch: Sequence[Received]) -> None:
        """Begins to store the batch, once the one before is stored. Raises StorageFailed when that one failed."""
        try:
            self._finish()
        except BaseException:
            _discard(batch)
            raise
        self._unfinished = self._thread.submit(self._store.keep_fetched, batch, self._folder_pass)

    def _finish(self, *, broken_off: bool = False) -> None:
        unfinished, self._unfinished = self._unfinished, None
        if unfinished is not None:
            unfinished.result()
            if not broken_off:
                self._after_batch(self._folder_pass)


def _discard(batch: Sequence[Received]) -> None:
    """Deletes the files of large letters that will not be stored."""
    for letter in batch:
        if isinstance(letter, LargeLetter):
            letter.content.discard()


def _record_unfetched(ledger: Transaction, place: Place, unfetched: Unfetched, at: datetime) -> UnfetchedRecord:
    record = folders.record_unfetched(ledger, place, unfetched.reason, patience=PATIENCE, at=at)
    if record.given_up:
        _log.warning(
            "letter given up", account=place.account, folder=place.folder, uid=place.uid, reason=unfetched.reason
        )
    return record


def unfetched_notice(record: UnfetchedRecord) -> str:
    """The sentence for the clerk about a letter that does not come, with the remedy once it is given up."""
    if not record.given_up:
        return record.reason
    place = record.place
    return (
        f"邮箱 {place.account} 的文件夹“{place.folder}”里有一封信（UID {place.uid}）连取 {record.polls} 次都没有取到，"
        f"以后每天只再试一次。请在网页邮箱里找到它，存为 .eml 后用 import 导入，或请对方重发。原因：{record.reason}"
    )


def _sha256(letter: Letter | Oversize) -> str:
    return hashlib.sha256(_bytes(letter)).hexdigest()


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
