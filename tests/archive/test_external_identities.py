"""Accounts as a provider knows them, and the sessions it has opened."""

from __future__ import annotations

from datetime import timedelta

from archive import accounts, external_identities, sessions
from archive.database import Ledger
from tests.support.ledger_rows import AT
from values.account import Role


def test_an_account_belongs_to_issuer_and_subject_together(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        id = accounts.add_account(writing, "wang", "", Role.EDITOR, at=AT)
        external_identities.link(writing, "https://a.example", "7", id, at=AT)
        record = external_identities.account_of(writing, "https://a.example", "7")
        assert record
        assert record.name == "wang"
        assert external_identities.account_of(writing, "https://b.example", "7") is None
        assert external_identities.account_of(writing, "https://a.example", "8") is None


def test_a_session_of_the_provider_is_marked_and_goes_with_the_old_ones(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        id = accounts.add_account(writing, "wang", "", Role.EDITOR, at=AT)
        for token in ("a", "b"):
            sessions.open_session(writing, id, token, at=AT)
        external_identities.mark_session(writing, "a")
        marked = {token: sessions.session_with(writing, token) for token in ("a", "b")}
        assert {token: session and session.is_external for token, session in marked.items()} == {"a": True, "b": False}
        sessions.delete_sessions(writing, AT + timedelta(seconds=1))
        assert sessions.session_with(writing, "a") is None
