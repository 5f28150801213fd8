"""Whether the text of a letter is an article: judged by several signs together, not by its length alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import Final

from intake.read.structure.byline import byline_of
from intake.read.structure.house_lines import is_date_line, is_house_line
from intake.read.structure.title import could_be_title
from values.department import Department, plain_name
from values.ordinals import label_of

_LEAST_LONG: Final = 150
"""Characters of an article that needs no other sign. Those of the printed sample issue have 430 to 740."""
_LEAST_PARAGRAPH: Final = 60
"""Characters that its longest paragraph must have: two lines in print, as the shortest paragraphs of the sample
issue."""
_LEAST_SHORT: Final = 60
"""Characters of the text of a short report (快讯), which has 90 to 200."""
_LONGEST_LETTER: Final = 400
"""Characters: a shorter text that speaks to its reader is a letter. Below the shortest article of the sample issue."""
_SPEAKS: Final = re.compile(
    r"附件|请问|(?:想|特|来信|来电|向(?:您|你|贵|编辑)|有(?:个|件)?(?:问题|事))\S{0,6}咨询|^咨询[：:]|咨询(?:一下|您|贵|编辑)|麻烦|谢谢|您|贵[办局刊处]|收到请?回复|盼复|敬请谅解|退订|请各单位|逾期|截稿"
)
_SPEAKS_IN_SHORT: Final = re.compile(
    r"你们|你好|老师|能否|可否|是不是|怎么|什么时候|几号|稍后|再(?:报|发)(?:送|给)?你?|已(?:经)?(?:发送|发至|发到|寄)|重发|补发|"
    r"^收到|请(?:派员|派人|准时|按时|尽快|及时|确认|告知|知悉|联系|参加|协助|回复|答复|予以|大家|将|在|于|查看|核对|帮)|"
    r"(?:我们?|我局|我办)(?:会|想|这边|稍后|明天|今天)|不好意思|打扰|抱歉|特此(?:通知|说明|函告)|望.{0,8}(?:支持|谅解|回复)"
)
"""What only a letter says; an article of more characters may say it of somebody."""
_QUOTED: Final = re.compile(r"“[^“”]*”|\"[^\"]*\"|《[^《》]*》")
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_QUESTION: Final = re.compile(r"[？?][”\"）)\s]*$")
_ANNOUNCES: Final = re.compile(r"投稿|来稿|供稿|稿件|报送|信息|快讯|简讯|要讯|快报|动态|简报|专报|消息|通讯")
_SENTENCE_ENDS: Final = "。！；：”）…"
_HEAD: Final = 4
_TAIL: Final = 3
"""Lines at both ends among which the unit signs."""
_SURE: Final = 2
"""Signs from which a short text is an article."""


class Judgement(Enum):
    """What the text of a letter is."""

    ARTICLE = "article"
    DOUBTFUL = "doubtful"
    """A short text that may be an article: the editor decides."""
    LETTER = "letter"
    """Written to its reader."""


def judge(lines: Sequence[str], subject: str, departments: Sequence[Department]) -> Judgement:
    """What a text is. lines: without greeting and signature, none empty. subject: of the letter, as written."""
    plain = ["".join(line.split()) for line in lines]
    body = [line for line in plain if not (is_house_line(line) or is_date_line(line))]
    size = sum(map(len, body))
    if not body or not _is_chinese("".join(body)) or _QUESTION.search(body[-1]):
        return Judgement.LETTER
    speaks = any(_SPEAKS.search(_QUOTED.sub("", line)) for line in body)
    if size >= _LEAST_LONG and max(map(len, body)) >= _LEAST_PARAGRAPH and (size >= _LONGEST_LETTER or not speaks):
        return Judgement.ARTICLE
    return Judgement.LETTER if speaks else _judge_short(body, subject, departments)


def _judge_short(body: Sequence[str], subject: str, departments: Sequence[Department]) -> Judgement:
    """A short text is an article by two signs: announced as one, titled, or signed; and if it consists of sentences."""
    titled = could_be_title(body[0]) and body[0][-1] not in "。！？!?，,、" and len(body) > 1
    signed = any(_is_signed(line, departments) for line in (*body[:_HEAD], *body[-_TAIL:]))
    text = [line for line in body[titled:] if not _is_signed(line, departments)]
    spoken = [_QUOTED.sub("", line) for line in text]
    if (
        sum(map(len, text)) < _LEAST_SHORT
        or any(map(_SPEAKS_IN_SHORT.search, spoken))
        or any(map(_QUESTION.search, text))
    ):
        return Judgement.LETTER
    sentences = all(line[-1] in _SENTENCE_ENDS or label_of(line) or "\t" in line for line in text)
    named = titled and len(body[0]) > 1 and plain_name(body[0]) in plain_name(subject)
    signs = sum((_ANNOUNCES.search(subject) is not None, titled, signed, named))
    if sentences and signs >= _SURE:
        return Judgement.ARTICLE
    return Judgement.DOUBTFUL if (sentences and signs) or signs > _SURE else Judgement.LETTER


def _is_chinese(text: str) -> bool:
    """Whether at least half of the characters are Chinese; figures do not count."""
    return len(_CHINESE.findall(text)) * 2 >= sum(not character.isdigit() for character in text)


def _is_signed(line: str, departments: Sequence[Department]) -> bool:
    byline = byline_of(line, departments)
    return byline is not None and byline.department is not None
