"""The record of forms that were sent."""

from __future__ import annotations

from datetime import timedelta

from archive.database import Ledger
from archive.form_uses import FormUse, claim_form, record_form_answer, release_form
from tests.support.ledger_rows import AT


def test_a_form_is_claimed_once_and_keeps_where_it_led(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        assert claim_form(writing, "a" * 64, at=AT) is None
        assert claim_form(writing, "a" * 64, at=AT) == FormUse(AT, None)
        record_form_answer(writing, "a" * 64, "/b/wuxing/issue")
        assert claim_form(writing, "a" * 64, at=AT) == FormUse(AT, "/b/wuxing/issue")
        assert claim_form(writing, "b" * 64, at=AT) is None


def test_a_refused_form_and_a_very_old_one_are_forgotten(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        claim_form(writing, "a" * 64, at=AT)
        release_form(writing, "a" * 64)
        assert claim_form(writing, "a" * 64, at=AT) is None
        assert claim_form(writing, "a" * 64, at=AT + timedelta(days=91)) is None
