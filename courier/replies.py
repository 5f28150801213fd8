"""What became of an attempt to send, read from the server's reply (RFC 5321 4.2; NetEase's codes: domain.md 8)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Final, TypeAlias

_LONGEST: Final = 300
_HOUR: Final = timedelta(hours=1)
_QUARTER: Final = timedelta(minutes=15)


class Scope(Enum):
    """What has to wait: this letter; the rest of this connection; the whole outbox."""

    LETTER = "letter"
    CONNECTION = "connection"
    OUTBOX = "outbox"


@dataclass(frozen=True, slots=True)
class Sent:
    """The server has taken the letter."""

    code: int
    said: str


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not taken, try later. after: the least time to wait, None where the usual schedule will do. code: None when the
    connection was lost before the letter was whole."""

    code: int | None
    said: str
    after: timedelta | None = None
    scope: Scope = Scope.LETTER


@dataclass(frozen=True, slots=True)
class Refused:
    """Not taken and never will be."""

    code: int
    said: str


@dataclass(frozen=True, slots=True)
class PossiblySent:
    """The letter went out whole, and no answer came."""

    said: str


Outcome: TypeAlias = Sent | Deferred | Refused | PossiblySent

# (code, sign in the text, least wait, what waits): the first that fits. Signs are NetEase's own.
_RULES: Final[tuple[tuple[str, str, timedelta | None, Scope], ...]] = (
    ("4..", r"MI:SFQ", _QUARTER, Scope.OUTBOX),  # too many letters in 15 minutes
    ("4..", r"MI:DMC|RP:DRC", None, Scope.CONNECTION),  # too many letters or recipients on one connection
    ("4..", r"DT:SPM", _HOUR, Scope.LETTER),  # looks like spam
    ("421", r"HL:", _HOUR, Scope.OUTBOX),  # parallel connections, frequency, bad recipients
    ("421", r"", _QUARTER, Scope.OUTBOX),  # RFC 5321 3.8: the service closes the channel
    ("454|530|535", r"", _QUARTER, Scope.OUTBOX),  # the login is void: no letter's fault
    ("4..", r"", None, Scope.LETTER),
)


def judge(code: int, said: str) -> Outcome:
    """The outcome of a letter from the reply that decided it. A reply that is none at all leaves it open."""
    if 200 <= code < 300:
        return Sent(code, said)
    for codes, sign, after, scope in _RULES:
        if re.fullmatch(codes, str(code)) and re.search(sign, said):
            return Deferred(code, said, after, scope)
    return Refused(code, said) if 500 <= code < 600 else PossiblySent(said or str(code))


def plain(reply: bytes | str, secret: str = "") -> str:
    """A server's words as one short printable line, without the password even if the server echoes it."""
    text = reply if isinstance(reply, str) else reply.decode("utf-8", "replace")
    if secret:
        text = text.replace(secret, "***")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST]
