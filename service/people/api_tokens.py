"""Tokens of the API: made for a system that acts for an account, shown once, revoked at any time (issue 20)."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from archive import accounts, api_tokens
from archive.accounts import AccountRecord
from archive.api_tokens import NewToken, TokenRecord
from archive.login_attempts import LoginAttempt
from archive.transaction import Transaction
from service.office import Office
from service.people.access_record import record_refused
from service.people.attempts import Client
from service.people.passwords import fingerprint, new_token
from service.people.record import record_account_change
from service.people.tries import count_try
from values.account import Role
from values.api_token import TokenScope
from values.errors import BadUsage, NotThere, StorageFailed
from values.network import counted_address

PREFIX: Final = "jianbao_"
"""A token begins with it, so that it is recognised where it does not belong, as in a file that is passed on."""
LONGEST_DAYS: Final = 366
"""A token lasts a year at most: whoever forgets it is reminded by its end."""
_LONGEST_NAME: Final = 60
_MOST: Final = 20
"""Valid tokens of an account: more are hardly those of systems that somebody looks after."""
_USED_AGAIN: Final = timedelta(minutes=1)
"""The last use is recorded this often at most, so that reading hardly writes to the ledger."""
_GUESSED: Final = "token"
"""What attempts with an unknown token are counted by, in place of an account."""


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """The token that somebody wants."""

    account: str
    """Name of the account that it acts for."""
    name: str
    """The system that uses it."""
    scopes: frozenset[TokenScope]
    days: int
    """How long it is valid."""
    bulletin: str = ""
    """Id of the bulletin that it is for; "": all."""


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token."""

    text: str
    """What the system sends. It is shown this once: the ledger has its fingerprint alone."""
    record: TokenRecord


def issue_token(office: Office, request: TokenRequest, *, who: str) -> IssuedToken:
    """Makes a token, and records that. Raises BadUsage for an unknown or disabled account, a role that the scopes are
    not for, no name, no scope, an unknown bulletin, and for more days or tokens than are allowed."""
    name = " ".join(request.name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise BadUsage(f"请写明谁用这个令牌，最多 {_LONGEST_NAME} 个字。")
    if not request.scopes:
        raise BadUsage("请至少选一种权限。")
    if not 1 <= request.days <= LONGEST_DAYS:
        raise BadUsage(f"令牌的有效期是 1 到 {LONGEST_DAYS} 天。")
    if request.bulletin and office.settings.bulletin(request.bulletin) is None:
        raise BadUsage(f"没有刊物 {request.bulletin}。")
    text, at = PREFIX + new_token(), office.now()
    with office.ledger.writing() as ledger:
        owner = _owner(ledger, request.account)
        _refuse_scopes(owner, request.scopes)
        if sum(token.is_valid(at) for token in api_tokens.tokens_of(ledger, owner.id)) >= _MOST:
            raise BadUsage(f"{owner.name} 已有 {_MOST} 个有效的令牌，请先吊销不用的。")
        new = NewToken(
            fingerprint(text), owner.id, name, request.bulletin, request.scopes, at + timedelta(days=request.days)
        )
        record = api_tokens.add_token(ledger, new, at=at)
        until = f"{office.local(new.expires_at):%Y-%m-%d}"
        rights = "、".join(scope.chinese for scope in TokenScope if scope in new.scopes)
        where = f"，限刊物 {new.bulletin}" if new.bulletin else ""
        summary = f"给用户 {owner.name} 发了令牌“{name}”：{rights}{where}，到 {until}"
        record_account_change(office, ledger, owner.name, who, summary)
    return IssuedToken(text, record)


def revoke_token(office: Office, token_id: int, *, who: str, account_id: int | None = None) -> TokenRecord:
    """Ends the token at once. account_id: the account that it must be of, None for any. Raises NotThere."""
    with office.ledger.writing() as ledger:
        record = api_tokens.token_with_id(ledger, token_id)
        if record is None or account_id not in (None, record.account.id):
            raise NotThere("没有这个令牌。")
        if record.revoked_at is not None:
            return record
        api_tokens.revoke(ledger, token_id, at=office.now())
        record_account_change(office, ledger, record.account.name, who, f"吊销令牌“{record.name}”")
        revoked = api_tokens.token_with_id(ledger, token_id)
    assert revoked is not None, "it was read above"
    return revoked


def holder_of(office: Office, text: str, client: Client) -> TokenRecord | None:
    """The valid token that was sent; None for any other, which is recorded like a refused log-in. Raises
    TooManyAttempts after many refused ones from the same address; a valid token is never refused."""
    with office.ledger.reading() as ledger:
        record = api_tokens.token_with(ledger, fingerprint(text))
    at = office.now()
    if record is None or not record.is_valid(at):
        owner = None if record is None else record.account
        count_try(office, LoginAttempt(_GUESSED, counted_address(client.address), False), owner, client)
        record_refused(office, client.address, owner)
        return None
    if record.used_at is None or at - record.used_at >= _USED_AGAIN:
        # Where nothing can be written, systems still read: see the alarm of a full disk.
        with contextlib.suppress(StorageFailed), office.ledger.writing() as ledger:
            api_tokens.record_use(ledger, record.id, at=at)
    return record


def allowed_scopes(record: TokenRecord) -> frozenset[TokenScope]:
    """What the token allows now: its owner may have a lower role than when it was made."""
    return frozenset(scope for scope in record.scopes if record.account.role.includes(scope.role))


def _owner(ledger: Transaction, name: str) -> AccountRecord:
    record = accounts.account_named(ledger, name)
    if record is None:
        raise BadUsage(f"没有用户 {name}。")
    if record.disabled:
        raise BadUsage(f"用户 {name} 已停用；请先恢复。")
    return record


def _refuse_scopes(owner: AccountRecord, scopes: Collection[TokenScope]) -> None:
    refused = [scope.chinese for scope in TokenScope if scope in scopes and not owner.role.includes(scope.role)]
    if refused:
        raise BadUsage(f"{owner.name} 的角色是“{owner.role.chinese}”，不能有这些权限：{'、'.join(refused)}。")


def state_in_words(record: TokenRecord, at: datetime) -> str:
    """Its state, as lists show it."""
    if record.revoked_at is not None:
        return "已吊销"
    if record.account.disabled:
        return "用户已停用"
    return "已过期" if at >= record.expires_at else "有效"


def scopes_for(role: Role) -> tuple[TokenScope, ...]:
    """What somebody with that role may give a token."""
    return tuple(scope for scope in TokenScope if role.includes(scope.role))
