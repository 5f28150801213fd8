"""Counting what is left out, one omission for each rule."""

from __future__ import annotations

from intake.read.docx.tally import Tally
from values import rules


def test_each_rule_is_one_omission_with_its_count_and_the_first_quote() -> None:
    tally = Tally()
    tally.add(rules.COMMENT)
    tally.add(rules.COMMENT, "第一条  批注\n换行")
    tally.add(rules.COMMENT, "第二条", count=3)
    [omission] = tally.omissions()
    assert omission.message == "有 5 条批注没有收入：“第一条 批注 换行”。"


def test_without_a_quote_the_sentence_ends_at_once_and_a_long_quote_is_cut() -> None:
    tally = Tally()
    tally.add(rules.COMMENT)
    assert tally.omissions()[0].message == "有 1 条批注没有收入。"
    tally.add(rules.COMMENT, "字" * 30)
    assert tally.omissions()[0].message == f"有 2 条批注没有收入：“{'字' * 24}……”。"


def test_omissions_come_in_the_order_of_the_report() -> None:
    tally = Tally()
    for rule in (rules.INVISIBLE_CHARACTER, rules.COMMENT, rules.MACRO):
        tally.add(rule)
    assert [omission.rule for omission in tally.omissions()] == [rules.MACRO, rules.COMMENT, rules.INVISIBLE_CHARACTER]
