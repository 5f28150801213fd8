"""How often somebody may try a password or a code: by account, by address, and by browser."""

from __future__ import annotations

import functools
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from archive.accounts import AccountRecord
from archive.login_attempts import (
    LoginAttempt,
    attempts_from_origin,
    record_attempt,
    strangers_attempts_at,
    strangers_attempts_from,
)
from archive.transaction import Transaction
from service.office import Office
from service.people.known_browser import known_browser
from values.errors import JianbaoError
from values.network import counted_address

WITHIN: Final = timedelta(minutes=15)
"""Attempts are counted for that long. With ten in this time, a guesser has fewer than a thousand a day."""
FROM_ORIGIN: Final = 10
"""Refused attempts at an account from one address or known browser: more than a person who mistypes needs."""
AT_ACCOUNT: Final = 30
"""Refused attempts at an account from unknown browsers everywhere, so that many addresses do not help a guesser."""
FROM_ADDRESS: Final = 30
"""Refused attempts at all accounts from unknown browsers at one address: three people behind an office's router may
each use up their own."""


class LogInFailed(JianbaoError):
    """Name and password do not match, or the account is disabled."""


class TooManyAttempts(LogInFailed):
    """Too many refused attempts; ends by itself after a quarter of an hour."""

    retry_after = int(WITHIN.total_seconds())
    """Seconds after which an attempt is counted again at the latest."""


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request comes from."""

    address: str
    """Of the browser, as text."""
    browser: str = ""
    """The token by which a known browser is recognised (`known_browser`), "" for none."""


def attempt_at(
    office: Office, name: str, account: AccountRecord | None, client: Client, *, by_code: bool = False
) -> LoginAttempt:
    """An attempt by that client. account: the one of that name, None where there is none. by_code: with a code of the
    second factor, which are counted apart from passwords."""
    target = _fingerprint_of_unknown(name) if account is None else f"{account.id}{' code' if by_code else ''}"
    browser = known_browser(office.key(), client.browser)
    if account is not None and account.id in browser.accounts:
        return LoginAttempt(target, f"browser {browser.id}", True)
    return LoginAttempt(target, counted_address(client.address), False)


def count_attempt(office: Office, ledger: Transaction, attempt: LoginAttempt) -> None:
    """Counts an attempt before it is known whether it succeeds, so that simultaneous ones are all counted. Raises
    TooManyAttempts.

    An attempt above the limit is not counted itself, so that nobody can lock out a colleague for good.
    """
    since = office.now() - WITHIN
    full = attempts_from_origin(ledger, attempt, since=since) >= FROM_ORIGIN or (
        not attempt.is_known_browser
        and (
            strangers_attempts_at(ledger, attempt.target, since=since) >= AT_ACCOUNT
            or strangers_attempts_from(ledger, attempt.origin, since=since) >= FROM_ADDRESS
        )
    )
    if full:
        raise TooManyAttempts(f"试得太多了，请过 {WITHIN.seconds // 60} 分钟再试。")
    record_attempt(ledger, attempt, at=office.now(), remember=WITHIN)


def _fingerprint_of_unknown(name: str) -> str:
    """What attempts at an unknown name are counted by, so that they are refused like those at an account. The key is
    never stored: from the fingerprint nobody learns what was typed."""
    return "-" + hmac.new(_passing_key(), name.encode(), hashlib.sha256).hexdigest()[:40]


@functools.cache
def _passing_key() -> bytes:
    return secrets.token_bytes(32)
