"""Checks for personal data that must not be printed. A message shows the first three and last two characters only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intake.check.language.model import language_model
from intake.check.line_pattern import LinePattern, line_pattern
from intake.check.proof import Proof, ProofLine, finding_at
from values import rules
from values.finding import Finding, Rule

_IDENTITY: Final = re.compile(
    r"[1-9](?<![0-9A-Za-z].)\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
# Weights and check characters of ISO 7064 MOD 11-2, as GB 11643-1999 has them.
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_MOBILE: Final = re.compile(
    r"1(?<![\d.A-Za-z-]1)[3-9]\d([ -]?)\d{4}\1\d{4}(?!\d|\.\d|[A-Za-z]|\s?[元吨万亿个人户次千])"
)
_CARD: Final = re.compile(r"(?:62|4\d|5[1-5])(?<![\d.]..)\d{2}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?(?!\d)")

_PASSPORT: Final = re.compile(r"(?<![0-9A-Za-z])(?:E[A-HJ-NP-Z]\d{7}|[EGDSP]\d{8})(?![0-9A-Za-z])")
"""Ordinary, official and diplomatic passports since 1997 and 2012 (国家移民管理局). Many other numbers look like it."""
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)
_DOOR: Final = line_pattern(
    r"\d{1,4}(?:号楼|栋|幢|座)(?:\d{1,2}单元)?\d{3,4}(?:室|号|户)?|\d{1,2}单元\d{3,4}(?:室|号|户)?",
    *("号楼", "栋", "幢", "座", "单元"),
)
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_PROTECTED: Final = re.compile(
    rf"(?:患者|病人|患儿|留守儿童|困境儿童|孤儿|未成年人|学生|低保户|特困户|贫困户|脱贫户|监测户|困难群众|困难职工|受助人|受助学生|残疾人|吸毒人员|社区矫正对象)"
    rf"([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=[，、。（(家的因患在一说]|发放|送去|送上|\d)"
)
_MASKED: Final = re.compile("[某×xX*＊]")


def identity_card(proof: Proof) -> Iterator[Finding]:
    """The number of an identity card with a correct check digit (GB 11643-1999)."""
    for line in proof.lines:
        for match in _IDENTITY.finditer(line.text):
            if is_identity_number(match[0]):
                yield _finding(line, match, "身份证号")


def mobile_number(proof: Proof) -> Iterator[Finding]:
    """A mobile number; it may be a service line; the editor decides."""
    for line in proof.lines:
        for match in _MOBILE.finditer(line.text):
            yield _finding(line, match, "手机号码")


def bank_card(proof: Proof) -> Iterator[Finding]:
    """The number of a bank card with a correct check digit (ISO/IEC 7812-1, annex B)."""
    for line in proof.lines:
        for match in _CARD.finditer(line.text):
            digits = re.sub(r"\D", "", match[0])
            if passes_luhn(digits) and not is_identity_number(digits):
                yield _finding(line, match, "银行卡号")


def passport(proof: Proof) -> Iterator[Finding]:
    """The number of a passport, in a line that speaks of one."""
    for line in proof.lines:
        if "护照" in line.text:
            for match in _PASSPORT.finditer(line.text):
                yield _finding(line, match, "护照号")


def email_address(proof: Proof) -> Iterator[Finding]:
    """A mail address; it may be an office's; the editor decides."""
    return _findings(proof, _EMAIL, "电子邮箱", rules.CONTACT_DATA)


def number_plate(proof: Proof) -> Iterator[Finding]:
    """The plate of a car (GA 36-2018)."""
    return _findings(proof, _PLATE, "车牌号")


def door_number(proof: Proof) -> Iterator[Finding]:
    """Building, unit and door of somebody's home."""
    return _findings(proof, _DOOR, "门牌号", rules.CONTACT_DATA)


def protected_person(proof: Proof) -> Iterator[Finding]:
    """The full name of a minor, a patient or somebody who is helped: offices print 张某某. Not 学生方面 and
    困难群众方便: what is a word is no name."""
    for line in proof.lines:
        for match in _PROTECTED.finditer(line.text):
            if not _MASKED.search(match[1]) and not language_model().is_word(match[1][:2]):
                message = f"“{match[0]}”：未成年人、患者和受助人的姓名一般隐去，写作“{match[1][0]}某某”。"
                yield finding_at(line, match.span(1), rules.CONTACT_DATA, message, f"{match[1][0]}某某")


def is_identity_number(text: str) -> bool:
    """Whether 18 characters end with the check digit of ISO 7064 MOD 11-2 that the first 17 give."""
    if len(text) != 18 or not text[:17].isdigit():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False))
    return _CHECK[total % 11] == text[17].upper()


def passes_luhn(digits: str) -> bool:
    """Whether the digits add up to a multiple of ten, every second one from the right doubled."""
    doubled = ["0246813579"[int(digit)] for digit in digits[-2::-2]]
    return sum(map(int, (*doubled, *digits[::-2]))) % 10 == 0


def _findings(
    proof: Proof, pattern: re.Pattern[str] | LinePattern, what: str, rule: Rule = rules.PERSONAL_DATA
) -> Iterator[Finding]:
    for line in proof.lines:
        for match in pattern.finditer(line.text):
            yield _finding(line, match, what, rule)


def _finding(line: ProofLine, match: re.Match[str], what: str, rule: Rule = rules.PERSONAL_DATA) -> Finding:
    shown = f"{match[0][:3]}…{match[0][-2:]}"
    message = f"正文里有{what}（{shown}），印发前应删去或遮盖。"
    return finding_at(line, match.span(), rule, message, "请删去；确需公开的，请编辑核定。")
