"""The people of the desk: accounts and the one-time links with which they set their passwords."""

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
    """password_hash: argon2, "" for one that cannot log in by password (yet)."""

    id: int
    name: str
    display_name: str
    role: Role
    password_hash: str
    made_at: datetime
    disabled: bool

    @property
    def person(self) -> Person:
        return Person(self.id, self.name, self.display_name or self.name, self.role)


def add_account(ledger: Transaction, name: str, display_name: str, role: Role, *, at: datetime) -> int:
    """Returns its id. Raises BadUsage when there is one of that name."""
    values = {"name": name, "display_name": display_name, "role": role.value, "made_at": at}
    if not insert_if_new(ledger, account, ("name",), **values):
        raise BadUsage(f"已经有用户 {name} 了；请换一个用户名。")
    return int(ledger.sql.execute(select(account.c.id).where(account.c.name == name)).scalar_one())


def accounts(ledger: Transaction) -> Sequence[AccountRecord]:
    return _accounts(ledger)


def account_named(ledger: Transaction, name: str) -> AccountRecord | None:
    return next(iter(_accounts(ledger, account.c.name == name)), None)


def account_with_id(ledger: Transaction, id: int) -> AccountRecord | None:
    return next(iter(_accounts(ledger, account.c.id == id)), None)


def set_password_hash(ledger: Transaction, account_id: int, password_hash: str) -> None:
    _set(ledger, account_id, password_hash=password_hash)


def set_role(ledger: Transaction, account_id: int, role: Role) -> None:
    _set(ledger, account_id, role=role.value)


def set_disabled(ledger: Transaction, account_id: int, disabled: bool) -> None:
    _set(ledger, account_id, disabled=disabled)


def add_invitation(
    ledger: Transaction, account_id: int, token_sha256: str, *, expires_at: datetime, at: datetime
) -> None:
    """The account's earlier links are worth nothing from now on."""
    end_invitations(ledger, account_id, at=at)
    ledger.sql.execute(
        insert(invitation).values(token_sha256=token_sha256, account_id=account_id, expires_at=expires_at)
    )


def invited(ledger: Transaction, token_sha256: str, *, at: datetime) -> AccountRecord | None:
    """Whose link it is; None for one that is unknown, used or expired, or of a disabled account."""
    found = select(invitation.c.account_id).where(*_valid(token_sha256, at))
    account_id = ledger.sql.execute(found).scalar()
    return None if account_id is None else _enabled(account_with_id(ledger, account_id))


def use_invitation(ledger: Transaction, token_sha256: str, *, at: datetime) -> AccountRecord | None:
    """As `invited`, and the link is used up: of two who come at once one gets the account."""
    holder = invited(ledger, token_sha256, at=at)
    used = ledger.sql.execute(update(invitation).where(*_valid(token_sha256, at)).values(used_at=at)).rowcount
    return holder if used else None


def end_invitations(ledger: Transaction, account_id: int, *, at: datetime) -> None:
    unused = (invitation.c.account_id == account_id, invitation.c.used_at.is_(None))
    ledger.sql.execute(update(invitation).where(*unused).values(used_at=at))


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
    """An account of a row that has all columns of the table."""
    values = {column.name: row[column] for column in account.c}
    return AccountRecord(**{**values, "role": Role(values["role"])})
