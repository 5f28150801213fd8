"""Being logged in at the desk: by password, within limits, for a while."""

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
LONGEST: Final = timedelta(hours=12)
TRIES: Final = 10
TRIES_WITHIN: Final = timedelta(minutes=15)
_SEEN_AGAIN: Final = timedelta(minutes=1)
"""A session is noted as in use this often at most: reading pages is not writing."""


class NotLetIn(JianbaoError):
    """The name and the password do not belong together, or the account may not log in."""


class TooManyTries(NotLetIn):
    """Too many refused log-ins from there; goes away by itself."""


def log_in(office: Office, name: str, password: str, address: str) -> str:
    """The token of a new session. Raises NotLetIn with the same words, after the same time, whatever was wrong.

    Ten tries in 15 minutes for each pair of name and address, whether or not there is such a name. A refusal because
    of too many is not counted itself, so that nobody can keep a colleague out for good.
    """
    name, address = name[:64], _neighbourhood(address)
    now = office.now()
    with office.ledger.writing() as ledger:
        allowed = sessions.attempts(ledger, name, address, since=now - TRIES_WITHIN) < TRIES
        if allowed:  # noted before the password is looked at: a hundred tries at once are a hundred
            sessions.note_attempt(ledger, name, address, at=now, remember=TRIES_WITHIN)
        record = accounts.account_named(ledger, name)
    if not allowed:
        raise TooManyTries(f"试得太多了，请过 {TRIES_WITHIN.seconds // 60} 分钟再试。")
    matches = is_password(record.password_hash if record else "", password)
    if record is None or record.disabled or not matches:
        raise NotLetIn("用户名或密码不对，请再试一次。忘了密码请找管理员要一个新链接。")
    with office.ledger.writing() as ledger:
        sessions.forget_attempts(ledger, name, address)
        return new_session(office, ledger, record.id)


def visitor(office: Office, token: str) -> Person | None:
    """Whose session it is, None for one that was ended, has expired or belongs to a disabled account."""
    with office.ledger.reading() as ledger:
        session = sessions.session_with(ledger, fingerprint(token))
    now = office.now()
    if session is None or not is_alive(session, now):
        return None
    if now - session.seen_at >= _SEEN_AGAIN:
        # A full disk must not lock the readers out who could tell.
        with contextlib.suppress(StorageFailed), office.ledger.writing() as ledger:
            sessions.see_session(ledger, session.id, at=now)
    return session.account.person


def known_elsewhere(office: Office, name: str) -> Person | None:
    """Somebody whom the office's own log-in has let in; None when he has no account here, or a disabled one."""
    with office.ledger.reading() as ledger:
        record = accounts.account_named(ledger, name)
    return None if record is None or record.disabled else record.person


def is_alive(session: SessionRecord, now: datetime) -> bool:
    fresh = now - session.seen_at < IDLE and now - session.made_at < LONGEST
    return fresh and not session.account.disabled


def log_out(office: Office, token: str) -> None:
    with office.ledger.writing() as ledger:
        sessions.end_session(ledger, fingerprint(token), at=office.now())


def new_session(office: Office, ledger: Transaction, account_id: int) -> str:
    """Opens a session for the account; returns its token. The caller has made sure whose account it is."""
    token, now = new_token(), office.now()
    sessions.forget_sessions(ledger, now - 2 * LONGEST)
    sessions.open_session(ledger, account_id, fingerprint(token), at=now)
    return token


def _neighbourhood(address: str) -> str:
    """A whole /64 of IPv6 counts as one address: whoever has one address there has them all."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
