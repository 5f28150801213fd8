"""Numbers as Word writes them in labels (ECMA-376 part 1, 17.18.59 ST_NumberFormat).

Where the standard is silent, or Word departs from it, the numbers are those of Word: chineseCounting 101 = 一○一,
chineseCountingThousand 101 = 一百〇一, and enclosed numbers end at 20.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

_MOST: Final = 99_999_999
"""Larger numbers are written in plain digits: no list counts that far, and counting in myriads ends here."""
_MOST_LETTERS: Final = 26 * 30
"""Thirty letters in a row; beyond, plain digits."""
_MOST_ROMAN: Final = 32_767
"""Word's own limit."""


@dataclass(frozen=True, slots=True)
class _Counting:
    """A counting system of the Chinese kind."""

    digits: str
    """Of 0 to 9."""
    units: tuple[str, str, str, str]
    """Of ones, tens, hundreds and thousands."""
    myriads: tuple[str, str]
    """After the last four digits, and after the four before them."""
    zero: str
    """Written for a gap between digits; "" for none."""
    silent_one: Literal["leading ten", "units", "never"]
    """Where 一 before a unit is not written: 十 for a leading 一十, or before any unit."""


_CHINESE: Final = _Counting("〇一二三四五六七八九", ("", "十", "百", "千"), ("", "万"), "〇", "leading ten")
_TAIWANESE: Final = _Counting("零一二三四五六七八九", ("", "十", "百", "千"), ("", "萬"), "零", "leading ten")
_JAPANESE: Final = _Counting("〇一二三四五六七八九", ("", "十", "百", "千"), ("", "万"), "", "units")
_LEGAL: Final = _Counting("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), ("", "万"), "零", "never")
_LEGAL_TRADITIONAL: Final = _Counting("零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"), ("", "萬"), "零", "never")
_LEGAL_JAPANESE: Final = _Counting("〇壱弐参四伍六七八九", ("", "拾", "百", "阡"), ("", "萬"), "", "never")

_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)
_CHICAGO: Final = "*†‡§"
_CARDINALS: Final = (
    *("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"),
    *("Ten", "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen"),
)
_TENS: Final = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
_ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_IDEOGRAPHS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
_KOREAN_DIGITS: Final = str.maketrans("0123456789", "零一二三四五六七八九")
_IDEOGRAPHS_ROUND: Final = str.maketrans("0123456789", "○一二三四五六七八九")


def number(value: int, form: str, picture: str = "") -> str:
    """`value` in the number format `form`; plain digits for an unknown format, or a value out of its range.

    picture: the w:format of a custom format ("001, 002, 003, ..."), [MS-DOCX] 2.4; "" for others.
    """
    if form in ("none", "bullet"):
        return ""
    if form == "custom":
        first = picture.split(",")[0].strip()
        return str(value).zfill(len(first)) if first.isdecimal() and first.isascii() else str(value)
    write = _FORMATS.get(form)
    if write is None or not 0 <= value <= _MOST:
        return str(value)
    return write(value)


def _count(value: int, system: _Counting) -> str:
    if value == 0:
        return system.digits[0]
    text = ""
    high, low = divmod(value, 10_000)
    for group, myriad in ((high, system.myriads[1]), (low, system.myriads[0])):
        if not group:
            continue
        if text and group < 1_000:
            text += system.zero
        text += _count_group(group, system) + myriad
    lead = system.digits[1] + system.units[1]
    if system.silent_one == "leading ten" and text.startswith(lead):
        text = text[1:]
    return text


def _count_group(group: int, system: _Counting) -> str:
    text = ""
    gap = False
    for unit in (3, 2, 1, 0):
        digit = group // 10**unit % 10
        if not digit:
            gap = bool(text)
            continue
        silent = digit == 1 and unit > 0 and system.silent_one == "units"
        text += (system.zero if gap else "") + ("" if silent else system.digits[digit]) + system.units[unit]
        gap = False
    return text


def _short_counting(value: int) -> str:
    """Chinese numerals up to 99, then digit by digit with a round zero."""
    return _count(value, _CHINESE) if 0 < value < 100 else str(value).translate(_IDEOGRAPHS_ROUND)


def _roman(value: int) -> str:
    if not 0 < value <= _MOST_ROMAN:
        return str(value)
    text = ""
    for unit, letters in _ROMAN:
        times, value = divmod(value, unit)
        text += letters * times
    return text


def _letter(value: int) -> str:
    """A … Z, AA, BB … (the letter is repeated, not counted on)."""
    if not 0 < value <= _MOST_LETTERS:
        return str(value)
    times, index = divmod(value - 1, 26)
    return chr(ord("A") + index) * (times + 1)


def _ordinal(value: int) -> str:
    tens, ones = divmod(value % 100, 10)
    return f"{value}{'th' if tens == 1 else {1: 'st', 2: 'nd', 3: 'rd'}.get(ones, 'th')}"


def _chicago(value: int) -> str:
    """*, †, ‡, § and then each of them doubled."""
    if not 0 < value <= _MOST_LETTERS:
        return str(value)
    times, index = divmod(value - 1, len(_CHICAGO))
    return _CHICAGO[index] * (times + 1)


def _cardinal(value: int) -> str:
    """One … Ninety-nine."""
    if not 0 < value < 100:
        return str(value)
    if value < len(_CARDINALS):
        return _CARDINALS[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens] + (f"-{_CARDINALS[ones].lower()}" if ones else "")


def _ordinal_word(value: int) -> str:
    """First … Ninety-ninth."""
    if not 0 < value < 100:
        return _ordinal(value)
    lead, hyphen, last = _cardinal(value).rpartition("-")
    irregular = _ORDINALS.get(last.lower())
    if irregular is None:
        irregular = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return lead + hyphen + (irregular if hyphen else irregular.capitalize())


def _one_of(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if 0 < value <= len(characters) else str(value)


def _run(first: str, length: int) -> str:
    return "".join(chr(ord(first) + index) for index in range(length))


def _sixty(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 0 < value <= 60 else str(value)


def _in(system: _Counting) -> Callable[[int], str]:
    return lambda value: _count(value, system)


_CIRCLED: Final = _one_of(_run("①", 20))
_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _one_of(_run("⒈", 20)),
    "decimalEnclosedParen": _one_of(_run("⑴", 20)),
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "ordinalText": _ordinal_word,
    "chicago": _chicago,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda value: _letter(value).lower(),
    "chineseCounting": _short_counting,
    "taiwaneseCounting": _short_counting,
    "chineseCountingThousand": _in(_CHINESE),
    "taiwaneseCountingThousand": _in(_TAIWANESE),
    "japaneseCounting": _in(_JAPANESE),
    "chineseLegalSimplified": _in(_LEGAL),
    "ideographLegalTraditional": _in(_LEGAL_TRADITIONAL),
    "japaneseLegal": _in(_LEGAL_JAPANESE),
    "ideographDigital": lambda value: str(value).translate(_IDEOGRAPHS),
    "japaneseDigitalTenThousand": lambda value: str(value).translate(_IDEOGRAPHS),
    "koreanDigital2": lambda value: str(value).translate(_KOREAN_DIGITS),
    "taiwaneseDigital": lambda value: str(value).translate(_IDEOGRAPHS_ROUND),
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "ideographEnclosedCircle": _one_of(_run("㈠", 10)),
}
