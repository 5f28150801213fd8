"""Letters quoted in the text of a letter: the writer's own text above them, and the header of the first one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from intake.parse.addresses import parse_addresses

_RULED: Final = re.compile(
    r"[-—_=\s]{0,80}+(?:(?P<forwarded>转发邮件信息|(?:开始)?转发的邮件|(?:Begin\s)?Forwarded\s?[Mm]essage|"
    r"(?:(?<=[-—_=])|(?<=[-—_=]\s))转发(?:的)?(?:原)?(?:邮件|消息|信息|信件|讯息))|"
    r"原始邮件|原邮件|回复的原邮件|邮件原件|邮件原文(?=\s*[-—_=])|Original\s?Message)(?:[-—_=\s:：]|$)",
    re.IGNORECASE,
)
_SENDER: Final = re.compile(r"(?:发件人|寄件人|From)\s*+[:：]", re.IGNORECASE)
_BLOCK: Final = re.compile(
    r"(?:发送时间|发送日期|发件时间|日\s*期|时间|收件人|抄\s*送|主\s*题|Sent|Date|To|Cc|Subject)\s*+[:：]",
    re.IGNORECASE,
)
_WROTE: Final = re.compile(r"(?:写道|wrote)\s*+[:：]\s*+$", re.IGNORECASE)
_WROTE_BEGINS: Final = re.compile(r"(?:在|于|On\b|\d{4}[-年/.])", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\s*+[>＞]")
_QUOTE_MARK: Final = re.compile(r"^\s*+[>＞] ?")
# A field of a quoted header, which newer programs set as a table: | 发件人 | 区教体局<jtj@…> |
_FIELD: Final = re.compile(
    r"[|*\s]{0,9}+(?:(?P<sender>发件人|寄件人|From)|(?P<subject>主\s*题|Subject)|"
    r"(?P<date>发送时间|发送日期|发件时间|日\s*期|时间|Sent|Date)|"
    r"(?P<to>收件人|To)|(?P<copy>抄\s*送人?|Cc))\*{0,2}+[^\S\t]*+[:：|\t]\*{0,2}+(?P<value>.*)",
    re.IGNORECASE,
)
_BLANKS: Final = " \u3000\xa0\r"
"""At the end of a line; a tab belongs to an empty cell of a table."""
_KINDS: Final = ("sender", "subject", "date", "to", "copy")
_MOST_HEADER_LINES: Final = 15  # five fields, each folded or followed by an empty line
_WIDEST_GAP: Final = 2  # lines between two fields
_LONGEST_LINE: Final = 2_000  # characters of a line that are matched


@dataclass(frozen=True, slots=True)
class Quotation:
    """The first letter quoted in another."""

    above: str
    """The writer's own text, before the quotation."""
    forwarded: bool
    """The line that announces it says that it is forwarded."""
    sender: str
    """Its address as quoted, lower case; "" for none."""
    subject: str
    """"" for none."""
    text: str
    """Everything after its header."""


def own_text(text: str) -> str:
    """The text above the first quoted letter, without lines marked "> "; "" when all of it is quoted."""
    lines = text.split("\n")
    return _own(lines[: _first_quotation(lines)])


def quotation(text: str) -> Quotation | None:
    """The first quoted letter; None when there is none."""
    lines = text.split("\n")
    start = _first_quotation(lines)
    if start == len(lines):
        return None
    ruled = _RULED.match(_bare(lines[start]))
    quoted = [_QUOTE_MARK.sub("", line, count=1) for line in lines[start + bool(ruled) :]]
    fields, end = _header(quoted)
    senders = parse_addresses([fields.get("sender", "")])
    return Quotation(
        above=_own(lines[:start]),
        forwarded=bool(ruled and ruled["forwarded"]),
        sender=senders[0].address if senders else "",
        subject=fields.get("subject", "").strip(" |"),
        text="\n".join(quoted[end:]).strip("\n"),
    )


def _header(lines: list[str]) -> tuple[dict[str, str], int]:
    """The fields at the top of a quoted letter by kind, each kind once, and where its text begins."""
    fields: dict[str, str] = {}
    latest = ""
    end = 0
    for at, line in enumerate(lines[:_MOST_HEADER_LINES]):
        kind, value = _field(line)
        if kind in fields or (not kind and (at - end >= _WIDEST_GAP or (line.strip() and not fields))):
            break
        if kind:
            fields[kind] = value
            latest, end = kind, at + 1
            if kind == "subject" and "sender" in fields and line.lstrip("|* \t")[:1] == "主":
                break  # the last field in programs with Chinese names, except where it is the first
        elif latest == "sender" and line.strip() and "@" not in fields["sender"]:
            fields["sender"] += line  # the address is often folded
            end = at + 1
    return fields, end


def _field(line: str) -> tuple[str, str]:
    """The kind of the field that a line of a quoted header holds, and its value; "" for no field."""
    match = _FIELD.match(line[:_LONGEST_LINE])
    if match is None:
        return "", ""
    return next(kind for kind in _KINDS if match[kind]), match["value"]


def _own(lines: list[str]) -> str:
    own = (line.rstrip(_BLANKS) for line in lines if not _QUOTED.match(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()


def _first_quotation(lines: list[str]) -> int:
    return next((at for at in range(len(lines)) if _begins_a_quotation(lines, at)), len(lines))


def _bare(line: str) -> str:
    return line.strip().lstrip("*").strip()


def _begins_a_quotation(lines: list[str], at: int) -> bool:
    line = _bare(lines[at])
    if len(line) > 500:
        return False
    if _RULED.match(line):
        return True
    if _SENDER.match(line):
        return any(_BLOCK.match(after.strip().lstrip("*")) for after in lines[at + 1 : at + 6])
    if _WROTE_BEGINS.match(line):
        # 在 2022-10-28 09:05:11，"区五型办" <…> 写道： is often folded in two
        following = "".join(lines[at + 1 : at + 2]).strip()
        return bool(_WROTE.search(line)) or (
            len(line) < 120 and len(following) < 120 and bool(_WROTE.search(following))
        )
    return False
