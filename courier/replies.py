"""The outcome of an attempt to send, from the server's reply (RFC 5321 4.2; NetEase's codes: domain.md section 8)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Final, TypeAlias

_LONGEST: Final = 300  # characters of a server's text that are kept
_HOUR: Final = timedelta(hours=1)
_QUARTER: Final = timedelta(minutes=15)


class Scope(Enum):
    """What has to wait when a server defers a letter."""

    LETTER = "letter"
    CONNECTION = "connection"
    """The rest of this connection; the next one may take more."""
    OUTBOX = "outbox"
    """Every letter."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The server has accepted the letter."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """The server did not accept the letter; it may later."""

    code: int | None
    """None when the connection was lost before the whole letter was sent."""
    text: str
    after: timedelta | None = None
    """The least time to wait; None where the usual schedule will do."""
    scope: Scope = Scope.LETTER


@dataclass(frozen=True, slots=True)
class Rejected:
    """The server did not accept the letter and never will."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class PossiblySent:
    """The whole letter was sent, and no answer came."""

    text: str


Outcome: TypeAlias = Sent | Deferred | Rejected | PossiblySent

# (code, sign in the text, least wait, what waits): the first rule that matches. Signs are NetEase's own.
_RULES: Final[tuple[tuple[str, str, timedelta | None, Scope], ...]] = (
    ("4..", r"MI:SFQ", _QUARTER, Scope.OUTBOX),  # too many letters in 15 minutes
    ("4..", r"MI:DMC|RP:DRC", None, Scope.CONNECTION),  # too many letters or recipients on one connection
    ("4..", r"DT:SPM", _HOUR, Scope.LETTER),  # looks like spam
    ("421", r"HL:", _HOUR, Scope.OUTBOX),  # parallel connections, frequency, bad recipients
    ("421", r"", _QUARTER, Scope.OUTBOX),  # RFC 5321 3.8: the service closes the channel
    ("454|530|535", r"", _QUARTER, Scope.OUTBOX),  # the login is void, which no letter has caused
    ("4..", r"", None, Scope.LETTER),
)


def judge(code: int, text: str) -> Outcome:
    """The outcome of a letter from the reply that decided it; `PossiblySent` for what is no valid reply."""
    if 200 <= code < 300:
        return Sent(code, text)
    for codes, sign, after, scope in _RULES:
        if re.fullmatch(codes, str(code)) and re.search(sign, text):
            return Deferred(code, text, after, scope)
    return Rejected(code, text) if 500 <= code < 600 else PossiblySent(text or str(code))


def printable(reply: bytes | str, secret: str = "") -> str:
    """A server's text as one short printable line. secret: the password, which servers sometimes echo; masked."""
    text = reply if isinstance(reply, str) else reply.decode("utf-8", "replace")
    if secret:
        text = text.replace(secret, "***")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST]
