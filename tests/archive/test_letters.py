"""Letters in the ledger: once by their bytes, seen at many places, one verdict each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from archive import folders, letters
from archive.database import Ledger
from archive.letters import LetterDetails
from archive.revisions import add_article
from tests.support.ledger_rows import AT, BULLETIN, INBOX, keep_letter, kept, new_article, sha256
from values.letter import Place, Verdict


def at_uid(uid: int, place: Place = INBOX) -> Place:
    return replace(place, uid=uid)


def verdicts(ledger: Ledger) -> list[Verdict]:
    with ledger.reading() as reading:
        return [letter.verdict for letter in letters.letters(reading)]


def test_letter_is_new_once_however_often_it_is_kept(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        answers = [letters.keep(writing, BULLETIN, [kept("a", at_uid(7))], at=AT) for _ in range(3)]
    with ledger.writing() as writing:
        answers.append(letters.keep(writing, BULLETIN, [kept("a", at_uid(7))], at=AT + timedelta(days=1)))
    assert answers == [1, 0, 0, 0]
    with ledger.reading() as reading:
        (letter,) = letters.letters(reading)
        assert folders.seen_uids(reading, INBOX) == {7}
    assert (letter.sha256, letter.verdict, letter.reason) == (sha256("a"), Verdict.PENDING, "已收到，还没有读")
    assert (letter.account, letter.uid, letter.received_at) == (INBOX.account, 7, AT)


def test_same_bytes_at_two_places_are_one_letter_seen_twice(ledger: Ledger) -> None:
    archive_folder = Place(INBOX.account, "已处理", 99, 3)
    with ledger.writing() as writing:
        assert letters.keep(writing, BULLETIN, [kept("a", at_uid(7))], at=AT) == 1
        assert letters.keep(writing, BULLETIN, [kept("a", archive_folder)], at=AT) == 0
        assert letters.keep(writing, BULLETIN, [kept("a", at_uid(12))], at=AT) == 0
    with ledger.reading() as reading:
        assert [(letter.account, letter.uid) for letter in letters.letters(reading)] == [(INBOX.account, 7)]
        assert folders.seen_uids(reading, INBOX) == {7, 12}
        assert folders.seen_uids(reading, replace(archive_folder, uid=0)) == {3}


def test_batch_counts_what_is_new_in_it(ledger: Ledger) -> None:
    batch = [
        kept("a", at_uid(1), AT),
        kept("b", at_uid(2)),
        kept("a", at_uid(3), AT + timedelta(days=1)),
        kept("known", at_uid(4)),
    ]
    with ledger.writing() as writing:
        keep_letter(writing, "known")
        assert letters.keep(writing, BULLETIN, [], at=AT) == 0
        assert letters.keep(writing, BULLETIN, batch, at=AT) == 2
        assert letters.keep(writing, BULLETIN, batch, at=AT) == 0
        assert folders.seen_uids(writing, INBOX) == {1, 2, 3, 4}
        found = {letter.sha256: (letter.uid, letter.received_at) for letter in letters.letters(writing)}
    assert list(found.items()) == [(sha256("known"), (4, AT)), (sha256("a"), (1, AT)), (sha256("b"), (2, AT))]


def test_imported_letter_was_seen_nowhere(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        keep_letter(writing, "a")
    with ledger.reading() as reading:
        (letter,) = letters.letters(reading)
    assert (letter.account, letter.uid) == (None, None)


def test_bulletins_keep_their_own_letters(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        assert letters.keep(writing, "wuxing", [kept("a")], at=AT) == 1
        assert letters.keep(writing, "xinxi", [kept("a")], at=AT) == 1
        assert len(letters.pending(writing, "wuxing")) == 1
        assert [letter.bulletin for letter in letters.letters(writing)] == ["wuxing", "xinxi"]


def test_verdict_brings_reason_sender_and_articles(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        letter_id = keep_letter(writing, "a")
        article_id = add_article(writing, letter_id, new_article("普惠金融"), at=AT)
        for _ in range(2):
            letters.settle(
                writing,
                letter_id,
                Verdict.ARTICLE,
                "区民政局《普惠金融》已成稿",
                at=AT,
                details=LetterDetails(sender="mzj@example.org", subject="报送信息𠮷🎉", message_id="<1@example.org>"),
                articles=[article_id],
            )
    with ledger.reading() as reading:
        (letter,) = letters.letters(reading)
        assert letters.pending(reading, BULLETIN) == []
        assert not letters.pending_among(reading, [letter_id])
    assert (letter.verdict, letter.reason) == (Verdict.ARTICLE, "区民政局《普惠金融》已成稿")
    assert (letter.sender, letter.subject) == ("mzj@example.org", "报送信息𠮷🎉")
    assert letter.articles == (article_id,)


def test_later_verdict_leaves_what_it_does_not_name(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        letter_id = keep_letter(writing, "a")
        letters.settle(
            writing,
            letter_id,
            Verdict.QUARANTINED,
            "文件损坏",
            at=AT,
            details=LetterDetails(sender="a@b.org", subject="信息"),
        )
        letters.settle(writing, letter_id, Verdict.DUPLICATE, "重复", at=AT)
        (letter,) = letters.letters(writing)
    assert (letter.verdict, letter.sender, letter.subject) == (Verdict.DUPLICATE, "a@b.org", "信息")


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_letters_that_were_not_wholly_read_are_opened_again(ledger: Ledger, verdict: Verdict) -> None:
    with ledger.writing() as writing:
        letter_id = keep_letter(writing, "a")
        letters.count_attempts(writing, [letter_id])
        letters.settle(writing, letter_id, verdict, "之前的理由", at=AT)
        letters.reopen(writing, letter_id)
        (letter,) = letters.letters(writing)
    if verdict in (Verdict.QUARANTINED, Verdict.QUESTION, Verdict.FLAGGED):
        assert (letter.verdict, letter.reason, letter.attempts) == (Verdict.PENDING, "等待重读", 0)
    else:
        assert (letter.verdict, letter.reason, letter.attempts) == (verdict, "之前的理由", 1)


def test_attempts_are_counted_for_the_letters_named(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        first, second = keep_letter(writing, "a"), keep_letter(writing, "b")
        letters.count_attempts(writing, [first, second])
        letters.count_attempts(writing, [second])
        letters.count_attempts(writing, [])
        assert [letter.attempts for letter in letters.letters(writing)] == [1, 2]


def test_pending_letters_wait_in_the_order_they_were_received(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        for name, hours in (("late", 5), ("early", 1), ("middle", 3), ("with middle", 3)):
            keep_letter(writing, name, received_at=AT + timedelta(hours=hours))
        waiting = [letter.sha256 for letter in letters.pending(writing, BULLETIN)]
    assert waiting == [sha256(name) for name in ("early", "middle", "with middle", "late")]


def test_letter_is_found_by_the_beginning_of_its_hash(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        keep_letter(writing, "a")
        keep_letter(writing, "b")
        assert [found.sha256 for found in letters.letters_named(writing, sha256("a")[:8])] == [sha256("a")]
        assert letters.letters_named(writing, "%") == []
        assert letters.letters_named(writing, sha256("a") + "0") == []


def test_nothing_of_a_failed_transaction_stays(ledger: Ledger) -> None:
    def interrupted() -> None:
        with ledger.writing() as writing:
            keep_letter(writing, "a", place=at_uid(1))
            folders.raise_watermark(writing, at_uid(1), at=AT)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert verdicts(ledger) == []
    with ledger.reading() as reading:
        assert folders.watermark(reading, INBOX) == 0
