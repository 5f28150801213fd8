"""Passwords and tokens: the only module that uses argon2, and the rules that a password must follow."""

from __future__ import annotations

import functools
import hashlib
import os
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from values.errors import BadUsage

SHORTEST: Final = 10
"""Characters. A trade-off: with ten attempts in a quarter of an hour nobody guesses ten, and people remember them."""
LONGEST: Final = 200
"""Characters: a sentence fits in, and hashing stays cheap whatever is sent."""
_FEWEST_DIFFERENT: Final = 4
"""Different characters: fewer are a pattern such as 1212121212."""
_HASHER: Final = PasswordHasher()
"""argon2id with the second recommended parameters of RFC 9106 section 4: 64 MiB."""
_AT_ONCE: Final = 1
"""Hashes computed at the same time: each needs 64 MiB and four threads."""
_NICENESS: Final = 5
"""Of the threads that compute them: the pages of those who are logged in go first (sched(7): a third of the share
of an ordinary thread)."""


def _go_last() -> None:
    """Lowers the priority of this thread and of those that it starts; Linux has one for each thread."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


_HASHING: Final = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="hashing", initializer=_go_last)
"""Starts its thread at the first hash."""


def refuse_weak(password: str, name: str) -> None:
    """Raises BadUsage with what to change. Length matters, kinds of characters do not (NIST SP 800-63B 3.1.1)."""
    if len(password) < SHORTEST:
        raise BadUsage(f"密码太短：至少 {SHORTEST} 个字符，可以是一句话。")
    if len(password) > LONGEST:
        raise BadUsage(f"密码太长：最多 {LONGEST} 个字符。")
    if len(set(password)) < _FEWEST_DIFFERENT or name.casefold() in password.casefold():
        raise BadUsage("密码太容易猜：不要重复几个字符，也不要包含用户名。")


def hash_of(password: str) -> str:
    """The salted hash that the ledger stores."""
    return _HASHING.submit(_HASHER.hash, password).result()


def is_password(password_hash: str, password: str) -> bool:
    """Whether the password has that hash. Takes the same time and is False for "": no password, or no such account."""
    return _HASHING.submit(_is_password, password_hash, password[: LONGEST + 1]).result()


def _is_password(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash or _unmatched_hash(), password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False


@functools.cache
def _unmatched_hash() -> str:
    """Of a random password: verifying against it takes as long as against any other."""
    return _HASHER.hash(secrets.token_urlsafe())


def new_token() -> str:
    """256 random bits, fit for a URL and a cookie."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """The SHA-256 of a token, which the ledger stores instead: nobody can log in with what the ledger holds."""
    return hashlib.sha256(token.encode()).hexdigest()
