"""Accounts of the desk: invitations, passwords, roles. Every change is recorded with who made it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from archive import accounts, api_tokens, sessions
from archive.accounts import AccountRecord
from archive.transaction import Transaction
from service.office import Office
from service.people.attempts import Client
from service.people.log_in import CodeNeeded, LoggedIn, after_password, logged_in
from service.people.passwords import fingerprint, hash_of, new_token
from service.people.record import record_account_change
from service.people.roles import refuse_combination
from service.people.tries import require_password
from service.people.weak_passwords import refuse_weak
from values.account import Person, Role
from values.address import is_sendable
from values.errors import BadUsage

INVITATION_LIFETIME: Final = timedelta(hours=24)
"""How long an invitation is valid: a working day, so that a link in an old letter opens nothing."""
USER_NAME: Final = re.compile(r"[\w.@-]{1,64}")
_FIRST_ADMIN: Final = "admin"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link to set a password."""

    name: str
    """Of the account."""
    url: str
    """Holds the token; the ledger has its fingerprint alone."""
    expires_at: datetime


def add_user(
    office: Office, name: str, role: Role, *, display_name: str = "", address: str = "", who: str
) -> Invitation:
    """Adds an account; returns the link for its owner. address: by which a step of an approval names the person, "" for
    none. Raises BadUsage for a name that is taken or not allowed, and for what is no mail address."""
    name, address = name.strip(), _usable_address(address)
    if not USER_NAME.fullmatch(name):
        raise BadUsage("用户名只能用文字、数字和 . _ @ -，最多 64 个字符。")
    with office.ledger.writing() as ledger:
        account_id = accounts.add_account(ledger, name, display_name.strip() or name, role, at=office.now())
        if address:
            _write_address(office, ledger, account_id, name, address, who)
        record_account_change(
            office, ledger, name, who, f"添加用户{display_name.strip() or name}（{name}），角色：{role.chinese}"
        )
        return _invite(office, ledger, account_id, name)


def invite(office: Office, name: str, *, who: str) -> Invitation:
    """A new link to set a password; the old password is valid until the link is used. Raises BadUsage for an unknown
    name and for a disabled account."""
    with office.ledger.writing() as ledger:
        record = _account_named(ledger, name)
        if record.disabled:
            raise BadUsage(f"用户 {name} 已停用；请先恢复。")
        record_account_change(office, ledger, name, who, f"给用户{record.display_name}（{name}）一个设置密码的链接")
        return _invite(office, ledger, record.id, name)


def invited(office: Office, token: str) -> Person:
    """The person that the link was made for. Raises BadUsage when it is not valid (any more)."""
    with office.ledger.reading() as ledger:
        record = accounts.invited(ledger, fingerprint(token), at=office.now())
    if record is None:
        raise BadUsage("这个链接已经用过或过期了，请向管理员要一个新的。")
    return record.person


def accept_invitation(office: Office, token: str, password: str, client: Client) -> LoggedIn | CodeNeeded:
    """Sets the password, ends all earlier sessions and logs in, or asks for the second factor. Raises BadUsage; the
    link stays valid when only the password is refused."""
    refuse_weak(password, invited(office, token), office.settings)
    password_hash = hash_of(password)
    with office.ledger.writing() as ledger:
        record = accounts.use_invitation(ledger, fingerprint(token), at=office.now())
        if record is None:
            raise BadUsage("这个链接刚刚已经用过了，请登录，或向管理员要一个新的。")
        record = _with_new_password(office, ledger, record, password_hash)
        return after_password(office, ledger, record, client, how="，用一次性链接")


def change_password(office: Office, person: Person, old: str, new: str, client: Client) -> LoggedIn:
    """Sets another password, ends all earlier sessions and opens a new one. Raises BadUsage for a wrong old password
    and for a weak new one, TooManyAttempts as a log-in does."""
    record = require_password(office, person, old, client)
    if old == new:
        raise BadUsage("新密码和现在的一样，没有改动。")
    refuse_weak(new, person, office.settings)
    password_hash = hash_of(new)
    with office.ledger.writing() as ledger:
        return logged_in(office, ledger, _with_new_password(office, ledger, record, password_hash).id, client)


def set_role(office: Office, name: str, role: Role, *, who: str) -> None:
    """Gives the account another role and ends its sessions. Raises BadUsage for an unknown name, the last admin,
    and with separated duties for a change from auditor or to it."""
    with office.ledger.writing() as ledger:
        record = _account_named(ledger, name)
        if record.role is role:
            return
        refuse_combination(office.settings.desk, record.role, role)
        if record.role is Role.ADMIN:
            _refuse_last_admin(ledger, record)
        accounts.set_role(ledger, record.id, role)
        sessions.end_sessions(ledger, record.id, at=office.now())
        summary = f"用户{record.display_name}（{name}）的角色由{record.role.chinese}改为{role.chinese}"
        record_account_change(office, ledger, name, who, summary)


def set_address(office: Office, name: str, address: str, *, who: str) -> None:
    """Gives the account another mail address, "" for none. Raises BadUsage for an unknown name, for what is no mail
    address, and for the address of another account."""
    address = _usable_address(address)
    with office.ledger.writing() as ledger:
        record = _account_named(ledger, name)
        if record.address != address:
            _write_address(office, ledger, record.id, name, address, who)


