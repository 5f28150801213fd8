"""版头: recognises the lines above the title of an official document (GB/T 9704-2012 7.2), which are recorded and never
printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 60
"""Characters of such a line: a mark of two units with their full names, or a number with the name of who signed."""
MOST_HEAD_LINES: Final = 14
"""Lines of a head: six marks of joint units, number, signer, urgency, secrecy, copy number, and rules."""
_LONGEST_LABEL: Final = 8
"""Characters of a label above a head, such as 一寸照片 in a box."""
_HAN: Final = r"[\u4e00-\u9fff]"
_UNITS: Final = r"[\u4e00-\u9fff（）()“”、·]{2,50}"
_YEAR: Final = r"[〔（][12]\d{3}[〕）]"
_COUNT: Final = r"第?[\dXx×*＊_]{0,5}号"
_SIGNER: Final = rf"签发(?:人)?[:：]?(?:{_HAN}{{2,4}}[、，,]?){{0,4}}"
_FILE_NUMBER: Final = re.compile(rf"(?:发文字号|文号)?[:：]?{_HAN}{{0,15}}{_YEAR}{_COUNT}(?:{_SIGNER})?")
_NUMBER_OF_ORDER: Final = re.compile(r"(?:[12]\d{3}年)?[（(]?第[\d一二三四五六七八九十百]{1,4}号[）)]?")
_MARK: Final = re.compile(rf"(?:{_UNITS})?(?:文件|明传电报|传真电报|内部明电|明电)(?:{_SIGNER})?")
_NO_MARK: Final = re.compile(r"关于|的文件|[《》]")
_URGENCY: Final = re.compile(
    r"(?:紧急程度|缓急程度|急缓程度)?[:：]?(?:特急|加急|特提|急件|平急|平件|普通|一般|急|明传|电报|内部(?:资料.{0,10}|明电|传真|文件)|明电|密级)+"
    r"|(?:紧急程度|缓急程度|密级|密级和保密期限|份号|保密期限)[:：]?"
    r"|(?:公开|主动公开|依申请公开|不予公开|不公开|公开属性[:：].{0,8}|[ABCabc]类?|类别(?:标记)?[:：].{0,4})"
)
_COPY_NUMBER: Final = re.compile(r"(?:份号)?[:：]?(?:№|NO\.?|No\.?)?0\d{4,6}")
_SIGNED: Final = re.compile(_SIGNER)
_FORM: Final = re.compile(
    r".{0,25}(?:发文稿纸|发文处理(?:单|笺|签)|发文审批单|文件处理(?:单|笺)|拟稿纸|发文单|公文处理单)"
)
_CONTENTS: Final = re.compile(r"[【\[]?目[录次][】\]]?")
"""目录 whose entries are not recognised; it is no title either."""
_DATELINE: Final = re.compile(r"(?:新华社|本报|本网|中新社)?.{0,10}\d{1,2}月\d{1,2}日(?:电|讯)")
"""The line of a news agency above a text: 新华社北京2月21日电."""
_TELEGRAM: Final = re.compile(r"(?:发往|签批盖章|签批|等级|发电单位|收电单位|发报单位|拟稿单位|编号|页数)[:：].{0,24}")
"""The head of a telegram (内部明电): 发往：…, 签批盖章：…, 等级：特急."""
_GAP: Final = re.compile(r"[\u3000\t]+|\s{2,}")
_RULE: Final = re.compile(r"[-—_=*·~～─━－＿╌┄★☆]{2,}")
_UNIT: Final = re.compile(
    r"(?:中共|中国共产党)?[\u4e00-\u9fff（）()“”]{2,30}(?:局|委|办|府|部|厅|处|会|院|组|社|署|团|公司|中心|镇|乡|街道|室|司|队|校|行|所|站|令)"
)
_HEAD_PARTS: Final = (_FILE_NUMBER, _URGENCY, _COPY_NUMBER, _SIGNED, _FORM, _RULE, _CONTENTS, _DATELINE, _TELEGRAM)


def is_head_line(text: str) -> bool:
    """Whether the line can only stand in the head of an official document: XX文件, its number, 签发人, 特急, 份号, or
    several of these with wide gaps between them."""
    if len(text) > _LONGEST:
        return False
    parts = _GAP.split(text.strip())
    return _is_head_part(text) or (len(parts) > 1 and all(map(_is_head_part, parts)))


def is_unit(text: str) -> bool:
    """Whether the line has the form of the name of a unit, as those of a mark on several lines."""
    return _UNIT.fullmatch(_plain(text)) is not None and _NO_MARK.search(text) is None


def _is_head_part(text: str) -> bool:
    plain = _plain(text)
    if _MARK.fullmatch(plain) is not None and _NO_MARK.search(plain) is None:
        return True
    return any(form.fullmatch(plain) for form in _HEAD_PARTS)


def is_file_number(text: str) -> bool:
    """Whether the line is a 发文字号, with or without the name of who signed: 甲民发〔2022〕15号　签发人：张三."""
    return len(text) <= _LONGEST and _FILE_NUMBER.fullmatch(_plain(text)) is not None


def is_mark(text: str) -> bool:
    """Whether the line is a 发文机关标志: 甲县民政局文件, or 文件 alone beside the names of joint units."""
    plain = _plain(text)
    return len(text) <= _LONGEST and _MARK.fullmatch(plain) is not None and _NO_MARK.search(plain) is None


def head_length(lines: Sequence[str]) -> int:
    """How many of the first lines are a head whose mark names only its units, on lines of their own; 0 without one.

    Such a line is one for certain only where 文件 or the number of the document follows: 甲县民政局, 甲县教育局, 文件.
    """
    length = 0
    for at, line in enumerate(lines[:MOST_HEAD_LINES]):
        if is_file_number(line) or is_mark(line) or (at and _NUMBER_OF_ORDER.fullmatch(_plain(line))):
            length = at + 1
        elif not (is_head_line(line) or (not at and len(line) <= _LONGEST_LABEL) or is_unit(line)):
            break
    return length


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[: 2 * _LONGEST]).split()).translate(_BRACKETS)


_BRACKETS: Final = str.maketrans("()[]【】﹝﹞［］:,", "（）〔〕〔〕〔〕〔〕：，")
