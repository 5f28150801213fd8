"""Courtesy marks in the ledger: tried after the verdict, a few times, and once done never again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from archive import letters, read_marks
from archive.database import Ledger
from archive.transaction import Transaction
from tests.support.ledger_rows import AT, INBOX, keep_letter
from values.letter import Verdict


def unmarked(ledger: Transaction) -> Mapping[int, int]:
    return read_marks.unmarked(ledger, INBOX, attempts=3, most=10)


def settled(ledger: Transaction, *uids: int) -> None:
    for uid in uids:
        letter = keep_letter(ledger, f"letter {uid}", place=replace(INBOX, uid=uid))
        letters.settle(ledger, letter, Verdict.ARTICLE, "已成稿", at=AT)


def test_letter_is_marked_only_after_its_verdict(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        settled(writing, 4, 2)
        keep_letter(writing, "pending", place=replace(INBOX, uid=3))
        assert list(unmarked(writing)) == [2, 4]
        assert list(read_marks.unmarked(writing, INBOX, attempts=3, most=1)) == [2]
        assert read_marks.unmarked(writing, replace(INBOX, uidvalidity=9), attempts=3, most=10) == {}


def test_letter_is_tried_three_times_at_most(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        settled(writing, 2)
        tries = 0
        while waiting := unmarked(writing):
            read_marks.record_mark_attempts(writing, waiting.values(), done=False, answer="NO", at=AT)
            tries += 1
        assert tries == 3


def test_letter_once_marked_is_left_alone(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        settled(writing, 2, 4)
        read_marks.record_mark_attempts(writing, [unmarked(writing)[2]], done=True, answer="", at=AT)
        assert list(unmarked(writing)) == [4]
