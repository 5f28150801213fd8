"""The people of the desk: accounts, invitations, passwords, roles. Every change a person makes is recorded."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from archive import accounts, sessions
from archive.accounts import AccountRecord
from archive.changes import NewChange, record_change
from archive.transaction import Transaction
from service.office import Office
from service.people.log_in import new_session
from service.people.passwords import fingerprint, hash_of, is_password, new_token, refuse_weak
from values.account import Person, Role
from values.errors import BadUsage

INVITATION: Final = timedelta(hours=24)
_NAME: Final = re.compile(r"[\w.@-]{1,64}")
_FIRST_ADMIN: Final = "admin"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link to set a password; `url` holds the token, which is kept nowhere else."""

    name: str
    url: str
    expires_at: datetime


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


def _invite(office: Office, ledger: Transaction, account_id: int, name: str) -> Invitation:
    token, expires_at = new_token(), office.now() + INVITATION
    accounts.add_invitation(ledger, account_id, fingerprint(token), expires_at=expires_at, at=office.now())
    return Invitation(name, f"{office.settings.desk.public_url}/invitation/{token}", expires_at)


def _with_new_password(office: Office, ledger: Transaction, record: AccountRecord, password_hash: str) -> str:
    accounts.set_password_hash(ledger, record.id, password_hash)
    accounts.end_invitations(ledger, record.id, at=office.now())
    sessions.end_sessions(ledger, record.id, at=office.now())
    _record(office, ledger, record.name, record.person.who, "设置了自己的密码")
    return new_session(office, ledger, record.id)


def _known(ledger: Transaction, name: str) -> AccountRecord:
    record = accounts.account_named(ledger, name)
    if record is None:
        raise BadUsage(f"没有用户 {name}。")
    return record


def _refuse_last_admin(ledger: Transaction, record: AccountRecord) -> None:
    others = (one for one in accounts.accounts(ledger) if one.id != record.id)
    if not any(one.role is Role.ADMIN and not one.disabled for one in others):
        raise BadUsage(f"{record.name} 是唯一的管理员，不能停用或改成别的角色；请先再设一个管理员。")


def _record(office: Office, ledger: Transaction, name: str, who: str, said: str) -> None:
    record_change(
        ledger, NewChange(bulletin="", who=who, subject="account", subject_id=name, summary=said, at=office.now())
    )
