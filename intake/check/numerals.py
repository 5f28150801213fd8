"""Checks of how numbers are written: one system in one number, 百分之 with figures, times of day (GB/T 15835-2011)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, correction_at
from values import rules
from values.finding import Finding
from values.ordinals import number_of

_DIGITS: Final = "零一二三四五六七八九"
_VALUES: Final = {"千": 1_000, "百": 100}
_MIXED: Final = line_pattern(
    r"(?<![\d.])(\d{1,4})([万亿])(\d{1,4})([千百]?)(?=[余多]?[元人名户个亩吨家件])", "万", "亿"
)
_LARGER: Final = {"万": 10_000, "亿": 100_000_000}
_MIXED_THOUSANDS: Final = line_pattern(
    r"(?<![\d.])(\d{1,3})([千百])(\d{1,3})([百十]?)(?=[余多]?[元人名户个亩吨家件])", "千", "百"
)
_MIXED_LARGE: Final = line_pattern(
    r"(?<![\d.一二三四五六七八九十百千])(\d{1,4}|[一二三四五六七八九十])亿(\d{1,4})(千?万)(?=[余多]?[元人名户亩吨])",
    "亿",
)
_MIXED_ZERO: Final = line_pattern(r"(?<![\d.])(\d{1,4})万零(\d{1,4})(?=[余多]?[元人名户个亩吨家件])", "万零")
_TENS: Final = {"千": 1_000, "百": 100, "十": 10, "": 1}
_POINTS: Final = line_pattern(r"(?<=\d个)百分比", "百分比")
_PERCENT: Final = line_pattern(r"百分之(\d{1,3}(?:\.\d{1,3})?)", "百分之")
_TENS_GUESSED: Final = line_pattern(
    r"(?<![第\d、一二三四五六七八九十])([一二三四五六七八])、([二三四五六七八九])([十百千万])", "十", "百", "千", "万"
)
_CLOCK: Final = line_pattern(
    r"(?<!\d)([01]?\d|2[0-4])：([0-5]\d)\s?[-－—～~至]\s?([01]?\d|2[0-4])[：:]([0-5]\d)(?!\d)"
    r"|(?:(?<=[午上早晨间天日于时至])|(?<=[（(]))([01]?\d|2[0-4])：([0-5]\d)(?!\d)",
    "：",
)
"""A full-width colon between hour and minute; a single time only after a word for it: 3：50 may be a ratio."""
_CLOCK_HYPHEN: Final = line_pattern(r"(?<!\d)([01]?\d|2[0-4]):([0-5]\d)[-－]([01]?\d|2[0-4]):([0-5]\d)(?!\d)", ":")


def mixed_numerals(proof: Proof) -> Iterator[Finding]:
    """2万3千元 and 1万5000元: figures with one unit, 2.3万元; 百分之85: 85% (GB/T 15835 4.1, 5.1)."""
    for line in proof.prose:
        for match in _MIXED.finditer(line.text):
            part = Decimal(match[3]) * _VALUES.get(match[4], 1)
            if match[4] or len(match[3]) == 4:
                right = f"{(Decimal(match[1]) + part / _LARGER[match[2]]).normalize():f}{match[2]}"
                yield correction_at(line, match.span(), rules.MIXED_NUMERALS, _message(match[0], right), right)
        for match in _MIXED_THOUSANDS.finditer(line.text):
            if match[4] or len(match[3]) > 1:
                right = str(int(match[1]) * _TENS[match[2]] + int(match[3]) * _TENS[match[4]])
                yield correction_at(line, match.span(), rules.MIXED_NUMERALS, _message(match[0], right), right)
        for match in _MIXED_LARGE.finditer(line.text):
            hundreds = Decimal(number_of(match[1]) or 0) if not match[1].isdigit() else Decimal(match[1])
            part = Decimal(match[2]) * (1_000 if match[3] == "千万" else 1) / 10_000
            right = f"{(hundreds + part).normalize():f}亿"
            yield correction_at(line, match.span(), rules.MIXED_NUMERALS, _message(match[0], right), right)
        for match in _MIXED_ZERO.finditer(line.text):
            right = f"{(Decimal(match[1]) + Decimal(match[2]) / 10_000).normalize():f}万"
            yield correction_at(line, match.span(), rules.MIXED_NUMERALS, _message(match[0], right), right)
        for match in _POINTS.finditer(line.text):
            message = "两个百分数相减用“百分点”，不用“百分比”。"
            yield correction_at(line, match.span(), rules.MIXED_NUMERALS, message, "百分点")
        for match in _PERCENT.finditer(line.text):
            right = f"{match[1]}%"
            yield correction_at(line, match.span(), rules.MIXED_NUMERALS, _message(match[0], right), right)


def guessed_tens(proof: Proof) -> Iterator[Finding]:
    """二、三十家: two neighbouring figures that mean "some", without 顿号 (GB/T 15835 4.2.2)."""
    for line in proof.prose:
        for match in _TENS_GUESSED.finditer(line.text):
            if _DIGITS.index(match[2]) == _DIGITS.index(match[1]) + 1:
                right = match[1] + match[2] + match[3]
                message = f"“{match[0]}”如果是概数，应写作“{right}”。"
                yield correction_at(line, match.span(), rules.APPROXIMATE_NUMBER, message, right)


def clock_times(proof: Proof) -> Iterator[Finding]:
    """9：00-11：00: half-width colons and a dash, 9:00—11:00 (GB/T 15835 5.1; GB/T 7408)."""
    for line in proof.lines:
        for match in _CLOCK.finditer(line.text):
            right = f"{match[1]}:{match[2]}—{match[3]}:{match[4]}" if match[1] else f"{match[5]}:{match[6]}"
            yield correction_at(line, match.span(), rules.CLOCK_TIME, _message(match[0], right), right)
        for match in _CLOCK_HYPHEN.finditer(line.text):
            right = f"{match[1]}:{match[2]}—{match[3]}:{match[4]}"
            yield correction_at(line, match.span(), rules.CLOCK_TIME, _message(match[0], right), right)


def _message(written: str, right: str) -> str:
    return f"“{written}”宜写作“{right}”。"
