"""Who may use the desk: log-in, sessions, invitations, roles. Every change a person makes is recorded."""

from __future__ import annotations

import ipaddress
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from archive import accounts, sessions
from archive.accounts import AccountRecord
from archive.changes import record_change
from archive.sessions import SessionRecord
from service.office import Office
from service.passwords import fingerprint, hash_of, is_password, new_token, refuse_weak
from values.account import Person, Role
from values.errors import BadUsage, JianbaoError

IDLE: Final = timedelta(minutes=30)
LONGEST_SESSION: Final = timedelta(hours=12)
INVITATION: Final = timedelta(hours=24)
TRIES: Final = 10
TRIES_WITHIN: Final = timedelta(minutes=15)
_SEEN_AGAIN: Final = timedelta(minutes=1)
"""A session is noted as in use this often at most: reading pages is not writing."""
_NAME: Final = re.compile(r"[\w.@-]{1,64}")
_FIRST_ADMIN: Final = "admin"


class NotLetIn(JianbaoError):
    """The name and the password do not belong together, or the account may not log in."""


class TooManyTries(NotLetIn):
    """Too many refused log-ins from there; goes away by itself."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link to set a password; `url` holds the token, which is kept nowhere else."""

    name: str
    url: str
    expires_at: datetime


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
        return _new_session(office, ledger, record.id)


def visitor(office: Office, token: str) -> Person | None:
    """Whose session it is, None for one that was ended, has expired or belongs to a disabled account."""
    with office.ledger.reading() as ledger:
        session = sessions.session_with(ledger, fingerprint(token))
    now = office.now()
    if session is None or not is_alive(session, now):
        return None
    if now - session.seen_at >= _SEEN_AGAIN:
        with office.ledger.writing() as ledger:
            sessions.see_session(ledger, session.id, at=now)
    return session.account.person


def is_alive(session: SessionRecord, now: datetime) -> bool:
    fresh = now - session.seen_at < IDLE and now - session.made_at < LONGEST_SESSION
    return fresh and not session.account.disabled


def log_out(office: Office, token: str) -> None:
    with office.ledger.writing() as ledger:
        sessions.end_session(ledger, fingerprint(token), at=office.now())


def session_for(office: Office, person: Person) -> str:
    """The token of a new session for somebody who is known by other means than a password."""
    with office.ledger.writing() as ledger:
        return _new_session(office, ledger, person.id)


def add_user(office: Office, name: str, role: Role, *, display_name: str = "", who: str) -> Invitation:
    """A new account and the link for its owner. Raises BadUsage for a name that is taken or none."""
    name = name.strip()
    if not _NAME.fullmatch(name):
        raise BadUsage("用户名只能用文字、数字和 . _ @ -，最多 64 个字符。")
    with office.ledger.writing() as ledger:
        account_id = accounts.add_account(ledger, name, display_name.strip() or name, role, at=office.now())
        _record(office, ledger, name, who, f"添加用户{display_name.strip() or name}（{name}），角色：{role.chinese}")
        return _invite(office, ledger, account_id, name)


def invite(office: Office, name: str, *, who: str) -> Invitation:
    """A new link to set a password; the old password holds until it is used. Raises BadUsage for an unknown name."""
    with office.ledger.writing() as ledger:
        record = _known(ledger, name)
        if record.disabled:
            raise BadUsage(f"用户 {name} 已停用；请先恢复。")
        _record(office, ledger, name, who, f"给用户{record.display_name}（{name}）一个设置密码的链接")
        return _invite(office, ledger, record.id, name)


def invited(office: Office, token: str) -> Person:
    """Whose link it is. Raises BadUsage when it is not valid (any more)."""
    with office.ledger.reading() as ledger:
        record = accounts.invited(ledger, fingerprint(token), at=office.now())
    if record is None:
        raise BadUsage("这个链接已经用过或过期了，请向管理员要一个新的。")
    return record.person


def accept_invitation(office: Office, token: str, password: str) -> str:
    """Sets the password and ends all sessions of before; the token of a new one. Raises BadUsage; the link stays good
    when only the password is refused."""
    refuse_weak(password, invited(office, token).name)
    password_hash = hash_of(password)
    with office.ledger.writing() as ledger:
        record = accounts.use_invitation(ledger, fingerprint(token), at=office.now())
        if record is None:
            raise BadUsage("这个链接刚刚已经用过了，请登录，或向管理员要一个新的。")
        return _with_new_password(office, ledger, record, password_hash)


