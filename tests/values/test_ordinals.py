"""Labels of headings and points, and the numbers in them."""

from __future__ import annotations

import pytest

from values.ordinals import POINT, label_of, number_of, numeral_like, points_of


@pytest.mark.parametrize(
    ("text", "level", "number", "label"),
    [
        ("一、加强领导", 1, 1, "一、"),
        ("（十二）狠抓落实", 2, 12, "（十二）"),
        ("(三)、狠抓落实", 2, 3, "(三)、"),
        ("3.细化任务", 3, 3, "3."),
        ("3、细化任务", 3, 3, "3、"),
        ("（4）分工", 4, 4, "（4）"),
    ],
)
def test_line_begins_with_a_label_of_its_level(text: str, level: int, number: int, label: str) -> None:
    found = label_of(text)
    assert found is not None
    assert (found.level, found.number, found.text, found.start, found.end) == (level, number, label, 0, len(label))


@pytest.mark.parametrize("text", ["", "3.5亿元", "2022年11月", "十十、甲", "0.甲", "加强一、二级管理"])
def test_other_lines_begin_with_none(text: str) -> None:
    assert label_of(text) is None


def test_points_begin_the_text_or_a_clause() -> None:
    points = points_of("一是抓学习；二是抓落实。另一是例外，十一是甲")
    assert [(point.text, point.number, point.level) for point in points] == [
        ("一是", 1, POINT),
        ("二是", 2, POINT),
        ("十一是", 11, POINT),
    ]
    assert [point.start for point in points] == [0, 6, 18]


@pytest.mark.parametrize(
    ("numeral", "number"), [("一", 1), ("十", 10), ("十九", 19), ("二十", 20), ("九十九", 99), ("12", 12)]
)
def test_numeral_is_a_number(numeral: str, number: int) -> None:
    assert number_of(numeral) == number


@pytest.mark.parametrize("numeral", ["十十", "一二", "二十十", "0"])
def test_other_numerals_are_none(numeral: str) -> None:
    assert number_of(numeral) is None


@pytest.mark.parametrize(
    ("text", "number", "other"), [("三是", 2, "二是"), ("（十）", 21, "（二十一）"), ("9.", 10, "10.")]
)
def test_label_with_another_number_keeps_its_form(text: str, number: int, other: str) -> None:
    [ordinal] = [label for label in (label_of(text), *points_of(text)) if label]
    assert numeral_like(ordinal, number) == other
