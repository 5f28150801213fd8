"""Whether a word that stands alone below a letter is the name of the person who wrote it."""

from __future__ import annotations

import re
from typing import Final

from intake.check.surnames import SURNAMES

_WORDS: Final = re.compile(
    "万[一分字]|丛书|严[格重肃]|乐意|付[印款]|任[务选意]|何[时故人必况在]|余[下款]|关[于键注掉停]|"
    "冀望|农[业村]|凌晨|包[括含]|匡正|卓越|史[料实]|司法|向[上下后前]|周[一二三四五六日末知内]|唐突|"
    "夏[季天]|季[度末]|宁[可愿]|安[排全稳]|宋体|宗旨|尚[未可缺需]|尤其|左[右边]|巩固|席位|幸好|庄重|"
    "庞大|康复|张贴|惠[民及]|成功|房[屋产]|文[字稿章件风笔]|方[可便案面]|施[工行]|易[错懂]|曲折|"
    "曾[经报]|杜绝|林[业长]|武装|段[落首尾]|殷切|毛病|江[西苏]|涂[改掉]|温[和馨]|焦点|甚至|"
    "申[报请]|白[天搭]|盛大|石头|祝好|程[序度]|章[程节]|符[号合]|简[单报短略]|管[控理用]|"
    "纪[委念检要]|肖像|胡[写说]|舒服|范[围文]|莫[急用发]|许[可多]|谈[到谈]|谢谢|费[用时]|贺[信电]|"
    "路[上线]|辛苦|边上|迟[到些发报]|金[融额]|钟点|钱[数款]|陆续|陈[述旧]|雷同|顾[虑问]|颜色|马上|"
    "高[兴度于]|黄了|齐全|龙头"
)
"""Common words that begin with a surname, as 何时 does. A name that looks like one of them is asked back."""
_IN_NO_NAME: Final = frozenset(
    "不了吗呢吧么的地得是在没就都也还要把被给跟对从到这那哪谁怎几候再又或但请改退缓用删移采签发等问何此该须需应勿别时"
)
"""Characters of words that ask or order, and of no given name that people sign with."""


def is_name(word: str) -> bool:
    """Whether the word is a Chinese name of two or three characters, and nothing else. In doubt it is none: what is no
    name is asked back, and what is one is passed over."""
    is_short = 2 <= len(word) <= 3 and all("\u4e00" <= character <= "\u9fff" for character in word)
    if not is_short or word[0] not in SURNAMES or _WORDS.match(word):
        return False
    return not _IN_NO_NAME & set(word[1:])
