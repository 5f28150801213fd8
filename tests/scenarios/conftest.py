"""A real mailbox with the printed issue's letters in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.dovecot import Account, Dovecot, dovecot_server
from tests.support.scenario import PRINTED_LETTERS


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with dovecot_server(tmp_path_factory.mktemp("dovecot")) as server:
        yield server


@pytest.fixture
def account(dovecot: Dovecot) -> Account:
    """A mailbox with the letters of the printed issue."""
    account = dovecot.account()
    for letter in PRINTED_LETTERS:
        account.deliver(letter.raw, letter.received_at)
    return account
