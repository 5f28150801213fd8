"""Letters out that lose their content together with a letter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive import outbox
from archive.database import Ledger
from archive.removed_letters_out import has_unsent, remove_letters_out, removed_letter_files
from tests.support.ledger_rows import AT, keep_letter
from tests.support.outboxes import letter_out, put
from values.errors import BadUsage
from values.outgoing import OutboxState


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
