"""Checks for personal data that must not be printed. A message shows the first three and last two characters only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intake.check.language.model import language_model
from intake.check.line_pattern import LinePattern, line_pattern
from intake.check.proof import Proof, ProofLine, finding_at
from intake.check.surnames import SURNAMES
from values import rules
from values.finding import Finding, Rule

_IDENTITY: Final = re.compile(
    r"[1-9](?<![0-9A-Za-z].)\d{5}[ -]?(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx]"
    r"(?![0-9A-Za-z])"
)
# Weights and check characters of ISO 7064 MOD 11-2, as GB 11643-1999 has them.
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_MOBILE: Final = re.compile(
    r"1(?:(?<![\d.A-Za-z-]1)|(?<=[+＋]861))[3-9]\d([ -]?)\d{4}\1\d{4}(?!\d|\.\d|[A-Za-z]|\s?[元吨万亿个人户次千])"
)
_CARD: Final = re.compile(r"(?:62|4\d|5[1-5])(?<![\d.]..)\d{2}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?(?!\d)")

_PASSPORT: Final = re.compile(r"(?<![0-9A-Za-z])(?:E[A-HJ-NP-Z]\d{7}|[EGDSP]\d{8})(?![0-9A-Za-z])")
"""Ordinary, official and diplomatic passports since 1997 and 2012 (国家移民管理局). Many other numbers look like it."""
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?"
    r"(?=[A-HJ-NP-Z]{0,5}\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)
_DOOR: Final = line_pattern(
    r"(?:\d{1,4}(?:号楼|栋|幢|座)(?:[A-Z\d]{1,2}单元)?(?:\d{1,2}楼)?\d{3,4}(?:室|号|户|房)?"
    r"|\d{1,2}单元(?:\d{1,2}楼)?\d{3,4}(?:室|号|户|房)?|(?<=[园苑城里区府庭])[A-Z]座\d{3,4}(?:室|号|户|房)"
    r"|(?<![\dA-Za-z-])(?<!编号|版本|文号|型号|图号)\d{1,3}-\d{1,2}-\d{3,4}(?:室|号(?!文)|户)|村[\u4e00-\u9fff]{0,4}组\d{1,4}号(?=的|村民|，|。|居民|家))"
    r"(?![\u4e00-\u9fff]{0,2}(?:会议|办公|教室|窗口|大厅|服务))",
    *("号", "栋", "幢", "座", "单元", "室", "户"),
)
_ROLES: Final = (
    "患者|病人|病患|患儿|留守儿童|困境儿童|残疾儿童|孤独症儿童|贫困儿童|男童|女童|孤儿|未成年人|小学生|中学生|学生|低保户|低保对象|特困户|特困人员|特困供养人员|五保户|五保老人|贫困户|脱贫户"
    "|监测户|监测对象|困难群众|困难职工|困难党员|困难家庭|受助人|受助者|残疾人|残疾青年|吸毒人员|社区矫正对象|刑满释放人员|信访人"
)
_PROTECTED: Final = re.compile(
    rf"(?:{_ROLES})(?:[\u4e00-\u9fff][某×xX*＊]{{1,2}}[\u4e00-\u9fff]?、)?"
    rf"(?:([{SURNAMES}][\u4e00-\u9fff]{{2}})(?=[，、。；（(：”’家的因患在一说等是从每年领获收住筹申享参今现已就也被将与和]|发放|送去|送上|罹患|\d|$)"
    rf"|([{SURNAMES}][\u4e00-\u9fff])(?=[，、。（(家的因患在一说]|发放|送去|送上|\d))"
)
_NO_GIVEN_NAME: Final = frozenset("在多经与被获因向对是有为和的及也都已就还不将从以把会能可曾")
"""Second characters that make the first one no surname: 学生曾在."""
_MASKED: Final = re.compile("[某×xX*＊]")


def identity_card(proof: Proof) -> Iterator[Finding]:
    """The number of an identity card with a correct check digit (GB 11643-1999)."""
    for line in proof.lines:
        for match in _IDENTITY.finditer(line.text):
            if is_identity_number(re.sub("[ -]", "", match[0])):
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
            name = match[1] or match[2]
            if _can_be_name(name):
                message = f"“{match[0]}”：未成年人、患者和受助人的姓名一般隐去，写作“{name[0]}某某”。"
                span = match.span(1) if match[1] else match.span(2)
                yield finding_at(line, span, rules.CONTACT_DATA, message, f"{name[0]}某某")


def _can_be_name(name: str) -> bool:
    if _MASKED.search(name) or name[1] in _NO_GIVEN_NAME:
        return False
    return not language_model().is_word(name[:2]) and not language_model().is_counted(name)


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
    return finding_at(line, match.span(), rule, message, "请删去；确需公开的，请向编辑说明。")
