"""查询: a letter by which a writer asks what became of the unit's submissions, as people write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from intake.parse.message import Message
from intake.parse.quoting import own_text
from intake.read.pasted.article import title_of_subject

_LONGEST: Final = 200
"""Characters of the writer's own text, with greeting and signature; who writes more asks for more than a list."""
_LONGEST_UNIT: Final = 14
"""Characters of a unit's name before the question: 章贡区沙石镇人民政府办公室 has 13."""
_CLAUSES: Final = re.compile(r"[，,。.！!？?～~；;、：:\n\r\t]+")
_POLITE: Final = (
    r"请问|请|烦请|烦|劳驾|劳烦|麻烦|辛苦|拜托|帮忙|帮我们?|帮|代为|协助|给我们?|向|跟|想|要|需要?|希望|申请|能否|可否|能不能|可不可以|"
    r"可以|能|予以|您|你们?|老师|编辑|贵刊|编辑部|一下|下|吗|呢|吧|了|啊|谢谢|及时|并|和|以及|及|与|关于"
)
_WHOSE: Final = r"(?:我们?|本|咱们?)(?:单位|局|委|办|镇|乡|街道|中心|处|科|站|校|院|公司|部门|支队|大队)?的?|自己的?"
_WHEN: Final = (
    r"今年以?来?的?|本年度?的?|年度|全年|20\d\d年度?的?|近期|最近|目前|现在|截至目前|到目前为止|至今|以来|上半年|"
    r"下半年|所有的?|全部的?|已"
)
_ASK: Final = (
    r"查询|查稿|查一查|查一下|查下|查查|查看|查阅|查|了解|询问|咨询|问一下|问问|问|看一下|看看|核对|"
    r"统计一?下?|反馈|告知|列一?下?|发一?下?"
)
_WHAT: Final = r"投稿|来稿|稿件|稿子|供稿|报稿|用稿|投的稿|报的稿|送的稿|报送|上报|投送|信息"
_STATE: Final = (
    r"采用|录用|刊用|刊发|刊登|编发|用上|发表|通过|状态|进度|进展|情况|记录|结果|清单|列表|明细|目录|汇总|的|有|哪些|哪几篇|几篇|多少篇?|"
    r"怎么样|怎样|如何|什么|没有|没|是否|上|到了?哪一?步|多少|篇数|数量|信息"
)
_SENTENCE: Final = re.compile(f"(?:{'|'.join((_WHOSE, _WHEN, _ASK, _WHAT, _STATE, _POLITE))})+")
"""A clause made of nothing but such words."""
_ASKED: Final = (
    re.compile("查询|查稿"),
    re.compile(f"(?:{_ASK}).*(?:{_WHAT}|采用|录用|用稿|刊用|刊发)"),
    re.compile(f"(?:{_WHOSE}).*(?:{_WHAT}).*(?:情况|状态|进度|进展|记录|结果|清单|列表|明细|采用|录用|刊用|刊发|用上)"),
    re.compile(f"(?:{_WHAT}|采用|录用|用稿).*(?:查询|情况|状态|进度|进展|记录|结果|清单|列表|明细)"),
    re.compile(r"(?:采用|录用|刊用|刊发|刊登|用上)了?(?:哪些|哪几篇|几篇|多少)"),
    re.compile(r"我们?的(?:投稿|来稿|稿件|稿子)"),
)
"""What of such a clause is a question about submissions. 投稿, 请查收, 报送稿件 alone announce one."""
_SUBMITS: Final = re.compile("查收|查阅|附件|现将|报送如下|呈报|请审|投稿[:：]")
_NOISE: Final = re.compile(
    r"(?:各位|尊敬的)?(?:编辑|老师|领导|同志|编辑部|贵刊|大家)*(?:您|你们?)?们?好|您好|你好|hello|hi|"
    r"谢谢.{0,6}|感谢.{0,6}|多谢|此致|敬礼|祝.{1,12}|顺?颂.{1,6}|(?:早上|上午|中午|下午|晚上)好|麻烦了|辛苦了?|打扰了|盼复|请回复|望回复|收到请回复|"
    r"联系人?.{0,12}|联系?电话.{0,16}|电话.{0,16}|手机.{0,16}|[\d\-+() ]{4,20}|(?:20\d\d年)?\d{1,2}月\d{1,2}日|"
    r"(?:发|来)自.{1,20}|[\u4e00-\u9fff]{2,12}(?:局|委|办|镇|乡|街道|办事处|中心|科|处|站|校|院|支队|大队|政府)(?:办公室)?(?:[\u4e00-\u9fff]{2,3})?|"
    r"[\u4e00-\u9fff]{2,3}",
    re.IGNORECASE,
)
"""A clause of a greeting, of thanks or of a signature; the last alternatives are a unit and a person's name."""
_UNIT: Final = re.compile(
    rf"[\u4e00-\u9fff]{{2,{_LONGEST_UNIT - 1}}}(?:局|委|办|镇|乡|街道|中心|处|校|院|队|政府)(?:办公室)?的?"
)
_ENTRY: Final = re.compile(r"[\s【】\[\]（）()“”\"'<>《》]+")


def asks_for_submissions(message: Message) -> bool:
    """Whether the letter asks for the list of the unit's submissions, and for nothing else.

    By the writer's own text; by the subject, where the text is empty, or nothing but greeting and signature. A letter
    that also says something else is for the editor.
    """
    own = own_text((message.text or message.html_text)[: 10 * _LONGEST])
    subject = title_of_subject(message.subject)
    if len("".join(own.split())) > _LONGEST or _SUBMITS.search(own) or _SUBMITS.search(subject):
        return False
    clauses = [clause for clause in _clauses(own) if not _is_noise(clause)]
    if not all(_is_part(clause) for clause in clauses):
        return False
    return any(_is_asked(clause) for clause in clauses) or _is_asked_in(_clauses(subject))


def _clauses(text: str) -> list[str]:
    return [clause for part in _CLAUSES.split(text) if (clause := _ENTRY.sub("", part))]


def _is_asked_in(subject: Sequence[str]) -> bool:
    """Whether the clauses of a subject ask, and say nothing else."""
    asked = any(_is_asked(clause) for clause in subject)
    return asked and all(_is_part(clause) or _is_noise(clause) for clause in subject)


def _is_noise(clause: str) -> bool:
    return _NOISE.fullmatch(clause) is not None and not _is_asked(clause)


def _is_part(clause: str) -> bool:
    """Whether it says nothing but what a question about submissions is made of."""
    return _SENTENCE.fullmatch(_without_unit(clause)) is not None


def _is_asked(clause: str) -> bool:
    rest = _without_unit(clause)
    return _SENTENCE.fullmatch(rest) is not None and any(pattern.search(rest) for pattern in _ASKED)


def _without_unit(clause: str) -> str:
    """The clause without a unit's name at its beginning, "我" in its place."""
    if _SENTENCE.fullmatch(clause):
        return clause
    unit = _UNIT.match(clause)
    return clause if unit is None else f"我{clause[unit.end() :]}"
