"""Letters of a person that bring no manuscript: thanks, questions and requests, and submissions without their file."""

from __future__ import annotations

import re
from enum import Enum
from itertools import filterfalse
from typing import Final

from intake.parse.file_kinds import PGP_MESSAGE
from intake.parse.message import Message
from intake.parse.quoting import own_text

_MOST_TEXT: Final = 20_000
_LONGEST_THANKS: Final = 80
"""Characters of a letter that only thanks or confirms."""
_CLAUSES: Final = re.compile(r"[，,。.！!～~；;、\n]+")
_THANKS: Final = re.compile(
    r"(?:(?:邮件|来信|信|回执|通知|稿件|退稿|采用通知|已|均已|已经){0,2}(?:收到|收悉|知悉|知晓|阅知|阅)了?"
    r"(?:(?:您|你|贵处|你们|编辑部)的)?(?:回执|回复|邮件|来信|采用通知)?|知道了?|晓得了?|好的?|好滴|嗯|行|可以|没问题|"
    r"(?:核对|确认)?无误|同意|明白了?|了解|已(?:转|报|向).{1,10}(?:领导|汇报|同志|负责人)|"
    r"(?:非常|十分|多|万分)?(?:感谢|谢谢|多谢|致谢|谢)(?:您|你|你们|各位|大家|老师|编辑|领导|支持|指导|关心|采用){0,3}了?|"
    r"(?:感谢|谢谢).{0,40}(?:支持|关心|指导|帮助|采用|信任|稿件|肯定|鼓励|认可|厚爱|采纳)|"
    r"我?们?(?:会|将|一定(?:会)?)?(?:继续努力|再接再厉|(?:继续)?多(?:报|投|写)(?:好|优质)稿(?:件)?|"
    r"(?:及时|认真|持续)(?:跟进|落实|改进))|辛苦(?:了|您了|你们了|各位了)?|不客气|"
    r"(?:您|你|大家|编辑|老师|领导|同志){0,3}(?:您|你)好|祝.{1,12}|此致|敬礼|(?:顺|敬)?颂.{1,6}|"
    r"ok|okay|(?:many)?thanks?(?:you)?(?:(?:so|very)much|alot)?|received|gotit|noted|thx|"
    r"(?:发|来)自.{1,20}|[\d\-+() ]{5,20}|"
    r"[\u4e00-\u9fff]{2,12}(?:局|委|办|镇|乡|街道|中心|科|处|站|校|院)(?:[\u4e00-\u9fff]{2,3})?)",
    re.IGNORECASE,
)
"""A clause of thanks, of a greeting, or of a signature, without blanks; the last alternative is a unit, with or without
a name."""
_CERTAIN_THANKS: Final = re.compile(
    r"收到|收悉|知悉|知道|已阅|谢|辛苦|明白|好的|ok\b|thank|received|阅知|无误|同意", re.IGNORECASE
)
_EMOTES: Final = re.compile(
    r"\[[\u4e00-\u9fff]{1,4}\]|[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]",
)
"""Little pictures, and the names that mail programs write for them: [抱拳]."""
_BLANKS: Final = " \t\u3000，"
_NAME: Final = re.compile("[\u4e00-\u9fff]{2,3}")
_ASKS: Final = re.compile(
    r"[？?]|吗(?:[。！!，,\s]|$)|(?:收到|看到|采用|用上|通过|登|刊发)了?没有?(?:[。！!，,\s]|$)|请问|咨询|想问|问一下|能否|可否|是否|是不是|有没有|怎么|怎样|如何(?:投|报|写|处理|办)|什么时候|何时|几号|哪(?:天|里|一|个|些)|多少(?:字|篇|钱)"
)
_MISSES_FILE: Final = re.compile(
    r"(?:见|在|随信|请查收|请看|下载|现将|发送|报上|附上|上传).{0,8}附件|附件.{0,10}(?:请|为|是|中|里|已|敬请)|附件[。！!]|附(?:上|稿)|"
    r"稿件.{0,6}(?:见附|请审|请查收|如下|发来|发上|报上|拍照)|(?:报送|投稿|投送|呈报).{0,30}(?:稿|信息|材料|文章).{0,12}请.{0,6}(?:审|查收|采用|指正)|^请(?:查收|审阅|审核|审)[。！!]?$"
)
_ANNOUNCES: Final = re.compile(r"投稿|来稿|供稿|报送|稿件|快讯|信息")
_SPEAKS: Final = re.compile(r"请|您|你|贵|麻烦|帮|望|能|吗|可以|改|错|撤|换|更")


class WordsKind(Enum):
    """What the words of a letter without a manuscript are."""

    THANKS = "thanks"
    """They only thank or confirm; nobody needs to act."""
    QUESTION = "question"
    """They ask the editor something."""
    REQUEST = "request"
    """They say something else to the editor, who is to read it."""
    SUBMISSION = "submission"
    """They announce a manuscript that is not there."""


def kind_of_words(message: Message) -> WordsKind:
    """By the sender's own words, without quoted letters; by the subject where it announces a manuscript."""
    if PGP_MESSAGE in message.text:
        return WordsKind.SUBMISSION
    own = own_text((message.text or message.html_text)[:_MOST_TEXT])
    plain = "".join(own.split())
    if _is_thanks(own, plain):
        return WordsKind.THANKS
    if _MISSES_FILE.search(plain) and not _ASKS.search(plain):
        return WordsKind.SUBMISSION
    if _ASKS.search(plain):
        return WordsKind.QUESTION
    announced = _ANNOUNCES.search(message.subject) is not None
    if not plain or (announced and not _SPEAKS.search(plain)):
        return WordsKind.SUBMISSION
    return WordsKind.REQUEST


def _is_thanks(own: str, plain: str) -> bool:
    if not plain or len(plain) > _LONGEST_THANKS or _ASKS.search(plain):
        return False
    lines = [line for line in _EMOTES.sub("，", own).split("\n") if line.strip(_BLANKS)]
    if not lines:
        return True  # a thumb that is raised
    if not _CERTAIN_THANKS.search(plain):
        return False
    first, *below = lines
    clauses = [clause for line in (first, *filterfalse(_is_name, below)) for clause in _CLAUSES.split(line)]
    return all(_THANKS.fullmatch("".join(clause.split())) for clause in clauses if clause.strip())


def _is_name(line: str) -> bool:
    """Whether a line below the thanks is a person's name, and asks for nothing."""
    return _NAME.fullmatch("".join(line.split())) is not None and not _SPEAKS.search(line)
