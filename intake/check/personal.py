"""Checks for personal data that must not be printed. A message shows the first three and last two characters only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intake.check.proof import Proof, ProofLine, finding_at
from values import rules
from values.finding import Finding

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


def _finding(line: ProofLine, match: re.Match[str], what: str) -> Finding:
    shown = f"{match[0][:3]}…{match[0][-2:]}"
    message = f"正文里有{what}（{shown}），印发前应删去或遮盖。"
    return finding_at(line, match.span(), rules.PERSONAL_DATA, message, "请删去；确需公开的，请编辑核定。")
