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
from archive.second_factors import SecondFactorRecord, second_factor_of
from archive.sessions import SessionRecord
from archive.transaction import Transaction
from service.office import Office
from service.people.access_record import record_log_in, record_log_out, record_proxy_log_in, record_refused
from service.people.attempts import Client, LogInFailed, attempt_at
from service.people.codes import use_code, use_code_on_paper
from service.people.known_browser import browser_token, known_browser
from service.people.passwords import fingerprint, is_password, new_token
from service.people.signatures import signed, text_of
from service.people.tries import count_try
from settings.model import DeskSettings
from values.account import Person
from values.errors import StorageFailed

LONGEST: Final = timedelta(hours=12)
"""A session ends after this time in any case: a working day (NIST SP 800-63B, AAL2)."""
PROOF_LIFETIME: Final = timedelta(minutes=10)
"""How long after the password the code may follow: the phone is in another room."""
_PROOF: Final = "password proven"
_SEEN_AGAIN: Final = timedelta(minutes=1)
"""The last use of a session is recorded this often at most, so that reading pages hardly writes to the ledger."""


class PasswordFirst(LogInFailed):
    """The code came too long after the password, or the password was changed between them."""


class Due(Enum):
    """What a person must do before anything else at the desk."""

    RENEWAL = "renewal"
    """Set another password: this one is older than `[desk] password_days` allows."""
    SECOND_FACTOR = "second factor"
    """Set up a second factor, which `[desk] second_factor` requires."""

    @property
    def chinese(self) -> str:
        return {"renewal": "密码用得太久了，要先换一个", "second factor": "要先设置二次验证"}[self.value]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that has not ended."""

    person: Person
    due: Due | None
    """None: everything that the role allows is allowed."""


@dataclass(frozen=True, slots=True)
class CodeNeeded:
    """The password was right; a code of the second factor is needed as well."""

    proof: str
    """Signed: whose password was right, and when. For the browser to keep until the code."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What the browser keeps of a log-in."""

    session: str
    """The token of the new session."""
    browser: str
    """The token by which the browser is recognised at later log-ins (`service.people.known_browser`)."""


def log_in(office: Office, name: str, password: str, client: Client) -> LoggedIn | CodeNeeded:
    """Opens a session, where the account has no second factor. Raises LogInFailed, with the same words and after the
    same time whatever was wrong, and TooManyAttempts.

    Neither the ledger nor the log gets the name where there is no such account: people type their password there.
    """
    with office.ledger.reading() as ledger:
        record = accounts.account_named(ledger, name)
    attempt = attempt_at(office, name, record, client)
    count_try(office, attempt, record, client)
    matches = is_password(record.password_hash if record else "", password)
    if record is None or record.disabled or not matches:
        record_refused(office, client.address, record)
        raise LogInFailed("用户名或密码不对，请再试一次。忘了密码请找管理员要一个新链接。")
    with office.ledger.writing() as ledger:
        forget_attempts(ledger, attempt)
        return after_password(office, ledger, record, client)


def after_password(
    office: Office, ledger: Transaction, record: AccountRecord, client: Client, *, how: str = ""
) -> LoggedIn | CodeNeeded:
    """What follows a right password, or a link to set one: a session, or the question for a code. how: by what, as the
    record says it, where not by password."""
    if asked_factor(office, ledger, record.id) is None:
        record_log_in(office, ledger, record.person, client.address, how=how)
        return logged_in(office, ledger, record.id, client)
    proof = f"{record.id}.{int(office.now().timestamp())}.{_fingerprint_of(record)}"
    return CodeNeeded(signed(office.key(), _PROOF, proof))


def log_in_by_code(office: Office, proof: str, code: str, client: Client) -> LoggedIn:
    """Opens a session, by a code of the app or a recovery code. Raises LogInFailed for a wrong or used code,
    PasswordFirst for a proof that has expired, TooManyAttempts."""
    with office.ledger.reading() as ledger:
        record = _account_of_proof(office, ledger, proof)
    attempt = attempt_at(office, record.name, record, client, by_code=True)
    count_try(office, attempt, record, client)
    with office.ledger.writing() as ledger:
        how = _used(office, ledger, record, code)
        if how is not None:
            forget_attempts(ledger, attempt)
            record_log_in(office, ledger, record.person, client.address, how=how)
            return logged_in(office, ledger, record.id, client)
    record_refused(office, client.address, record)
    raise LogInFailed("验证码不对，或已经用过。请等下一个验证码，或用一个没用过的恢复码。")


