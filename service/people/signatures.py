"""Texts that browsers keep for us: signed, so that nobody but this installation can have made them (RFC 2104)."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

_TOKEN: Final = re.compile(r"([0-9A-Za-z_.-]{1,1000})\.([0-9a-f]{64})")


def signed(key: bytes, purpose: str, text: str) -> str:
    """The text with its signature, fit for a cookie. A signature made for one purpose is invalid for every other.

    text: ASCII letters, digits and `_.-`.
    """
    return f"{text}.{_signature(key, purpose, text)}"


def text_of(key: bytes, purpose: str, token: str) -> str | None:
    """The text of a token that `signed` made with this key for this purpose; None for every other token."""
    match = _TOKEN.fullmatch(token)
    if match is None or not hmac.compare_digest(match[2], _signature(key, purpose, match[1])):
        return None
    return match[1]


def _signature(key: bytes, purpose: str, text: str) -> str:
    return hmac.new(key, f"{purpose}\n{text}".encode(), hashlib.sha256).hexdigest()
