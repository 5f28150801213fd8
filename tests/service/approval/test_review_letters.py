"""Requests lose their content with the draft that they name."""

from __future__ import annotations

from archive.issue_letters import letters_about
from archive.outbox import letters_out
from archive.removed_letters_out import remove_letters_out
from service.office import Office
from tests.support.approvals import (
    FIRST,
    draft_of,
    forward,
    letters,
    reviewed,
)
from values.outgoing import LetterKind


def test_requests_lose_their_content_with_the_draft_that_they_name(office: Office) -> None:
    forward(office)
    reviewed(office, FIRST)
    with office.ledger.writing() as ledger:
        assert len(letters_about(ledger, draft_of(office).id)) == 3
        remove_letters_out(ledger, 1, [1], at=office.now())
        assert all(record.is_removed for record in letters_out(ledger) if record.kind is LetterKind.REVIEW)
    assert [record.subject for record in letters(office, LetterKind.REVIEW)] == ["", "", ""]
