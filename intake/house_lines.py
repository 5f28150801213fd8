"""Lines for the office alone: 撰稿、审核、联系电话. They are kept in the record and never printed."""

from __future__ import annotations

import re
from typing import Final

_LABELS: Final = (
    "撰稿人|撰稿|供稿人|供稿|投稿人|作者|拟稿人|拟稿|执笔人|执笔|通讯员|审核人|审核|审稿人|审稿|初审|复审|终审|审签人|审签|审批|"
    "签发人|签发|校对人|校对|核稿人|核稿|责任编辑|责编|编辑|联系人|联系电话|联系方式|办公电话|电话|手机号码|手机|邮箱|电子邮箱|"
    "报送人|报送时间|报送日期|填报人|分管领导|单位负责人|负责人|主要领导"
)
_LABEL: Final = re.compile(rf"(?:{_LABELS})(?:[（(]签[字名][）)])?[:：]")
_PHONE: Final = re.compile(r"(?:联系电话|电话|手机)[\d\-、，,/（）()]{7,40}")
_VALUE: Final = re.compile(r"[\x21-\x7e（）、，；：]")
_DATE: Final = re.compile(
    r"(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{4}[-./]\d{1,2}[-./]\d{1,2}|"
    r"[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_LONGEST: Final = 80
_LONGEST_VALUE: Final = 12
"""Chinese characters after one label: names, a unit, a post. More is a sentence."""


def is_house_line(text: str) -> bool:
    """Whether the line is nothing but such labels with short values; a sentence of the body never is."""
    plain = "".join(text.split())
    plain = plain[1:-1] if plain[:1] in "（(" and plain[-1:] in "）)" else plain
    if not plain or len(plain) > _LONGEST or any(mark in plain for mark in "。！？"):
        return False
    if _PHONE.fullmatch(plain):
        return True
    before, *values = _LABEL.split(plain)
    return not before and bool(values) and all(len(_VALUE.sub("", value)) <= _LONGEST_VALUE for value in values)


def is_date_line(text: str) -> bool:
    """Whether the line is a date and nothing else: 2022年11月1日, 二〇二二年十一月一日, in brackets or not."""
    plain = "".join(text.split()).strip("（）()")
    return len(plain) <= 20 and _DATE.fullmatch(plain) is not None
