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
_DAY_LIMIT: Final = timedelta(hours=4)
"""Between two attempts while a limit of a day, or a suspension, lasts: it ends in the night, or when a person acts."""


class Scope(Enum):
    """What has to wait when a server defers a letter."""

    LETTER = "letter"
    CONNECTION = "connection"
    """The rest of this connection; the next one may take more."""
    OUTBOX = "outbox"
    """Every letter."""
    ACCOUNT = "account"
    """Every letter: the provider limits the account that sends, whatever the letter and whoever its recipient."""


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

_ABOUT_US: Final = re.compile(
    r"\byou(?:'ve| have)? (?:reached|exceeded)|\byour (?:account|daily|hourly|sending|message limit|outgoing)|"
    r"sending (?:limit|quota)|sender(?:'s)?(?: \S+){0,4} (?:suspended|disabled|blocked|banned|limit)|"
    r"bad outbound sender|5\.4\.5\b|5\.1\.(?:8|90)\b|WM:BLU|RP:TRC|DT:SPM|发信人|发件人|您的",
    re.IGNORECASE,
)
"""The reply names the sender: Gmail's 5.4.5, Exchange Online's 5.1.8 and 5.1.90, NetEase's codes for its own users."""
_ABOUT_RECIPIENT: Final = re.compile(
    r"recipient|rcpt|receiv(?:er|ing)|addressee|tried to reach|no such user|user (?:not found|unknown)|"
    r"[45]\.1\.[1-36]\b|5\.2\.(?:[12]|12[123])\b|收件人|收信人|对方",
    re.IGNORECASE,
)
"""The reply names the recipient, whose limits hold back no other letter."""
_SIZE: Final = re.compile(r"size|too (?:large|big|long)|大小", re.IGNORECASE)
_SUSPENDED: Final = (
    r"(?:user|account|sender|mailbox)(?: \S+){0,4} (?:suspended|locked|frozen|hangup)|"
    r"(?:account|sender)(?: \S+){0,4} (?:disabled|blocked|banned)|suspended (?:user|account|sender)|"
    r"bad outbound sender|OutboundSpam|WM:BLU|(?:账|帐)[号户].{0,8}(?:冻结|停用|封禁|锁定|异常)|"
    r"(?:冻结|停用|封禁|锁定).{0,4}(?:账|帐)[号户]"
)
_SPENT: Final = (
    r"(?:send(?:ing)?|sent|message|mail|outgoing|outbound|daily|hourly|24[- ]?hours?)(?: \S+){0,3} (?:limits?|quotas?)|"
    r"(?:limits?|quotas?) (?:on|for|of)(?: \S+){0,3} (?:messages|mails|emails|sending)|5\.4\.5\b|5\.1\.90\b|"
    r"RP:TRC|MI:STC|(?:发信|发送|发件|当日|当天|今日|每天|每日).{0,10}(?:上限|限制|超限|超量|配额)"
)
_TOO_OFTEN: Final = (
    r"frequen(?:cy|tly|t)\b|rate limit|ratelimit|throttl|too many (?:messages|mails|emails|letters)|too fast|"
    r"RP:QRC|MI:SFQ|DT:SPM|频率|频繁|过快"
)
_ANY_LIMIT: Final = r"limit|quota|exceeded|over[- ]?quota"

# (code, sign in the text, least wait, what waits): the first rule that matches. Signs with a colon are NetEase's own.
_RULES: Final[tuple[tuple[str, str, timedelta | None, Scope], ...]] = (
    ("4..", r"MI:SFQ", _QUARTER, Scope.OUTBOX),  # too many letters in 15 minutes
    ("4..", r"MI:DMC|RP:DRC", None, Scope.CONNECTION),  # too many letters or recipients on one connection
    ("4..", r"DT:SPM", _HOUR, Scope.LETTER),  # looks like spam
    ("421", r"HL:", _HOUR, Scope.OUTBOX),  # parallel connections, frequency, bad recipients
    ("421", r"", _QUARTER, Scope.OUTBOX),  # RFC 5321 3.8: the service closes the channel
    ("454|530|535", r"", _QUARTER, Scope.OUTBOX),  # the login is void, which no letter has caused
)
_ACCOUNT_RULES: Final[tuple[tuple[str, timedelta], ...]] = (
    (_SUSPENDED, _DAY_LIMIT),
    (_SPENT, _DAY_LIMIT),
    (_TOO_OFTEN, _HOUR),
)
"""(sign in the text, wait) of a refusal that limits the account. Providers give them the codes of letters that are
refused for good (550, 552, 554): only the words distinguish them."""


def account_limit(text: str, *, of_sender: bool = False) -> timedelta | None:
    """How long to wait when a refusal in these words limits the sending account; None when it does not.

    A limit on the size of a letter, and what is written about the recipient, are none. of_sender: the reply is to
    MAIL FROM, where no recipient is named yet.
    """
    if _SIZE.search(text):
        return None
    if not of_sender and not _ABOUT_US.search(text) and _ABOUT_RECIPIENT.search(text):
        return None
    for sign, wait in _ACCOUNT_RULES:
        if re.search(sign, text, re.IGNORECASE):
            return wait
    about_us = of_sender or _ABOUT_US.search(text)
    return _DAY_LIMIT if about_us and re.search(_ANY_LIMIT, text, re.IGNORECASE) else None


def judge(code: int, text: str, *, of_sender: bool = False) -> Outcome:
    """The outcome of a letter from the reply that decided it; `PossiblySent` for what is no valid reply.

    of_sender: the reply is to MAIL FROM.
    """
    if 200 <= code < 300:
        return Sent(code, text)
    if not 400 <= code < 600:
        return PossiblySent(text or str(code))
    wait = account_limit(text, of_sender=of_sender)
    if code >= 500 and wait is not None:
        return Deferred(code, text, wait, Scope.ACCOUNT)
    for codes, sign, after, scope in _RULES:
        if re.fullmatch(codes, str(code)) and re.search(sign, text):
            return Deferred(code, text, after, scope)
    if code >= 500:
        return Rejected(code, text)
    return Deferred(code, text) if wait is None else Deferred(code, text, wait, Scope.ACCOUNT)


def printable(reply: bytes | str, secret: str = "") -> str:
    """A server's text as one short printable line. secret: the password, which servers sometimes echo; masked."""
    text = reply if isinstance(reply, str) else _decoded(reply)
    if secret:
        text = text.replace(secret, "***")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST]


def _decoded(reply: bytes) -> str:
    """UTF-8, else what servers in China send without saying so."""
    try:
        return reply.decode("utf-8")
    except UnicodeDecodeError:
        return reply.decode("gb18030", "replace")
