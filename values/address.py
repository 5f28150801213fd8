"""Mail addresses that SMTP can carry."""

from __future__ import annotations

import re
from typing import Final

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?"
_SENDABLE: Final = re.compile(rf"(?=[^@]{{1,64}}@.{{1,255}}\Z){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")


def is_sendable(address: str) -> bool:
    """Whether SMTP takes the address as it stands: ASCII, nothing quoted, in its limits (RFC 5321 4.1.2, 4.5.3.1)."""
    return _SENDABLE.fullmatch(address) is not None
