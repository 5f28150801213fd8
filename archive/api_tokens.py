"""Tokens of the API. Of a token the ledger has the SHA-256 alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, RowMapping, bindparam, insert, select, update

from archive.accounts import AccountRecord, account_from
from archive.schema import account, api_token
from archive.transaction import Transaction
from values.api_token import TokenScope


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token about to be recorded."""

    token_sha256: str
    account_id: int
    """Whose rights it has."""
    name: str
    """What its owner calls it: the system that uses it."""
    bulletin: str
    """Id of the bulletin that it is for; "": all."""
    scopes: frozenset[TokenScope]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """A token, expired and revoked ones too."""

    id: int
    account: AccountRecord
    """Its owner, as the account is now."""
    name: str
    bulletin: str
    """Id of the bulletin that it is for; "": all."""
    scopes: frozenset[TokenScope]
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    """The last use, to the minute; None: never used."""
    revoked_at: datetime | None
    """None: not revoked."""

    def is_valid(self, at: datetime) -> bool:
        """Whether it is neither revoked nor expired, and its owner's account not disabled."""
        return self.revoked_at is None and at < self.expires_at and not self.account.disabled


# Built once: building it takes longer than SQLite takes to answer it.
_TOKENS: Final = (
    select(
        api_token.c.id.label("token_id"),
        api_token.c.name.label("token_name"),
        api_token.c.bulletin,
        api_token.c.scopes,
        api_token.c.made_at.label("token_made_at"),
        api_token.c.expires_at,
        api_token.c.used_at,
        api_token.c.revoked_at,
        account,
    )
    .join(account, account.c.id == api_token.c.account_id)
    .order_by(api_token.c.id)
)
_BY_FINGERPRINT: Final = _TOKENS.where(api_token.c.token_sha256 == bindparam("token"))


def add_token(ledger: Transaction, new: NewToken, *, at: datetime) -> TokenRecord:
    """Records the token."""
    ledger.sql.execute(
        insert(api_token).values(
            token_sha256=new.token_sha256,
            account_id=new.account_id,
            name=new.name,
            bulletin=new.bulletin,
            scopes=" ".join(scope.value for scope in TokenScope if scope in new.scopes),
            made_at=at,
            expires_at=new.expires_at,
        )
    )
    record = token_with(ledger, new.token_sha256)
    assert record is not None, "it was recorded above"
    return record


def token_with(ledger: Transaction, token_sha256: str) -> TokenRecord | None:
    """The token of that fingerprint; None when there is none."""
    row = ledger.sql.execute(_BY_FINGERPRINT, {"token": token_sha256}).mappings().first()
    return None if row is None else _record(row)


def tokens(ledger: Transaction) -> Sequence[TokenRecord]:
    """All tokens, in the order in which they were made."""
    return _tokens(ledger)


def tokens_of(ledger: Transaction, account_id: int) -> Sequence[TokenRecord]:
    """The tokens of an account that were not revoked, in the order in which they were made."""
    return _tokens(ledger, api_token.c.account_id == account_id, api_token.c.revoked_at.is_(None))


def token_with_id(ledger: Transaction, token_id: int) -> TokenRecord | None:
    """None when there is no such token."""
    return next(iter(_tokens(ledger, api_token.c.id == token_id)), None)


def record_use(ledger: Transaction, token_id: int, *, at: datetime) -> None:
    """Records the last use."""
    ledger.sql.execute(update(api_token).where(api_token.c.id == token_id).values(used_at=at))


def revoke(ledger: Transaction, token_id: int, *, at: datetime) -> None:
    """Ends the token for good; one that was revoked before keeps its time."""
    is_open = (api_token.c.id == token_id, api_token.c.revoked_at.is_(None))
    ledger.sql.execute(update(api_token).where(*is_open).values(revoked_at=at))


def revoke_all(ledger: Transaction, *, at: datetime, account_id: int | None = None) -> int:
    """Ends every token of the account, None: of every account. Returns how many were not revoked before."""
    is_open: list[ColumnElement[bool]] = [api_token.c.revoked_at.is_(None)]
    if account_id is not None:
        is_open.append(api_token.c.account_id == account_id)
    return ledger.sql.execute(update(api_token).where(*is_open).values(revoked_at=at)).rowcount


def _tokens(ledger: Transaction, *conditions: ColumnElement[bool]) -> Sequence[TokenRecord]:
    return [_record(row) for row in ledger.sql.execute(_TOKENS.where(*conditions)).mappings()]


def _record(row: RowMapping) -> TokenRecord:
    return TokenRecord(
        id=row["token_id"],
        account=account_from(row),
        name=row["token_name"],
        bulletin=row["bulletin"],
        scopes=frozenset(TokenScope(word) for word in row["scopes"].split()),
        made_at=row["token_made_at"],
        expires_at=row["expires_at"],
        used_at=row["used_at"],
        revoked_at=row["revoked_at"],
    )
