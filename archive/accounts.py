"""The people of the desk: accounts, and the one-time links (invitations) with which they set their passwords."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from archive.database import insert_if_new
from archive.schema import account, invitation
from archive.transaction import Transaction
from values.account import Person, Role
from values.errors import BadUsage


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account of the desk."""

    id: int
    name: str
    """What the person types to log in; unique."""
    display_name: str
    """What others see; "": the name."""
    role: Role
    password_hash: str
    """argon2; "": the person cannot log in by password (yet)."""
    made_at: datetime
    disabled: bool
    """True: the person cannot log in, and sessions that are open end."""
    password_set_at: datetime | None
    """None for a password that an earlier version of the program has set, and where there is none."""
    address: str = ""
    """Mail address in lower case, by which a step of an approval names the person; "": none."""

    @property
    def person(self) -> Person:
        """The account as a person acting at the desk, under the name that others see."""
        return Person(self.id, self.name, self.display_name or self.name, self.role, self.address)


def add_account(ledger: Transaction, name: str, display_name: str, role: Role, *, at: datetime) -> int:
    """Returns the account's id. Raises BadUsage when there is an account of that name."""
    values = {"name": name, "display_name": display_name, "role": role.value, "made_at": at}
    if not insert_if_new(ledger, account, ("name",), **values):
        raise BadUsage(f"已经有用户 {name} 了；请换一个用户名。")
    return int(ledger.sql.execute(select(account.c.id).where(account.c.name == name)).scalar_one())


def accounts(ledger: Transaction) -> Sequence[AccountRecord]:
    """All accounts, disabled ones too, in the order they were made."""
    return _accounts(ledger)


def account_named(ledger: Transaction, name: str) -> AccountRecord | None:
    """None when there is no account of that name."""
    return next(iter(_accounts(ledger, account.c.name == name)), None)


def account_with_id(ledger: Transaction, id: int) -> AccountRecord | None:
    """None when there is no account of that id."""
    return next(iter(_accounts(ledger, account.c.id == id)), None)


def accounts_with_address(ledger: Transaction, address: str) -> Sequence[AccountRecord]:
    """The accounts with this mail address, disabled ones too; none for ""."""
    return _accounts(ledger, account.c.address == address) if address else []


def set_address(ledger: Transaction, account_id: int, address: str) -> None:
    """Changes the mail address. address: in lower case, "" for none."""
    _set(ledger, account_id, address=address)


def set_password_hash(ledger: Transaction, account_id: int, password_hash: str, *, at: datetime) -> None:
    """Replaces the hash of the password. Open sessions stay open."""
    _set(ledger, account_id, password_hash=password_hash, password_set_at=at)


def set_role(ledger: Transaction, account_id: int, role: Role) -> None:
    """Changes what the person is allowed to do."""
    _set(ledger, account_id, role=role.value)


def set_disabled(ledger: Transaction, account_id: int, disabled: bool) -> None:
    """Disables the account, or enables it again."""
    _set(ledger, account_id, disabled=disabled)


def add_invitation(
    ledger: Transaction, account_id: int, token_sha256: str, *, expires_at: datetime, at: datetime
) -> None:
    """Adds a link; the account's earlier links are invalid from now on. The token is stored as its SHA-256 alone."""
    end_invitations(ledger, account_id, at=at)
    values = {"token_sha256": token_sha256, "account_id": account_id, "expires_at": expires_at}
    ledger.sql.execute(insert(invitation).values(values))


def invited(ledger: Transaction, token_sha256: str, *, at: datetime) -> AccountRecord | None:
    """The account of a link; None for an unknown, used or expired link, and for a disabled account."""
    account_id = ledger.sql.execute(select(invitation.c.account_id).where(*_valid(token_sha256, at))).scalar()
    return None if account_id is None else _enabled(account_with_id(ledger, account_id))


def use_invitation(ledger: Transaction, token_sha256: str, *, at: datetime) -> AccountRecord | None:
    """Returns what `invited` returns and invalidates the link: of two simultaneous calls one gets the account."""
    holder = invited(ledger, token_sha256, at=at)
    used = ledger.sql.execute(update(invitation).where(*_valid(token_sha256, at)).values(used_at=at)).rowcount
    return holder if used else None


def end_invitations(ledger: Transaction, account_id: int, *, at: datetime) -> None:
    """Invalidates all links of the account."""
    unused = (invitation.c.account_id == account_id, invitation.c.used_at.is_(None))
    ledger.sql.execute(update(invitation).where(*unused).values(used_at=at))


def end_all_invitations(ledger: Transaction, *, at: datetime) -> None:
    """Invalidates all links of all accounts."""
    ledger.sql.execute(update(invitation).where(invitation.c.used_at.is_(None)).values(used_at=at))


def _valid(token_sha256: str, at: datetime) -> tuple[ColumnElement[bool], ...]:
    columns = invitation.c
    return columns.token_sha256 == token_sha256, columns.used_at.is_(None), columns.expires_at > at


def _enabled(record: AccountRecord | None) -> AccountRecord | None:
    return None if record is None or record.disabled else record


def _set(ledger: Transaction, account_id: int, **values: object) -> None:
    ledger.sql.execute(update(account).where(account.c.id == account_id).values(**values))


def _accounts(ledger: Transaction, *conditions: ColumnElement[bool]) -> Sequence[AccountRecord]:
    rows = ledger.sql.execute(select(account).where(*conditions).order_by(account.c.id)).mappings()
    return [account_from(row) for row in rows]


def account_from(row: Mapping[Any, Any]) -> AccountRecord:
    """The account of a row that has all columns of the table."""
    values = {column.name: row[column] for column in account.c}
    return AccountRecord(**{**values, "role": Role(values["role"])})
