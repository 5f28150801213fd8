"""Lines of an answer that ask for nothing: greetings, thanks, the signature; and such words around a clause."""

from __future__ import annotations

import re
from typing import Final

from intake.check.surnames import SURNAMES

_TITLES: Final = (
    "老师|主任|局长|科长|处长|部长|书记|区长|县长|镇长|秘书长|秘书|股长|编辑|同志|同事|领导|先生|女士|总|组长"
)
_PERSON: Final = rf"(?:[\u4e00-\u9fff]{{1,4}}(?:{_TITLES})(?:们)?|各位(?:{_TITLES})?|大家|您|你|小[\u4e00-\u9fff])"
_GREETING: Final = rf"(?:尊敬的)?{_PERSON}?[,，:：]?\s?(?:您好|你好|大家好|好|早上好|上午好|下午好|晚上好|hi|hello)"
_THANKS: Final = r"(?:谢谢|多谢|感谢|谢了|辛苦了?|有劳|费心了?|麻烦了?)(?:您|你|大家|各位)?(?:了)?"
_RECEIVED: Final = r"(?:收到|OK|ok|已收到|好的?|已阅|看过了|已看|审过了|已审)"
_MARKS: Final = r"[\s,，。.!！~～:：、]*"
_COURTESY: Final = re.compile(
    rf"(?:{_MARKS}(?:{_GREETING}|(?:尊敬的)?{_PERSON}[:：,，]|{_THANKS}|{_RECEIVED}[,，。]?\s?(?:{_THANKS})|"
    r"(?:审阅|审核|修改|处理|编辑|我的)?意见(?:如下|是)|(?:以上|上述)(?:意见|内容)?[,，]?\s?(?:请(?:您)?(?:按此)?(?:办理|处理|查收|修改|调整))?|"
    r"请(?:按此|照此|据此)(?:办理|处理|修改|调整)|(?:顺)?(?:祝|颂)\S{0,8}|祝?(?:工作|诸事)(?:愉快|顺利)|此致|敬礼|以上))+"
    rf"{_MARKS}",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(
    rf"(?:(?:尊敬的)?{_PERSON}?[,，]?\s?(?:您好|你好|大家好)[,，!！。:：\s]+|(?:尊敬的)?{_PERSON}[:：]\s*|{_RECEIVED}[,，。!！]\s*|"
    r"(?:我的|审阅|审核|处理|编辑)?意见[:：]\s*)+"
)
_AS_BEFORE: Final = re.compile(r"[,，;；。]\s*(?:其余|其他|其它)的?都?(?:不变|不动|照旧|原样|按原样)[。!！\s]*$")
"""Asks for nothing."""
_PHONE: Final = re.compile(r"(?:电话|手机|联系电话)?[:：]?\+?[\d-]{7,20}")
_TRAILING: Final = re.compile(rf"[,，。;；!！\s]+(?:{_THANKS})[!！。~～\s]*$")
_DATE: Final = re.compile(
    r"(?:\d{4}\s?[年./-]\s?)?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?(?:\s?(?:上午|下午|晚上)?\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?|\d{1,2}[:：]\d{2}"
)
_UNIT: Final = r"[\u4e00-\u9fff“”]{2,16}(?:办公室|办|局|委|中心|科|室|处|部|镇|街道|政府)"
_RULE: Final = re.compile(r"[-—_=*~\s]+|[.。…·]+")


def is_courtesy(line: str) -> bool:
    """Whether the line greets, thanks, announces what follows, or is a rule."""
    return bool(_COURTESY.fullmatch(line.strip()) or _RULE.fullmatch(line.strip()))


def is_signature(line: str) -> bool:
    """Whether a line below the last understood one names its writer, the writer's unit or a date."""
    plain = line.strip()
    if _DATE.fullmatch(plain) or re.fullmatch(_UNIT, plain):
        return True
    words = plain.split()
    named = [
        word for word in words if not (_DATE.fullmatch(word) or _PHONE.fullmatch(word) or re.fullmatch(_UNIT, word))
    ]
    return bool(words) and all(map(_is_name, named)) and (len(named) == 1 or len(words) > 1)


def without_courtesies(line: str) -> str:
    """The line without a greeting before it and thanks behind it."""
    plain = line.strip()
    leading = _LEADING.match(plain)
    return _AS_BEFORE.sub("", _TRAILING.sub("", plain[leading.end() :] if leading else plain)).strip()


def _is_name(word: str) -> bool:
    if re.fullmatch(rf"[\u4e00-\u9fff]{{1,4}}(?:{_TITLES})", word):
        return True
    return 2 <= len(word) <= 3 and word[0] in SURNAMES and all("\u4e00" <= character <= "\u9fff" for character in word)
