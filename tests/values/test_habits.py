"""Findings of one rule that an article has three times are one line."""

from __future__ import annotations

from values import rules
from values.habits import grouped

COMMAS = [rules.HALF_WIDTH_PUNCTUATION.finding(f"用了半角标点{at}。", at, 1, 2) for at in range(3)]
TITLE = rules.TITLE_LENGTH.finding("标题太长。")
DATE = rules.IMPOSSIBLE_DATE.finding("没有这一天。", 1, 0, 5)


def test_three_of_a_rule_are_one_line_with_count_and_places() -> None:
    whole, habit, date = grouped([*reversed(COMMAS), DATE, TITLE])
    assert (whole.message, whole.places, date.line) == ("标题太长。", "全文", "没有这一天。")
    assert (habit.message, habit.places) == ("用了半角标点0。同类问题共 3 处。", "第 1、2、3 段")
    assert habit.line == "用了半角标点0。同类问题共 3 处（第 1、2、3 段）。"


def test_two_of_a_rule_stay_apart() -> None:
    assert [group.is_habit for group in grouped(COMMAS[:2])] == [False, False]


def test_many_paragraphs_are_named_in_part() -> None:
    [habit] = grouped([rules.DASH.finding("破折号。", at, 0, 1) for at in range(12)])
    assert habit.places == "第 1、2、3、4、5、6、7、8、9、10 段等"


def test_automatic_corrections_are_shown_each_where_it_was_made() -> None:
    assert len(grouped([rules.AUTO_FIXED.finding("改了。", at, 0, 1) for at in range(5)])) == 5
