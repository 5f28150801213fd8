"""Hashes of passwords, and tokens: the only module that uses argon2."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.people.weak_passwords import LONGEST

_HASHER: Final = PasswordHasher()
"""argon2id with the second recommended parameters of RFC 9106 section 4: 64 MiB."""
_AT_ONCE: Final = 1
"""Hashes computed at the same time: each needs 64 MiB and four threads."""
_NICENESS: Final = 5
"""Of the threads that compute them: the pages of those who are logged in go first (sched(7): a third of the share
of an ordinary thread)."""


def _go_last() -> None:
    """Lowers the priority of this thread and of those that it starts; Linux has one for each thread."""
    with contextlib.suppress(OSError):  # a container may refuse the call: hashes are then computed like anything else
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


_HASHING: Final = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="hashing", initializer=_go_last)
"""Starts its thread at the first hash."""


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
