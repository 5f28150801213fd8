"""Dates as offices print them.

GB/T 9704-2012 7.3.5.4 wants Arabic numerals, the full year and no leading zero. Before that standard, Chinese numerals
were usual, and some offices keep them.
"""

from __future__ import annotations

from datetime import date
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"


def arabic(day: date) -> str:
    """As GB/T 9704 has it: 2022年11月8日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese(day: date) -> str:
    """In Chinese numerals: 二〇二二年十一月八日."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_numeral(day.month)}月{_numeral(day.day)}日"


def _numeral(number: int) -> str:
    """A number below 100 in words: 八, 十, 十一, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