def _used(office: Office, ledger: Transaction, record: AccountRecord, code: str) -> str | None:
    """Uses up the code; returns by what the account logs in, as the record says it, None for a wrong or used code."""
    factor, at = asked_factor(office, ledger, record.id), office.now()
    if factor is None:  # reset, or switched off, since the password was given
        return ""
    if use_code(ledger, factor, code, at=at):
        return "，用密码和验证码"
    return "，用密码和恢复码" if use_code_on_paper(ledger, record.id, code, at=at) else None


def asked_factor(office: Office, ledger: Transaction, account_id: int) -> SecondFactorRecord | None:
    """The second factor that a log-in of the account asks for; None for none."""
    factor = second_factor_of(ledger, account_id)
    is_asked = office.settings.desk.second_factor != "off" and factor is not None and factor.confirmed_at is not None
    return factor if is_asked else None


def _account_of_proof(office: Office, ledger: Transaction, proof: str) -> AccountRecord:
    text = text_of(office.key(), _PROOF, proof)
    account_id, since, password = text.split(".") if text else ("0", "0", "")
    record = accounts.account_with_id(ledger, int(account_id))
    is_recent = office.now().timestamp() - int(since) < PROOF_LIFETIME.total_seconds()
    if record is None or record.disabled or not is_recent or password != _fingerprint_of(record):
        raise PasswordFirst("等得太久了，请从用户名和密码重新登录。")
    return record


def _fingerprint_of(record: AccountRecord) -> str:
    """A proof ends with the password that it is of."""
    return fingerprint(record.password_hash)[:16]


def logged_in(office: Office, ledger: Transaction, account_id: int, client: Client) -> LoggedIn:
    """Opens a session for the account in a browser that becomes a known one. The caller has made sure whose account
    it is."""
    key = office.key()
    browser = known_browser(key, client.browser).with_account(account_id, secrets.token_hex(8))
    return LoggedIn(new_session(office, ledger, account_id), browser_token(key, browser))


def open_session(office: Office, token: str, *, is_use: bool = True) -> OpenSession | None:
    """The session of that token; None for one that was ended, has expired or belongs to a disabled account.

    is_use: whether the time without use begins anew; not for what a page requests by itself.
    """
    with office.ledger.reading() as ledger:
        session = sessions.session_with(ledger, fingerprint(token))
    now = office.now()
    if session is None or not _is_valid(office.settings.desk, session, now):
        return None
    if is_use and now - session.seen_at >= _SEEN_AGAIN:
        # Where nothing can be written, the desk still shows why: see the alarm of a full disk.
        with contextlib.suppress(StorageFailed), office.ledger.writing() as ledger:
            sessions.record_activity(ledger, session.id, at=now)
    return OpenSession(session.account.person, _due(office.settings.desk, session, now))


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


def _due(desk: DeskSettings, session: SessionRecord, now: datetime) -> Due | None:
    """A password that an earlier version of the program has set is as old as its account. A session of the office's
    provider has neither a password nor a second factor of ours."""
    account = session.account
    if session.is_external:
        return None
    age = now - (account.password_set_at or account.made_at)
    if desk.password_days > 0 and account.password_hash != "" and age >= timedelta(days=desk.password_days):
        return Due.RENEWAL
    if desk.second_factor == "required" and not session.has_second_factor:
        return Due.SECOND_FACTOR
    return None


def log_out(office: Office, token: str) -> bool:
    """Ends the session; does nothing where there is none. Returns whether the office's provider had opened it."""
    with office.ledger.writing() as ledger:
        session = sessions.session_with(ledger, fingerprint(token))
        if session is not None:
            sessions.end_session(ledger, fingerprint(token), at=office.now())
            record_log_out(office, ledger, session.account.person)
    return session is not None and session.is_external


def new_session(office: Office, ledger: Transaction, account_id: int) -> str:
    """Opens a session for the account, the only one where the settings allow one; returns its token. The caller has
    made sure whose account it is."""
    token, now = new_token(), office.now()
    if office.settings.desk.one_session:
        sessions.end_sessions(ledger, account_id, at=now)
    sessions.delete_sessions(ledger, now - 2 * LONGEST)
    sessions.open_session(ledger, account_id, fingerprint(token), at=now)
    return token
