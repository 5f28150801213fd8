"""Keeping what a mailbox shows: all of it once, and never past a letter that did not come."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import folders, letters, removals
from archive.database import Ledger
from archive.files import HashStore
from intake.fetch.mailbox import Folder, Gone, Mailbox, Oversize, Received, Registered, Unfetched
from intake.keep import FolderPass, KeptCounts, LetterStore, poll
from tests.support.ledgers import empty_ledger
from tests.support.offices import Clock
from values.errors import StorageFailed, TryLater
from values.letter import Letter, Place, Removal, RemovalKind, Verdict

NOW = datetime(2022, 11, 4, 8, 0, tzinfo=UTC)


class Shelf:
    """A mailbox of these UIDs, two letters a batch. `withheld`: what does not come; `gone`: what was deleted;
    `first`: what comes before all others."""

    def __init__(self, *uids: int) -> None:
        self.uids = uids
        self.withheld: set[int] = set()
        self.gone: set[int] = set()
        self.first: tuple[int, ...] = ()
        self.asked: list[tuple[int, ...]] = []
        self.searched: list[int] = []

    def open(self) -> Folder:
        return Folder("box@163.com", "INBOX", 1)

    def after(self, uid: int) -> tuple[int, ...]:
        self.searched.append(uid)
        return tuple(one for one in self.uids if one > uid)

    def batches(self, uids: Iterable[int], registered: Registered | None = None) -> Iterator[tuple[Received, ...]]:
        self.asked.append(tuple(uids))
        wanted = sorted(self.asked[-1], key=lambda uid: uid not in self.first)
        for start in range(0, len(wanted), 2):
            yield tuple(self._one(uid) for uid in wanted[start : start + 2])

    def close(self) -> None:
        """Nothing to end."""

    def _one(self, uid: int) -> Received:
        if uid in self.withheld:
            return Unfetched(uid, f"第 {uid} 封没有取到")
        if uid in self.gone:
            return Gone(uid)
        place = Place("box@163.com", "INBOX", 1, uid)
        if uid == 99:
            return Oversize(b"Subject: huge\r\n\r\n", 70_000_000, NOW, place)
        return Letter(f"Subject: {uid}\r\n\r\n".encode(), NOW, place)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with empty_ledger(tmp_path / "jianbao.sqlite3") as ledger:
        yield ledger


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def store(ledger: Ledger, tmp_path: Path, clock: Clock) -> LetterStore:
    return LetterStore("wuxing", ledger, HashStore(tmp_path / "raw", ".eml"), clock)


def polled(mailbox: Mailbox, store: LetterStore, *, stop_after: int = 1000) -> KeptCounts:
    batches = iter(range(1, stop_after + 1))
    return poll(mailbox, store, stopping=lambda: next(batches) == stop_after, after_batch=lambda _: None).kept


def test_every_letter_is_kept_once_and_the_next_poll_asks_only_above_them(store: LetterStore) -> None:
    shelf = Shelf(3, 4, 7, 8, 12)
    shelf.gone = {7}
    assert polled(shelf, store) == KeptCounts(stored=4, new=4)
    assert polled(shelf, store) == KeptCounts()
    assert (shelf.searched, shelf.asked) == ([0, 12], [(3, 4, 7, 8, 12), ()])


def test_a_letter_that_does_not_come_is_asked_for_again_alone_and_then_no_more(store: LetterStore) -> None:
    shelf = Shelf(1, 2, 3, 4, 5)
    shelf.withheld = {2}
    assert polled(shelf, store) == KeptCounts(stored=4, new=4, problems=("第 2 封没有取到",))
    shelf.withheld = set()
    assert polled(shelf, store) == KeptCounts(stored=1, new=1)
    assert polled(shelf, store) == KeptCounts()
    assert shelf.asked == [(1, 2, 3, 4, 5), (2,), ()]
    assert shelf.searched == [0, 1, 5]


def test_a_hole_that_somebody_else_filled_is_passed_too(store: LetterStore) -> None:
    shelf = Shelf(1, 2, 3)
    shelf.withheld = {1}
    polled(shelf, store)
    shelf.uids = (2, 3)
    assert polled(shelf, store) == KeptCounts()
    polled(shelf, store)
    assert shelf.searched == [0, 0, 3]


def test_a_poll_told_to_stop_ends_after_its_batch_and_the_next_one_goes_on(store: LetterStore) -> None:
    shelf = Shelf(1, 2, 3, 4, 5)
    assert polled(shelf, store, stop_after=1) == KeptCounts(stored=2, new=2)
    assert polled(shelf, store) == KeptCounts(stored=3, new=3)
    assert shelf.asked == [(1, 2, 3, 4, 5), (3, 4, 5)]


def test_of_a_letter_that_is_too_large_the_header_is_kept_with_its_true_size(
    store: LetterStore, ledger: Ledger
) -> None:
    assert polled(Shelf(99), store) == KeptCounts(stored=1, new=1)
    with ledger.reading() as reading:
        [kept] = letters.letters(reading)
    assert (kept.header_only, kept.size, kept.uid) == (True, 70_000_000, 99)


def test_a_letter_that_never_comes_is_given_up_after_three_polls_and_said_so_once(
    store: LetterStore, ledger: Ledger
) -> None:
    shelf = Shelf(1, 2, 3)
    shelf.withheld = {2}
    problems = [polled(shelf, store).problems for _ in range(5)]
    assert problems[:2] == [("第 2 封没有取到",)] * 2
    assert "连取 3 次都没有取到" in problems[2][0]
    assert "请在网页邮箱里找到它" in problems[2][0]
    assert problems[3:] == [(), ()]
    assert shelf.searched == [0, 1, 1, 3, 3]
    with ledger.reading() as reading:
        assert [(one.place.uid, one.given_up) for one in folders.all_unfetched(reading)] == [(2, True)]


def test_a_letter_given_up_that_comes_back_is_taken_the_next_day(
    store: LetterStore, ledger: Ledger, clock: Clock
) -> None:
    shelf = Shelf(1, 2, 3)
    shelf.withheld = {2}
    for _ in range(4):
        polled(shelf, store)
    shelf.withheld = set()
    clock.now += timedelta(hours=23)
    assert polled(shelf, store) == KeptCounts()
    clock.now += timedelta(hours=1)
    assert polled(shelf, store) == KeptCounts(stored=1, new=1)
    with ledger.reading() as reading:
        assert folders.all_unfetched(reading) == []


def test_a_letter_moved_in_below_the_watermark_is_found_once_a_day(store: LetterStore, clock: Clock) -> None:
    shelf = Shelf(2, 5)
    polled(shelf, store)
    shelf.uids = (1, 2, 4, 5)
    assert polled(shelf, store) == KeptCounts()
    clock.now += timedelta(days=1)
    assert polled(shelf, store) == KeptCounts(stored=2, new=2)
    assert polled(shelf, store) == KeptCounts()
    assert shelf.searched == [0, 5, 0, 5]


def test_a_moved_in_letter_that_does_not_come_is_asked_for_at_the_next_poll(store: LetterStore, clock: Clock) -> None:
    shelf = Shelf(5)
    polled(shelf, store)
    shelf.uids, shelf.withheld = (1, 5), {1}
    clock.now += timedelta(days=1)
    assert len(polled(shelf, store).problems) == 1
    shelf.withheld = set()
    assert polled(shelf, store) == KeptCounts(stored=1, new=1)


def test_a_reconciliation_that_is_broken_off_is_done_again(store: LetterStore, clock: Clock) -> None:
    shelf = Shelf(9)
    polled(shelf, store)
    shelf.uids = (1, 2, 3, 9)
    clock.now += timedelta(days=1)
    assert polled(shelf, store, stop_after=1) == KeptCounts(stored=2, new=2)
    assert polled(shelf, store) == KeptCounts(stored=1, new=1)
    assert shelf.searched == [0, 0, 0]


def test_letters_that_come_out_of_order_raise_the_watermark_only_when_none_below_is_missing(
    store: LetterStore, ledger: Ledger
) -> None:
    shelf = Shelf(1, 2, 3, 4, 5, 6)
    shelf.first = (5, 6)
    assert polled(shelf, store, stop_after=2) == KeptCounts(stored=4, new=4)
    with ledger.reading() as reading:
        assert folders.watermark(reading, Place("box@163.com", "INBOX", 1, 0)) == 2
    assert polled(shelf, store) == KeptCounts(stored=2, new=2)
    assert shelf.asked[-1] == (3, 4)


@pytest.mark.parametrize("ghost_is", ["withheld", "gone"])
def test_a_ghost_above_all_real_uids_hides_no_letter_that_comes_later(store: LetterStore, ghost_is: str) -> None:
    shelf = Shelf(1, 2, 4_294_967_295)
    setattr(shelf, ghost_is, {4_294_967_295})
    for _ in range(4):
        polled(shelf, store)
    shelf.uids = (1, 2, 3, 4_294_967_295)
    assert polled(shelf, store).new == 1


def test_batch_before_the_one_that_breaks_off_is_stored(store: LetterStore) -> None:
    class Broken(Shelf):
        def batches(self, uids: Iterable[int], registered: Registered | None = None) -> Iterator[tuple[Received, ...]]:
            yield next(super().batches(uids, registered))
            raise TryLater("断开")

    with pytest.raises(TryLater):
        polled(Broken(1, 2, 3, 4, 5), store)
    shelf = Shelf(1, 2, 3, 4, 5)
    assert polled(shelf, store) == KeptCounts(stored=3, new=3)
    assert shelf.asked == [(3, 4, 5)]


def test_batch_that_cannot_be_stored_ends_the_poll(store: LetterStore, tmp_path: Path) -> None:
    (tmp_path / "raw").write_bytes(b"")
    shelf = Shelf(*range(1, 100, 2))
    seen: list[int] = []

    def note(folder_pass: FolderPass) -> None:
        seen.append(folder_pass.done)

    with pytest.raises(StorageFailed):
        poll(shelf, store, stopping=lambda: False, after_batch=note)
    assert seen == []
    (tmp_path / "raw").unlink()
    assert polled(shelf, store).new == 50


class Interrupted(HashStore):
    """A store beside which something else happens once, before or after a batch of files is written."""

    def __init__(
        self,
        root: Path,
        *,
        before: Callable[[], object] = lambda: None,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(root, ".eml")
        self._before, self._after = [before], [after]

    def put_all(self, batch: Mapping[str, bytes]) -> None:
        for happen in self._before:
            happen()
        super().put_all(batch)
        for happen in self._after:
            happen()
        self._before, self._after = [], []


LETTER = Letter(b"Subject: 1\r\n\r\n", NOW)
SHA256 = hashlib.sha256(LETTER.raw).hexdigest()


def erase(ledger: Ledger) -> None:
    """Erases LETTER in the ledger."""
    with ledger.writing() as writing:
        letter_id = letters.letter_id(writing, "wuxing", SHA256)
        letters.settle(writing, letter_id, Verdict.IGNORED, "无稿", at=NOW)
        removals.remove(writing, letter_id, Removal(RemovalKind.ERASED, "王主任", "理由", NOW))


def test_bytes_that_another_bulletin_destroys_meanwhile_are_not_recorded(
    store: LetterStore, ledger: Ledger, tmp_path: Path, clock: Clock
) -> None:
    store.keep([LETTER])
    erase(ledger)
    raws = Interrupted(tmp_path / "raw", after=lambda: HashStore(tmp_path / "raw", ".eml").destroy(SHA256))
    other = LetterStore("other", ledger, raws, clock)
    with pytest.raises(StorageFailed, match="再收一次"):
        other.keep([LETTER])
    with ledger.reading() as reading:
        assert letters.verdicts_of(reading, "other", [SHA256]) == {}
    assert other.keep([LETTER]).new == 1
    assert raws.read(SHA256) == LETTER.raw


def test_letter_that_is_erased_while_it_is_stored_again_leaves_no_file(
    store: LetterStore, ledger: Ledger, tmp_path: Path, clock: Clock
) -> None:
    store.keep([LETTER])
    raws = HashStore(tmp_path / "raw", ".eml")

    def erase_it() -> None:
        erase(ledger)
        raws.destroy(SHA256)

    again = LetterStore("wuxing", ledger, Interrupted(raws.root, before=erase_it), clock)
    assert again.keep([LETTER]).new == 0
    assert not raws.path(SHA256).exists()
