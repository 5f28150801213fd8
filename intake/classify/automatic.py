"""Mail that machines write: the one judgement of a letter's head. It decides what is ignored and what is answered.

Where reading and answering once judged differently, this takes the wider sign, so that less is answered; only a certain
sign, which no document can outweigh, stays as narrow as it was (docs/decisions/0026).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from intake.parse.message import Message
from values.machine_mail import MachineMail

_DAEMONS: Final = frozenset({"mailer-daemon", "mailerdaemon", "postmaster"})
_REPLY_FIELDS: Final = ("x-autoreply", "x-autorespond")
_SUPPRESSED: Final = frozenset({"all", "autoreply", "oof"})  # [MS-OXCMAIL] 2.2.3.2.14: DR, RN, NRN are about reports
_WORD: Final = re.compile(r"[a-z_-]+")
# The word of a mail program is alone or followed by a colon: 自动回复系统上线 and 退信访件… are titles of articles.
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
class MachineSign:
    """Why a letter looks like a machine's."""

    kind: MachineMail
    certain: bool
    """No attachment can make it a submission."""


def machine_sign(message: Message, own_addresses: Collection[str]) -> MachineSign | None:
    """The strongest sign that no person wrote this letter to us, or None.

    Certain are our own address, `Auto-Submitted: auto-replied`, multipart/report and the mail daemons. All others are
    also set by gateways that departments send their submissions through. own_addresses: in any case.
    """
    own = frozenset(address.strip().lower() for address in own_addresses)
    certain = _certain(message, own)
    if certain is not None:
        return MachineSign(certain, certain=True)
    likely = _likely(message, own)
    return MachineSign(likely, certain=False) if likely is not None else None


def wants_no_answer(message: Message) -> bool:
    """Whether the sender's program asks that no machine answers, which people's programs do too."""
    return bool(_words(message, "x-auto-response-suppress") & _SUPPRESSED)


def _certain(message: Message, own: frozenset[str]) -> MachineMail | None:
    if message.sender and message.sender.lower() in own:
        return MachineMail.OUR_OWN
    if report := _report(next(iter(message.headers.get("content-type", ())), "")):
        return report
    if message.sender.partition("@")[0].lower() in _DAEMONS:
        return MachineMail.BOUNCE
    return MachineMail.AUTO_REPLY if "auto-replied" in _words(message, "auto-submitted") else None


def _likely(message: Message, own: frozenset[str]) -> MachineMail | None:
    subject = message.subject.strip()
    if any(value.partition(";")[0].strip().lower() in own for value in message.headers.get("x-loop", ())):
        return MachineMail.OUR_OWN
    if _null_return_path(message) or "x-failed-recipients" in message.headers or _BOUNCE_SUBJECT.match(subject):
        return MachineMail.AUTO_REPLY if _REPLY_SUBJECT.match(subject) else MachineMail.BOUNCE
    if reports := list(filter(None, map(_report, message.headers.get("content-type", ())))):
        return reports[0]
    if _RECEIPT_SUBJECT.match(subject):
        return MachineMail.READ_RECEIPT
    precedence = _words(message, "precedence")
    if _REPLY_SUBJECT.match(subject) or _declares_reply(message) or precedence & {"auto_reply", "auto-reply"}:
        return MachineMail.AUTO_REPLY
    if precedence & {"bulk", "list", "junk"} or any(name.startswith("list-") for name in message.headers):
        return MachineMail.LIST_MAIL
    return MachineMail.GENERATED if _words(message, "auto-submitted") - {"no"} else None


def _report(content_type: str) -> MachineMail | None:
    """What kind of report the type names; None for any other type."""
    lower = content_type.lower()
    if lower.partition(";")[0].strip() != "multipart/report":
        return None
    return MachineMail.READ_RECEIPT if "disposition-notification" in lower else MachineMail.BOUNCE


def _declares_reply(message: Message) -> bool:
    return any(_words(message, name) - {"no", "false"} for name in _REPLY_FIELDS)


def _null_return_path(message: Message) -> bool:
    """Only the topmost one was written by our own mail server (RFC 5321 4.4)."""
    paths = message.headers.get("return-path", ())
    return bool(paths) and "".join(paths[0].split()) == "<>"


def _words(message: Message, name: str) -> frozenset[str]:
    """All words of such fields, lower case, parameters and comments left out."""
    values = (re.split(r"[;(]", value.lower())[0] for value in message.headers.get(name, ()))
    return frozenset(word for value in values for word in _WORD.findall(value))
