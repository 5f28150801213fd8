"""Logging in to the desk: by password, with limited attempts, for a limited time."""

from __future__ import annotations

import contextlib
import ipaddress
from datetime import datetime, timedelta
from typing import Final

from archive import accounts, sessions
from archive.sessions import SessionRecord
from archive.transaction import Transaction
from service.office import Office
from service.people.passwords import fingerprint, is_password, new_token
from values.account import Person
from values.errors import JianbaoError, StorageFailed

IDLE: Final = timedelta(minutes=30)
"""Without a request a session ends after this time (NIST SP 800-63B, AAL2)."""
LONGEST: Final = timedelta(hours=12)
"""A session ends after this time in any case: a working day (NIST SP 800-63B, AAL2)."""
TRIES: Final = 10
"""Refused attempts for a name from an address within `TRIES_WITHIN`: more than a person who mistypes needs."""
TRIES_WITHIN: Final = timedelta(minutes=15)
"""With ten attempts, a guesser has fewer than a thousand a day."""
_SEEN_AGAIN: Final = timedelta(minutes=1)
"""The last use of a session is recorded this often at most, so that reading pages hardly writes to the ledger."""


class LogInFailed(JianbaoError):
    """Name and password do not match, or the account is disabled."""


class TooManyAttempts(LogInFailed):
    """Too many refused attempts for this name from this address; ends by itself after a quarter of an hour."""


def log_in(office: Office, name: str, password: str, address: str) -> str:
    """Returns the token of a new session. Raises LogInFailed, with the same words and after the same time
    whatever was wrong.

    Attempts are limited for each pair of name and address, whether or not there is such an account. An attempt above
    the limit is not counted itself, so that nobody can lock out a colleague for good.
    """
    name, address = name[:64], _counted_address(address)
    now = office.now()
    with office.ledger.writing() as ledger:
        allowed = sessions.login_attempts(ledger, name, address, since=now - TRIES_WITHIN) < TRIES
        if allowed:  # recorded before the password is checked, so that simultaneous attempts are all counted
            sessions.record_login_attempt(ledger, name, address, at=now, remember=TRIES_WITHIN)
        record = accounts.account_named(ledger, name)
    if not allowed:
        raise TooManyAttempts(f"试得太多了，请过 {TRIES_WITHIN.seconds // 60} 分钟再试。")
    matches = is_password(record.password_hash if record else "", password)
    if record is None or record.disabled or not matches:
        raise LogInFailed("用户名或密码不对，请再试一次。忘了密码请找管理员要一个新链接。")
    with office.ledger.writing() as ledger:
        sessions.forget_login_attempts(ledger, name, address)
        return new_session(office, ledger, record.id)


def person_of_session(office: Office, token: str) -> Person | None:
    """The person whose session it is; None for one that was ended, has expired or belongs to a disabled account."""
    with office.ledger.reading() as ledger:
        session = sessions.session_with(ledger, fingerprint(token))
    now = office.now()
    if session is None or not is_valid(session, now):
        return None
    if now - session.seen_at >= _SEEN_AGAIN:
        # Where nothing can be written, the desk still shows why: see the alarm of a full disk.
        with contextlib.suppress(StorageFailed), office.ledger.writing() as ledger:
            sessions.record_activity(ledger, session.id, at=now)
    return session.account.person


def person_of_proxy(office: Office, name: str) -> Person | None:
    """The person whom the office's own log-in has authenticated; None without an enabled account here."""
    with office.ledger.reading() as ledger:
        record = accounts.account_named(ledger, name)
    return None if record is None or record.disabled else record.person


def is_valid(session: SessionRecord, now: datetime) -> bool:
    """Whether the session has neither expired nor lost its account."""
    unexpired = now - session.seen_at < IDLE and now - session.made_at < LONGEST
    return unexpired and not session.account.disabled


def log_out(office: Office, token: str) -> None:
    """Ends the session; does nothing where there is none."""
    with office.ledger.writing() as ledger:
        sessions.end_session(ledger, fingerprint(token), at=office.now())


def new_session(office: Office, ledger: Transaction, account_id: int) -> str:
    """Opens a session for the account; returns its token. The caller has made sure whose account it is."""
    token, now = new_token(), office.now()
    sessions.delete_sessions(ledger, now - 2 * LONGEST)
    sessions.open_session(ledger, account_id, fingerprint(token), at=now)
    return token


def _counted_address(address: str) -> str:
    """A whole /64 of IPv6 counts as one address: one host can use all of them (RFC 8981)."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