def set_disabled(office: Office, name: str, disabled: bool, *, who: str) -> None:
    """Disables an account, or enables it again. A disabled account is logged out at once, its links are void and
    its tokens revoked, for good. Raises BadUsage for an unknown name and the last admin."""
    with office.ledger.writing() as ledger:
        record = _account_named(ledger, name)
        if record.disabled is disabled:
            return
        if disabled:
            if record.role is Role.ADMIN:
                _refuse_last_admin(ledger, record)
            sessions.end_sessions(ledger, record.id, at=office.now())
            accounts.end_invitations(ledger, record.id, at=office.now())
            api_tokens.revoke_all(ledger, at=office.now(), account_id=record.id)
        accounts.set_disabled(ledger, record.id, disabled)
        record_account_change(
            office, ledger, name, who, f"{'停用' if disabled else '恢复'}用户{record.display_name}（{name}）"
        )


def log_out_everywhere(office: Office, name: str, *, who: str, but: str = "") -> None:
    """Ends the sessions of the account. but: the token of the session that stays open, "" for none. Raises BadUsage for
    an unknown name."""
    with office.ledger.writing() as ledger:
        record = _account_named(ledger, name)
        sessions.end_sessions(ledger, record.id, at=office.now(), but=fingerprint(but) if but else "")
        summary = f"退出用户{record.person.display_name}（{name}）{'在别处' if but else ''}的登录"
        record_account_change(office, ledger, name, who, summary)


def editor_names(office: Office) -> tuple[str, ...]:
    """Names of the people who may edit, in the order of their accounts."""
    with office.ledger.reading() as ledger:
        everyone = accounts.accounts(ledger)
    may_edit = (account for account in everyone if account.role.includes(Role.EDITOR) and not account.disabled)
    return tuple(dict.fromkeys(account.person.display_name for account in may_edit))


def first_invitation(office: Office) -> Invitation | None:
    """A link for the first admin while nobody can log in as one, None afterwards. Earlier links become void."""
    with office.ledger.writing() as ledger:
        everyone = accounts.accounts(ledger)
        if any(_is_admin(account) and account.password_hash for account in everyone):
            return None
        admins = [account for account in everyone if _is_admin(account)]
        if admins:
            return _invite(office, ledger, admins[0].id, admins[0].name)
        taken = {account.name for account in everyone}
        name = next(name for name in _first_names() if name not in taken)
        account_id = accounts.add_account(ledger, name, "管理员", Role.ADMIN, at=office.now())
        record_account_change(office, ledger, name, "简报服务", f"添加第一个管理员（{name}）")
        return _invite(office, ledger, account_id, name)


def _usable_address(address: str) -> str:
    """In lower case. Raises BadUsage."""
    address = address.strip().lower()
    if address and not is_sendable(address):
        raise BadUsage(f"{address} 不是可以寄信的邮箱地址；应如 leader@office.example，没有就空着。")
    return address


def _write_address(office: Office, ledger: Transaction, account_id: int, name: str, address: str, who: str) -> None:
    """Raises BadUsage for the address of another account: each stands for one person."""
    for other in accounts.accounts_with_address(ledger, address):
        if other.id != account_id:
            raise BadUsage(f"邮箱 {address} 已经是用户 {other.name} 的；一个邮箱只能属于一个用户。")
    accounts.set_address(ledger, account_id, address)
    summary = f"用户 {name} 的邮箱{f'定为 {address}' if address else '去掉'}"
    record_account_change(office, ledger, name, who, summary)


def _first_names() -> Iterator[str]:
    yield _FIRST_ADMIN
    yield from (f"{_FIRST_ADMIN}{number}" for number in itertools.count(2))


def _invite(office: Office, ledger: Transaction, account_id: int, name: str) -> Invitation:
    token, at = new_token(), office.now()
    expires_at = at + INVITATION_LIFETIME
    accounts.add_invitation(ledger, account_id, fingerprint(token), expires_at=expires_at, at=at)
    return Invitation(name, f"{office.settings.desk.public_url}/invitation/{token}", expires_at)


def _with_new_password(office: Office, ledger: Transaction, record: AccountRecord, password_hash: str) -> AccountRecord:
    at = office.now()
    accounts.set_password_hash(ledger, record.id, password_hash, at=at)
    accounts.end_invitations(ledger, record.id, at=at)
    sessions.end_sessions(ledger, record.id, at=at)
    record_account_change(office, ledger, record.name, record.person.who, "设置了自己的密码")
    return replace(record, password_hash=password_hash, password_set_at=at)


def _account_named(ledger: Transaction, name: str) -> AccountRecord:
    record = accounts.account_named(ledger, name)
    if record is None:
        raise BadUsage(f"没有用户 {name}。")
    return record


def _refuse_last_admin(ledger: Transaction, record: AccountRecord) -> None:
    if is_last_admin(ledger, record):
        raise BadUsage(f"{record.name} 是唯一的管理员，不能停用或改成别的角色；请先再设一个管理员。")


def is_last_admin(ledger: Transaction, record: AccountRecord) -> bool:
    """Whether no account but this one is an enabled administrator's."""
    remaining = (account for account in accounts.accounts(ledger) if account.id != record.id)
    return not any(map(_is_admin, remaining))


def _is_admin(account: AccountRecord) -> bool:
    return account.role is Role.ADMIN and not account.disabled
