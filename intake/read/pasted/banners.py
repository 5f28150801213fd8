"""Lines that a mail gateway puts above the text of a letter: warnings about mail from outside, and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_MOST_LINES: Final = 8
"""Lines at the beginning among which a banner is looked for: one in two languages has four."""
_LONGEST: Final = 240
"""Characters of a line of a banner."""
_MARK: Final = re.compile(
    r"[【\[（(*\s]*(?:外部邮件|外网邮件|外来邮件|外部来信|external(?:\s+(?:e-?mail|sender|message|mail))?|ext)[】\]）)*\s]*[:：]?\s*",
    re.IGNORECASE,
)
"""The name of a banner, with which a gateway also begins subjects."""
_ABOUT_MAIL: Final = re.compile(
    r"邮件|来信|链接|附件|发件人|浏览器|\b(?:e-?mails?|mail|sender|message|links?|attachments?)\b", re.I
)
_WARNS: Final = re.compile(
    r"外部|外网|以外|互联网|请勿|不要(?:轻易|随意)?(?:点击|打开|回复)|谨慎|警惕|小心|注意(?:核实|甄别|防范)|风险|"
    r"(?:安全|重要)(?:提示|提醒|警告)|(?:不常|很少|首次|第一次)收到|了解这|(?:未|无法)(?:通过)?验证|冒充|扫描|查杀|无法正常显示|"
    r"\b(?:caution|warning|outside|external|do not click|don['’]t often|learn why|suspicious|phishing|scanned|virus|"
    r"unverified|view (?:it|this) in)\b",
    re.I,
)
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_RULE: Final = re.compile(r"[-—_=*~\s]{3,}")
_THIS_LETTER: Final = re.compile(
    r"[【\[（(*\s]*(?:此|本|该|这|以下)(?:封)?(?:电子)?(?:邮件|来信|信件)|(?:发件人|您)(?!\S{0,6}[“”《》])"
)
"""How a line begins that speaks of the letter itself, or to its reader; no title does."""
_LONGEST_TITLE: Final = 30
"""Characters: a shorter line without an end mark may be a title about mail and its dangers."""
_ENDS: Final = "。！!.；;：:）)】]"


def without_banner(lines: Sequence[str]) -> list[str]:
    """The lines from the first on that is not a gateway's; a mark such as [外部邮件] before the text is cut off."""
    last = -1
    for at, line in enumerate(lines[:_MOST_LINES]):
        if _is_banner(line):
            last = at
        elif not (_RULE.fullmatch(line) or (last >= 0 and not _CHINESE.search(line))):
            break
    rest = list(lines[last + 1 :])
    while last >= 0 and rest and (_RULE.fullmatch(rest[0]) or not _CHINESE.search(rest[0])):
        del rest[0]
    return rest


def without_mark(text: str) -> str:
    """A subject without the name of a banner before it; the whole subject if nothing else is left."""
    match = _MARK.match(text)
    if match is None or match[0].strip()[:1] not in ("【", "[", "（", "(", "*"):
        return text
    return text[match.end() :] or text


def _is_banner(line: str) -> bool:
    plain = line.strip()
    if not plain or len(plain) > _LONGEST:
        return False
    if _MARK.fullmatch(plain):
        return True
    marked = (_MARK.match(plain) is not None and not plain[0].isalpha()) or _THIS_LETTER.match(plain) is not None
    if len(plain) <= _LONGEST_TITLE and plain[-1] not in _ENDS and not marked and _CHINESE.search(plain):
        return False
    return _ABOUT_MAIL.search(plain) is not None and _WARNS.search(plain) is not None
