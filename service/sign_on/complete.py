"""The provider has sent a browser back: who is that, and what may this person do here?

An account is recognised by issuer and subject alone, never by a name or mail address, which a provider lets people
choose or gives to somebody else later.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from archive import accounts, external_identities, sessions
from archive.accounts import AccountRecord
from archive.transaction import Transaction
from service.office import Office
from service.people.access_record import record_log_in
from service.people.accounts import USER_NAME, is_last_admin
from service.people.attempts import Client
from service.people.log_in import LoggedIn, logged_in
from service.people.passwords import fingerprint
from service.people.record import record_account_change
from service.people.roles import refuse_combination
from service.sign_on.failures import SignOnFailed, SignOnFailure
from service.sign_on.id_token import ExpectedToken, UnknownKey, read_id_token
from service.sign_on.provider import Provider
from service.sign_on.started import StartedLogIn
from settings.oidc import OidcSettings
from settings.secrets import resolve
from values.account import Role
from values.errors import BadUsage

BY: Final = "统一登录"
"""Who makes and changes accounts after the provider's groups, in the record."""
_NOT_IN_NAMES: Final = re.compile(r"[^\w.@-]")
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Callback:
    """What the provider sends the browser back with."""

    code: str
    issuer: str
    """"": it does not say (RFC 9207)."""
    error: str
    """"": none."""


@dataclass(frozen=True, slots=True)
class ProvenPerson:
    """Somebody whom the provider has logged in."""

    issuer: str
    subject: str
    name: str
    """What the provider calls the account; "": nothing."""
    display_name: str
    groups: frozenset[str]


def complete_log_in(
    office: Office, provider: Provider, started: StartedLogIn, callback: Callback, client: Client
) -> LoggedIn:
    """Opens a session for the person. The role is that of the person's groups now; whoever has lost all of them loses
    the open sessions too. Raises SignOnFailed, BadConfig without the client's secret, StorageFailed."""
    if not started.is_recent(office.now()):
        raise SignOnFailed(SignOnFailure.STATE, "started too long ago")
    if callback.issuer and callback.issuer != provider.settings.issuer:
        raise SignOnFailed(SignOnFailure.STATE, "answer of another issuer")
    if callback.error or not callback.code:
        raise SignOnFailed(SignOnFailure.DENIED, f"error {callback.error[:60]}")
    person = _proven(office, provider, started, callback.code)
    with office.ledger.writing() as ledger:
        record = external_identities.account_of(ledger, person.issuer, person.subject)
        failure = _failure(provider.settings, person, record)
        if failure is None:
            try:
                record = _with_role(office, ledger, provider.settings, person, record)
            except BadUsage:
                failure = SignOnFailure.ROLE_KEPT
            else:
                record_log_in(office, ledger, record.person, client.address, how=f"，由{BY}")
                login = logged_in(office, ledger, record.id, client)
                external_identities.mark_session(ledger, fingerprint(login.session))
                return login
        if record is not None:
            sessions.end_sessions(ledger, record.id, at=office.now())
    raise SignOnFailed(failure, "the account may not log in", record.id if record else 0)


def link_account(office: Office, name: str, subject: str, *, who: str) -> None:
    """Has the person of that subject at the provider log in as the account. Raises BadUsage for an unknown name,
    without a provider, for an empty subject and for one that another account has."""
    settings = office.settings.desk.oidc
    if settings is None:
        raise BadUsage("没有配置统一登录（[desk.oidc]）。")
    subject = subject.strip()
    if not subject or len(subject) > 255:
        raise BadUsage("请写统一登录里的编号（sub），最多 255 个字符。")
    with office.ledger.writing() as ledger:
        record = accounts.account_named(ledger, name)
        if record is None:
            raise BadUsage(f"没有用户 {name}。")
        other = external_identities.account_of(ledger, settings.issuer, subject)
        if other is not None and other.id != record.id:
            raise BadUsage(f"这个编号已经和用户 {other.name} 相连。")
        if other is None:
            external_identities.link(ledger, settings.issuer, subject, record.id, at=office.now())
            record_account_change(office, ledger, name, who, f"用户 {name} 与{BY}的编号 {subject} 相连")


