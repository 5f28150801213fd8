"""Keys and recovery codes of second factors: each code is used once."""

from __future__ import annotations

from archive import accounts
from archive.database import Ledger
from archive.second_factors import (
    accounts_with_second_factor,
    confirm_second_factor,
    count_recovery_codes,
    remove_second_factor,
    replace_recovery_codes,
    second_factor_of,
    start_second_factor,
    use_recovery_code,
    use_step,
)
from tests.support.ledger_rows import AT, sha256
from values.account import Role

FIRST, SECOND = sha256("first"), sha256("second")


def test_second_factor_counts_once_it_is_confirmed(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        wang = accounts.add_account(writing, "wang", "", Role.EDITOR, at=AT)
        accounts.add_account(writing, "li", "", Role.EDITOR, at=AT)
        assert second_factor_of(writing, wang) is None
        start_second_factor(writing, wang, "SECRET")
        assert accounts_with_second_factor(writing) == frozenset()
        confirm_second_factor(writing, wang, at=AT)
        assert accounts_with_second_factor(writing) == {wang}
        record = second_factor_of(writing, wang)
    assert record is not None
    assert (record.secret, record.last_step, record.confirmed_at) == ("SECRET", 0, AT)
    assert "SECRET" not in repr(record)


def test_steps_are_used_once_and_in_order(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        wang = accounts.add_account(writing, "wang", "", Role.EDITOR, at=AT)
        start_second_factor(writing, wang, "SECRET")
        assert [use_step(writing, wang, step) for step in (5, 5, 4, 6)] == [True, False, False, True]


def test_recovery_codes_are_used_once_and_replaced_together(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        wang, li = (accounts.add_account(writing, name, "", Role.EDITOR, at=AT) for name in ("wang", "li"))
        replace_recovery_codes(writing, wang, [FIRST, SECOND])
        assert not use_recovery_code(writing, li, FIRST, at=AT)
        assert [use_recovery_code(writing, wang, FIRST, at=AT) for _ in range(2)] == [True, False]
        assert count_recovery_codes(writing, wang) == 1
        replace_recovery_codes(writing, wang, [sha256("third")])
        assert not use_recovery_code(writing, wang, SECOND, at=AT)
        remove_second_factor(writing, wang)
        assert count_recovery_codes(writing, wang) == 0
