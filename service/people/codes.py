"""Codes of the second factor: those of an authenticator app (RFC 6238) and those on paper, for when the phone is lost.

The only module that uses pyotp.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import unicodedata
from datetime import datetime
from typing import Final

import pyotp

from archive.second_factors import SecondFactorRecord, use_recovery_code, use_step
from archive.transaction import Transaction
from service.people.passwords import fingerprint

_STEP_SECONDS: Final = 30
"""A code is valid for that long (RFC 6238 5.2)."""
_STEPS_AWAY: Final = 1
"""Codes of the step before and after are accepted too: phones are off by seconds, and people type (RFC 6238 6)."""
_CODE: Final = re.compile(r"[0-9]{6}")
_RECOVERY_CODE: Final = re.compile(r"[A-Z2-7]{16}")
RECOVERY_CODES: Final = 10
"""Given out at a time: they fit on a note, and last for years."""
_RECOVERY_OCTETS: Final = 10
"""80 random bits, 16 characters of base32: stored as a plain SHA-256, which nobody inverts at this length."""
_ISSUER: Final = "简报审稿台"
"""What authenticator apps show above the code."""


def new_secret() -> str:
    """A random key in base32, of 160 bits (RFC 4226 4, R6)."""
    return pyotp.random_base32(32)


def uri_of(secret: str, name: str) -> str:
    """What the QR code says to an authenticator app. name: the user's."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=_ISSUER)


def use_code(ledger: Transaction, factor: SecondFactorRecord, typed: str, *, at: datetime) -> bool:
    """Whether it is a valid code of the app that was not accepted before; it is used up now."""
    if not _CODE.fullmatch(code := _plain(typed)):
        return False
    now = int(at.timestamp()) // _STEP_SECONDS
    at_step = pyotp.HOTP(factor.secret).at
    steps = [step for step in range(now - _STEPS_AWAY, now + _STEPS_AWAY + 1) if _are_same(at_step(step), code)]
    return any(use_step(ledger, factor.account_id, step) for step in steps)


def use_code_on_paper(ledger: Transaction, account_id: int, typed: str, *, at: datetime) -> bool:
    """Whether it is a recovery code that was not used before; it is used up now."""
    code = _plain(typed).upper()
    return bool(_RECOVERY_CODE.fullmatch(code)) and use_recovery_code(ledger, account_id, fingerprint(code), at=at)


def use_any_code(ledger: Transaction, factor: SecondFactorRecord, typed: str, *, at: datetime) -> bool:
    """Whether it is one or the other; it is used up now."""
    return use_code(ledger, factor, typed, at=at) or use_code_on_paper(ledger, factor.account_id, typed, at=at)


def new_recovery_codes() -> tuple[str, ...]:
    """Random codes, in groups of four characters as they are shown."""
    return tuple(
        "-".join(re.findall("....", _base32(secrets.token_bytes(_RECOVERY_OCTETS)))) for _ in range(RECOVERY_CODES)
    )


def fingerprint_of_code(shown: str) -> str:
    """What the ledger stores of a recovery code."""
    return fingerprint(_plain(shown))


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode()


def _plain(typed: str) -> str:
    """Without blanks and hyphens; digits of Chinese input methods (full width) made ordinary ones."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed))


def _are_same(code: str, typed: str) -> bool:
    return hmac.compare_digest(code.encode(), typed.encode())
