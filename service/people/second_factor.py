"""二次验证: setting up a second factor, recovery codes, turning it off, and resetting somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from archive import accounts, sessions
from archive.login_attempts import forget_attempts
from archive.second_factors import (
    confirm_second_factor,
    count_recovery_codes,
    remove_second_factor,
    replace_recovery_codes,
    second_factor_of,
    start_second_factor,
)
from archive.transaction import Transaction
from service.office import Office
from service.people.access_record import record_refused
from service.people.attempts import Client, attempt_at
from service.people.codes import fingerprint_of_code, new_recovery_codes, new_secret, uri_of, use_any_code, use_code
from service.people.passwords import fingerprint
from service.people.record import record_account_change
from service.people.tries import count_try, require_password
from values.account import Person
from values.errors import BadUsage


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor that waits for its first code."""

    secret: str = field(repr=False)
    """To be typed where no QR code can be read."""
    uri: str = field(repr=False)
    """What the QR code says."""


@dataclass(frozen=True, slots=True)
class SecondFactorState:
    """What a person sees of the own second factor."""

    is_on: bool
    codes_left: int
    """Recovery codes that were not used."""


def second_factor_state(office: Office, person: Person) -> SecondFactorState:
    """Of the person's account."""
    with office.ledger.reading() as ledger:
        factor = second_factor_of(ledger, person.id)
        is_on = factor is not None and factor.confirmed_at is not None
        return SecondFactorState(is_on, count_recovery_codes(ledger, person.id))


def start_enrolment(office: Office, person: Person, password: str, client: Client) -> None:
    """Makes a key that waits for its first code (`enrolment_of`). Raises BadUsage for a wrong password, where the
    second factor is on already, and where the settings have none; TooManyAttempts."""
    if office.settings.desk.second_factor == "off":
        raise BadUsage("这里没有开放二次验证。")
    require_password(office, person, password, client)
    with office.ledger.writing() as ledger:
        factor = second_factor_of(ledger, person.id)
        if factor is not None and factor.confirmed_at is not None:
            raise BadUsage("二次验证已经开着。要换手机，请先关闭，再重新设置。")
        start_second_factor(ledger, person.id, new_secret())


def enrolment_of(office: Office, person: Person) -> Enrolment | None:
    """The key that waits for its first code; None for none. A confirmed one is never shown again."""
    with office.ledger.reading() as ledger:
        factor = second_factor_of(ledger, person.id)
    if factor is None or factor.confirmed_at is not None:
        return None
    return Enrolment(factor.secret, uri_of(factor.secret, person.name))


def confirm_enrolment(office: Office, person: Person, code: str, client: Client, *, session: str) -> tuple[str, ...]:
    """Turns the second factor on and ends the person's other sessions; returns the recovery codes, which are shown this
    once. session: the token of this one. Raises BadUsage for a wrong code, TooManyAttempts."""
    with office.ledger.reading() as ledger:
        factor = second_factor_of(ledger, person.id)
    if factor is None or factor.confirmed_at is not None:
        raise BadUsage("二次验证没有等着确认的密钥，请从头设置。")
    with _proven(office, person, code, client, is_first=True) as ledger:
        confirm_second_factor(ledger, person.id, at=office.now())
        sessions.end_sessions(ledger, person.id, at=office.now(), but=fingerprint(session))
        record_account_change(office, ledger, person.name, person.who, "开启了二次验证")
        return _new_codes(ledger, person)


def renew_recovery_codes(office: Office, person: Person, code: str, client: Client) -> tuple[str, ...]:
    """Other recovery codes; the earlier ones are invalid. Raises BadUsage for a wrong code, TooManyAttempts."""
    with _proven(office, person, code, client) as ledger:
        record_account_change(office, ledger, person.name, person.who, "换了一组恢复码")
        return _new_codes(ledger, person)


def turn_off(office: Office, person: Person, code: str, client: Client) -> None:
    """Removes the own second factor. Raises BadUsage for a wrong code, TooManyAttempts."""
    with _proven(office, person, code, client) as ledger:
        remove_second_factor(ledger, person.id)
        record_account_change(office, ledger, person.name, person.who, "关闭了自己的二次验证")


def reset_second_factor(office: Office, name: str, *, who: str) -> None:
    """Removes somebody's second factor, whose phone is lost, and ends the sessions of the account. Raises BadUsage for
    an unknown name and for an account without one."""
    with office.ledger.writing() as ledger:
        record = accounts.account_named(ledger, name)
        if record is None:
            raise BadUsage(f"没有用户 {name}。")
        if second_factor_of(ledger, record.id) is None:
            raise BadUsage(f"用户 {name} 没有设置二次验证。")
        remove_second_factor(ledger, record.id)
        sessions.end_sessions(ledger, record.id, at=office.now())
        record_account_change(office, ledger, name, who, f"取消了用户{record.person.display_name}（{name}）的二次验证")


@contextmanager
def _proven(
    office: Office, person: Person, code: str, client: Client, *, is_first: bool = False
) -> Iterator[Transaction]:
    """A transaction in which the code was right and is used up. is_first: the code is to confirm the second factor, and
    must be the app's. Raises BadUsage, TooManyAttempts."""
    with office.ledger.reading() as ledger:
        record = accounts.account_with_id(ledger, person.id)
    attempt = attempt_at(office, person.name, record, client, by_code=True)
    count_try(office, attempt, record, client)
    with office.ledger.writing() as ledger:
        factor = second_factor_of(ledger, person.id)
        use = use_code if is_first else use_any_code
        is_expected = factor is not None and (factor.confirmed_at is None) is is_first
        if factor is not None and is_expected and use(ledger, factor, code, at=office.now()):
            forget_attempts(ledger, attempt)
            yield ledger
            return
    record_refused(office, client.address, record)
    raise BadUsage("验证码不对，或已经用过，没有改动。手机和这台服务器的时间要一致。")


def _new_codes(ledger: Transaction, person: Person) -> tuple[str, ...]:
    codes = new_recovery_codes()
    replace_recovery_codes(ledger, person.id, map(fingerprint_of_code, codes))
    return codes
