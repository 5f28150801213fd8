"""Folders in the ledger: their watermarks, what does not come, and when all of them was looked at."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from archive import folders
from archive.database import Ledger
from tests.support.ledger_rows import AT, INBOX, keep_letter
from values.letter import Place


def at_uid(uid: int) -> Place:
    return replace(INBOX, uid=uid)


@pytest.mark.parametrize("uids", list(itertools.permutations([3, 5, 9])))
def test_watermark_never_falls(ledger: Ledger, uids: tuple[int, ...]) -> None:
    seen = []
    for uid in uids:
        with ledger.writing() as writing:
            folders.raise_watermark(writing, at_uid(uid), at=AT)
        with ledger.reading() as reading:
            seen.append(folders.watermark(reading, INBOX))
    assert seen == sorted(seen)
    assert seen[-1] == 9


def test_watermark_belongs_to_one_epoch_of_uids(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        folders.raise_watermark(writing, at_uid(9), at=AT)
    with ledger.reading() as reading:
        assert folders.watermark(reading, replace(INBOX, uidvalidity=2)) == 0
        assert folders.watermark(reading, replace(INBOX, folder="已处理")) == 0
        assert folders.watermark(reading, replace(INBOX, account="other@163.com")) == 0


def test_seen_uids_are_those_above_the_uid_asked_about(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        for uid in (1, 2, 4, 8):
            keep_letter(writing, f"letter {uid}", place=at_uid(uid))
        assert folders.seen_uids(writing, at_uid(0)) == {1, 2, 4, 8}
        assert folders.seen_uids(writing, at_uid(2)) == {4, 8}
        assert folders.seen_uids(writing, replace(INBOX, uidvalidity=2)) == frozenset()


def test_letter_that_does_not_come_is_given_up_the_third_time(ledger: Ledger) -> None:
    counted = []
    for day in range(4):
        with ledger.writing() as writing:
            found = folders.record_unfetched(writing, at_uid(7), "没有", patience=3, at=AT + timedelta(days=day))
        counted.append((found.polls, found.given_up))
    assert counted == [(1, False), (2, False), (3, True), (4, True)]
    with ledger.reading() as reading:
        assert folders.unfetched_uids(reading, INBOX) == {7: True}
        assert folders.all_unfetched(reading) == [found]


def test_letter_that_came_after_all_is_forgotten_as_missing(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        for uid in (7, 8):
            folders.record_unfetched(writing, at_uid(uid), "没有", patience=3, at=AT)
        folders.forget_unfetched(writing, INBOX, [7, 99])
        assert folders.unfetched_uids(writing, INBOX) == {8: False}
        assert folders.unfetched_uids(writing, replace(INBOX, uidvalidity=2)) == {}


def test_unfetched_letters_of_an_earlier_uidvalidity_are_not_reported(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        folders.record_unfetched(writing, at_uid(7), "没有", patience=3, at=AT)
        folders.raise_watermark(writing, replace(INBOX, uidvalidity=INBOX.uidvalidity + 1), at=AT)
        assert folders.all_unfetched(writing) == []


def test_folder_remembers_when_all_of_it_was_looked_at(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        assert folders.reconciled_at(writing, INBOX) is None
        folders.record_reconciliation(writing, INBOX, at=AT)
        folders.record_reconciliation(writing, INBOX, at=AT + timedelta(days=1))
        assert folders.reconciled_at(writing, INBOX) == AT + timedelta(days=1)
        assert folders.reconciled_at(writing, replace(INBOX, folder="已处理")) is None
