"""Second factors of accounts: the key that an account shares with an authenticator app, and its recovery codes.

The key is stored as it is, since codes are computed from it; the ledger is readable for the service alone
(docs/decisions/0069). Recovery codes are stored as their SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from archive.schema import recovery_code, second_factor
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SecondFactorRecord:
    """The second factor of an account."""

    account_id: int
    secret: str = field(repr=False)
    """The key in base32."""
    last_step: int
    """The time step of the latest code that was accepted (RFC 6238 4.2), 0 for none: codes up to it are used up."""
    confirmed_at: datetime | None
    """When a first code proved that the app has the key; None: it is not asked for at log-ins yet."""


def second_factor_of(ledger: Transaction, account_id: int) -> SecondFactorRecord | None:
    """None for an account without one."""
    row = ledger.sql.execute(select(second_factor).where(second_factor.c.account_id == account_id)).mappings().first()
    return None if row is None else SecondFactorRecord(**row)


def accounts_with_second_factor(ledger: Transaction) -> frozenset[int]:
    """Ids of the accounts that have a confirmed one."""
    confirmed = select(second_factor.c.account_id).where(second_factor.c.confirmed_at.is_not(None))
    return frozenset(ledger.sql.execute(confirmed).scalars())


def start_second_factor(ledger: Transaction, account_id: int, secret: str) -> None:
    """Stores a key that is not confirmed yet, in place of what the account had."""
    remove_second_factor(ledger, account_id)
    ledger.sql.execute(insert(second_factor).values(account_id=account_id, secret=secret))


def confirm_second_factor(ledger: Transaction, account_id: int, *, at: datetime) -> None:
    """From now on the second factor is asked for."""
    ledger.sql.execute(update(second_factor).where(second_factor.c.account_id == account_id).values(confirmed_at=at))


def remove_second_factor(ledger: Transaction, account_id: int) -> None:
    """Removes the key and the recovery codes of the account, if it has any."""
    for table in (recovery_code, second_factor):
        ledger.sql.execute(delete(table).where(table.c.account_id == account_id))


def use_step(ledger: Transaction, account_id: int, step: int) -> bool:
    """Uses up the codes up to that time step. False when they are: of two simultaneous calls one is true."""
    unused = (second_factor.c.account_id == account_id, second_factor.c.last_step < step)
    return bool(ledger.sql.execute(update(second_factor).where(*unused).values(last_step=step)).rowcount)


def replace_recovery_codes(ledger: Transaction, account_id: int, sha256s: Iterable[str]) -> None:
    """Stores the codes by their SHA-256; the earlier ones are invalid."""
    ledger.sql.execute(delete(recovery_code).where(recovery_code.c.account_id == account_id))
    ledger.sql.execute(insert(recovery_code), [{"account_id": account_id, "code_sha256": sha256} for sha256 in sha256s])


def use_recovery_code(ledger: Transaction, account_id: int, sha256: str, *, at: datetime) -> bool:
    """Uses up the code. False for an unknown and for a used one."""
    columns = recovery_code.c
    unused = (columns.account_id == account_id, columns.code_sha256 == sha256, columns.used_at.is_(None))
    return bool(ledger.sql.execute(update(recovery_code).where(*unused).values(used_at=at)).rowcount)


def count_recovery_codes(ledger: Transaction, account_id: int) -> int:
    """How many the account has that were not used."""
    unused = (recovery_code.c.account_id == account_id, recovery_code.c.used_at.is_(None))
    return int(ledger.sql.execute(select(func.count()).select_from(recovery_code).where(*unused)).scalar_one())
