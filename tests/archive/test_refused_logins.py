"""Refused log-ins are counted by minute and address until they become a line of the record."""

from __future__ import annotations

from datetime import timedelta

from archive.database import Ledger
from archive.refused_logins import RefusedLogins, count_refused, has_refused, is_counted_apart, take_refused
from tests.support.ledger_rows import AT

NEXT = AT + timedelta(minutes=1)


def test_tries_are_counted_by_minute_and_address_with_the_accounts_tried(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        for account in (7, None, 3, 7):
            counted = count_refused(writing, AT, "10.0.0.1", account)
        count_refused(writing, AT, "10.0.0.2", None)
        count_refused(writing, NEXT, "10.0.0.1", 7)
        assert counted == RefusedLogins(AT, "10.0.0.1", 4, (3, 7))
        assert not has_refused(writing, AT)
        assert take_refused(writing, NEXT) == [counted, RefusedLogins(AT, "10.0.0.2", 1, ())]
        assert take_refused(writing, NEXT) == []
        assert has_refused(writing, NEXT + timedelta(minutes=1))


def test_so_many_addresses_of_a_minute_are_counted_apart(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        for number in range(3):
            assert is_counted_apart(writing, AT, f"10.0.0.{number}", most=3)
            count_refused(writing, AT, f"10.0.0.{number}", None)
        assert not is_counted_apart(writing, AT, "10.0.0.9", most=3)
        assert is_counted_apart(writing, AT, "10.0.0.2", most=3)
        assert is_counted_apart(writing, NEXT, "10.0.0.9", most=3)