def change_password(office: Office, person: Person, old: str, new: str) -> str:
    """All sessions of before end; the token of a new one. Raises BadUsage."""
    with office.ledger.reading() as ledger:
        record = _known(ledger, person.name)
    if not is_password(record.password_hash, old):
        raise BadUsage("现在的密码不对，没有改动。")
    refuse_weak(new, person.name)
    password_hash = hash_of(new)
    with office.ledger.writing() as ledger:
        return _with_new_password(office, ledger, record, password_hash)


def set_role(office: Office, name: str, role: Role, *, who: str) -> None:
    """All sessions of the account end: a role is decided at log-in. Raises BadUsage for the last admin."""
    with office.ledger.writing() as ledger:
        record = _known(ledger, name)
        if record.role is role:
            return
        if record.role is Role.ADMIN:
            _refuse_last_admin(ledger, record)
        accounts.set_role(ledger, record.id, role)
        sessions.end_sessions(ledger, record.id, at=office.now())
        said = f"用户{record.display_name}（{name}）的角色由{record.role.chinese}改为{role.chinese}"
        _record(office, ledger, name, who, said)


def set_disabled(office: Office, name: str, disabled: bool, *, who: str) -> None:
    """A disabled account is logged out at once and its links are void. Raises BadUsage for the last admin."""
    with office.ledger.writing() as ledger:
        record = _known(ledger, name)
        if record.disabled is disabled:
            return
        if disabled:
            if record.role is Role.ADMIN:
                _refuse_last_admin(ledger, record)
            sessions.end_sessions(ledger, record.id, at=office.now())
            accounts.end_invitations(ledger, record.id, at=office.now())
        accounts.set_disabled(ledger, record.id, disabled)
        _record(office, ledger, name, who, f"{'停用' if disabled else '恢复'}用户{record.display_name}（{name}）")


def first_invitation(office: Office) -> Invitation | None:
    """While nobody can log in as an admin, a link for the first one; None from then on. Earlier links are void."""
    with office.ledger.writing() as ledger:
        everyone = accounts.accounts(ledger)
        if any(one.role is Role.ADMIN and one.password_hash and not one.disabled for one in everyone):
            return None
        admins = [one for one in everyone if one.role is Role.ADMIN and not one.disabled]
        if admins:
            return _invite(office, ledger, admins[0].id, admins[0].name)
        taken = {one.name for one in everyone}
        name = next(free for free in _first_names() if free not in taken)
        account_id = accounts.add_account(ledger, name, "管理员", Role.ADMIN, at=office.now())
        _record(office, ledger, name, "简报服务", f"添加第一个管理员（{name}）")
        return _invite(office, ledger, account_id, name)


def _first_names() -> Iterator[str]:
    yield _FIRST_ADMIN
    yield from (f"{_FIRST_ADMIN}{number}" for number in itertools.count(2))


def _invite(office: Office, ledger: Connection, account_id: int, name: str) -> Invitation:
    token, expires_at = new_token(), office.now() + INVITATION
    accounts.add_invitation(ledger, account_id, fingerprint(token), expires_at=expires_at, at=office.now())
    return Invitation(name, f"{office.settings.desk.public_url}/invitation/{token}", expires_at)


def _new_session(office: Office, ledger: Connection, account_id: int) -> str:
    token, now = new_token(), office.now()
    sessions.forget_sessions(ledger, now - 2 * LONGEST_SESSION)
    sessions.open_session(ledger, account_id, fingerprint(token), at=now)
    return token


def _with_new_password(office: Office, ledger: Connection, record: AccountRecord, password_hash: str) -> str:
    accounts.set_password_hash(ledger, record.id, password_hash)
    accounts.end_invitations(ledger, record.id, at=office.now())
    sessions.end_sessions(ledger, record.id, at=office.now())
    _record(office, ledger, record.name, record.person.who, "设置了自己的密码")
    return _new_session(office, ledger, record.id)


def _known(ledger: Connection, name: str) -> AccountRecord:
    record = accounts.account_named(ledger, name)
    if record is None:
        raise BadUsage(f"没有用户 {name}。")
    return record


def _refuse_last_admin(ledger: Connection, record: AccountRecord) -> None:
    others = (one for one in accounts.accounts(ledger) if one.id != record.id)
    if not any(one.role is Role.ADMIN and not one.disabled for one in others):
        raise BadUsage(f"{record.name} 是唯一的管理员，不能停用或改成别的角色；请先再设一个管理员。")


def _record(office: Office, ledger: Connection, name: str, who: str, said: str) -> None:
    record_change(ledger, bulletin="", who=who, subject="account", subject_id=name, said=said, at=office.now())


def _neighbourhood(address: str) -> str:
    """A whole /64 of IPv6 counts as one address: whoever has one address there has them all."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
