"""Accounts as the office's OpenID Connect provider knows them, and the sessions that it has opened."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from archive.accounts import AccountRecord, account_with_id
from archive.schema import desk_session, external_identity, external_session
from archive.transaction import Transaction


def account_of(ledger: Transaction, issuer: str, subject: str) -> AccountRecord | None:
    """The account of that subject, a disabled one too; None for none."""
    columns = external_identity.c
    wanted = select(columns.account_id).where(columns.issuer == issuer, columns.subject == subject)
    account_id = ledger.sql.execute(wanted).scalar()
    return None if account_id is None else account_with_id(ledger, account_id)


def link(ledger: Transaction, issuer: str, subject: str, account_id: int, *, at: datetime) -> None:
    """Records whose account it is. Raises IntegrityError for a subject that has one."""
    values = {"issuer": issuer, "subject": subject, "account_id": account_id, "linked_at": at}
    ledger.sql.execute(insert(external_identity).values(values))


def mark_session(ledger: Transaction, token_sha256: str) -> None:
    """Records that the provider has opened the session."""
    wanted = select(desk_session.c.id).where(desk_session.c.token_sha256 == token_sha256)
    session_id = ledger.sql.execute(wanted).scalar_one()
    ledger.sql.execute(insert(external_session).values(desk_session_id=session_id))
