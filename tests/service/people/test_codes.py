"""Codes of authenticator apps and on paper: which are accepted, and that each is accepted once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from archive.accounts import add_account
from archive.second_factors import SecondFactorRecord, replace_recovery_codes, second_factor_of, start_second_factor
from archive.transaction import Transaction
from service.office import Office
from service.people.codes import (
    RECOVERY_CODES,
    fingerprint_of_code,
    new_recovery_codes,
    new_secret,
    uri_of,
    use_code,
    use_code_on_paper,
)
from tests.support.ledger_rows import AT
from values.account import Role

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The key of RFC 6238 appendix B, twenty octets "12345678901234567890"."""


@pytest.fixture
def ledger(office: Office) -> Iterator[Transaction]:
    """With one account, whose app has that key."""
    with office.ledger.writing() as writing:
        account_id = add_account(writing, "wang", "", Role.EDITOR, at=AT)
        start_second_factor(writing, account_id, SECRET)
        yield writing


def factor(ledger: Transaction) -> SecondFactorRecord:
    record = second_factor_of(ledger, 1)
    assert record is not None
    return record


def code_at(seconds: float) -> str:
    """What the app shows that long after `AT`."""
    return pyotp.TOTP(SECRET).at(AT + timedelta(seconds=seconds))


def test_codes_are_those_of_rfc_6238() -> None:
    assert pyotp.HOTP(SECRET, digits=8).at(59 // 30) == "94287082"


@pytest.mark.parametrize(("seconds", "is_valid"), [(0, True), (-30, True), (30, True), (-60, False), (60, False)])
def test_code_of_the_step_before_and_after_is_accepted(ledger: Transaction, seconds: int, is_valid: bool) -> None:
    assert use_code(ledger, factor(ledger), code_at(seconds), at=AT) is is_valid


def test_code_is_accepted_once_and_none_before_it(ledger: Transaction) -> None:
    assert use_code(ledger, factor(ledger), code_at(0), at=AT)
    assert not use_code(ledger, factor(ledger), code_at(0), at=AT)
    assert not use_code(ledger, factor(ledger), code_at(-30), at=AT)
    assert use_code(ledger, factor(ledger), code_at(30), at=AT)


def test_code_is_read_as_people_type_it(ledger: Transaction) -> None:
    code = code_at(0)
    wide = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in code)
    assert use_code(ledger, factor(ledger), f" {wide[:3]} {wide[3:]}\n", at=AT)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12345²", "0" * 1000])
def test_what_is_no_code_is_refused(ledger: Transaction, typed: str) -> None:
    assert not use_code(ledger, factor(ledger), typed, at=AT)
    assert not use_code_on_paper(ledger, 1, typed, at=AT)


def test_recovery_codes_differ_and_each_is_used_once_however_it_is_typed(ledger: Transaction) -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == RECOVERY_CODES
    replace_recovery_codes(ledger, 1, map(fingerprint_of_code, codes))
    assert use_code_on_paper(ledger, 1, codes[0], at=AT)
    assert not use_code_on_paper(ledger, 1, codes[0], at=AT)
    assert use_code_on_paper(ledger, 1, codes[1].replace("-", " ").lower(), at=AT)
    assert not use_code_on_paper(ledger, 1, new_recovery_codes()[0], at=AT)


def test_uri_says_issuer_user_and_key() -> None:
    secret = new_secret()
    parts = urlsplit(uri_of(secret, "wang@example.org"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query) == {"secret": [secret], "issuer": ["简报审稿台"]}
    assert len(secret) == 32
