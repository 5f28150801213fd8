"""Message-IDs by which our letters recognise an answer: they have a part that only their recipient has seen.

A letter with such a Message-ID in References or In-Reply-To, from the address that got the letter, was written by
somebody who reads that address's mail. Pure; the key is the installation's (`archive.installation_key`).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import Final

_MARKED: Final = re.compile(r"<([a-z]{1,20}\.[0-9a-f]{24})\.([0-9a-f]{32})@[^<>@\s]{1,400}>")
_MARK: Final = 32
"""Hexadecimal digits: 128 bits, which nobody guesses (RFC 2104 5 asks for at least half of the digest, or 80 bits)."""
_SHORTEST_KEY: Final = 32
"""Octets, as long as the digest (RFC 2104 3). With a shorter key, nothing is vouched for."""


def marked(stem: str, recipient: str, key: bytes) -> str:
    """The part of a Message-ID before its @: the stem (`receipt.` and 24 hexadecimal digits) with its mark."""
    return f"{stem}.{_mark(stem, recipient, key)}"


def answers_our_letter(message_ids: Iterable[str], sender: str, key: bytes) -> bool:
    """Whether one of the Message-IDs (with angle brackets) is that of a letter of ours to this address alone."""
    if len(key) < _SHORTEST_KEY or not sender:
        return False
    matches = filter(None, map(_MARKED.fullmatch, message_ids))
    return any(hmac.compare_digest(match[2], _mark(match[1], sender, key)) for match in matches)


def _mark(stem: str, recipient: str, key: bytes) -> str:
    text = f"{stem}\n{recipient.lower()}".encode("utf-8", "surrogatepass")
    return hmac.new(key, text, hashlib.sha256).hexdigest()[:_MARK]
