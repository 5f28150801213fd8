"""Refused attempts to log in, counted by whose account was tried and by where the attempt came from.

What was typed as a name is not stored: a password is easily typed there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, insert, select

from archive.schema import login_attempt
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LoginAttempt:
    """An attempt, as it is counted."""

    target: str
    """Which account was tried: its id, or for an unknown name a fingerprint from which nobody can learn the name."""
    origin: str
    """The address or the known browser that it came from."""
    is_known_browser: bool
    """Whether `origin` is a browser that has logged in to this account before."""


def record_attempt(ledger: Transaction, attempt: LoginAttempt, *, at: datetime, remember: timedelta) -> None:
    """Records the attempt, and deletes attempts older than `remember`."""
    ledger.sql.execute(delete(login_attempt).where(login_attempt.c.tried_at < at - remember))
    values = {"target": attempt.target, "origin": attempt.origin, "known_browser": attempt.is_known_browser}
    ledger.sql.execute(insert(login_attempt).values(**values, tried_at=at))


def attempts_from_origin(ledger: Transaction, attempt: LoginAttempt, *, since: datetime) -> int:
    """How many attempts at the same account from the same origin were recorded after `since`."""
    columns = login_attempt.c
    return _count(ledger, columns.target == attempt.target, columns.origin == attempt.origin, columns.tried_at > since)


def strangers_attempts_at(ledger: Transaction, target: str, *, since: datetime) -> int:
    """How many attempts at the account came from unknown browsers, from all addresses together."""
    columns = login_attempt.c
    return _count(ledger, columns.target == target, columns.known_browser.is_(False), columns.tried_at > since)


def strangers_attempts_from(ledger: Transaction, address: str, *, since: datetime) -> int:
    """How many attempts at all accounts together came from unknown browsers at the address."""
    columns = login_attempt.c
    return _count(ledger, columns.origin == address, columns.known_browser.is_(False), columns.tried_at > since)


def forget_attempts(ledger: Transaction, attempt: LoginAttempt) -> None:
    """Deletes the attempts at the same account from the same origin, after a success."""
    columns = login_attempt.c
    same = (columns.target == attempt.target, columns.origin == attempt.origin)
    ledger.sql.execute(delete(login_attempt).where(*same))


def _count(ledger: Transaction, *conditions: ColumnElement[bool]) -> int:
    return int(ledger.sql.execute(select(func.count()).select_from(login_attempt).where(*conditions)).scalar_one())
