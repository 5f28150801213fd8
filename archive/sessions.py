"""Sessions of the desk. Tokens are stored as their SHA-256 alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update

from archive.accounts import AccountRecord, account_from
from archive.schema import account, desk_session, external_session, second_factor
from archive.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A login that was not ended."""

    id: int
    account: AccountRecord
    made_at: datetime
    seen_at: datetime
    """When the last activity was recorded."""
    has_second_factor: bool
    """Whether the account has a confirmed second factor."""
    is_external: bool = False
    """Whether the office's provider has opened it, which asks for a second factor of its own."""


def open_session(ledger: Transaction, account_id: int, token_sha256: str, *, at: datetime) -> None:
    """Records a login."""
    values = {"token_sha256": token_sha256, "account_id": account_id, "made_at": at, "seen_at": at}
    ledger.sql.execute(insert(desk_session).values(values))


# Built once: building it takes longer than SQLite takes to answer it.
_OPEN_SESSION: Final = (
    select(
        desk_session.c.id.label("session"),
        desk_session.c.made_at.label("opened_at"),
        desk_session.c.seen_at,
        second_factor.c.confirmed_at,
        external_session.c.desk_session_id.label("external"),
        account,
    )
    .join(account, account.c.id == desk_session.c.account_id)
    .outerjoin(second_factor, second_factor.c.account_id == account.c.id)
    .outerjoin(external_session, external_session.c.desk_session_id == desk_session.c.id)
    .where(desk_session.c.token_sha256 == bindparam("token"), desk_session.c.ended_at.is_(None))
)


def session_with(ledger: Transaction, token_sha256: str) -> SessionRecord | None:
    """The session of that token, None when there is none or it was ended. It may be old, its account disabled."""
    row = ledger.sql.execute(_OPEN_SESSION, {"token": token_sha256}).mappings().first()
    if row is None:
        return None
    has_second_factor = row["confirmed_at"] is not None
    is_external = row["external"] is not None
    return SessionRecord(
        row["session"], account_from(row), row["opened_at"], row["seen_at"], has_second_factor, is_external
    )


def record_activity(ledger: Transaction, session_id: int, *, at: datetime) -> None:
    """Records that the session was used."""
    ledger.sql.execute(update(desk_session).where(desk_session.c.id == session_id).values(seen_at=at))


def end_session(ledger: Transaction, token_sha256: str, *, at: datetime) -> None:
    """Ends the session of that token, if it is open."""
    is_open = (desk_session.c.token_sha256 == token_sha256, desk_session.c.ended_at.is_(None))
    ledger.sql.execute(update(desk_session).where(*is_open).values(ended_at=at))


def end_sessions(ledger: Transaction, account_id: int, *, at: datetime, but: str = "") -> None:
    """Ends all open sessions of an account. but: the SHA-256 of the token whose session stays open, "" for none."""
    columns = desk_session.c
    are_open = (columns.account_id == account_id, columns.ended_at.is_(None), columns.token_sha256 != but)
    ledger.sql.execute(update(desk_session).where(*are_open).values(ended_at=at))


def end_all_sessions(ledger: Transaction, *, at: datetime) -> None:
    """Ends every open session of every account."""
    ledger.sql.execute(update(desk_session).where(desk_session.c.ended_at.is_(None)).values(ended_at=at))


def delete_sessions(ledger: Transaction, made_before: datetime) -> None:
    """Deletes sessions, open and ended, that were made before that moment."""
    old = select(desk_session.c.id).where(desk_session.c.made_at < made_before)
    ledger.sql.execute(delete(external_session).where(external_session.c.desk_session_id.in_(old)))
    ledger.sql.execute(delete(desk_session).where(desk_session.c.made_at < made_before))
