"""Keeping what a mailbox shows: all of it once, and never past a letter that did not come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import letters
from archive.database import Ledger
from archive.files import HashStore
from archive.opening import open_ledger
from intake.fetch.mailbox import Folder, Gone, Mailbox, Oversize, Received, Unfetched
from intake.keep import Kept, StrongRoom, poll
from values.letter import Letter, Place

NOW = datetime(2022, 11, 4, 8, 0, tzinfo=UTC)


class Shelf:
    """A mailbox of these UIDs, two letters a batch. `withheld`: what does not come; `gone`: what was deleted."""

    def __init__(self, *uids: int) -> None:
        self.uids = uids
        self.withheld: set[int] = set()
        self.gone: set[int] = set()
        self.asked: list[tuple[int, ...]] = []
        self.searched: list[int] = []

    def open(self) -> Folder:
        return Folder("box@163.com", "INBOX", 1)

    def after(self, uid: int) -> tuple[int, ...]:
        self.searched.append(uid)
        return tuple(one for one in self.uids if one > uid)

    def batches(self, uids: Iterable[int]) -> Iterator[tuple[Received, ...]]:
        wanted = tuple(uids)
        self.asked.append(wanted)
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
    opened = open_ledger(tmp_path / "jianbao.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def room(ledger: Ledger, tmp_path: Path) -> StrongRoom:
    return StrongRoom("wuxing", ledger, HashStore(tmp_path / "raw", ".eml"), lambda: NOW)


def polled(mailbox: Mailbox, room: StrongRoom, *, stop_after: int = 1000) -> Kept:
    batches = iter(range(1, stop_after + 1))
    return poll(mailbox, room, stopping=lambda: next(batches) == stop_after, tell=lambda _done, _found: None)


def test_every_letter_is_kept_once_and_the_next_poll_asks_only_above_them(room: StrongRoom) -> None:
    shelf = Shelf(3, 4, 7, 8, 12)
    shelf.gone = {7}
    assert polled(shelf, room) == Kept(stored=4, new=4)
    assert polled(shelf, room) == Kept()
    assert (shelf.searched, shelf.asked) == ([0, 12], [(3, 4, 7, 8, 12), ()])


def test_a_letter_that_does_not_come_is_asked_for_again_alone_and_then_no_more(room: StrongRoom) -> None:
    shelf = Shelf(1, 2, 3, 4, 5)
    shelf.withheld = {2}
    assert polled(shelf, room) == Kept(stored=4, new=4, problems=("第 2 封没有取到",))
    shelf.withheld = set()
    assert polled(shelf, room) == Kept(stored=1, new=1)
    assert polled(shelf, room) == Kept()
    assert shelf.asked == [(1, 2, 3, 4, 5), (2,), ()]
    assert shelf.searched == [0, 0, 5]


def test_a_hole_that_somebody_else_filled_is_passed_too(room: StrongRoom) -> None:
    shelf = Shelf(1, 2, 3)
    shelf.withheld = {1}
    polled(shelf, room)
    shelf.uids = (2, 3)
    assert polled(shelf, room) == Kept()
    polled(shelf, room)
    assert shelf.searched == [0, 0, 3]


def test_a_poll_told_to_stop_ends_after_its_batch_and_the_next_one_goes_on(room: StrongRoom) -> None:
    shelf = Shelf(1, 2, 3, 4, 5)
    assert polled(shelf, room, stop_after=1) == Kept(stored=2, new=2)
    assert polled(shelf, room) == Kept(stored=3, new=3)
    assert shelf.asked == [(1, 2, 3, 4, 5), (3, 4, 5)]


def test_of_a_letter_that_is_too_large_the_header_is_kept_with_its_true_size(room: StrongRoom, ledger: Ledger) -> None:
    assert polled(Shelf(99), room) == Kept(stored=1, new=1)
    with ledger.reading() as reading:
        [kept] = letters.letters(reading)
    assert (kept.header_only, kept.size, kept.uid) == (True, 70_000_000, 99)