def role_of(settings: OidcSettings, groups: frozenset[str]) -> Role | None:
    """The highest role of the groups; None for none of them."""
    granted = [role for group, role in settings.roles if group in groups]
    return next((role for role in reversed(Role) if role in granted), None)


def _proven(office: Office, provider: Provider, started: StartedLogIn, code: str) -> ProvenPerson:
    settings = provider.settings
    secret = resolve(settings.client_secret, office.environ)
    exchanged = provider.exchange(code, started.verifier, redirect_uri(office), secret)
    expected = ExpectedToken(
        settings.issuer, settings.client_id, started.nonce, exchanged.access_token, int(office.now().timestamp())
    )
    try:
        claims = read_id_token(exchanged.id_token, provider.keys(), expected)
    except UnknownKey:
        claims = read_id_token(exchanged.id_token, provider.keys(again=True), expected)
    if settings.roles and settings.groups_claim not in claims:
        more = provider.userinfo(exchanged.access_token)
        if more.get("sub") == claims["sub"]:  # OpenID Connect Core 1.0 5.3.2: else it is somebody else's
            claims = {**more, **claims}
    return ProvenPerson(
        settings.issuer,
        claims["sub"],
        _text(claims, "preferred_username"),
        _text(claims, "name"),
        _groups(claims.get(settings.groups_claim)),
    )


def redirect_uri(office: Office) -> str:
    """Where the provider sends browsers back to."""
    return f"{office.settings.desk.public_url}/login/oidc/callback"


def _failure(settings: OidcSettings, person: ProvenPerson, record: AccountRecord | None) -> SignOnFailure | None:
    if record is not None and record.disabled:
        return SignOnFailure.DISABLED
    if settings.roles and role_of(settings, person.groups) is None:
        return SignOnFailure.NO_ROLE
    if record is None and not settings.roles:
        return SignOnFailure.NO_ACCOUNT
    return None


def _with_role(
    office: Office, ledger: Transaction, settings: OidcSettings, person: ProvenPerson, record: AccountRecord | None
) -> AccountRecord:
    """The account with the role of its groups; a new one for somebody new. Raises BadUsage for a role that cannot be
    changed."""
    role = role_of(settings, person.groups)
    if record is None:
        assert role is not None, "without one, `_failure` has refused"
        return _new_account(office, ledger, person, role)
    if role is None or role is record.role:
        return record
    refuse_combination(office.settings.desk, record.role, role)
    if record.role is Role.ADMIN and is_last_admin(ledger, record):
        raise BadUsage(f"{record.name} 是唯一的管理员。")
    accounts.set_role(ledger, record.id, role)
    sessions.end_sessions(ledger, record.id, at=office.now())
    summary = f"用户{record.person.display_name}（{record.name}）的角色由{record.role.chinese}改为{role.chinese}"
    record_account_change(office, ledger, record.name, BY, summary)
    return _account(ledger, record.id)


def _new_account(office: Office, ledger: Transaction, person: ProvenPerson, role: Role) -> AccountRecord:
    at, wanted = office.now(), _NOT_IN_NAMES.sub("", person.name)[:_LONGEST_NAME]
    if not USER_NAME.fullmatch(wanted):
        wanted = f"oidc-{fingerprint(person.subject)[:8]}"
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    name = next(name for name in names if accounts.account_named(ledger, name) is None)
    account_id = accounts.add_account(ledger, name, person.display_name or name, role, at=at)
    external_identities.link(ledger, person.issuer, person.subject, account_id, at=at)
    summary = f"添加用户{person.display_name or name}（{name}），角色：{role.chinese}，编号 {person.subject}"
    record_account_change(office, ledger, name, BY, summary)
    return _account(ledger, account_id)


def _account(ledger: Transaction, account_id: int) -> AccountRecord:
    record = accounts.account_with_id(ledger, account_id)
    assert record is not None, "it was read or added in this transaction"
    return record


def _text(claims: Mapping[str, Any], name: str) -> str:
    """A claim as a line of text; "" for another kind of value."""
    value = claims.get(name)
    return " ".join(value.split())[:_LONGEST_NAME] if isinstance(value, str) else ""


def _groups(value: object) -> frozenset[str]:
    """A list of groups, or the only one as a text."""
    values = value if isinstance(value, list) else [value]
    return frozenset(group for group in values if isinstance(group, str))
