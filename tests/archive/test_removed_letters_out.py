"""Letters out that lose their content together with a letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from archive import articles, outbox
from archive.article_changes import change_status
from archive.database import Ledger
from archive.removed_letters_out import has_unsent, remove_letters_out, removed_letter_files
from archive.schema import letter_article
from archive.transaction import Transaction
from tests.support.ledger_rows import AT, add_article, keep_letter, new_article
from tests.support.outboxes import letter_out, put
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.outgoing import LetterKind, OutboxState


def test_answers_are_emptied_given_up_and_their_files_named(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        letter, other = keep_letter(writing, "a"), keep_letter(writing, "b")
        put(writing, tmp_path, letter_out("large", size=100_000), AT, letter)
        put(writing, tmp_path, letter_out("small"), AT, other)
        assert (has_unsent(writing, letter), has_unsent(writing, other)) == (True, True)
        remove_letters_out(writing, letter, [], at=AT)
        [answer] = outbox.answers_to(writing, letter)
        [untouched] = outbox.answers_to(writing, other)
        assert (answer.to, answer.subject, answer.is_removed) == ("", "", True)
        assert (answer.delivery.state, answer.delivery.next_attempt_at) == (OutboxState.FAILED, None)
        assert (untouched.subject, untouched.is_removed) == ("small", False)
        assert (has_unsent(writing, letter), has_unsent(writing, other)) == (False, True)
        with pytest.raises(BadUsage, match="删除"):
            outbox.raw_letter(writing, answer.id, tmp_path)
        [path] = removed_letter_files(writing)
    assert (tmp_path / path).is_file()


def test_answers_of_a_kind_to_several_addresses_are_all_emptied(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        letter = keep_letter(writing, "a")
        for address in ("a@example.org", "b@example.org"):
            put(writing, tmp_path, replace(letter_out(address[0]), to=address), AT, letter)
        remove_letters_out(writing, letter, [], at=AT)
        answers = outbox.answers_to(writing, letter)
        assert [answer.is_removed for answer in answers] == [True, True]
        assert [answer.to for answer in answers] == ["", ""]


def test_a_message_id_stays_and_an_answer_that_was_sent_stays_sent(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        letter = keep_letter(writing, "a")
        put(writing, tmp_path, letter_out("one"), AT, letter)
        [record] = outbox.answers_to(writing, letter)
        sent = replace(record.delivery, state=OutboxState.SENT, attempts=1, next_attempt_at=None, sent_at=AT)
        assert outbox.record_delivery(writing, record, sent)
        remove_letters_out(writing, letter, [], at=AT)
        [answer] = outbox.answers_to(writing, letter)
        assert (answer.delivery.state, answer.message_id) == (OutboxState.SENT, "<one@x>")
        assert outbox.is_own_message(writing, ["<one@x>"])


@pytest.fixture
def writing(ledger: Ledger) -> Iterator[Transaction]:
    with ledger.writing() as transaction:
        yield transaction


HOURS = [timedelta(hours=hours) for hours in range(4)]
EDITOR = "e@example.org"


def put_digests(writing: Transaction, data_dir: Path) -> None:
    """One an hour, from an hour before the first letter on."""
    for number in range(4):
        out = letter_out(f"digest{number}", kind=LetterKind.DIGEST, to=EDITOR)
        put(writing, data_dir, out, AT + HOURS[number] - HOURS[1])


def emptied(writing: Transaction) -> list[str]:
    """The Message-IDs of those that are emptied; each keeps its editor's address."""
    gone = [record for record in outbox.letters_out(writing) if record.is_removed]
    assert {record.to for record in gone} <= {EDITOR}
    return [record.message_id for record in gone]


def test_digests_that_may_list_the_article_are_emptied(writing: Transaction, tmp_path: Path) -> None:
    add_article(writing, new_article("甲"))
    put_digests(writing, tmp_path)
    remove_letters_out(writing, 1, [], at=AT)
    assert emptied(writing) == ["<digest1@x>", "<digest2@x>", "<digest3@x>"]


def test_digests_after_the_decision_stay(writing: Transaction, tmp_path: Path) -> None:
    article = articles.article_named(writing, add_article(writing, new_article("甲")))
    put_digests(writing, tmp_path)
    change_status(writing, article, ArticleStatus.ADOPTED, who="王", note="", at=AT + HOURS[1])
    remove_letters_out(writing, 1, [], at=AT)
    assert emptied(writing) == ["<digest1@x>", "<digest2@x>"]


def test_digests_stay_where_the_letter_brought_no_article(writing: Transaction, tmp_path: Path) -> None:
    letter = keep_letter(writing, "question")
    put_digests(writing, tmp_path)
    remove_letters_out(writing, letter, [], at=AT)
    assert emptied(writing) == []


@pytest.mark.parametrize("removed", ["the article's", "the withdrawing"])
def test_reports_of_withdrawals_are_emptied_with_either_letter(
    writing: Transaction, tmp_path: Path, removed: str
) -> None:
    article, other = (add_article(writing, new_article(name)) for name in "甲乙")
    letters_in = [keep_letter(writing, name) for name in ("withdraws", "withdraws another")]
    for letter, taken_back in zip(letters_in, (article, other), strict=True):
        writing.sql.execute(insert(letter_article).values(letter_id=letter, article_id=taken_back))
        put(writing, tmp_path, letter_out(f"w{letter}", kind=LetterKind.WITHDRAWN, to=EDITOR), AT, letter)
    remove_letters_out(writing, 1 if removed == "the article's" else letters_in[0], [], at=AT)
    assert emptied(writing) == [f"<w{letters_in[0]}@x>"]
    assert outbox.answers_to(writing, letters_in[1]) == []
