"""Tokens in the ledger: found by their fingerprint, with the owner as the account is now."""

from __future__ import annotations

from datetime import timedelta

from archive import accounts, api_tokens
from archive.api_tokens import NewToken
from archive.database import Ledger
from tests.support.ledger_rows import AT
from values.account import Role
from values.api_token import TokenScope


def test_a_token_is_read_back_as_it_was_recorded_until_it_is_revoked(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        wang = accounts.add_account(writing, "wang", "王编辑", Role.EDITOR, at=AT)
        new = NewToken("f" * 64, wang, "OA", "", frozenset({TokenScope.READ, TokenScope.EDIT}), AT + timedelta(days=1))
        record = api_tokens.add_token(writing, new, at=AT)
        assert (record.account.name, record.scopes, record.used_at) == ("wang", new.scopes, None)
        assert (record.is_valid(AT), record.is_valid(new.expires_at)) == (True, False)
        api_tokens.record_use(writing, record.id, at=AT)
        api_tokens.revoke(writing, record.id, at=AT)
        api_tokens.revoke(writing, record.id, at=AT + timedelta(hours=1))
    with ledger.reading() as reading:
        revoked = api_tokens.token_with(reading, "f" * 64)
        assert revoked is not None
        assert (revoked.used_at, revoked.revoked_at, revoked.is_valid(AT)) == (AT, AT, False)
        assert (api_tokens.tokens_of(reading, wang), len(api_tokens.tokens(reading))) == ([], 1)
        assert api_tokens.token_with(reading, "e" * 64) is None


def test_a_disabled_account_has_no_valid_token(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        wang = accounts.add_account(writing, "wang", "王编辑", Role.EDITOR, at=AT)
        new = NewToken("f" * 64, wang, "OA", "", frozenset({TokenScope.READ}), AT + timedelta(days=1))
        record = api_tokens.add_token(writing, new, at=AT)
        accounts.set_disabled(writing, wang, True)
        now = api_tokens.token_with_id(writing, record.id)
    assert now is not None
    assert not now.is_valid(AT)
