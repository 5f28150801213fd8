"""Lines of an answer that ask for nothing: greetings, thanks, the signature; and such words around a clause."""

from __future__ import annotations

import re
from typing import Final

from intake.read.pasted.signatures import is_of_card
from service.by_mail.names import is_name

_TITLES: Final = (
    "老师|主任|局长|科长|处长|部长|书记|区长|县长|镇长|秘书长|秘书|股长|编辑|同志|同事|领导|先生|女士|总|组长"
)
_ORDERS: Final = "请|退|采|缓|签|同意|不|删|留|移|标题|题目|按语|编者|日期|全|其|除|前|第|用"
"""Words that begin an instruction: 退回编辑： greets nobody."""
_PERSON: Final = (
    rf"(?!{_ORDERS})(?:[\u4e00-\u9fff]{{1,4}}(?:{_TITLES})(?:们)?|各位(?:{_TITLES})?|大家|您|你|小[\u4e00-\u9fff])"
)
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
_TIME: Final = r"(?:上午|下午|晚上)?\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_DATE: Final = re.compile(
    rf"(?:\d{{4}}\s?[年./-]\s?\d{{1,2}}\s?[月./-]\s?\d{{1,2}}\s?日?|\d{{1,2}}\s?月\s?\d{{1,2}}\s?日?)(?:\s?{_TIME})?|{_TIME}"
)
"""3-5 alone is none: it may be articles."""
_UNIT: Final = r"[\u4e00-\u9fff“”]{2,16}(?:办公室|办|局|委|中心|科|室|处|部|镇|街道|政府)"
_NO_UNIT: Final = re.compile(
    "[的你我他她它看请先再等不要就吧么怎把别让给了之误着这那几缓退删照到]|[全出好用后前头尾内外大局]部$|[出好用坏难何此各]处$|[快紧速代待督承主协]办$"
)
"""In no name of an office: 你看着办, 先用全部."""
_RULE: Final = re.compile(r"[-—_=*~\s]+")
_DOTS: Final = re.compile(r"[.。…·\s]+")


def is_courtesy(line: str) -> bool:
    """Whether the line greets, thanks, announces what follows, or is a line of dots."""
    return bool(_COURTESY.fullmatch(line.strip()) or _DOTS.fullmatch(line.strip()))


def is_rule(line: str) -> bool:
    """Whether the line only separates, as an empty one does."""
    return bool(_RULE.fullmatch(line))


def is_unit(line: str) -> bool:
    """Whether the line is the name of an office: the end of a signature, of a title or of a 按语."""
    return bool(re.fullmatch(_UNIT, line.strip())) and not _NO_UNIT.search(line)


def is_signature(line: str) -> bool:
    """Whether a line below the last understood one names its writer, the writer's unit or a date."""
    plain = line.strip()
    if _DATE.fullmatch(plain) or is_unit(plain) or is_of_card(plain):
        return True
    words = plain.split()
    named = [word for word in words if not (_DATE.fullmatch(word) or _PHONE.fullmatch(word) or is_unit(word))]
    return bool(words) and all(map(_names_person, named)) and (len(named) == 1 or len(words) > 1)


def without_greeting(line: str) -> str:
    """The line without a greeting before it."""
    plain = line.strip()
    leading = _LEADING.match(plain)
    return plain[leading.end() :].strip() if leading else plain


def without_thanks(line: str) -> str:
    """The line without thanks, and without 其余不变, behind it. Both may also be the end of a free text."""
    return _AS_BEFORE.sub("", _TRAILING.sub("", line)).strip()


def _names_person(word: str) -> bool:
    return bool(re.fullmatch(rf"[\u4e00-\u9fff]{{1,4}}(?:{_TITLES})", word)) or is_name(word)
