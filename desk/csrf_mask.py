"""The CSRF token as pages show it: masked differently in every answer.

Answers are compressed, and pages repeat what a request contains (a search, a filter). The length of a compressed answer
tells whether a guess occurs in it (BREACH, Gluck, Harris and Prado 2013), so a token that is the same in every answer
could be guessed character by character by whoever can send requests in the person's browser and see their sizes.
"""

from __future__ import annotations

import base64
import binascii
import secrets


def masked(token: str) -> str:
    """The token under a one-time pad, with the pad. token: in ASCII."""
    pad = secrets.token_bytes(len(token))
    return base64.urlsafe_b64encode(pad + _combined(pad, token.encode("ascii"))).decode("ascii")


def unmasked(sent: str) -> str:
    """The token that was masked; "" for what `masked` has not made."""
    try:
        pair = base64.b64decode(sent.encode("ascii"), altchars=b"-_", validate=True)
        half = len(pair) // 2
        return _combined(pair[:half], pair[half:]).decode("ascii") if len(pair) % 2 == 0 else ""
    except (UnicodeError, binascii.Error):
        return ""


def _combined(pad: bytes, text: bytes) -> bytes:
    return bytes(first ^ second for first, second in zip(pad, text, strict=True))
