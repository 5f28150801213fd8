"""The labels that number headings and points: 一、 （一） 1. （1） 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_NUMERAL: Final = "[一二三四五六七八九十]{1,3}"
_COUNTED_ON: Final = (
    r"[一二三四五六七八九](?:、[一二三四五六七八九]){0,4}(?:年级|[楼层期批类级年月天个家十百千万]|季度|产业|等奖)"
)
"""What follows 二、 in 二、三年级: two numbers in a row, no label."""
_LABELS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"({_NUMERAL})、(?!{_COUNTED_ON})",
        rf"[（(]({_NUMERAL})[）)]、?",
        r"(\d{1,2})(?:[.．](?!\d)|、)",
        r"[（(](\d{1,2})[）)]、?",
    )
)
_POINT: Final = re.compile(rf"(?:^|(?<=[。；：，！？;:,]))\s?({_NUMERAL})是")
_POINT_SIGN: Final = re.compile("[一二三四五六七八九十]是")
"""Part of every point: found much faster than a point, which may begin after any mark."""
_DIGITS: Final = "一二三四五六七八九"
POINT: Final = 5
"""The level of 一是: below those of all labels."""


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A label in a text: characters [start, end)."""

    level: int
    """1 一、 2 （一） 3 1. 4 （1） 5 一是."""
    number: int
    """From 1 to 99."""
    text: str
    """The label itself."""
    start: int
    end: int


def label_of(text: str) -> Ordinal | None:
    """The label that a line begins with; None for none."""
    for level, pattern in enumerate(_LABELS, start=1):
        match = pattern.match(text)
        number = match and number_of(match[1])
        if match and number:
            return Ordinal(level, number, match[0], match.start(), match.end())
    return None


def points_of(text: str) -> tuple[Ordinal, ...]:
    """Every 一是, 二是 … at the beginning of the text or of a clause."""
    if not _POINT_SIGN.search(text):
        return ()
    points = ((match, number_of(match[1])) for match in _POINT.finditer(text))
    return tuple(
        Ordinal(POINT, number, match[0].strip(), match.start(1), match.end()) for match, number in points if number
    )


def number_of(numeral: str) -> int | None:
    """1 to 99 in Arabic or Chinese figures; None for anything else, such as 十十."""
    if numeral.isascii():
        return int(numeral) or None
    tens, ten, ones = numeral.rpartition("十")
    if any(part and (len(part) > 1 or part not in _DIGITS) for part in (tens, ones)):
        return None
    if not ten:
        return _DIGITS.index(ones) + 1
    return 10 * (_DIGITS.index(tens) + 1 if tens else 1) + (_DIGITS.index(ones) + 1 if ones else 0)


def numeral_like(ordinal: Ordinal, number: int) -> str:
    """The label with another number: 三是 with 2 is 二是."""
    old = re.search(rf"{_NUMERAL}|\d+", ordinal.text)
    new = str(number) if old and old[0].isascii() else _chinese(number)
    return ordinal.text.replace(old[0], new, 1) if old else ordinal.text


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens - 1]) + ("十" if tens else "") + (_DIGITS[ones - 1] if ones else "")
