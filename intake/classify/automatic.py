"""Mail that machines write: auto-replies, bounces, read receipts, mailing lists, and our own letters coming back."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from intake.parse.message import Message

OUR_OWN: Final = "本刊邮箱自己发出的信，不是来稿"
AUTO_REPLY: Final = "自动回复，不是来稿"
GENERATED: Final = "系统自动发出的信，不是来稿"
BOUNCE: Final = "退信通知，不是来稿"
READ_RECEIPT: Final = "已读回执，不是来稿"
LIST_MAIL: Final = "群发邮件（邮件列表或广告订阅），不是来稿"
NOTICE: Final = "系统通知，不是来稿"

_DAEMONS: Final = frozenset({"mailer-daemon", "mailerdaemon", "postmaster"})
_NO_REPLY: Final = re.compile(r"(?:do-?)?no-?t?-?reply|.+-bounces|owner-.+|.+-request")
_REPLY_FIELDS: Final = ("x-autoreply", "x-autorespond")
_WORD: Final = re.compile(r"[a-z_-]+")
# A mark of the mail program stands alone or before a colon: 自动回复系统上线 and 退信访件… are titles of articles.
_ENDS: Final = r"\s*(?:[:：】\]）)]|$)"
_REPLY_SUBJECT: Final = re.compile(
    r"[【\[（(]?\s*(?:"
    r"(?:自动(?:回复|答复|回覆|应答)|auto(?:matic)?[ -]?(?:reply|response|answer))" + _ENDS + r"|"
    r"auto\s*[:：]|out of (?:the )?office\b|外出(?:自动)?回复" + _ENDS + r")",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT: Final = re.compile(
    r"[【\[（(]?\s*(?:系统|邮件)?退信(?:通知|提醒|报告)?" + _ENDS + r"|"
    r"未送达\s*[:：]|undeliver(?:ed|able)\b|delivery status notification\b|mail delivery failed\b|returned mail\b",
    re.IGNORECASE,
)
_RECEIPT_SUBJECT: Final = re.compile(r"(?:已读|已读回执|阅读回执|read)\s*[:：]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sign:
    """Why a letter looks like a machine's. certain: no attachment can make it a submission."""

    reason: str
    certain: bool


def automatic_sign(message: Message, own_addresses: Collection[str]) -> Sign | None:
    """The strongest sign that no person wrote this letter to us (RFC 3834, RFC 3464, RFC 8098, RFC 2369), or None.

    Certain are our own address, `Auto-Submitted: auto-replied`, multipart/report and the mail daemons. All others are
    also set by gateways that departments send their submissions through.
    """
    own = frozenset(address.strip().lower() for address in own_addresses)
    certain = _certain(message, own)
    if certain:
        return Sign(certain, certain=True)
    likely = _likely(message, own)
    return Sign(likely, certain=False) if likely else None


def is_unanswerable(address: str) -> bool:
    """Whether the address says itself that nobody reads it: noreply@, owner-…@, …-bounces@."""
    return _NO_REPLY.fullmatch(address.partition("@")[0].lower()) is not None


def _certain(message: Message, own: frozenset[str]) -> str:
    if message.sender and message.sender.lower() in own:
        return OUR_OWN
    told = next(iter(message.headers.get("content-type", ())), "").lower()
    if told.partition(";")[0].strip() == "multipart/report":
        return READ_RECEIPT if "disposition-notification" in told else BOUNCE
    if message.sender.partition("@")[0].lower() in _DAEMONS:
        return BOUNCE
    return AUTO_REPLY if "auto-replied" in _words(message, "auto-submitted") else ""


def _likely(message: Message, own: frozenset[str]) -> str:
    subject = message.subject.strip()
    if any(value.strip().lower() in own for value in message.headers.get("x-loop", ())):
        return OUR_OWN
    if _null_return_path(message) or "x-failed-recipients" in message.headers or _BOUNCE_SUBJECT.match(subject):
        return AUTO_REPLY if _REPLY_SUBJECT.match(subject) else BOUNCE
    if _RECEIPT_SUBJECT.match(subject):
        return READ_RECEIPT
    precedence = _words(message, "precedence")
    if _REPLY_SUBJECT.match(subject) or _says_reply(message) or precedence & {"auto_reply", "auto-reply"}:
        return AUTO_REPLY
    if precedence & {"bulk", "list", "junk"} or any(name.startswith("list-") for name in message.headers):
        return LIST_MAIL
    return GENERATED if _words(message, "auto-submitted") - {"no"} else ""


def _says_reply(message: Message) -> bool:
    return any(_words(message, name) - {"no", "false"} for name in _REPLY_FIELDS)


def _null_return_path(message: Message) -> bool:
    """Only the topmost one was written by our own mail server (RFC 5321 4.4)."""
    paths = message.headers.get("return-path", ())
    return bool(paths) and "".join(paths[0].split()) == "<>"


def _words(message: Message, name: str) -> frozenset[str]:
    """The first word of each such field, lower case, without parameters and comments."""
    found = (_WORD.match(value.strip().lower()) for value in message.headers.get(name, ()))
    return frozenset(match[0] for match in found if match)
