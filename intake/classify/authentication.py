"""Whether our mail server has authenticated the sender's domain (RFC 8601). Only the configured server is trusted."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from intake.parse.message import Message

_COMMENT: Final = re.compile(r"\([^()]{0,1000}\)")
_QUOTED: Final = re.compile(r'"[^"]{0,1000}"')
_DEEPEST: Final = 10  # comments within comments
_RESULT: Final = re.compile(r"([a-z0-9-]{1,40})(?:\s?/\s?\d{1,3})?\s?=\s?([a-z]{1,20})(?![a-z0-9-])")
_SIGNER: Final = re.compile(r"(?<![a-z0-9.-])header\.(?:d|i)\s?=\s?\"?(?:[^\s@\";]{0,64}@)?([a-z0-9.-]{1,255})")
_LONGEST: Final = 10_000  # characters of a field: bounds the time that the expressions below take


class Authentication(StrEnum):
    """What a server that we trust found out about the domain of the From address."""

    PASSED = "pass"
    """DMARC passed, or DKIM did for the sender's own domain."""
    FAILED = "fail"
    """DMARC failed."""
    UNKNOWN = "none"
    """No server that we trust reports a result."""


def authentication_of(message: Message, authserv_id: str) -> Authentication:
    """What the server `authserv_id` reports about the From domain; "" trusts no server.

    Only its topmost field counts: lower ones may have come with the letter. What cannot be parsed is UNKNOWN.
    """
    domain = message.sender.rpartition("@")[2]
    wanted = authserv_id.strip().lower()
    if not wanted or not domain or message.other_senders:
        return Authentication.UNKNOWN
    for value in message.authentication_results:
        server, *results = _without_comments(value[:_LONGEST].lower()).split(";")
        if server.split()[:1] == [wanted]:
            return _verdict(results, domain)
    return Authentication.UNKNOWN


def _without_comments(value: str) -> str:
    """The field without comments and without semicolons in quotation marks: both may repeat what the sender wrote."""
    value = _QUOTED.sub(lambda match: match[0].replace(";", " "), value)
    for _ in range(_DEEPEST):
        value, replaced = _COMMENT.subn(" ", value)
        if not replaced:
            break
    return "" if "(" in value or ")" in value else value


def _verdict(results: list[str], domain: str) -> Authentication:
    passed = False
    for result in results:
        match = _RESULT.match(result.strip())
        if match is None:
            continue
        method, outcome = match[1], match[2]
        if method == "dmarc" and outcome == "fail":
            return Authentication.FAILED
        if outcome != "pass":
            continue
        signer = _SIGNER.search(result)
        passed |= method == "dmarc" or (method == "dkim" and signer is not None and _is_aligned(signer[1], domain))
    return Authentication.PASSED if passed else Authentication.UNKNOWN


def _is_aligned(signer: str, domain: str) -> bool:
    """The signer's domain is the sender's or a parent of it (RFC 7489 3.1.1, relaxed); a top-level domain is none."""
    return signer == domain or ("." in signer and domain.endswith("." + signer))
