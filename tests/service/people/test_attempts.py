"""Attempts to log in are limited by account, by address and by browser; a lock ends by itself."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from archive.accounts import account_named, add_account
from archive.login_attempts import LoginAttempt
from service.office import Office
from service.people.attempts import (
    AT_ACCOUNT,
    FROM_ADDRESS,
    FROM_ORIGIN,
    WITHIN,
    Client,
    TooManyAttempts,
    attempt_at,
    count_attempt,
)
from service.people.known_browser import KnownBrowser, browser_token
from tests.support.offices import Clock
from values.account import Role


@pytest.fixture
def wang(office: Office) -> Office:
    """An office with the account `wang`."""
    with office.ledger.writing() as ledger:
        add_account(ledger, "wang", "王编辑", Role.EDITOR, at=office.now())
    return office


def attempt(office: Office, name: str, client: Client) -> LoginAttempt:
    with office.ledger.reading() as ledger:
        return attempt_at(office, name, account_named(ledger, name), client)


def is_counted(office: Office, name: str, address: str, browser: str = "") -> bool:
    """Tries once; False when the attempt is refused uncounted."""
    try:
        with office.ledger.writing() as ledger:
            count_attempt(office, ledger, attempt(office, name, Client(address, browser)))
    except TooManyAttempts:
        return False
    return True


def pass_time(office: Office, time: timedelta) -> None:
    assert isinstance(office.now, Clock)
    office.now.now += time


@pytest.mark.parametrize("name", ["wang", "nobody"])
def test_of_a_thousand_attempts_from_an_address_ten_are_counted(wang: Office, name: str) -> None:
    assert Counter(is_counted(wang, name, "192.0.2.1") for _ in range(1000)) == {True: FROM_ORIGIN, False: 990}
    assert is_counted(wang, name, "192.0.2.2")


def test_lock_ends_after_a_quarter_of_an_hour_whatever_was_tried_meanwhile(wang: Office) -> None:
    for _ in range(FROM_ORIGIN):
        assert is_counted(wang, "wang", "192.0.2.1")
    pass_time(wang, WITHIN - timedelta(seconds=1))
    assert not is_counted(wang, "wang", "192.0.2.1")
    pass_time(wang, timedelta(seconds=1))
    assert is_counted(wang, "wang", "192.0.2.1")


@pytest.mark.parametrize("name", ["wang", "nobody"])
def test_account_is_tried_from_many_addresses_thirty_times(wang: Office, name: str) -> None:
    counted = [is_counted(wang, name, f"192.0.2.{number}") for number in range(200)]
    assert counted == [True] * AT_ACCOUNT + [False] * (200 - AT_ACCOUNT)
    assert is_counted(wang, "li", "192.0.2.1")


def test_address_tries_many_names_thirty_times(wang: Office) -> None:
    counted = [is_counted(wang, f"name{number}", "192.0.2.1") for number in range(100)]
    assert counted == [True] * FROM_ADDRESS + [False] * (100 - FROM_ADDRESS)
    assert not is_counted(wang, "wang", "192.0.2.1")


def test_known_browser_has_a_count_of_its_own(wang: Office) -> None:
    token = browser_token(wang.key(), KnownBrowser("b", (1,)))
    for number in range(200):
        is_counted(wang, "wang", f"192.0.2.{number}")
    assert not is_counted(wang, "wang", "198.51.100.1")
    assert Counter(is_counted(wang, "wang", "192.0.2.1", token) for _ in range(20)) == {True: FROM_ORIGIN, False: 10}
    assert is_counted(wang, "wang", "192.0.2.1", browser_token(wang.key(), KnownBrowser("c", (1,))))


@pytest.mark.parametrize("token", ["forged", "of another account", "of another key"])
def test_browser_that_is_not_known_counts_as_its_address(wang: Office, token: str) -> None:
    browser = {
        "forged": "b.1." + "0" * 64,
        "of another account": browser_token(wang.key(), KnownBrowser("b", (2, 11))),
        "of another key": browser_token(b"k" * 32, KnownBrowser("b", (1,))),
    }[token]
    assert attempt(wang, "wang", Client("192.0.2.1", browser)) == LoginAttempt("1", "192.0.2.1", False)


def test_simultaneous_attempts_are_all_counted(wang: Office) -> None:
    with ThreadPoolExecutor(8) as threads:
        counted = list(threads.map(lambda _: is_counted(wang, "wang", "192.0.2.1"), range(40)))
    assert Counter(counted) == {True: FROM_ORIGIN, False: 30}
