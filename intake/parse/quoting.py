"""The writer's own words in the text of a letter, without the letters quoted below them. For show only."""

from __future__ import annotations

import re
from typing import Final

_RULED: Final = re.compile(
    r"[-—_=\s]{0,80}+(?:原始邮件|原邮件|回复的原邮件|转发邮件信息|转发的邮件|邮件原件|Original\s?Message|Forwarded\s?[Mm]essage)"
    r"(?:[-—_=\s:：]|$)",
    re.IGNORECASE,
)
_SENDER: Final = re.compile(r"(?:发件人|寄件人|From)\s*+[:：]", re.IGNORECASE)
_BLOCK: Final = re.compile(
    r"(?:发送时间|发送日期|发件时间|日期|时间|收件人|抄送|主题|Sent|Date|To|Cc|Subject)\s*+[:：]", re.IGNORECASE
)
_WROTE: Final = re.compile(r"(?:写道|wrote)\s*+[:：]\s*+$", re.IGNORECASE)
_WROTE_BEGINS: Final = re.compile(r"(?:在|于|On\b|\d{4}[-年/.])", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\s*+[>＞]")


def own_text(text: str) -> str:
    """What stands above the first quoted letter, without lines marked "> "; "" when all of it is quoted."""
    lines = text.split("\n")
    end = next((at for at in range(len(lines)) if _begins_a_quotation(lines, at)), len(lines))
    own = (line.rstrip() for line in lines[:end] if not _QUOTED.match(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()


def _begins_a_quotation(lines: list[str], at: int) -> bool:
    line = lines[at].strip().lstrip("*").strip()
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
