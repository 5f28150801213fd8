"""Refused log-ins of a minute from an address, counted until they become one line of the record (archive.changes).

The record is never shortened; without the counting, a program that tries passwords would write a line for every try.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from archive.database import upsert
from archive.schema import refused_login
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RefusedLogins:
    """What came from one address within one minute."""

    minute: datetime
    """Its beginning."""
    address: str
    """"": from all addresses that are not counted apart."""
    tries: int
    accounts: tuple[int, ...]
    """Ids of the accounts that were tried, in ascending order; tries with unknown names have none."""


def count_refused(ledger: Transaction, minute: datetime, address: str, account: int | None) -> RefusedLogins:
    """Counts one more; returns what there is with it. account: the id of the one that was tried, None for none."""
    before = _of(ledger, minute, address) or RefusedLogins(minute, address, 0, ())
    accounts = sorted({*before.accounts, *(() if account is None else (account,))})
    counted = RefusedLogins(minute, address, before.tries + 1, tuple(accounts))
    row = {"minute": minute, "address": address, "tries": counted.tries, "accounts": json.dumps(accounts)}
    ledger.sql.execute(upsert(ledger, refused_login, ("minute", "address")), row)
    return counted


def is_counted_apart(ledger: Transaction, minute: datetime, address: str, *, most: int) -> bool:
    """Whether the address has a count of its own in that minute, or may have one: at most `most` addresses have."""
    if _of(ledger, minute, address) is not None:
        return True
    of_minute = select(func.count()).select_from(refused_login).where(refused_login.c.minute == minute)
    return int(ledger.sql.execute(of_minute).scalar_one()) < most


def take_refused(ledger: Transaction, before: datetime) -> Sequence[RefusedLogins]:
    """The counts of the minutes that began before that moment, the earliest first; they are deleted."""
    ended = refused_login.c.minute < before
    rows = ledger.sql.execute(
        select(refused_login).where(ended).order_by(refused_login.c.minute, refused_login.c.address)
    ).all()
    if rows:
        ledger.sql.execute(delete(refused_login).where(ended))
    return [RefusedLogins(row.minute, row.address, row.tries, tuple(json.loads(row.accounts))) for row in rows]


def has_refused(ledger: Transaction, before: datetime) -> bool:
    """Whether `take_refused` would return any."""
    return ledger.sql.execute(select(refused_login.c.tries).where(refused_login.c.minute < before)).first() is not None


def _of(ledger: Transaction, minute: datetime, address: str) -> RefusedLogins | None:
    wanted = (refused_login.c.minute == minute, refused_login.c.address == address)
    row = ledger.sql.execute(select(refused_login).where(*wanted)).first()
    return None if row is None else RefusedLogins(minute, address, row.tries, tuple(json.loads(row.accounts)))
