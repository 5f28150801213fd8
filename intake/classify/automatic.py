"""Mail that machines write: the one judgement of a letter's head. It decides what is ignored and what is answered.

Where reading and answering once judged differently, this takes the wider sign, so that less is answered; only a certain
sign, which no document can outweigh, stays as narrow as it was (docs/decisions/0026).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from intake.parse.message import AUTOMATIC_HEADER, Message, Part
from intake.parse.quoting import own_text
from values.machine_mail import MachineMail

_DAEMONS: Final = frozenset({"mailer-daemon", "mailerdaemon", "postmaster"})
_SUPPRESSED: Final = frozenset({"all", "autoreply", "oof"})  # [MS-OXCMAIL] 2.2.3.2.14: DR, RN, NRN are about reports
_WORD: Final = re.compile(r"[a-z_-]+")
# The word of a mail program is alone or followed by a colon: 自动回复系统上线 and 退信访件… are titles of articles.
_ENDS: Final = r"\s*(?:[:：】\]）)]|$)"
_ANSWERS: Final = r"(?:(?:回复|答复|回覆|re)\s*[:：]\s*)*"
_REPLY_SUBJECT: Final = re.compile(
    _ANSWERS + r"[【\[（(]?\s*(?:"
    r"(?:自动(?:回复|答复|回覆|应答)|auto(?:matic)?[ -]?(?:reply|response|answer|re))(?:\s*(?:re|回复)\s*[:：]|"
    + _ENDS
    + r")|"
    r"来自.{1,60}的自动(?:回复|答复|应答)" + _ENDS + r"|"
    r"(?:休假|请假|外出|出差|离岗|离职|不在办公室)(?:期间)?(?:的?自动)?(?:回复|通知|提醒)?"
    + _ENDS
    + r"|代(?:为)?回复"
    + _ENDS
    + r"|"
    r".{2,20}(?:不在办公室|已外出|正在休假)\s*[:：]|"
    r"(?:réponse automatique|automatische antwort|respuesta automática|risposta automatica|自動(?:応答|返信))\s*[:：]|"
    r"auto\s*[:：]|out of (?:the )?office\b|on (?:vacation|leave)\b|vacation\s*(?:reply|notice|[:：]))",
    re.IGNORECASE,
)
_REPLY_TEXT: Final = re.compile(
    r"(?:这|此|本)(?:是|邮件|封(?:邮件|信)).{0,8}(?:系统|程序)?自动(?:回复|答复|发送|发出|生成)|自动回复|"
    r"(?:您|你)(?:所?发(?:来|送)?)?的?(?:邮件|来信|来件|信件|来函)(?:我|我们|本人)?(?:已|均已|已经)(?:收到|收悉|妥收)|"
    r"(?:系统|平台)(?:已|已经)(?:收到|接收)(?:您|你)的(?:邮件|来信|来件)|"
    r"(?:无法|不能|不便)(?:及时|按时|正常)?(?:查看|查收|收取|回复|处理)(?:您的?)?(?:邮件|来信)(?!附件|[里中的])|"
    r"(?:^|(?<=[，,。；;！!\s]))请勿(?:直接)?(?:回复|回信)(?:本|此|该)?(?:邮件|邮箱)?(?=[，,。；;！!\s]|$)|"
    r"邮件(?:我)?已(?:经)?收到.{0,20}(?:尽快|稍后|及时)|(?:本人|我(?![局办区镇县市委院校们]))(?:现|正|目前|最近|将|因.{1,8})?(?:在|于)?.{0,16}(?:休假|出差|请假|外出|不在办公室)|"
    r"\b(?:I am|I'm) (?:currently )?(?:out of|on|away)\b|automat(?:ic|ed) (?:reply|response)",
    re.IGNORECASE,
)
"""What programs write that declare nothing; only the text of a short letter without a file is compared."""
_LONGEST_REPLY: Final = 150
"""Characters of such a text."""
_QUESTION: Final = re.compile(r"？|\?(?:\s|$)|吗(?:[。！!，,\s]|$)")
"""No program asks anything; a question mark within a link asks nothing."""
_BOUNCE_SUBJECT: Final = re.compile(
    r"[【\[（(]?\s*(?:系统|邮件|来自.{1,60}的)?退信(?:通知|提醒|报告)?" + _ENDS + r"|"
    r"(?:您的|你的)?邮件(?:被退回|退回通知)" + _ENDS + r"|(?:无法|未能)(?:投递|送达|发送)\s*[:：]|"
    r"(?:邮件)?(?:延迟|延误)(?:投递|发送|送达)?(?:通知|提醒)" + _ENDS + r"|"
    r"failure notice\b|mail (?:system error|failure)\b|warning: message \S{1,40} delayed\b|"
    r"(?:邮件)?(?:未送达|投递失败|投递延迟|发送延迟|延迟发送|发送失败|延迟送达|无法送达)(?:通知|提醒)?" + _ENDS + r"|"
    r"系统通知[:：].{0,12}邮件.{0,12}(?:没有|未能|未|无法)(?:投递|送达|发送)|"
    r"(?:您的)?邮件.{0,12}(?:没有|未能|未|无法)(?:投递|送达|发送)(?:成功)?" + _ENDS + r"|"
    r"undeliver(?:ed|able)\b|delivery (?:delayed|status notification)\b|delayed mail\b|warning: could not send\b|"
    r"mail delivery failed\b|returned mail\b",
    re.IGNORECASE,
)
_RECEIPT_SUBJECT: Final = re.compile(
    r"(?:已读|已阅|未读(?:已)?(?:删除)?|收条|阅读收条|read|not read|return receipt)\s*[:：]|"
    r"[【\[]?(?:(?:邮件)?(?:已读|阅读|收信|送达)|邮件)回执"
    + _ENDS
    + r"|(?:您的|你的)?邮件.{0,60}已(?:被|经)?(?:阅读|打开|读取)$|(?:已送达|delivered|relayed)\s*[:：]",
    re.IGNORECASE,
)
_CALENDAR_TYPES: Final = frozenset({"text/calendar", "application/ics"})
_CALENDAR: Final = b"BEGIN:VCALENDAR"
"""Begins a calendar object (RFC 5545 3.4), which some programs send as application/octet-stream."""
_CALENDAR_SUBJECT: Final = re.compile(
    r"(?:已?接受|已?拒绝|暂定|谢绝|会议(?:已)?取消|已取消|(?:日程|会议|日历)(?:邀请|更新|取消|提醒)|"
    r"建议(?:新|其他)时间|提议新时间|accepted|declined|tentative|cancell?ed|invitation|updated invitation)\s*[:：]|"
    r"[【\[](?:日程|会议|日历)(?:邀请|更新|变更|取消|提醒)[】\]]",
    re.IGNORECASE,
)


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
    if _is_calendar(message):
        return MachineMail.CALENDAR
    precedence = _words(message, "precedence")
    if _REPLY_SUBJECT.match(subject) or _declares_reply(message) or precedence & {"auto_reply", "auto-reply"}:
        return MachineMail.AUTO_REPLY
    if precedence & {"bulk", "list", "junk"} or any(name.startswith("list-") for name in message.headers):
        return MachineMail.LIST_MAIL
    if _words(message, "auto-submitted") - {"no"}:
        return MachineMail.GENERATED
    return MachineMail.AUTO_REPLY if _is_reply_by_its_text(message) else None


def _report(content_type: str) -> MachineMail | None:
    """What kind of report the type names; None for any other type."""
    lower = content_type.lower()
    if lower.partition(";")[0].strip() != "multipart/report":
        return None
    return MachineMail.READ_RECEIPT if "disposition-notification" in lower else MachineMail.BOUNCE


def _declares_reply(message: Message) -> bool:
    fields = [name for name in message.headers if AUTOMATIC_HEADER.fullmatch(name)]
    return any(_words(message, name) - {"no", "false", "none"} for name in fields)


def _is_calendar(message: Message) -> bool:
    """Whether it is an invitation or the answer to one: a calendar part says so, whatever stands beside it."""
    if any(_is_calendar_part(part) for part in message.parts):
        return True
    return _CALENDAR_SUBJECT.match(message.subject.strip()) is not None


def _is_calendar_part(part: Part) -> bool:
    return part.content_type.lower() in _CALENDAR_TYPES or part.data.lstrip()[:20].upper().startswith(_CALENDAR)


def _is_reply_by_its_text(message: Message) -> bool:
    own = " ".join(own_text(message.text[: 20 * _LONGEST_REPLY]).split())
    return 0 < len(own) <= _LONGEST_REPLY and not _QUESTION.search(own) and _REPLY_TEXT.search(own) is not None


def _null_return_path(message: Message) -> bool:
    """Only the topmost one was written by our own mail server (RFC 5321 4.4)."""
    paths = message.headers.get("return-path", ())
    return bool(paths) and "".join(paths[0].split()) == "<>"


def _words(message: Message, name: str) -> frozenset[str]:
    """All words of such fields, lower case, parameters and comments left out."""
    values = (re.split(r"[;(]", value.lower())[0] for value in message.headers.get(name, ()))
    return frozenset(word for value in values for word in _WORD.findall(value))
