"""Whether our mail server has authenticated the sender's domain (RFC 8601). Only the configured server is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from intake.parse.message import Message

_COMMENT: Final = re.compile(r"\([^()]{0,1000}\)")
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.){0,1000}"')
_IN_QUOTES: Final = str.maketrans(";()", "   ")
"""Characters that would end a result or begin a comment. The sender chooses what stands in quotation marks."""
_DEEPEST: Final = 10  # comments within comments
_RESULT: Final = re.compile(r"([a-z0-9-]{1,40})(?:\s?/\s?\d{1,3})?\s?=\s?([a-z]{1,20})(?![a-z0-9-])")
_PROPERTY: Final = re.compile(
    r"(?<![a-z0-9.-])(header\.(?:d|i|from)|smtp\.mailfrom)\s?=\s?"
    r'((?:"(?:[^"\\]|\\.){0,1000}"|[^\s";]){1,320})'
)
"""The value is one word, quoted parts included: "a@jtj.example"@evil.example is an address of evil.example."""
_DOMAIN: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_LONGEST: Final = 10_000  # characters of a field: bounds the time that the expressions above take
_ALIGNED_BY: Final = {"dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",)}
"""The properties by which a method is aligned with From (RFC 7489 3.1). A HELO name vouches for no From address."""
_FAILED: Final = frozenset({"fail", "softfail"})


class Authentication(StrEnum):
    """What a server that we trust reports about the domain of the From address."""

    PASSED = "pass"
    """DMARC passed for the From domain, or DKIM or SPF did for a domain aligned with it."""
    FAILED = "fail"
    """DMARC failed, or DKIM or SPF did and nothing aligned passed."""
    UNKNOWN = "none"
    """No server that we trust reports a result, or none that says anything about the From domain."""


@dataclass(frozen=True, slots=True)
class _Result:
    """One method's result of a field (RFC 8601 2.2), in lower case."""

    method: str
    outcome: str
    properties: dict[str, str]
    """The domain of each property that names one; "" for a value that is none."""


def authentication_of(message: Message, authserv_id: str) -> Authentication:
    """What the server `authserv_id` reports about the From domain; "" trusts no server.

    Only its topmost field counts: lower ones may have come with the letter (RFC 8601 5). What cannot be parsed is
    UNKNOWN.
    """
    domain = message.sender.rpartition("@")[2]
    wanted = authserv_id.strip().lower()
    if not wanted or not domain:
        return Authentication.UNKNOWN
    for value in message.authentication_results:
        server, results = _parse(value)
        if server == wanted:
            return _verdict(results, domain)
    return Authentication.UNKNOWN


def reporting_server(value: str) -> str:
    """The authserv-id of an Authentication-Results field, in lower case; "" for a field that reports no result."""
    server, results = _parse(value)
    return server if results and _DOMAIN.fullmatch(server) else ""


def _parse(value: str) -> tuple[str, list[_Result]]:
    server, *results = _without_comments(value[:_LONGEST].lower()).split(";")
    return next(iter(server.split()), ""), list(_results(results))


def _results(texts: Iterable[str]) -> Iterable[_Result]:
    for text in texts:
        match = _RESULT.match(text.strip())
        if match is not None:
            yield _Result(match[1], match[2], _properties(text))


def _properties(text: str) -> dict[str, str]:
    """A property that stands twice vouches for no domain."""
    pairs = _PROPERTY.findall(text)
    names = [name for name, _ in pairs]
    return {name: "" if names.count(name) > 1 else _domain_of(value) for name, value in pairs}


def _domain_of(value: str) -> str:
    if _QUOTED.fullmatch(value):
        value = value[1:-1]
    domain = value.rpartition("@")[2].rstrip(".")
    return domain if _DOMAIN.fullmatch(domain) else ""


def _without_comments(value: str) -> str:
    """The field without comments and with quoted strings made harmless: both may repeat what the sender wrote."""
    if '"' in _QUOTED.sub("", value):
        return ""
    value = _QUOTED.sub(lambda match: match[0].translate(_IN_QUOTES), value)
    for _ in range(_DEEPEST):
        value, replaced = _COMMENT.subn(" ", value)
        if not replaced:
            break
    return "" if "(" in value or ")" in value else value


def _verdict(results: list[_Result], domain: str) -> Authentication:
    dmarc = [result for result in results if result.method == "dmarc"]
    if any(result.outcome == "fail" for result in dmarc):
        return Authentication.FAILED
    if any(result.outcome == "pass" and result.properties.get("header.from") == domain for result in dmarc):
        return Authentication.PASSED
    aligning = [result for result in results if result.method in _ALIGNED_BY]
    if any(result.outcome == "pass" and _is_aligned(result, domain) for result in aligning):
        return Authentication.PASSED
    return Authentication.FAILED if any(result.outcome in _FAILED for result in aligning) else Authentication.UNKNOWN


def _is_aligned(result: _Result, domain: str) -> bool:
    """Whether all domains for which the method passed are the sender's or a parent of it (relaxed, RFC 7489 3.1)."""
    domains = [result.properties[name] for name in _ALIGNED_BY[result.method] if name in result.properties]
    return bool(domains) and all(_covers(each, domain) for each in domains)


def _covers(signer: str, domain: str) -> bool:
    """A top-level domain covers none."""
    return signer == domain or ("." in signer and domain.endswith("." + signer))
