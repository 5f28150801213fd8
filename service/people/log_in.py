"""Logging in to the desk: by password, with limited attempts (`attempts`), for a limited time."""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from archive import accounts, sessions
from archive.accounts import AccountRecord
from archive.login_attempts import forget_attempts
from archive.sessions import SessionRecord
from archive.transaction import Transaction
from service.office import Office
from service.people.access_record import record_log_in, record_log_out, record_proxy_log_in, record_refused
from service.people.attempts import Client, LogInFailed, TooManyAttempts, attempt_at, count_attempt
from service.people.known_browser import browser_token, known_browser
from service.people.passwords import fingerprint, is_password, new_token
from settings.model import DeskSettings
from values.account import Person
from values.errors import StorageFailed

LONGEST: Final = timedelta(hours=12)
"""A session ends after this time in any case: a working day (NIST SP 800-63B, AAL2)."""
_SEEN_AGAIN: Final = timedelta(minutes=1)
"""The last use of a session is recorded this often at most, so that reading pages hardly writes to the ledger."""


class Due(Enum):
    """What a person must do before anything else at the desk."""

    RENEWAL = "renewal"
    """Set another password: this one is older than `[desk] password_days` allows."""

    @property
    def chinese(self) -> str:
        return {"renewal": "密码用得太久了，要先换一个"}[self.value]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that has not ended."""

    person: Person
    due: Due | None
    """None: everything that the role allows is allowed."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What the browser keeps of a log-in."""

    session: str
    """The token of the new session."""
    browser: str
    """The token by which the browser is recognised at later log-ins (`service.people.known_browser`)."""


def log_in(office: Office, name: str, password: str, client: Client) -> LoggedIn:
    """Opens a session. Raises LogInFailed, with the same words and after the same time whatever was wrong, and
    TooManyAttempts.

    Neither the ledger nor the log gets the name where there is no such account: people type their password there.
    """
    with office.ledger.reading() as ledger:
        record = accounts.account_named(ledger, name)
    attempt = attempt_at(office, name, record, client)
    try:
        with office.ledger.writing() as ledger:
            count_attempt(office, ledger, attempt)
    except TooManyAttempts:
        record_refused(office, client.address, record)
        raise
    matches = is_password(record.password_hash if record else "", password)
    if record is None or record.disabled or not matches:
        record_refused(office, client.address, record)
        raise LogInFailed("用户名或密码不对，请再试一次。忘了密码请找管理员要一个新链接。")
    with office.ledger.writing() as ledger:
        forget_attempts(ledger, attempt)
        record_log_in(office, ledger, record.person, client.address)
        return logged_in(office, ledger, record.id, client)


def logged_in(office: Office, ledger: Transaction, account_id: int, client: Client) -> LoggedIn:
    """Opens a session for the account in a browser that becomes a known one. The caller has made sure whose account
    it is."""
    key = office.key()
    browser = known_browser(key, client.browser).with_account(account_id, secrets.token_hex(8))
    return LoggedIn(new_session(office, ledger, account_id), browser_token(key, browser))


def open_session(office: Office, token: str) -> OpenSession | None:
    """The session of that token; None for one that was ended, has expired or belongs to a disabled account."""
    with office.ledger.reading() as ledger:
        session = sessions.session_with(ledger, fingerprint(token))
    now = office.now()
    if session is None or not _is_valid(office.settings.desk, session, now):
        return None
    if now - session.seen_at >= _SEEN_AGAIN:
        # Where nothing can be written, the desk still shows why: see the alarm of a full disk.
        with contextlib.suppress(StorageFailed), office.ledger.writing() as ledger:
            sessions.record_activity(ledger, session.id, at=now)
    is_due = password_is_due(office.settings.desk, session.account, now)
    return OpenSession(session.account.person, Due.RENEWAL if is_due else None)


def person_of_proxy(office: Office, name: str, address: str) -> Person | None:
    """The person whom the office's own log-in has authenticated; None without an enabled account here."""
    with office.ledger.reading() as ledger:
        record = accounts.account_named(ledger, name)
    if record is None or record.disabled:
        return None
    with contextlib.suppress(StorageFailed):
        record_proxy_log_in(office, record.person, address)
    return record.person


def _is_valid(desk: DeskSettings, session: SessionRecord, now: datetime) -> bool:
    """Whether the session has neither expired nor lost its account."""
    idle = timedelta(minutes=desk.idle_minutes)
    unexpired = now - session.seen_at < idle and now - session.made_at < LONGEST
    return unexpired and not session.account.disabled


def password_is_due(desk: DeskSettings, account: AccountRecord, now: datetime) -> bool:
    """Whether the password is older than the settings allow. One that an earlier version of the program has set is as
    old as its account."""
    age = now - (account.password_set_at or account.made_at)
    return desk.password_days > 0 and account.password_hash != "" and age >= timedelta(days=desk.password_days)


def log_out(office: Office, token: str) -> None:
    """Ends the session; does nothing where there is none."""
    with office.ledger.writing() as ledger:
        session = sessions.session_with(ledger, fingerprint(token))
        if session is not None:
            sessions.end_session(ledger, fingerprint(token), at=office.now())
            record_log_out(office, ledger, session.account.person)


def new_session(office: Office, ledger: Transaction, account_id: int) -> str:
    """Opens a session for the account, the only one where the settings allow one; returns its token. The caller has
    made sure whose account it is."""
    token, now = new_token(), office.now()
    if office.settings.desk.one_session:
        sessions.end_sessions(ledger, account_id, at=now)
    sessions.delete_sessions(ledger, now - 2 * LONGEST)
    sessions.open_session(ledger, account_id, fingerprint(token), at=now)
    return token
