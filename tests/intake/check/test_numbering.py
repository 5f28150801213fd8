"""Ordinals: their order, their levels, their style, and the mark after them."""

from __future__ import annotations

import pytest

from tests.support.proofs import article, findings, marked_findings, quotes, words
from values.finding import Severity


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["一是甲。", "二是乙。", "三是丙。"], []),
        (["一是甲。", "三是丙。"], [(1, "三是")]),
        (["一是甲。", "二是乙。", "二是丙。"], [(2, "二是")]),
        (["二是乙。", "三是丙。"], [(0, "二是")]),
        (["做法：一是甲；二是乙；四是丁。"], [(0, "四是")]),
        (["做法：一是甲；二是乙。", "成效：一是丙；二是丁。"], []),
        (["一是甲，包括：一是子；二是丑。", "二是乙。"], []),
        (["一、甲。", "二、乙。", "四、丁。"], [(2, "四、")]),
        (["一、甲。", "一、乙。"], [(1, "一、")]),
        (["一、甲。", "（一）子。", "（二）丑。", "二、乙。", "（一）子。", "（三）寅。"], [(5, "（三）")]),
        (["一、甲。", "（一）子。", "二、乙。", "（二）丑。"], [(3, "（二）")]),
        (["1.甲。", "2.乙。", "2.丙。"], [(2, "2.")]),
        (["（一）甲。", "1.子。", "2.丑。", "（二）乙。", "3.寅。", "4.卯。"], []),
        (["（一）甲。", "1.子。", "2.丑。", "（二）乙。", "4.寅。"], [(4, "4.")]),
        (["（1）甲。", "（3）丙。"], [(1, "（3）")]),
        (["九是甲。", "十是乙。", "十一是丙。"], [(0, "九是")]),
        (["3.5亿元资金已经到位。", "2022年11月召开会议。", "第二是乙。"], []),
    ],
)
def test_ordinals_that_leave_a_gap_or_come_twice_are_found(lines: list[str], expected: list[tuple[int, str]]) -> None:
    assert [(at, quote) for at, quote, _ in quotes(article(*lines), "ordinal-sequence")] == expected


def test_gap_in_ordinals_is_reported_with_the_number_that_is_missing() -> None:
    [finding] = findings(article("一是甲。", "三是丙。"))
    assert finding.message == "序号不连续：“三是”之前没有“二是”，上一个是“一是”。"
    assert (finding.severity, finding.paragraph, finding.start, finding.end) == (Severity.WARNING, 1, 0, 2)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["（一）、加强领导。"], [("（一）、", "（一）")]),
        (["1、加强领导。"], [("1、", "1.")]),
        (["（1）.加强领导。"], [("（1）.", "（1）")]),
        (["一.加强领导。"], [("一.", "一、")]),
        (["第一、加强领导；首先、抓好落实。"], [("第一、", "第一，"), ("首先、", "首先，")]),
        (["一是、加强领导。"], [("一是、", "一是")]),
        (["一、加强领导。", "（一）抓好落实。", "1.细化任务。", "（1）分工。", "第一，甲；一是乙，二是丙。"], []),
        (["其中，第一、二、三产业占比，3、4月份完成。", "3、4月份完成。"], []),
    ],
)
def test_mark_after_an_ordinal_is_the_right_one(lines: list[str], expected: list[tuple[str, str]]) -> None:
    assert [found[1:] for found in marked_findings(*lines, rule="ordinal-punctuation")] == expected


def test_level_that_is_left_out_is_found_where_the_article_has_it_elsewhere() -> None:
    lines = ("一、甲。", "（一）子。", "1.细。", "二、乙。", "1.丑。")
    assert words(*lines, rule="ordinal-level") == ["1."]
    assert words("一、甲。", "1.子。", "2.丑。", "二、乙。", rule="ordinal-level") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("首先，抓学习。第二，抓落实。", ["第二"]),
        ("一是抓学习。第二，抓落实。", ["第二"]),
        ("首先，抓学习。其次，抓落实。再次，抓作风。", []),
        ("第一，抓学习；第二，抓落实。一是甲；二是乙。", []),
    ],
)
def test_row_of_ordinals_keeps_one_style(text: str, expected: list[str]) -> None:
    assert words(text, rule="mixed-ordinals") == expected
