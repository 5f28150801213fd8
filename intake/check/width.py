"""Checks of the width of characters and of the spaces between them: matters of form, so most are INFO."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import CHINESE, Proof, correction_at, finding_at, findings_of_matches
from values import rules
from values.finding import Finding

_NEAR: Final = r"[\u3400-\u9fff“”《》（）]"
_HALF: Final = line_pattern(rf"(?<={_NEAR})[,;:?!()]|[,;:?!()](?={_NEAR})", *",;:?!()")
_FULL: Final = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_STRAIGHT: Final = line_pattern(rf"(?<={CHINESE})[\"']|[\"'](?={CHINESE})", '"', "'")
_FULL_WIDTH: Final = re.compile("[０-９Ａ-Ｚａ-ｚ％．][０-９Ａ-Ｚａ-ｚ％．]{0,39}")
_NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NUMBER: Final = r"\d{1,12}(?:\.\d{1,6})?[%％]?(?![\d.-])"
_SPACED: Final = line_pattern(
    rf"(?<={CHINESE})[ \u00a0]{{1,4}}{_NUMBER}(?:[ \u00a0]{{1,4}}(?={CHINESE}))?"
    rf"|(?<![\d.]){_NUMBER}[ \u00a0]{{1,4}}(?={CHINESE})",
    " ",
    "\u00a0",
)
_LABEL: Final = re.compile(r"(?:图|表|附件|附表|附图)?\s?\d{1,2}(?:[.．-]\d{1,2}){0,3}\s{1,4}")
"""图1, 1 or 1.1 and a space: at the beginning of a line the space separates a label from its text."""


def digit_space(proof: Proof) -> Iterator[Finding]:
    """A space between a number and Chinese: GB/T 15835 writes 523.56千米."""
    for line in proof.prose:
        label = _LABEL.match(line.text)
        for match in _SPACED.finditer(line.text, label.end() if label else 0):
            number = match[0].strip()
            message = f"数字“{number}”与汉字之间有空格。"
            yield correction_at(line, match.span(), rules.DIGIT_SPACE, message, number)


def half_width_punctuation(proof: Proof) -> Iterator[Finding]:
    """English punctuation beside Chinese. Not the full stop, which occurs in numbers and addresses."""
    return findings_of_matches(
        proof.lines,
        _HALF,
        rules.HALF_WIDTH_PUNCTUATION,
        lambda match: (f"中文里用了半角标点“{match[0]}”。", _FULL[match[0]]),
        exact=True,
    )


def straight_quotes(proof: Proof) -> Iterator[Finding]:
    """Typewriter quotation marks beside Chinese (GB/T 15834 4.8)."""
    for line in proof.lines:
        for match in _STRAIGHT.finditer(line.text):
            mark = match[0]
            pair = "“”" if mark == '"' else "‘’"
            # Straight quotes come in pairs: the first opens, the second closes. A single one may be either.
            right = pair[line.text.count(mark, 0, match.start()) % 2] if line.text.count(mark) % 2 == 0 else None
            message = f"中文里用了英文引号“{mark}”。"
            yield finding_at(line, match.span(), rules.STRAIGHT_QUOTES, message, pair, replacement=right)


def full_width_characters(proof: Proof) -> Iterator[Finding]:
    """Digits and letters in full width, as wide as a Chinese character."""
    for line in proof.lines:
        for match in _FULL_WIDTH.finditer(line.text):
            if match[0].strip("％．"):
                message = f"“{match[0]}”是全角字符，数字和字母用半角。"
                narrow = match[0].translate(_NARROW)
                yield correction_at(line, match.span(), rules.FULL_WIDTH_CHARACTERS, message, narrow)
