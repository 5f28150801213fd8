"""Number formats, as Word writes them (ECMA-376 17.18.59)."""

from __future__ import annotations

import pytest

from values.number_formats import number


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", {0: "0", 1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 10: "10", 100: "100"}),
        ("decimalFullWidth", {1: "１", 10: "１０"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb", 53: "aaa", 781: "781"}),
        ("upperLetter", {1: "A", 27: "AA"}),
        ("lowerRoman", {1: "i", 4: "iv", 9: "ix", 14: "xiv", 1999: "mcmxcix", 40_000: "40000"}),
        ("upperRoman", {3: "III", 49: "XLIX"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 22: "22nd", 111: "111th"}),
        (
            "chineseCounting",
            {0: "○", 1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 99: "九十九", 100: "一○○", 101: "一○一"},
        ),
        (
            "chineseCountingThousand",
            {
                1: "一",
                10: "十",
                19: "十九",
                20: "二十",
                100: "一百",
                101: "一百〇一",
                110: "一百一十",
                111: "一百一十一",
                1001: "一千〇一",
                1010: "一千〇一十",
                10_000: "一万",
                10_001: "一万〇一",
                100_000: "十万",
                123_456: "十二万三千四百五十六",
            },
        ),
        ("taiwaneseCounting", {1: "一", 10: "十", 12: "十二", 101: "一○一"}),
        ("taiwaneseCountingThousand", {12: "十二", 101: "一百零一"}),
        ("japaneseCounting", {1: "一", 10: "十", 11: "十一", 100: "百", 101: "百一", 1000: "千", 10_000: "一万"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 11: "壹拾壹", 101: "壹佰零壹", 2022: "贰仟零贰拾贰"}),
        ("ideographLegalTraditional", {2: "貳", 10: "壹拾"}),
        ("japaneseLegal", {1: "壱", 10: "壱拾"}),
        ("ideographDigital", {1: "一", 10: "一〇", 101: "一〇一"}),
        ("taiwaneseDigital", {10: "一○"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥", 61: "61"}),
        ("decimalEnclosedCircle", {1: "①", 10: "⑩", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {1: "①", 11: "⑪", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("ideographEnclosedCircle", {1: "㈠", 10: "㈩", 11: "11"}),
        ("numberInDash", {1: "- 1 -"}),
        ("hex", {10: "A"}),
        ("koreanDigital2", {1: "一", 10: "一零"}),
        ("chicago", {1: "*", 4: "§", 5: "**", 9: "***"}),
        (
            "cardinalText",
            {0: "0", 1: "One", 12: "Twelve", 20: "Twenty", 21: "Twenty-one", 99: "Ninety-nine", 100: "100"},
        ),
        (
            "ordinalText",
            {1: "First", 4: "Fourth", 12: "Twelfth", 20: "Twentieth", 21: "Twenty-first", 35: "Thirty-fifth"},
        ),
        ("none", {1: ""}),
        ("bullet", {1: ""}),
        ("somethingNew", {7: "7"}),
    ],
)
def test_number_is_written_as_word_writes_it(form: str, shown: dict[int, str]) -> None:
    assert {value: number(value, form) for value in shown} == shown


def test_custom_format_pads_with_zeros() -> None:
    assert number(7, "custom", "001, 002, 003, ...") == "007"
    assert number(7, "custom", "甲, 乙, ...") == "7"


@pytest.mark.parametrize("form", ["lowerRoman", "upperLetter", "chineseCountingThousand", "decimalEnclosedCircle"])
def test_number_out_of_range_is_short_plain_digits(form: str) -> None:
    assert number(10**12, form) == str(10**12)
