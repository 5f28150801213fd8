"""A try of a password or code by somebody whose account is known: counted, and recorded when it is refused."""

from __future__ import annotations

from archive import accounts
from archive.accounts import AccountRecord
from archive.login_attempts import LoginAttempt, forget_attempts
from service.office import Office
from service.people.access_record import record_refused
from service.people.attempts import Client, TooManyAttempts, attempt_at, count_attempt
from service.people.passwords import is_password
from values.account import Person
from values.errors import BadUsage


def count_try(office: Office, attempt: LoginAttempt, account: AccountRecord | None, client: Client) -> None:
    """Counts the attempt. account: the one that it is at, None for an unknown name. Raises TooManyAttempts, which is
    recorded."""
    try:
        with office.ledger.writing() as ledger:
            count_attempt(office, ledger, attempt)
    except TooManyAttempts:
        record_refused(office, client.address, account)
        raise


def require_password(office: Office, person: Person, password: str, client: Client) -> AccountRecord:
    """The account of somebody who is logged in and proves it by the password. Raises BadUsage for a wrong one,
    TooManyAttempts as a log-in does."""
    with office.ledger.reading() as ledger:
        record = accounts.account_with_id(ledger, person.id)
    attempt = attempt_at(office, person.name, record, client)
    count_try(office, attempt, record, client)
    if record is None or not is_password(record.password_hash, password):
        record_refused(office, client.address, record)
        raise BadUsage("现在的密码不对，没有改动。")
    with office.ledger.writing() as ledger:
        forget_attempts(ledger, attempt)
    return record
