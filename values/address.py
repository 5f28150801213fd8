"""Mail addresses: which SMTP can carry, and which nobody reads."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?"
_SENDABLE: Final = re.compile(rf"(?=[^@]{{1,64}}@.{{1,255}}\Z){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_UNATTENDED: Final = re.compile(
    r"mailer-?daemon|postmaster|(?:do-?)?no-?t?-?reply|.+-bounces|bounces?\b.*|owner-.+|.+-request|.+-owner"
)


@lru_cache(maxsize=4096)  # each sender is compared with every address of the register
def with_ascii_domain(address: str) -> str:
    """The address, or "@domain", in lower case, its domain as DNS has it (RFC 5890): 水利.例子 is xn--fiq….

    Both forms of a domain are the same. A domain that cannot be converted stays as it is.
    """
    local, at, domain = address.strip().lower().rpartition("@")
    if domain.isascii():
        return f"{local}{at}{domain}"
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return f"{local}{at}{domain}"


def is_sendable(address: str) -> bool:
    """Whether SMTP accepts the address as it is: ASCII, nothing quoted, within its limits (RFC 5321 4.1.2, 4.5.3.1)."""
    return _SENDABLE.fullmatch(address) is not None


def is_unattended(address: str) -> bool:
    """Whether the address itself says that nobody reads it: noreply@, mailer-daemon@, owner-…@, …-bounces@."""
    return _UNATTENDED.fullmatch(address.partition("@")[0].lower()) is not None
