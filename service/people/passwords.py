"""Passwords and tokens: argon2 in its own door, and what a password must be."""

from __future__ import annotations

import functools
import hashlib
import secrets
import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from values.errors import BadUsage

SHORTEST: Final = 10
LONGEST: Final = 200
_HASHER: Final = PasswordHasher()  # argon2id with RFC 9106's second recommended parameters: 64 MiB
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Forty log-ins at once would take 2.5 GiB."""


def refuse_weak(password: str, name: str) -> None:
    """Raises BadUsage, saying what to do. Length counts, not kinds of characters (NIST SP 800-63B 3.1.1)."""
    if len(password) < SHORTEST:
        raise BadUsage(f"密码太短：至少 {SHORTEST} 个字符，可以是一句话。")
    if len(password) > LONGEST:
        raise BadUsage(f"密码太长：最多 {LONGEST} 个字符。")
    if len(set(password)) < 4 or name.casefold() in password.casefold():
        raise BadUsage("密码太容易猜：不要重复几个字符，也不要包含用户名。")


def hash_of(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(password)


def is_password(password_hash: str, password: str) -> bool:
    """False, after the same time, for an account that has no password and for one that does not exist ("")."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(password_hash or _nobody(), password[: LONGEST + 1]) and bool(password_hash)
        except (VerificationError, InvalidHashError):
            return False


@functools.cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


def new_token() -> str:
    """256 random bits, fit for a URL and a cookie."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """As which the ledger knows a token: whoever reads the ledger cannot log in with it."""
    return hashlib.sha256(token.encode()).hexdigest()
