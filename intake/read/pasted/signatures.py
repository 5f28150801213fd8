"""Lines below an article that are none of it: what programs, gateways, mailing lists and polite writers add.

Units, dates and lines such as 撰稿：张敏 stay: they are the article's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

_MOST_LINES: Final = 16
"""Lines of a signature with the card of its sender, its program's name and a disclaimer."""
_LONGEST: Final = 60
"""Characters of a line of a signature; an address with its postcode."""
_MARK: Final = re.compile(r"-- ?|[-—_=*]{3,}")
_CLOSES: Final = re.compile(
    r"(?:此致|敬礼|祝好|谢谢|感谢|致谢|多谢|以上|"
    r"(?:以上|上述)?(?:信息|稿件|内容|材料)?(?:妥否|当否|可否)，?请\S{0,6}|"
    r"(?:以上|上述)(?:信息|稿件|内容|材料)\S{0,4}请\S{0,6}|(?:顺)?(?:祝|颂)\S{0,12}|期待\S{0,10}|请\S{0,10}(?:审阅|审核|查收|采用|指正)\S{0,4})"
    r"(?:您|大家)?[！!。.～~]*"
)
_CLOSES_IN_ENGLISH: Final = re.compile(
    r"(?:(?:best|kind|warm)(?:est)? )?(?:regards|wishes)|sincerely(?: yours)?|"
    r"yours (?:sincerely|truly|faithfully)|cheers|br",
    re.IGNORECASE,
)
_PROGRAM: Final = re.compile(
    r"(?:发(?:送)?自|来自|sent from|get outlook|获取|下载|从|通过|使用|由)[^。！；]{0,40}"
    r"(?:邮箱|手机|客户端|iphone|ipad|outlook|foxmail|android|大师|app\b|发送|发出|mail)[^。！；]{0,20}|"
    r"(?:发(?:送)?自|来自我的|sent from)[^。！；]{0,40}|"
    r"(?:企业微信|腾讯企业邮(?:箱)?|网易(?:企业)?邮箱|钉钉(?:邮箱)?|飞书(?:邮箱)?|foxmail)|"
    r"签名由.{0,30}定制.{0,10}|[|｜\s]+",
    re.IGNORECASE,
)
"""What a program signs with, and what is left of the card that it drew as a table."""
_ADDRESS: Final = re.compile(
    r"(?:\S{0,10}[:：]\s*)?(?:[\u4e00-\u9fff]{2,4}\s*)?[<＜]?[^\s<>]{1,64}@[a-z0-9.\-\u4e00-\u9fff]{3,64}[>＞]?",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(
    r"(?:地址|邮编|传真|网址|微信|qq|tel|fax|add|e-?mail|mobile|phone)[:：.].{0,50}|"
    r"[\d\s()（）+\-—、/]{7,40}|(?!.{0,2}(?:电话|热线|手机))[\u4e00-\u9fff]{2,3}[\s:：,，]+1\d{10}|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    r"(?:地址|邮编|传真|网址|微信|qq|fax|add|e-?mail)[:：.].{0,50}|(?:https?://|www\.)\S+", re.IGNORECASE
)
_PHONE: Final = re.compile(
    r"(?:联系|办公)?(?:电话|手机|tel|mobile|phone)?[:：.\s]*(?:\+?86[-\s]?)?(?:0\d{2,3}[-\s]?)?\d{7,11}(?:[-\s转]\d{1,6})?",
    re.IGNORECASE,
)
"""Seven digits at least in a row: 1、3、5、7 are articles."""
_NOT_OF_A_WRITER: Final = re.compile(
    r"免责声明|保密(?:声明|提示|警示)|disclaimer|confidentiality notice|"
    r"(?:本|此|该)(?:电子)?(?:邮件|信息|e-?mail).{0,40}(?:保密|机密|仅限|收件人|误收|错收|附件含|商业秘密)|"
    r"(?:误收|错收|错误地?收到)(?:了)?(?:本|此)|"
    r"\bthis (?:e-?mail|message).{0,120}(?:confidential|intended|privileged)|intended (?:solely )?(?:for|recipient)|"
    r"退订|取消订阅|unsubscribe|您(?:之所以)?收到(?:此|这封|本)邮件|you (?:are receiving|received) this|"
    r"邮件列表|mailing list|google groups|网上论坛|(?:考虑|保护)环境.{0,20}打印|before printing|"
    r"环保.{0,20}打印|(?:请勿|勿|不要|避免|减少)打印(?:本|此|该)?(?:电子)?邮件|"
    r"(?:本|此|该)(?:封)?(?:电子)?邮件(?:已)?(?:经过?|通过|由|被).{0,30}(?:扫描|检测|查杀|过滤|检查)|"
    r"(?:virus[- ]free|scanned (?:by|for))",
    re.IGNORECASE,
)
"""What no writer writes: disclaimers, footers of mailing lists, the seals of virus scanners."""


def without_signature(lines: Sequence[str], marked: frozenset[str], belongs: Callable[[str], bool]) -> list[str]:
    """The lines without what follows the article.

    marked: lines that the sender's program marks as the signature. belongs: whether a line is a unit, a date or names
    the writers, and so is the article's.
    """
    kept = _above_foreign(_above_mark(list(lines)))
    tail: list[str] = []
    while kept and len(tail) < _MOST_LINES and _may_be_signature(kept[-1].strip(), marked):
        tail.insert(0, kept.pop().strip())
    card = any(_is_of_card(line) or line in marked for line in tail)
    return [*kept, *(line for line in tail if _stays(line, card, marked, belongs))]


def answer_without_signature(lines: Sequence[str], marked: frozenset[str]) -> list[str]:
    """The lines of a short answer without a disclaimer, and without what can only be a card below it: from the end up
    to the first line that may mean something. Below `-- ` nothing is of the answer (RFC 3676 4.3).

    marked: lines that the sender's program marks as the signature.
    """
    kept = _above_foreign(list(lines))
    kept = kept[: next((at for at, line in enumerate(kept) if line.rstrip("\r") in ("-- ", "--")), len(kept))]
    while kept and (not kept[-1].strip() or kept[-1].strip() in marked or is_of_card(kept[-1].strip())):
        kept.pop()
    return kept


def is_of_card(line: str) -> bool:
    """Whether the line is what a program signs with, an address or a telephone number, and no article's number."""
    return _is_of_card(line) or any(pattern.fullmatch(line) for pattern in (_LABELLED, _PHONE))


def _is_of_card(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (_PROGRAM, _ADDRESS)) or _closes_in_english(line)


def _closes_in_english(line: str) -> bool:
    return _CLOSES_IN_ENGLISH.fullmatch(line.rstrip(",，.。!！ ")) is not None


def _above_mark(lines: list[str]) -> list[str]:
    start = max(0, len(lines) - _MOST_LINES)
    return lines[: next((at for at in range(start, len(lines)) if _MARK.fullmatch(lines[at].strip())), len(lines))]


def _above_foreign(lines: list[str]) -> list[str]:
    """The lines above the first of the last ones that no writer writes. Sentences after it are of the same notice."""
    start = max(1, len(lines) - _MOST_LINES)
    return lines[: next((at for at in range(start, len(lines)) if _NOT_OF_A_WRITER.search(lines[at])), len(lines))]


def _may_be_signature(line: str, marked: frozenset[str]) -> bool:
    """Whether it is short and no sentence, other than a polite one."""
    if _CLOSES.fullmatch(line) or _PROGRAM.fullmatch(line):
        return True
    sentence = "。" in line or line.endswith(("；", "！", "”"))
    return not sentence and "\t" not in line and (len(line) <= _LONGEST or line in marked)


def _stays(line: str, card: bool, marked: frozenset[str], belongs: Callable[[str], bool]) -> bool:
    """card: the lines are those of a signature; a name or a post among them is of the sender."""
    if _CLOSES.fullmatch(line) or _PROGRAM.fullmatch(line) or _ADDRESS.fullmatch(line) or _CONTACT.fullmatch(line):
        return False
    if _closes_in_english(line):
        return False
    return line not in marked and (belongs(line) or not card)
