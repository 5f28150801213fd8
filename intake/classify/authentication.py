"""Whether our mail server vouches for the sender's domain (RFC 8601). Only the configured server is believed."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from intake.parse.message import Message

_COMMENT: Final = re.compile(r"\([^()]{0,1000}\)")
_QUOTED: Final = re.compile(r'"[^"]{0,1000}"')
_DEEPEST: Final = 10
_RESULT: Final = re.compile(r"([a-z0-9-]{1,40})(?:\s?/\s?\d{1,3})?\s?=\s?([a-z]{1,20})(?![a-z0-9-])")
_SIGNER: Final = re.compile(r"(?<![a-z0-9.-])header\.(?:d|i)\s?=\s?\"?(?:[^\s@\";]{0,64}@)?([a-z0-9.-]{1,255})")
_LONGEST: Final = 10_000


class Authentication(StrEnum):
    """PASSED: DMARC did, or DKIM for the sender's own domain. FAILED: DMARC did. UNKNOWN: nobody we trust says."""

    PASSED = "pass"
    FAILED = "fail"
    UNKNOWN = "none"


def authentication_of(message: Message, authserv_id: str) -> Authentication:
    """What the server `authserv_id` found out about the From domain. "" believes no one.

    Only its topmost field counts: lower ones may have come with the letter. What is not understood is UNKNOWN.
    """
    domain = message.sender.rpartition("@")[2]
    wanted = authserv_id.strip().lower()
    if not wanted or not domain or message.other_senders:
        return Authentication.UNKNOWN
    for value in message.authentication_results:
        server, *results = _bare(value[:_LONGEST].lower()).split(";")
        if server.split()[:1] == [wanted]:
            return _verdict(results, domain)
    return Authentication.UNKNOWN


def _bare(value: str) -> str:
    """Without comments, and with no semicolon in quotation marks: both may repeat what the sender said."""
    value = _QUOTED.sub(lambda match: match[0].replace(";", " "), value)
    for _ in range(_DEEPEST):
        value, found = _COMMENT.subn(" ", value)
        if not found:
            break
    return "" if "(" in value or ")" in value else value


def _verdict(results: list[str], domain: str) -> Authentication:
    passed = False
    for result in results:
        found = _RESULT.match(result.strip())
        if found is None:
            continue
        if found[1] == "dmarc" and found[2] == "fail":
            return Authentication.FAILED
        if found[2] != "pass":
            continue
        signer = _SIGNER.search(result)
        passed |= found[1] == "dmarc" or (found[1] == "dkim" and signer is not None and _aligned(signer[1], domain))
    return Authentication.PASSED if passed else Authentication.UNKNOWN


def _aligned(signer: str, domain: str) -> bool:
    """The signer's domain is the sender's, or the one above it; never the other way round (example.org for org)."""
    return signer == domain or ("." in signer and domain.endswith("." + signer))
