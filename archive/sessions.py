"""Who is logged in at the desk, and who tried to. Tokens are known by their SHA-256 alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from archive.accounts import AccountRecord, account_from
from archive.schema import account, desk_session, login_attempt
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SessionRecord:
    id: int
    account: AccountRecord
    made_at: datetime
    seen_at: datetime


def open_session(ledger: Transaction, account_id: int, token_sha256: str, *, at: datetime) -> None:
    values = {"token_sha256": token_sha256, "account_id": account_id, "made_at": at, "seen_at": at}
    ledger.sql.execute(insert(desk_session).values(values))


def session_with(ledger: Transaction, token_sha256: str) -> SessionRecord | None:
    """A session that was not ended, however old; its account may have been disabled since."""
    columns = desk_session.c
    found = (
        select(columns.id.label("session"), columns.made_at.label("begun_at"), columns.seen_at, account)
        .join(account, account.c.id == columns.account_id)
        .where(columns.token_sha256 == token_sha256, columns.ended_at.is_(None))
    )
    row = ledger.sql.execute(found).mappings().first()
    return None if row is None else SessionRecord(row["session"], account_from(row), row["begun_at"], row["seen_at"])


def record_activity(ledger: Transaction, session_id: int, *, at: datetime) -> None:
    ledger.sql.execute(update(desk_session).where(desk_session.c.id == session_id).values(seen_at=at))


def end_session(ledger: Transaction, token_sha256: str, *, at: datetime) -> None:
    open_one = (desk_session.c.token_sha256 == token_sha256, desk_session.c.ended_at.is_(None))
    ledger.sql.execute(update(desk_session).where(*open_one).values(ended_at=at))


def end_sessions(ledger: Transaction, account_id: int, *, at: datetime, but: str = "") -> None:
    """All of an account's sessions, save the one with the token's SHA-256 `but`."""
    columns = desk_session.c
    open_ones = (columns.account_id == account_id, columns.ended_at.is_(None), columns.token_sha256 != but)
    ledger.sql.execute(update(desk_session).where(*open_ones).values(ended_at=at))


def delete_sessions(ledger: Transaction, made_before: datetime) -> None:
    ledger.sql.execute(delete(desk_session).where(desk_session.c.made_at < made_before))


def record_login_attempt(ledger: Transaction, name: str, address: str, *, at: datetime, remember: timedelta) -> None:
    """Counts a refused log-in, and drops those that are older than `remember`."""
    ledger.sql.execute(delete(login_attempt).where(login_attempt.c.tried_at < at - remember))
    ledger.sql.execute(insert(login_attempt).values(name=name, address=address, tried_at=at))


def login_attempts(ledger: Transaction, name: str, address: str, *, since: datetime) -> int:
    columns = login_attempt.c
    same = (columns.name == name, columns.address == address, columns.tried_at > since)
    return int(ledger.sql.execute(select(func.count()).select_from(login_attempt).where(*same)).scalar_one())


def forget_login_attempts(ledger: Transaction, name: str, address: str) -> None:
    same = (login_attempt.c.name == name, login_attempt.c.address == address)
    ledger.sql.execute(delete(login_attempt).where(*same))
