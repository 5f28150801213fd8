"""Accounts and their one-time links."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive import accounts
from archive.database import Ledger
from archive.transaction import Transaction
from tests.support.ledger_rows import AT, sha256
from values.account import Role
from values.errors import BadUsage

HOUR = timedelta(hours=1)
LINK, LATER_LINK = sha256("link"), sha256("later link")


def add(ledger: Transaction, name: str = "wang", display_name: str = "王编辑") -> int:
    return accounts.add_account(ledger, name, display_name, Role.EDITOR, at=AT)


def test_account_is_found_by_name_and_by_id(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        id = add(writing)
        record = accounts.account_named(writing, "wang")
        assert record == accounts.account_with_id(writing, id)
        assert accounts.account_named(writing, "li") is None
        assert accounts.account_with_id(writing, id + 1) is None
    assert record is not None
    assert (record.role, record.password_hash, record.disabled, record.made_at) == (Role.EDITOR, "", False, AT)
    assert (record.person.display_name, record.person.name) == ("王编辑", "wang")


def test_person_without_a_display_name_is_shown_by_the_name(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        add(writing, display_name="")
        [record] = accounts.accounts(writing)
    assert record.person.display_name == "wang"


def test_name_is_given_once(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        add(writing)
        with pytest.raises(BadUsage, match="已经有用户 wang 了"):
            add(writing, display_name="另一位")
        assert [record.display_name for record in accounts.accounts(writing)] == ["王编辑"]


def test_changes_concern_the_one_account(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        wang, li = add(writing), add(writing, "li", "李编辑")
        accounts.set_password_hash(writing, wang, "$argon2id$x", at=AT)
        accounts.set_role(writing, wang, Role.ADMIN)
        accounts.set_disabled(writing, wang, True)
        records = {record.id: record for record in accounts.accounts(writing)}
    changed, unchanged = records[wang], records[li]
    assert (changed.password_hash, changed.role, changed.disabled) == ("$argon2id$x", Role.ADMIN, True)
    assert (changed.password_set_at, unchanged.password_set_at) == (AT, None)
    assert (unchanged.password_hash, unchanged.role, unchanged.disabled) == ("", Role.EDITOR, False)


def test_link_is_used_once(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        id = add(writing)
        accounts.add_invitation(writing, id, LINK, expires_at=AT + HOUR, at=AT)
        for _ in range(2):
            invited = accounts.invited(writing, LINK, at=AT)
            assert invited is not None
            assert invited.id == id
        assert accounts.use_invitation(writing, LINK, at=AT) == invited
        assert accounts.use_invitation(writing, LINK, at=AT) is None
        assert accounts.invited(writing, LINK, at=AT) is None


@pytest.mark.parametrize("case", ["unknown", "expired", "replaced", "ended", "of a disabled account"])
def test_invalid_link_belongs_to_nobody(ledger: Ledger, case: str) -> None:
    at = AT + HOUR if case == "expired" else AT
    with ledger.writing() as writing:
        id = add(writing)
        if case != "unknown":
            accounts.add_invitation(writing, id, LINK, expires_at=AT + HOUR, at=AT)
        if case == "replaced":
            accounts.add_invitation(writing, id, LATER_LINK, expires_at=AT + HOUR, at=AT)
        if case == "ended":
            accounts.end_invitations(writing, id, at=AT)
        accounts.set_disabled(writing, id, case == "of a disabled account")
        assert accounts.invited(writing, LINK, at=at) is None
        assert accounts.use_invitation(writing, LINK, at=at) is None
        if case == "replaced":
            assert accounts.invited(writing, LATER_LINK, at=at) is not None
